/**
 * What this process may call, of what all processes share (money.md §2.9). It draws from the row a
 * few at a time, so that not every call costs a commit, and lets what is not used within two
 * seconds lapse. It promises to give out nothing that the row did not grant it.
 */
import type { Bucket, CallKind, Clock, Records } from '@/server/payments/ports';
import {
  draw,
  FRESH,
  firstSight,
  leastNow,
  limited,
  opensAt,
  USABLE_MS,
  type Wanted,
} from './bucket';
import { createPurse } from './purse';

/** What is needed of a store: nobody else writes between the two. */
export type RowStore = {
  transaction<T>(work: (row: Pick<Records, 'bucket' | 'putBucket'>) => Promise<T>): Promise<T>;
};

export type AllowanceOptions = {
  readonly clock: Pick<Clock, 'steady' | 'sleep'>;
  /** Even over [0, 1). */
  readonly random: () => number;
  /** Where the row lies, for every process that uses the same app code. */
  readonly store: RowStore;
  /** The row's name: one for each app code. */
  readonly name: string;
};

export type Allowance = {
  /** Uses one call up, if one lies ready. */
  spend(kind: CallKind): boolean;
  /** When the row has that many at the earliest, steady ms. */
  opensAt(wanted: Wanted): number;
  /** Draws what is wanted by the time the row is open; whether it got any. Never rejects. */
  visit(wanted: () => Wanted): Promise<boolean>;
  /** QFPay said 429. */
  limited(): void;
  /** A 429 has not reached the row yet. */
  owesWord(): boolean;
};

/** At most so many questions are drawn before somebody asks. */
const MOST_AHEAD = 8;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 2_000;

export function createAllowance(options: AllowanceOptions): Allowance {
  const { clock, random, store, name } = options;
  const purse = createPurse();
  /** How far the row's clock is ahead of ours. It only grows: see bucket.ts. */
  let lead = 0;
  /** As we left it; null before the first visit. */
  let seen: Bucket | null = null;
  let owes = false;
  let retryMs = 0;
  let retryAt = Number.NEGATIVE_INFINITY;

  const drawFrom = (wanted: () => Wanted) =>
    store.transaction(async (row) => {
      const kept = (await row.bucket(name)) ?? FRESH;
      const at = clock.steady();
      lead = Math.max(lead, leastNow(kept) - at);
      const now = at + lead;
      const met = seen === null ? firstSight(kept, now) : kept;
      const told = owes ? limited(met, now, random()) : met;
      // As many questions as lately are likely to come again.
      const likely = Math.min(MOST_AHEAD, purse.asked(USABLE_MS, at));
      const { drawn, bucket } = draw(told, ahead(wanted(), likely), now);
      if (bucket !== kept) await row.putBucket(name, bucket);
      return { drawn, bucket, until: at + USABLE_MS };
    });

  return {
    spend: (kind) => purse.spend(kind, clock.steady()),
    owesWord: () => owes,
    opensAt(wanted) {
      const open = seen === null ? retryAt : opensAt(seen, wanted, clock.steady() + lead) - lead;
      return Math.max(retryAt, open);
    },
    async visit(wanted) {
      try {
        const { drawn, bucket, until } = await drawFrom(wanted);
        seen = bucket;
        owes = false;
        retryMs = 0;
        purse.add(drawn, until);
        return drawn.money + drawn.questions > 0;
      } catch {
        // Whoever waits is told in time; the store's own users report its fault.
        retryMs = Math.min(LONGEST_RETRY_MS, Math.max(FIRST_RETRY_MS, retryMs * 2));
        retryAt = clock.steady() + retryMs;
        return false;
      }
    },
    limited() {
      purse.empty();
      const held = seen !== null && clock.steady() + lead < seen.heldUntil;
      owes ||= !held;
    },
  };
}

const ahead = ({ money, questions }: Wanted, likely: number): Wanted => ({
  money,
  questions: questions === 0 ? 0 : Math.max(questions, likely),
});
