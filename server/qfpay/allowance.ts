/**
 * What this process may call, of what all processes share (money.md §2.9). It draws from the row a
 * few at a time, so that not every call costs a commit, and lets what is not used within two
 * seconds lapse. It promises to give out nothing that the row did not grant it.
 */
import type { Bucket, CallKind, Clock, Records } from '@/server/payments/ports';
import { isQuestion } from './breaker';
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

/** What is needed of a store: nobody else writes between the two. */
export type RowStore = {
  transaction<T>(work: (row: Pick<Records, 'bucket' | 'putBucket'>) => Promise<T>): Promise<T>;
};

export type AllowanceOptions = {
  readonly clock: Pick<Clock, 'steady' | 'sleep'>;
  /** Even over [0, 1). */
  readonly random: () => number;
  /** Where the row lies. Left out, this process shares its allowance with nobody. */
  readonly store?: RowStore;
  /** The row: one for each app code, whoever else uses it. */
  readonly name?: string;
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

type Batch = { readonly for: 'money' | 'questions'; count: number; readonly until: number };

export function createAllowance(options: AllowanceOptions): Allowance {
  const { clock, random, store = rowOfOurOwn(), name = 'qfpay' } = options;
  let purse: Batch[] = [];
  /** How far the row's clock is ahead of ours. It only grows: see bucket.ts. */
  let lead = 0;
  let seen = FRESH;
  let sawRow = false;
  let owes = false;
  let retryMs = 0;
  let retryAt = Number.NEGATIVE_INFINITY;
  /** When questions were spent lately: as many are likely to come again. */
  let spent: number[] = [];

  function spend(kind: CallKind): boolean {
    const now = clock.steady();
    purse = purse.filter((batch) => batch.count > 0 && now < batch.until);
    const own = purse.find((batch) => batch.for === (isQuestion(kind) ? 'questions' : 'money'));
    // Money may use what was drawn for questions, but not the other way round.
    const batch = own ?? (isQuestion(kind) ? undefined : purse[0]);
    if (batch === undefined) return false;
    batch.count -= 1;
    if (isQuestion(kind)) spent = [...spent.filter((at) => now - at < USABLE_MS), now];
    return true;
  }

  function ahead({ money, questions }: Wanted, now: number): Wanted {
    const usual = spent.filter((at) => now - at < USABLE_MS).length;
    const likely = questions === 0 ? 0 : Math.min(MOST_AHEAD, usual);
    return { money, questions: Math.max(questions, likely) };
  }

  const drawFrom = (wanted: () => Wanted) =>
    store.transaction(async (records) => {
      const kept = (await records.bucket(name)) ?? FRESH;
      const at = clock.steady();
      lead = Math.max(lead, leastNow(kept) - at);
      const now = at + lead;
      const met = sawRow ? kept : firstSight(kept, now);
      const told = owes ? limited(met, now, random()) : met;
      const { drawn, bucket } = draw(told, ahead(wanted(), at), now);
      if (bucket !== kept) await records.putBucket(name, bucket);
      return { drawn, bucket, until: at + USABLE_MS };
    });

  return {
    spend,
    owesWord: () => owes,
    opensAt: (wanted) =>
      Math.max(retryAt, sawRow ? opensAt(seen, wanted, clock.steady() + lead) - lead : 0),
    async visit(wanted) {
      try {
        const { drawn, bucket, until } = await drawFrom(wanted);
        seen = bucket;
        sawRow = true;
        owes = false;
        retryMs = 0;
        purse.push({ for: 'money', count: drawn.money, until });
        purse.push({ for: 'questions', count: drawn.questions, until });
        return drawn.money + drawn.questions > 0;
      } catch {
        // Whoever waits is told in time; the store's own users report its fault.
        retryMs = Math.min(LONGEST_RETRY_MS, Math.max(FIRST_RETRY_MS, retryMs * 2));
        retryAt = clock.steady() + retryMs;
        return false;
      }
    },
    limited() {
      purse = [];
      if (clock.steady() + lead >= seen.heldUntil) owes = true;
    },
  };
}

function rowOfOurOwn(): RowStore {
  let kept: Bucket | null = null;
  const row = {
    bucket: async () => kept,
    putBucket: async (_name: string, bucket: Bucket) => {
      kept = bucket;
    },
  };
  return { transaction: (work) => work(row) };
}
