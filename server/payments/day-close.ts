/**
 * At half past three in the morning, Hong Kong, yesterday and the day three days ago are swept
 * whole: late money is found, and our books are laid beside the gateway's. What differs is listed
 * line by line and told; nothing is corrected here that evidence does not correct by itself.
 */
import type { Payment, PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { shopDay } from '@/lib/time';
import { moment, type World } from './evidence';
import type { DayClose, DayDifference, SweepAnswer } from './ports';
import { keep, sweepWindow } from './window';

const MINUTE = 60_000;
const HOUR_MS = 60 * MINUTE;
const DAY_MS = 24 * HOUR_MS;
const HONG_KONG = 8 * 3_600_000;
const CLOSES_AT = 3.5 * 3_600_000;
/** Near midnight an order may be of another day by their clock than by ours. */
const EDGE_MS = 10 * MINUTE;
const AGAIN_MS = 10 * MINUTE;
const MOST_LISTED = 100;
const PAGE = 500;
/** D-1, and D-3 for what came late. */
const DAYS_BACK = [1, 3] as const;

const triedAt = new WeakMap<World['gateway'], number>();

export async function closeDays(world: World): Promise<void> {
  const { steady, wall } = moment(world.clock);
  const today = Math.floor((wall + HONG_KONG) / DAY_MS);
  if (wall + HONG_KONG - today * DAY_MS < CLOSES_AT) return;
  if (steady - (triedAt.get(world.gateway) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
  triedAt.set(world.gateway, steady);
  for (const outlet of world.outlets) {
    const last = await world.store.read.lastDayClose(outlet);
    if (last !== null && last.day >= nameOf(today - 1)) continue;
    // The older day first: the record of yesterday says that both are done.
    for (const back of [...DAYS_BACK].reverse()) {
      if (!(await closeDay(world, today - back, outlet))) break;
    }
  }
}

const nameOf = (day: number): string => shopDay(day * DAY_MS - HONG_KONG, 'Asia/Hong_Kong');

/** False when the gateway did not answer in full: then it is tried again later. */
async function closeDay(world: World, day: number, outlet: string | null): Promise<boolean> {
  const from = day * DAY_MS - HONG_KONG;
  const to = from + DAY_MS;
  const answer = await sweepDay(world, { from, to, outlet });
  if (answer === null) return false;
  const found = await compareDay(world, answer, { from, to, outlet });
  const close: DayClose = { day: nameOf(day), outlet, at: world.clock.wall(), ...found };
  await world.store.transaction((records) => records.putDayClose(close));
  if (close.differences.length > 0) {
    const says = `${close.day}: ${close.differences.length} numbers differ from QFPay`;
    world.out.alert({ kind: 'day-differs', paymentId: null, says });
  }
  return true;
}

/** Hour by hour, because one sweep has a bound; null unless every hour was answered in full. */
async function sweepDay(world: World, { from, to, outlet }: Span): Promise<SweepAnswer | null> {
  const rows = new Map<string, SweepAnswer['rows'][number]>();
  const refunds = new Map<string, SweepAnswer['refunds'][number]>();
  for (let hour = from; hour < to; hour += HOUR_MS) {
    const span = { from: hour, to: hour + HOUR_MS, outlet, kind: 'tail' } as const;
    const answer = await sweepWindow(world, span);
    if (answer !== null) await keep(world, answer, outlet);
    if (answer === null || !answer.complete) return null;
    for (const row of answer.rows) rows.set(row.number, row);
    for (const row of answer.refunds) refunds.set(row.number, row);
  }
  return { complete: true, rows: [...rows.values()], refunds: [...refunds.values()] };
}

type Span = { readonly from: number; readonly to: number; readonly outlet: string | null };
type Books = Pick<DayClose, 'ours' | 'theirs' | 'differences'>;
type Side = { paid: number; paidSum: number; refunds: number; refundSum: number };

async function compareDay(world: World, answer: SweepAnswer, span: Span): Promise<Books> {
  const ours: Side = { paid: 0, paidSum: 0, refunds: 0, refundSum: 0 };
  const theirs: Side = { paid: 0, paidSum: 0, refunds: 0, refundSum: 0 };
  const differences: DayDifference[] = [];
  const shown = new Set<string>();
  for (const { number, evidence } of answer.rows) {
    shown.add(number);
    const payment = await world.store.read.payment(number as PaymentId);
    const amount = evidence.says === 'paid' ? evidence.facts.amount : null;
    // Rows of a terminal or another till on the same account are nobody's here.
    if (payment === null && !world.ids.isOurs(number)) continue;
    if (amount !== null) addPaid(theirs, amount);
    const mine = payment?.state === 'paid' ? payment.amount : null;
    if (mine !== null) addPaid(ours, mine);
    if (mine !== amount) differences.push({ number, is: sidesOf(mine, amount) });
  }
  await compareRefunds(world, answer, { ours, theirs, differences });
  for await (const payment of paidOf(world, span)) {
    const inside =
      payment.createdAt >= span.from + EDGE_MS && payment.createdAt < span.to - EDGE_MS;
    if (shown.has(payment.id) || !inside) continue;
    addPaid(ours, payment.amount);
    differences.push({ number: payment.id, is: 'only-ours' });
  }
  return { ours, theirs, differences: differences.slice(0, MOST_LISTED) };
}

type Ledgers = { ours: Side; theirs: Side; differences: DayDifference[] };

async function compareRefunds(world: World, answer: SweepAnswer, books: Ledgers): Promise<void> {
  for (const { number, evidence } of answer.refunds) {
    const refund = await world.store.read.refund(number as RefundId);
    if (refund === null) continue;
    const amount = evidence.says === 'done' ? evidence.facts.amount : null;
    const mine = refund.state === 'done' ? refund.amount : null;
    if (amount !== null) addRefund(books.theirs, amount);
    if (mine !== null) addRefund(books.ours, mine);
    if (mine !== amount) books.differences.push({ number, is: sidesOf(mine, amount) });
  }
}

function sidesOf(ours: number | null, theirs: number | null): DayDifference['is'] {
  if (ours === null) return 'only-theirs';
  return theirs === null ? 'only-ours' : 'differs';
}

function addPaid(side: Side, amount: number): void {
  side.paid += 1;
  side.paidSum += amount;
}

function addRefund(side: Side, amount: number): void {
  side.refunds += 1;
  side.refundSum += amount;
}

async function* paidOf(world: World, span: Span): AsyncGenerator<Payment> {
  for (let after: PaymentId | null = null; ; ) {
    const page: Payment[] = await world.store.read.paidBetween({ ...span, after, limit: PAGE });
    for (const payment of page) yield payment;
    const last: Payment | undefined = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
