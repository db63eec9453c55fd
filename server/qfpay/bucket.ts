/**
 * The arithmetic of the limiter's row (protocol.md §2.4, money.md §2.9, I12): how many calls fit
 * at an instant, and what a 429 does to everybody. Pure. Whoever draws may use what it drew for two
 * seconds, so any rolling minute of calls holds what 62 s of drawing held: 20 + 62 × 6 = 392, and
 * of questions 14 + 62 × 4.2 = 274; any second holds 20 + 3 × 6 = 38.
 *
 * The row's times are those of the fastest clock that ever wrote it. A clock that lags is told by
 * the row how late it is at least, and follows; the row itself never goes back, so that clocks
 * that disagree by hours neither block each other nor give each other a second burst.
 */
import type { Bucket } from '@/server/payments/ports';

/** How long a drawn call may be used, ms. */
export const USABLE_MS = 2_000;

const PER_MINUTE = { all: 360, questions: 252 } as const;
/** A burst of 20 calls, 14 of them questions, is the same stretch of time at full rate. */
const BURST_MS = 10_000 / 3;
/**
 * What a process may draw when it first comes, however long the row lay still: from a clock that
 * runs ahead the row looks idle, and 392 + 8 is still 400 (of questions 274 + 5 is below 280).
 */
const FIRST = { all: 8, questions: 5 } as const;
/** Slower than this the rate would need more than a minute to recover (money.md F85). */
const SLOWEST = 0.4;
const RECOVERY_MS = 10_000;
const RECOVERY = 0.1;
const FIRST_HOLD_MS = 1_000;
const LONGEST_HOLD_MS = 30_000;

export const FRESH: Bucket = { arrival: 0, questions: 0, heldUntil: 0, slowed: 1, holdMs: 0 };

/** The least that the row's clock shows, ms: no draw and no hold reaches further ahead. */
export const leastNow = ({ arrival, questions, heldUntil, holdMs }: Bucket): number =>
  Math.max(arrival - BURST_MS, questions - BURST_MS, heldUntil - holdMs);

/** Recovery begins with the 429, not with the end of its hold, which may be half a minute later. */
function factor({ slowed, heldUntil, holdMs }: Bucket, now: number): number {
  const steps = Math.max(0, Math.floor((now - (heldUntil - holdMs)) / RECOVERY_MS));
  return Math.min(1, slowed + steps * RECOVERY);
}

type Class = 'all' | 'questions';
const intervalOf = (bucket: Bucket, of: Class, now: number): number =>
  60_000 / (PER_MINUTE[of] * factor(bucket, now));

/** No burst awaits the end of a hold: a rush would only prolong the block. */
function startOf(bucket: Bucket, of: Class, now: number): number {
  const arrival = of === 'all' ? bucket.arrival : bucket.questions;
  if (bucket.holdMs === 0) return Math.max(arrival, now);
  return Math.max(arrival, now, bucket.heldUntil + BURST_MS - intervalOf(bucket, of, now));
}

function fits(bucket: Bucket, of: Class, now: number): number {
  if (now < bucket.heldUntil) return 0;
  const room = now + BURST_MS - startOf(bucket, of, now);
  // Thirds of a millisecond: what is short by less than a millionth is not short.
  return Math.max(0, Math.floor(room / intervalOf(bucket, of, now) + 1e-6));
}

export type Wanted = { readonly money: number; readonly questions: number };

export type Drawn = { readonly drawn: Wanted; readonly bucket: Bucket };

/** As many as fit, money first. `now` is the row's clock. */
export function draw(bucket: Bucket, wanted: Wanted, now: number): Drawn {
  const all = fits(bucket, 'all', now);
  const money = Math.min(wanted.money, all);
  const questions = Math.min(wanted.questions, all - money, fits(bucket, 'questions', now));
  const after = (of: Class, count: number): number =>
    startOf(bucket, of, now) + count * intervalOf(bucket, of, now);
  const drawn: Wanted = { money, questions };
  if (money + questions === 0) return { drawn, bucket };
  const arrival = after('all', money + questions);
  const asked = questions > 0 ? after('questions', questions) : bucket.questions;
  return { drawn, bucket: { ...bucket, arrival, questions: asked } };
}

/** For who comes first, or again after a restart. */
export function firstSight(bucket: Bucket, now: number): Bucket {
  const least = (of: Class) => now + BURST_MS - FIRST[of] * intervalOf(bucket, of, now);
  return {
    ...bucket,
    arrival: Math.max(bucket.arrival, least('all')),
    questions: Math.max(bucket.questions, least('questions')),
  };
}

/** When that many will fit at the earliest, on the row's clock. */
export function opensAt(bucket: Bucket, wanted: Wanted, now: number): number {
  const at = (of: Class, count: number): number =>
    count === 0 ? now : startOf(bucket, of, now) + count * intervalOf(bucket, of, now) - BURST_MS;
  const everybody = at('all', wanted.money + wanted.questions);
  return Math.max(bucket.heldUntil, everybody, at('questions', wanted.questions));
}

/** Every call under way hears the same 429: within one hold they count as one. */
export function limited(bucket: Bucket, now: number, chance: number): Bucket {
  if (now < bucket.heldUntil) return bucket;
  const before = factor(bucket, now);
  const holdMs =
    before === 1
      ? FIRST_HOLD_MS
      : Math.min(LONGEST_HOLD_MS, Math.max(FIRST_HOLD_MS, bucket.holdMs * 2));
  return {
    ...bucket,
    slowed: Math.max(SLOWEST, before / 2),
    heldUntil: now + holdMs / 2 + chance * (holdMs / 2),
    holdMs,
  };
}
