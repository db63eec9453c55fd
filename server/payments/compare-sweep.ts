/**
 * Everything that QFPay has of one day, however long that takes: in one piece where the day is
 * small, else hour by hour. It lets every other call go first, hears when somebody stops it, and
 * answers all of the day or nothing.
 */
import { startOfShopDay } from '@/lib/time';
import type { World } from './evidence';
import type { RefundRow, SweepAnswer, SweepRow } from './ports';
import { keep } from './window';

const MINUTE = 60_000;
const HOUR_MS = 60 * MINUTE;
/** A day may have any length where clocks change; Hong Kong's never do. */
const DAY_MS = 24 * HOUR_MS;
/**
 * An order begun before midnight is paid after it, and a refund that QFPay put off at half past
 * eleven goes out at 00:31: so both sides of the day are looked at too.
 */
const BESIDE_MS = 45 * MINUTE;
/** One try for its turn; how many tries until the gateway counts as out of reach. */
const TURN_MS = 10_000;
const TURNS = 30;
const TRIES = 3;
const AGAIN_MS = 5_000;

export type DaySpan = {
  /** Wall ms; `from` is the day's first moment and `to` the next day's. */
  readonly from: number;
  readonly to: number;
  readonly outlet: string | null;
};
export type Rows = {
  readonly payments: readonly SweepRow[];
  readonly refunds: readonly RefundRow[];
};
/** Whoever waits for it: told of each page, and asked whether to go on. */
export type Follower = {
  readonly isStopped: () => boolean;
  readonly onPage: (rows: number) => void;
};

/** QFPay's days are Hong Kong's. */
export const QFPAY_DAYS = 'Asia/Hong_Kong';

export function spanOf(day: string, outlet: string | null): DaySpan {
  const from = startOfShopDay(day, QFPAY_DAYS);
  return { from, to: from + DAY_MS, outlet };
}

/** Null when it was stopped, or a part of the day went unanswered. What was seen is kept. */
export async function sweepDay(
  world: World,
  { from, to, outlet }: DaySpan,
  follower: Follower,
): Promise<Rows | null> {
  const whole = { from: from - BESIDE_MS, to: to + BESIDE_MS, outlet };
  const first = await sweepPiece(world, whole, follower);
  if (first?.complete === true) return rowsOf([first]);
  const pieces: SweepAnswer[] = [];
  for (let hour = whole.from; hour < whole.to; hour += HOUR_MS) {
    const piece = { from: hour, to: Math.min(hour + HOUR_MS, whole.to), outlet };
    const answer = await insist(world, piece, follower);
    if (answer === null) return null;
    pieces.push(answer);
  }
  return rowsOf(pieces);
}

async function insist(world: World, piece: DaySpan, follower: Follower) {
  for (let tries = 0; tries < TRIES && !follower.isStopped(); tries += 1) {
    if (tries > 0) await world.clock.sleep(AGAIN_MS);
    const answer = await sweepPiece(world, piece, follower);
    if (answer?.complete === true) return answer;
  }
  return null;
}

/** Null when no call came free. */
async function sweepPiece(
  world: World,
  { from, to, outlet }: DaySpan,
  follower: Follower,
): Promise<SweepAnswer | null> {
  const mayAskAgain = () => turn(world, follower);
  if (!(await mayAskAgain())) return null;
  // A window has both its ends, in whole seconds.
  const window = { from, to: to - 1_000, outlet, mayAskAgain, onPage: follower.onPage };
  const answer = await world.gateway.sweep(window);
  await keep(world, answer, outlet);
  return answer;
}

async function turn(world: World, { isStopped }: Follower): Promise<boolean> {
  for (let tries = 0; tries < TURNS && !isStopped(); tries += 1) {
    if (await world.budget.take('tail', TURN_MS)) return !isStopped();
  }
  return false;
}

/** A number is answered once, however many pages showed it. */
function rowsOf(pieces: readonly SweepAnswer[]): Rows {
  const payments = new Map<string, SweepRow>();
  const refunds = new Map<string, RefundRow>();
  for (const piece of pieces) {
    for (const row of piece.rows) payments.set(row.number, row);
    for (const row of piece.refunds) refunds.set(row.number, row);
  }
  return { payments: [...payments.values()], refunds: [...refunds.values()] };
}
