/**
 * How the wallets do just now, counted from what the store has. Every till asks for it, so an
 * answer is kept for some seconds, and what only changes by the day for some minutes.
 */
import {
  HOUR_MS,
  healthOf,
  type LastGood,
  type UsualWait,
  type WalletHealth,
} from '@/lib/wallet-health';
import type { HealthStore } from './ports';

const KEPT_MS = 5_000;
const USUAL_KEPT_MS = 300_000;
const DAY_MS = 24 * HOUR_MS;
/** More than any shop sells in an hour that one could still serve by hand. */
const MOST_TRIES = 2_000;

export type Health = { readonly at: number; readonly wallets: readonly WalletHealth[] };
type Usual = { readonly usual: readonly UsualWait[]; readonly last: readonly LastGood[] };

export function createHealth(store: HealthStore, now: () => number): () => Promise<Health> {
  const usual = kept(now, USUAL_KEPT_MS, async (at): Promise<Usual> => {
    const span = { from: at - HOUR_MS - DAY_MS, to: at - HOUR_MS };
    const [waits, last] = await Promise.all([store.waits(span), store.lastGood(span)]);
    return { usual: waits, last };
  });
  return kept(now, KEPT_MS, async (at): Promise<Health> => {
    // A payment that was begun by a clock that was ahead belongs to now as well.
    const recent = await store.tries({ from: at - HOUR_MS, to: at + HOUR_MS }, MOST_TRIES);
    return { at, wallets: healthOf({ ...(await usual()), recent }, at) };
  });
}

/** The same answer for a while; many questions at once are one. A failure is not kept. */
function kept<T>(now: () => number, forMs: number, make: (at: number) => Promise<T>) {
  let last: { readonly at: number; readonly answer: Promise<T> } | null = null;
  return (): Promise<T> => {
    const at = now();
    if (last !== null && at >= last.at && at - last.at < forMs) return last.answer;
    const answer = make(at);
    const mine = { at, answer };
    last = mine;
    answer.catch(() => {
      if (last === mine) last = null;
    });
    return answer;
  };
}
