/**
 * A day compared with QFPay: the room of payments and its client against the simulator's own
 * process, over HTTP with real signatures. It is the last day of a month and has several pages.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Payment, PaymentId } from '@/lib/payment';
import type { NewTimelineEntry } from '@/server/payments/ports';
import {
  allInBoth,
  atGateway,
  backAtGateway,
  foundBy,
  inBoth,
  inOurs,
  limited,
  openTwoBooks,
  type TwoBooks,
} from './two-books';

const DAY = '2026-10-31';
const MORNING = Date.UTC(2026, 9, 31, 1, 0, 0);
const MIDNIGHT = Date.UTC(2026, 9, 31, 16, 0, 0);
/** Later the same night: "now", for both sides. */
const NOW = Date.UTC(2026, 10, 2, 4, 0, 0);
const SALES = 120;

let books: TwoBooks;
beforeEach(async () => {
  books = await openTwoBooks({ now: NOW, outlets: [null] });
}, 60_000);
afterEach(() => books.close());

/** Known to nobody but us. */
const paidHere = (id: PaymentId, amount: number, at: number): Promise<Payment> =>
  inOurs(books, { id, amount, createdAt: at });

const atTerminal = (number: string, amount: number, at: number) =>
  atGateway(books, { number, amount, at });

/** A day of `SALES` sales of HK$1, 2, 3…, one every five minutes, on both sides. */
async function aLongDay(): Promise<number> {
  const nth = (n: number) => ({ amount: n * 100, at: MORNING + n * 300_000 });
  await allInBoth(
    books,
    Array.from({ length: SALES }, (_, n) => nth(n + 1)),
  );
  return (100 * SALES * (SALES + 1)) / 2;
}

const request = { day: DAY, outlet: null } as const;
const begin = () => books.payments.comparisons.start({ ...request, by: '2000' });
const compared = () => books.compared(request);

async function open() {
  const filter = { wanted: 'open', outlets: null, after: null, limit: 200 } as const;
  return (await books.opened.differences.page(filter)).differences;
}

test('each thing that differs is found and named, and nothing else', async () => {
  const sum = await aLongDay();
  // At QFPay it stands in the next month; here it is of this day.
  await inBoth(books, { amount: 900, at: MIDNIGHT - 2_000, theirs: { at: MIDNIGHT + 8_000 } });
  // Of the day before and the day after: no matter of this day.
  await inBoth(books, { amount: 55_500, at: MORNING - 12 * 3_600_000 });
  await inBoth(books, { amount: 66_600, at: MIDNIGHT + 600_000 });
  await atTerminal('TERMINAL-8', 1_234, MIDNIGHT + 600_000);

  await atTerminal('TERMINAL-7', 7_700, MORNING + 60_000);
  const forged = books.ids.paymentNumber();
  await paidHere(forged, 3_300, MORNING + 61_000);
  const at = MORNING + 62_000;
  const other = await inBoth(books, { amount: 5_100, theirs: { amount: 5_000 }, at });
  const back = await inBoth(books, { amount: 8_800, at: MORNING + 63_000 });
  await giveBackElsewhere(back, 2_500);

  const done = await compared();
  expect(done).toMatchObject({ state: 'done', found: 3, explained: 1 });
  expect(done.ours).toEqual({
    paid: SALES + 4,
    paidSum: sum + 900 + 3_300 + 5_100 + 8_800,
    ...{ refunds: 1, refundSum: 2_500 },
  });
  expect(done.theirs).toEqual({
    paid: SALES + 4,
    paidSum: sum + 900 + 7_700 + 5_000 + 8_800,
    ...{ refunds: 1, refundSum: 2_500 },
  });
  const lines = await foundBy(books, done);
  expect(lines).toHaveLength(4);
  const named = Object.fromEntries(lines.map((line) => [line.kind, line]));
  expect(named['only-theirs']).toMatchObject({ number: 'TERMINAL-7', paymentId: null });
  expect(named['only-theirs']).toMatchObject({ ours: null, theirs: { amount: 7_700 } });
  expect(named['only-ours']).toMatchObject({ number: forged, ours: { amount: 3_300 } });
  expect(named.amount).toMatchObject({ number: other.id, ours: { amount: 5_100 } });
  expect(named.amount).toMatchObject({ theirs: { amount: 5_000 }, explained: null });
  expect(named['refund-only-theirs']).toMatchObject({ explained: 'review', paymentId: back.id });
  // A comparison proposes: the payments are what they were.
  expect(await books.opened.store.read.payment(other.id)).toMatchObject({
    amount: 5_100,
    review: null,
  });
  expect(await books.opened.store.read.payment(forged)).toMatchObject({
    state: 'paid',
    review: null,
  });
  expect((await open()).map(({ kind }) => kind).sort()).toEqual([
    'amount',
    'only-ours',
    'only-theirs',
  ]);
  expect(await limited(books)).toBe(0);
}, 60_000);

test('it is stopped in the middle and leaves nothing; begun again it does the whole day', async () => {
  const sum = await aLongDay();
  await books.simulator.control('fault', { kind: 'delay', endpoint: 'query', ms: 400, times: 0 });
  const begun = await begin();
  if ('refused' in begun) throw new Error('another one is running');
  const { id } = begun.comparison;
  await expect
    .poll(() => books.payments.comparisons.running(id)?.pages, { interval: 20, timeout: 15_000 })
    .toBe(1);
  expect(books.payments.comparisons.running(id)).toMatchObject({ state: 'running', rows: 100 });
  // One at a time: the same day is the same one, another day has to wait.
  const same = await begin();
  expect('comparison' in same && same.comparison.id).toBe(id);
  const elsewhere = await books.payments.comparisons.start({
    ...{ ...request, by: '2000' },
    day: '2026-10-30',
  });
  expect(elsewhere).toMatchObject({ refused: 'busy', running: { id } });
  expect(await books.payments.comparisons.stop(id)).toMatchObject({ state: 'stopped', ours: null });
  expect(await books.opened.comparisons.byId(id)).toMatchObject({ state: 'stopped' });
  expect(await open()).toEqual([]);
  expect(books.payments.comparisons.allRunning()).toEqual([]);

  const done = await compared();
  expect(done).toMatchObject({ state: 'done', found: 0, rows: SALES, ours: { paidSum: sum } });
  // Two pages of October, and one of November's first minutes.
  expect(done.pages).toBe(3);
  expect(await books.opened.comparisons.byId(id)).toBeNull();
  expect(await limited(books)).toBe(0);
}, 60_000);

test('a difference that is not found any more closes itself; one that a person settled stays', async () => {
  await inBoth(books, { amount: 4_000, at: MORNING });
  await atTerminal('TERMINAL-7', 7_700, MORNING + 60_000);
  const forged = books.ids.paymentNumber();
  await paidHere(forged, 3_300, MORNING + 61_000);
  expect(await compared()).toMatchObject({ found: 2 });
  const terminal = (await open()).find(({ number }) => number === 'TERMINAL-7');
  const settled = { id: terminal?.id ?? '', at: NOW, by: '2000', reason: 'made on the terminal' };
  const note: NewTimelineEntry = {
    ...{ at: NOW, paymentId: null, saleId: null, kind: 'person', actor: '2000', state: null },
    detail: { did: 'difference' },
  };
  expect(await books.opened.differences.settle(settled, note)).toBe(true);
  expect(await books.opened.differences.settle(settled, note)).toBe(false);
  // It turns up at QFPay after all.
  await atTerminal(forged, 3_300, MORNING + 62_000);
  expect(await compared()).toMatchObject({ state: 'done' });
  expect(await open()).toEqual([]);
  const [last] = await books.opened.differences.comparisons(null, 1);
  if (last === undefined) throw new Error('nothing was compared');
  expect(await foundBy(books, last)).toMatchObject([
    { number: 'TERMINAL-7', settledBy: '2000', reason: 'made on the terminal' },
  ]);
  expect(last).toMatchObject({ found: 1 });
  expect(await books.opened.comparisons.openOf(last)).toBe(0);
  const verdict = await books.opened.verifyAudit();
  expect(verdict.ok).toBe(true);
}, 60_000);

/** In the portal, on that day. */
async function giveBackElsewhere({ qfpayNumber }: Payment, amount: number): Promise<void> {
  const order = { syssn: qfpayNumber ?? '' };
  const made = { amount, at: MORNING + 7_200_000, number: 'PORTAL-1' };
  expect(await backAtGateway(books, order, made)).toBe('0000');
}

test('of a day that is not over, what was sold meanwhile is no difference', async () => {
  await inBoth(books, { amount: 4_000, at: NOW - 3_600_000 });
  await books.simulator.control('fault', { kind: 'delay', endpoint: 'query', ms: 800, times: 0 });
  const begun = await books.payments.comparisons.start({
    ...{ ...request, by: '2000' },
    day: '2026-11-02',
  });
  if ('refused' in begun) throw new Error('another one is running');
  // Made here after QFPay was asked for the day: its answer cannot have it.
  await paidHere(books.ids.paymentNumber(), 500, NOW + 600_000);
  expect(await begun.done).toMatchObject({ state: 'done', found: 0, ours: { paidSum: 4_000 } });
}, 60_000);
