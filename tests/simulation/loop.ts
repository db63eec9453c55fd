/**
 * Virtual time. Events happen in the order of their time and, at one time, of their making; after
 * each one every promise that can go on does, before time moves. Nothing waits for the machine.
 */
import { createHash } from 'node:crypto';

/** Whoever an event happens to. The dead miss it, the frozen get it when they wake. */
export type Life = {
  readonly name: string;
  dead: boolean;
  frozenAt: number;
  frozenUntil: number;
};

type Entry = {
  readonly at: number;
  readonly order: number;
  readonly act: () => void | Promise<void>;
  readonly life: Life | null;
};

export type Loop = ReturnType<typeof makeLoop>;

export function makeLoop(startAt: number) {
  const heap = makeHeap();
  const history: string[] = [];
  let now = startAt;
  let order = 0;
  let events = 0;
  let stopped = false;

  const push = (at: number, life: Life | null, act: Entry['act']): void => {
    order += 1;
    heap.push({ at: Math.max(at, now), order, act, life });
  };
  /** True when it may happen now. */
  const reaches = ({ life, act }: Entry): boolean => {
    if (life === null) return true;
    if (life.dead) return false;
    if (life.frozenUntil <= now) return true;
    push(life.frozenUntil, life, act);
    return false;
  };

  return {
    now: () => now,
    events: () => events,
    at: (at: number, act: Entry['act']): void => push(at, null, act),
    after: (ms: number, act: Entry['act']): void => push(now + ms, null, act),
    afterFor: (life: Life, ms: number, act: Entry['act']): void => push(now + ms, life, act),
    sleep: (ms: number): Promise<void> =>
      new Promise((resolve) => push(now + ms, null, once(resolve))),
    sleepFor: (life: Life, ms: number): Promise<void> =>
      new Promise((resolve) => push(now + ms, life, once(resolve))),
    tell(who: string, what: string): void {
      history.push(`${((now - startAt) / 1_000).toFixed(3)} ${who} ${what}`);
    },
    history: (): readonly string[] => history,
    hash: (): string => createHash('sha256').update(history.join('\n')).digest('hex').slice(0, 16),
    stop(): void {
      stopped = true;
    },
    /** Until nothing is left, somebody stopped it, or `settled` says so before an event. */
    async run(until: number, settled: () => boolean, after: () => void): Promise<void> {
      for (let next = heap.peek(); next !== null && !stopped; next = heap.peek()) {
        if (settled()) return;
        if (next.at > until) break;
        heap.pop();
        now = next.at;
        if (!reaches(next)) continue;
        events += 1;
        const whole = next.act();
        if (whole !== undefined) await whole;
        await drained();
        after();
      }
      if (!stopped) now = Math.max(now, until);
    },
  };
}

const once = (resolve: () => void) => (): undefined => {
  resolve();
  return undefined;
};

/** An immediate comes after every microtask, however long their chain. */
export const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const earlier = (a: Entry, b: Entry): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

function makeHeap() {
  const all: Entry[] = [];
  const get = (index: number): Entry => all[index] as Entry;
  const swap = (a: number, b: number): void => {
    const kept = get(a);
    all[a] = get(b);
    all[b] = kept;
  };
  return {
    peek: (): Entry | null => all[0] ?? null,
    push(entry: Entry): void {
      let index = all.push(entry) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!earlier(get(index), get(parent))) return;
        swap(index, parent);
        index = parent;
      }
    },
    pop(): void {
      swap(0, all.length - 1);
      all.pop();
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        if (left >= all.length) return;
        const right = left + 1;
        const child = right < all.length && earlier(get(right), get(left)) ? right : left;
        if (!earlier(get(child), get(index))) return;
        swap(index, child);
        index = child;
      }
    },
  };
}
