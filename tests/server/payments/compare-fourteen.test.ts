/**
 * The last day of a month at two outlets, with fourteen things that differ from QFPay's books and
 * a crowd of things that only look as if they did: every one of the fourteen is named, and nothing
 * else. What both sides come to is added up here a second time, by hand.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DayTotals, DifferenceKind, Explanation } from '@/lib/difference';
import type { Payment } from '@/lib/payment';
import {
  allInBoth,
  atGateway,
  backAtGateway,
  backInOurs,
  foundBy,
  inBoth,
  inOurs,
  limited,
  openTwoBooks,
  type Sold,
  type TwoBooks,
} from './two-books';

const DAY = '2026-10-31';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const FROM = Date.UTC(2026, 9, 30, 16);
const TO = Date.UTC(2026, 9, 31, 16);
const NOON = FROM + 12 * HOUR;
/** "Now" of both sides, long enough afterwards that nothing is under way any more. */
const NOW = Date.UTC(2026, 10, 2, 4);
/** Three pages of QFPay's. */
const CROWD = 230;
const [HERE, THERE] = ['M100', 'M200'] as const;

let books: TwoBooks;
beforeEach(async () => {
  books = await openTwoBooks({ now: NOW, outlets: [HERE, THERE] });
}, 60_000);
afterEach(() => books.close());

type Planted = {
  readonly number: string;
  readonly kind: DifferenceKind;
  readonly explained: Explanation | null;
};
type Side = { -readonly [K in keyof DayTotals]: number };
/** What a test has written into the two books of one outlet for the day. */
type Ledger = { readonly ours: Side; readonly theirs: Side; readonly planted: Planted[] };
const empty = (): Side => ({ paid: 0, paidSum: 0, refunds: 0, refundSum: 0 });
const newLedger = (): Ledger => ({ ours: empty(), theirs: empty(), planted: [] });

function paid(side: Side, amount: number): void {
  side.paid += 1;
  side.paidSum += amount;
}
function back(side: Side, amount: number): void {
  side.refunds += 1;
  side.refundSum += amount;
}
const sell = (sold: Sold) => inBoth(books, { outlet: HERE, ...sold });
const orderOf = ({ qfpayNumber }: Payment) => ({ syssn: qfpayNumber ?? '', mchid: HERE });

function plant(
  ledger: Ledger,
  number: string,
  kind: DifferenceKind,
  explained: Explanation | null = null,
) {
  ledger.planted.push({ number, kind, explained });
}

/** A sale on both sides, of the day on both. */
async function alike(ledger: Ledger, sold: Sold): Promise<Payment> {
  paid(ledger.ours, sold.amount);
  paid(ledger.theirs, sold.amount);
  return sell(sold);
}

/** Five payments that only one side has, two of them in the month's last seconds. */
async function plantMissing(ledger: Ledger): Promise<void> {
  for (const [number, at] of [
    ['TERMINAL-NOON', NOON],
    ['TERMINAL-FIRST', FROM],
    ['TERMINAL-LAST', TO - SECOND],
  ] as const) {
    await atGateway(books, { number, amount: 1_100, at, mchid: HERE });
    paid(ledger.theirs, 1_100);
    plant(ledger, number, 'only-theirs');
  }
  for (const at of [NOON, TO - 2 * SECOND]) {
    const id = books.ids.paymentNumber();
    await inOurs(books, { id, amount: 1_300, outlet: HERE, createdAt: at });
    paid(ledger.ours, 1_300);
    plant(ledger, id, 'only-ours');
  }
}

/** Four that both have, and otherwise. */
async function plantUnlike(ledger: Ledger): Promise<void> {
  const amount = await sell({ amount: 5_100, at: NOON, theirs: { amount: 5_000 } });
  paid(ledger.ours, 5_100);
  paid(ledger.theirs, 5_000);
  plant(ledger, amount.id, 'amount');
  const currency = await sell({ amount: 5_200, at: NOON, theirs: { currency: 'USD' } });
  paid(ledger.ours, 5_200);
  plant(ledger, currency.id, 'currency');
  const state = await sell({ amount: 5_300, at: NOON, theirs: { paid: false } });
  paid(ledger.ours, 5_300);
  plant(ledger, state.id, 'state');
  // A counter stood at the wrong outlet: its money is in the books of the other one.
  const elsewhere = await sell({ amount: 5_400, at: NOON, theirs: { mchid: THERE } });
  paid(ledger.ours, 5_400);
  plant(ledger, elsewhere.id, 'only-ours');
}

/** Five of money that went back. */
async function plantRefunds(ledger: Ledger): Promise<void> {
  const sale = (amount: number) => alike(ledger, { amount, at: NOON - HOUR });
  const missing = await backInOurs(books, await sale(6_100), { amount: 610, createdAt: NOON });
  back(ledger.ours, 610);
  plant(ledger, missing.id, 'refund-only-ours');

  const less = await sale(6_200);
  const lessBack = await backInOurs(books, less, { amount: 620, createdAt: NOON });
  await given(less, { amount: 600, number: lessBack.id });
  back(ledger.ours, 620);
  back(ledger.theirs, 600);
  plant(ledger, lessBack.id, 'refund-amount');

  const slow = await sale(6_300);
  const slowBack = await backInOurs(books, slow, { amount: 630, createdAt: NOON });
  await books.simulator.control('config', { refundInProgress: '1143', refundMs: null });
  await given(slow, { amount: 630, number: slowBack.id });
  await books.simulator.control('config', { refundInProgress: null });
  back(ledger.ours, 630);
  plant(ledger, slowBack.id, 'refund-state');

  // Given back under a number of ours that our books have lost.
  const lost = await sale(6_400);
  const number = books.ids.refundNumber();
  await given(lost, { amount: 640, number });
  back(ledger.ours, 640);
  back(ledger.theirs, 640);
  plant(ledger, number, 'refund-only-theirs', 'review');

  // A terminal's sale of yesterday, given back at the terminal today.
  const terminals = { number: 'TERMINAL-OLD', amount: 6_500, at: FROM - 5 * HOUR, mchid: HERE };
  const syssn = await atGateway(books, terminals);
  const made = { amount: 650, at: NOON, number: 'TERMINAL-BACK' };
  expect(await backAtGateway(books, { syssn, mchid: HERE }, made)).toBe('0000');
  back(ledger.theirs, 650);
  plant(ledger, 'TERMINAL-BACK', 'refund-only-theirs');
}

async function given(payment: Payment, { amount, number }: { amount: number; number: string }) {
  const told = await backAtGateway(books, orderOf(payment), { amount, at: NOON, number });
  expect(['0000', '1143']).toContain(told);
}

/** Sales that only look as if they differed. */
async function decoySales(ledger: Ledger): Promise<void> {
  // The first moment of the next day and of the next month; the last of the day before.
  await sell({ amount: 7_100, at: TO });
  await sell({ amount: 7_200, at: FROM - SECOND });
  await atGateway(books, { number: 'TERMINAL-NEXT', amount: 7_300, at: TO, mchid: HERE });
  const before = { number: 'TERMINAL-BEFORE', amount: 7_400, at: FROM - SECOND, mchid: HERE };
  await atGateway(books, before);
  // Begun before midnight, and in QFPay's books after it, in another month.
  await alike(ledger, { amount: 7_500, at: TO - 10 * SECOND, theirs: { at: TO + 5 * SECOND } });
  await sell({ amount: 7_600, at: FROM - 10 * SECOND, theirs: { at: FROM + 5 * SECOND } });
  // Money that came late: closed here until this very comparison.
  const closed = { state: 'closed', confirmed: false, paidAt: null } as const;
  const late = await alike(ledger, { amount: 7_700, at: NOON, ours: closed });
  // Under way: the customer has not decided, and QFPay says so too.
  const open = { state: 'awaiting', confirmed: false, paidAt: null } as const;
  await sell({ amount: 7_800, at: NOON, ours: open, theirs: { paid: false } });
  // Declined here, never paid there; an order at a terminal that nobody paid.
  const declined = { state: 'failed', confirmed: false, paidAt: null } as const;
  await sell({ amount: 7_900, at: NOON, ours: declined, theirs: { paid: false } });
  const unpaid = { number: 'TERMINAL-UNPAID', amount: 8_000, at: NOON, mchid: HERE, paid: false };
  await atGateway(books, unpaid);
  // The other outlet's own.
  await sell({ amount: 8_100, at: NOON, outlet: THERE });
  expect(late.state).toBe('closed');
}

/** Refunds that only look as if they differed. */
async function decoyRefunds(ledger: Ledger): Promise<void> {
  const both = async (payment: Payment, amount: number, at: number, theirsAt = at) => {
    const { id: number } = await backInOurs(books, payment, { amount, createdAt: at });
    const order = orderOf(payment);
    expect(await backAtGateway(books, order, { amount, at: theirsAt, number })).toBe('0000');
  };
  // Yesterday's sale, given back today; today's sale, given back tomorrow.
  await both(await sell({ amount: 9_100, at: FROM - 6 * HOUR }), 910, NOON);
  back(ledger.ours, 910);
  back(ledger.theirs, 910);
  await both(await alike(ledger, { amount: 9_200, at: NOON }), 920, TO + 10 * HOUR);
  // Asked for at 23:45 and sent at 00:31: of this day, though of the next month at QFPay.
  const put = await alike(ledger, { amount: 9_300, at: NOON });
  await both(put, 930, TO - 15 * MINUTE, TO + 31 * MINUTE + 4 * SECOND);
  back(ledger.ours, 930);
  back(ledger.theirs, 930);
  // One that still waits for its time, and one that QFPay refused: nothing went back at all.
  const waits = await alike(ledger, { amount: 9_400, at: NOON });
  const waiting = { state: 'deferred', confirmed: false, doneAt: null } as const;
  await backInOurs(books, waits, { amount: 940, createdAt: NOON, ...waiting });
  const no = await alike(ledger, { amount: 9_500, at: NOON });
  const refused = { state: 'failed', confirmed: false, doneAt: null } as const;
  const failed = await backInOurs(books, no, { amount: 950, createdAt: NOON, ...refused });
  await backAtGateway(books, orderOf(no), { amount: 9_501, at: NOON, number: failed.id });
}

/** A day of sales of HK$1, 2, 3…, spread over all of it, on both sides. */
async function crowd(ledger: Ledger): Promise<void> {
  const every = Math.floor((TO - FROM) / (CROWD + 1) / SECOND) * SECOND;
  const all = Array.from({ length: CROWD }, (_, n): Sold => {
    const amount = (n + 1) * 100;
    paid(ledger.ours, amount);
    paid(ledger.theirs, amount);
    return { amount, at: FROM + (n + 1) * every, outlet: HERE };
  });
  await allInBoth(books, all);
}

const byNumber = (a: Planted, b: Planted): number => (a.number < b.number ? -1 : 1);

test('of a day with fourteen differences all fourteen are shown, and none is invented', async () => {
  const ledger = newLedger();
  await crowd(ledger);
  await plantMissing(ledger);
  await plantUnlike(ledger);
  await plantRefunds(ledger);
  await decoySales(ledger);
  await decoyRefunds(ledger);
  expect(ledger.planted).toHaveLength(14);

  const done = await books.compared({ day: DAY, outlet: HERE });
  const shown = await foundBy(books, done, 5);
  const named = shown.map(({ number, kind, explained }) => ({ number, kind, explained }));
  expect(named.sort(byNumber)).toEqual([...ledger.planted].sort(byNumber));
  expect(done).toMatchObject({ state: 'done', found: 13, explained: 1 });
  expect(done.ours).toEqual(ledger.ours);
  expect(done.theirs).toEqual(ledger.theirs);
  expect(done.pages).toBeGreaterThan(3);
  expect(await limited(books)).toBe(0);
}, 120_000);

test("money of one outlet in the other's books is missing here and too much there", async () => {
  const own = await sell({ amount: 2_000, at: NOON, outlet: THERE });
  const elsewhere = await sell({ amount: 5_400, at: NOON, theirs: { mchid: THERE } });
  const here = await books.compared({ day: DAY, outlet: HERE });
  expect(await foundBy(books, here)).toMatchObject([{ number: elsewhere.id, kind: 'only-ours' }]);
  expect(here.ours).toMatchObject({ paid: 1, paidSum: 5_400 });
  expect(here.theirs).toMatchObject({ paid: 0 });
  const there = await books.compared({ day: DAY, outlet: THERE });
  expect(there.ours).toMatchObject({ paid: 1, paidSum: own.amount });
  expect(there.theirs).toMatchObject({ paid: 2, paidSum: 7_400 });
  expect(await foundBy(books, there)).toMatchObject([
    { number: elsewhere.id, kind: 'only-theirs', paymentId: elsewhere.id, ours: null },
  ]);
}, 60_000);
