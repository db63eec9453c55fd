/** The limiter's row in memory, one writer at a time, and processes that share it. */
import type { Bucket, CallKind } from '@/server/payments/ports';
import type { RowStore } from '@/server/qfpay/allowance';
import { createBudget } from '@/server/qfpay/budget';
import { createVirtualClock, type VirtualClock } from './virtual-clock';

export type Grant = { readonly kind: CallKind; readonly at: number };

export function createSharedRow() {
  let kept: Bucket | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const counts = { visits: 0, commits: 0 };
  let broken = false;
  const row = {
    bucket: async () => kept,
    putBucket: async (_name: string, bucket: Bucket) => {
      kept = bucket;
      counts.commits += 1;
    },
  };
  const store: RowStore = {
    transaction(work) {
      counts.visits += 1;
      const mine = last.then(() => {
        if (broken) throw new Error('disk full');
        return work(row);
      });
      last = mine.catch(() => {});
      return mine;
    },
  };
  return {
    store,
    counts,
    read: () => kept,
    set broken(now: boolean) {
      broken = now;
    },
  };
}
type SharedRow = ReturnType<typeof createSharedRow>;

type Given = {
  readonly clock?: VirtualClock;
  readonly row?: SharedRow;
  readonly random?: () => number;
  /** How far this process's clock is off. */
  readonly skew?: number;
};

/** One process that was never seen before. */
export function openCounter(given: Given = {}) {
  const { clock = createVirtualClock(), row = createSharedRow(), skew = 0 } = given;
  const own = { ...clock, steady: () => clock.steady() + skew };
  const budget = createBudget({
    clock: own,
    random: given.random ?? (() => 0.5),
    store: row.store,
    name: 'credential',
  });
  const grants: Grant[] = [];
  const refused: Grant[] = [];
  const ask = (kind: CallKind, waitMs: number) =>
    budget.take(kind, waitMs).then((granted) => {
      (granted ? grants : refused).push({ kind, at: clock.steady() });
    });
  return { clock, row, budget, grants, refused, ask };
}

/** One that has been there for ten seconds: nothing of a burst is held back from it. */
export async function openWarm(given: Given = {}) {
  const counter = openCounter(given);
  void counter.ask('charge', 0);
  await counter.clock.runUntil(counter.clock.steady() + 10_000);
  counter.grants.length = 0;
  return { ...counter, start: counter.clock.steady() };
}

/** The fullest window of `ms`, both ends included. */
export function most(grants: readonly Grant[], ms: number): number {
  const times = grants.map((grant) => grant.at).sort((a, b) => a - b);
  let start = 0;
  let best = 0;
  times.forEach((time, end) => {
    while ((times[start] ?? time) < time - ms) start += 1;
    best = Math.max(best, end - start + 1);
  });
  return best;
}
