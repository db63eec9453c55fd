/**
 * Time that passes only while nobody works: what sleeps is woken in its order, after whatever was
 * asked of the parts was answered, however long a disk or a database takes.
 */
import { setImmediate } from 'node:timers/promises';

type Given = {
  readonly steady: () => number;
  readonly pass: (ms: number) => void;
  /** So many loops run at once: none is woken before all of them sleep. */
  readonly loops: number;
};

export function timeForWork({ steady, pass, loops }: Given) {
  const asleep: { readonly at: number; readonly wake: () => void }[] = [];
  let open = 0;
  const sleep = async (ms: number): Promise<void> => {
    const woken = new Promise<void>((wake) => asleep.push({ at: steady() + ms, wake }));
    if (asleep.length === loops) {
      do await setImmediate();
      while (open > 0);
      asleep.sort((one, other) => one.at - other.at);
      const first = asleep.shift();
      if (first === undefined) throw new Error('nobody sleeps');
      pass(Math.max(0, first.at - steady()));
      first.wake();
    }
    await woken;
  };
  /** The same part; what is asked of it is work until it is answered. */
  const seen = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(of, name) {
        const it: unknown = Reflect.get(of, name);
        if (typeof it === 'function') {
          return (...given: unknown[]) => {
            const answer: unknown = Reflect.apply(it, of, given);
            if (!(answer instanceof Promise)) return answer;
            open += 1;
            return answer.finally(() => {
              open -= 1;
            });
          };
        }
        return typeof it === 'object' && it !== null ? seen(it) : it;
      },
    });
  return { sleep, seen };
}
