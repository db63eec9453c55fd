/**
 * What is being keyed at each counter, for the customer's screen beside it. It is no record: it
 * lives in memory, money never goes by it, and it is gone with the process.
 */
import type { KeyedAmount } from '@/lib/contract-display';

type Mirrored = { readonly amount: number; readonly at: number };
/** More counters than any shop has: a tablet that makes up names pushes out the oldest. */
const MOST_COUNTERS = 200;

export type Mirror = ReturnType<typeof createMirror>;

export function createMirror(now: () => number) {
  const counters = new Map<string, Mirrored>();
  const listeners = new Set<(counter: string) => void>();
  return {
    put({ counter, amount }: KeyedAmount): void {
      counters.delete(counter);
      counters.set(counter, { amount, at: now() });
      const [oldest] = counters.keys();
      if (counters.size > MOST_COUNTERS && oldest !== undefined) counters.delete(oldest);
      for (const listener of listeners) listener(counter);
    },
    of: (counter: string): Mirrored | null => counters.get(counter) ?? null,
    listen(listener: (counter: string) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
