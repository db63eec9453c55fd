/**
 * A day compared with QFPay: the room of payments and its client against the simulator's own
 * process, over HTTP with real signatures. It is the last day of a month and has several pages.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Payment, PaymentId } from '@/lib/payment';
import { createIds } from '@/server/numbers';
import { createPayments, type Payments } from '@/server/payments';
import type { Clock, NewTimelineEntry } from '@/server/payments/ports';
import { createBudget } from '@/server/qfpay/budget';
import { createQfpay } from '@/server/qfpay/client';
import { createHttpTransport } from '@/server/qfpay/transport';
import { type OpenedStore, openStore } from '@/server/store';
import { makeSpecClient } from '../../support/spec-client';
import { type Simulator, startSimulator } from '../../support/stack';
import { UNITS } from '../qfpay/scripted-gateway';
import { aPayment, recordSale } from '../store/support';

const DAY = '2026-10-31';
const MORNING = Date.UTC(2026, 9, 31, 1, 0, 0);
const MIDNIGHT = Date.UTC(2026, 9, 31, 16, 0, 0);
/** Later the same night: "now", for both sides. */
const NOW = Date.UTC(2026, 10, 2, 4, 0, 0);
const SALES = 120;

let simulator: Simulator;
let opened: OpenedStore;
let payments: Payments;
let folder: string;
let transport: ReturnType<typeof createHttpTransport>;
let ids: ReturnType<typeof createIds>;

beforeEach(async () => {
  simulator = await startSimulator();
  await simulator.control('clock', { now: NOW });
  folder = mkdtempSync(join(tmpdir(), 'countertop-compare-'));
  opened = await openStore({ file: join(folder, 'till.db') });
  const startedAt = performance.now();
  const wall = () => Math.round(NOW + performance.now() - startedAt);
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
  const clock: Clock = { wall, steady: wall, sleep };
  ids = createIds('TST', { key: Buffer.alloc(32, 7), wall });
  transport = createHttpTransport({ baseUrl: simulator.url });
  const budget = createBudget({ clock, random: () => 0.5, store: opened.store, name: 'test' });
  const { appCode, key } = simulator;
  payments = createPayments({
    ...{ store: opened.store, comparisons: opened.comparisons, clock, ids, budget },
    gateway: createQfpay({
      ...{ appCode, key, clock, budget, transport, unitOf: UNITS, signType: 'SHA256' },
      ...{ notifyUrl: null, shopName: 'Test', shopTimeZone: 'Asia/Hong_Kong' },
    }),
    readNotification: () => null,
    out: { changed: () => {}, alert: () => {} },
    fault: () => {},
    server: 'test',
    outlets: async () => [null],
    fpsRefunds: false,
    currency: 'HKD',
  });
}, 60_000);
afterEach(async () => {
  transport.close();
  opened.close();
  rmSync(folder, { recursive: true, force: true });
  await simulator.program.end();
});

type Sold = { readonly amount: number; readonly at: number; readonly theirs?: number };
let count = 0;

/** Paid on both sides, unless the gateway is to say another amount. */
async function sold({ amount, at, theirs = amount }: Sold): Promise<Payment> {
  const number = ids.paymentNumber();
  const order = await atGateway(number, theirs, at);
  return paidHere({ id: number, amount, at, qfpayNumber: order.syssn });
}

async function atGateway(number: string, amount: number, at: number): Promise<{ syssn: string }> {
  const stamp = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const made = await simulator.control('foreign-order', { number, amount, at: stamp });
  return (made as { order: { syssn: string } }).order;
}

type Here = {
  readonly id: PaymentId;
  readonly amount: number;
  readonly at: number;
  readonly qfpayNumber: string | null;
};

async function paidHere({ id, amount, at, qfpayNumber }: Here): Promise<Payment> {
  count += 1;
  const paid = { state: 'paid', confirmed: true, paidAt: at, nextCheckAt: null } as const;
  const more = { id, amount, qfpayNumber, createdAt: at, payType: '801501', ...paid };
  const payment = aPayment(count, more);
  expect(await recordSale(opened, payment)).toBe(true);
  return payment;
}

/** A day of `SALES` sales of HK$1, 2, 3…, one every five minutes, on both sides. */
async function aLongDay(): Promise<number> {
  for (let n = 1; n <= SALES; n += 1) await sold({ amount: n * 100, at: MORNING + n * 300_000 });
  return (100 * SALES * (SALES + 1)) / 2;
}

const request = { day: DAY, outlet: null, by: '2000' } as const;
async function compared() {
  const begun = await payments.comparisons.start(request);
  if ('refused' in begun) throw new Error('another one is running');
  return begun.done;
}
async function found() {
  const [comparison] = await opened.differences.comparisons(null, 1);
  if (comparison === undefined) return [];
  const wanted = { comparison };
  return (await opened.differences.page({ wanted, outlets: null, after: null, limit: 200 }))
    .differences;
}
async function open() {
  const filter = { wanted: 'open', outlets: null, after: null, limit: 200 } as const;
  return (await opened.differences.page(filter)).differences;
}

async function limited(): Promise<number> {
  const { calls } = (await simulator.control('state')) as {
    calls: { log: readonly { readonly status: number | null }[] };
  };
  return calls.log.filter(({ status }) => status === 429).length;
}

test('each thing that differs is found and named, and nothing else', async () => {
  const sum = await aLongDay();
  // At QFPay it stands in the next month; here it is of this day.
  const late = ids.paymentNumber();
  const { syssn } = await atGateway(late, 900, MIDNIGHT + 8_000);
  await paidHere({ id: late, amount: 900, at: MIDNIGHT - 2_000, qfpayNumber: syssn });
  // Of the day before and the day after: no matter of this day.
  await sold({ amount: 55_500, at: MORNING - 12 * 3_600_000 });
  await sold({ amount: 66_600, at: MIDNIGHT + 600_000 });
  await atGateway('TERMINAL-8', 1_234, MIDNIGHT + 600_000);

  await atGateway('TERMINAL-7', 7_700, MORNING + 60_000);
  const forged = ids.paymentNumber();
  const ghost = { id: forged, amount: 3_300, at: MORNING + 61_000, qfpayNumber: null };
  await paidHere(ghost);
  const other = await sold({ amount: 5_100, theirs: 5_000, at: MORNING + 62_000 });
  const back = await sold({ amount: 8_800, at: MORNING + 63_000 });
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
  const lines = await found();
  expect(lines).toHaveLength(4);
  const named = Object.fromEntries(lines.map((line) => [line.kind, line]));
  expect(named['only-theirs']).toMatchObject({ number: 'TERMINAL-7', paymentId: null });
  expect(named['only-theirs']).toMatchObject({ ours: null, theirs: { amount: 7_700 } });
  expect(named['only-ours']).toMatchObject({ number: forged, ours: { amount: 3_300 } });
  expect(named.amount).toMatchObject({ number: other.id, ours: { amount: 5_100 } });
  expect(named.amount).toMatchObject({ theirs: { amount: 5_000 }, explained: null });
  expect(named['refund-only-theirs']).toMatchObject({ explained: 'review', paymentId: back.id });
  // A comparison proposes: the payments are what they were.
  expect(await opened.store.read.payment(other.id)).toMatchObject({ amount: 5_100, review: null });
  expect(await opened.store.read.payment(forged)).toMatchObject({ state: 'paid', review: null });
  expect((await open()).map(({ kind }) => kind).sort()).toEqual([
    'amount',
    'only-ours',
    'only-theirs',
  ]);
  expect(await limited()).toBe(0);
}, 60_000);

test('it is stopped in the middle and leaves nothing; begun again it does the whole day', async () => {
  const sum = await aLongDay();
  await simulator.control('fault', { kind: 'delay', endpoint: 'query', ms: 400, times: 0 });
  const begun = await payments.comparisons.start(request);
  if ('refused' in begun) throw new Error('another one is running');
  const { id } = begun.comparison;
  await expect
    .poll(() => payments.comparisons.running(id)?.pages, { interval: 20, timeout: 15_000 })
    .toBe(1);
  expect(payments.comparisons.running(id)).toMatchObject({ state: 'running', rows: 100 });
  // One at a time: the same day is the same one, another day has to wait.
  const same = await payments.comparisons.start(request);
  expect('comparison' in same && same.comparison.id).toBe(id);
  const elsewhere = await payments.comparisons.start({ ...request, day: '2026-10-30' });
  expect(elsewhere).toMatchObject({ refused: 'busy', running: { id } });
  expect(await payments.comparisons.stop(id)).toMatchObject({ state: 'stopped', ours: null });
  expect(await opened.comparisons.byId(id)).toMatchObject({ state: 'stopped' });
  expect(await open()).toEqual([]);
  expect(payments.comparisons.allRunning()).toEqual([]);

  const done = await compared();
  expect(done).toMatchObject({ state: 'done', found: 0, rows: SALES, ours: { paidSum: sum } });
  // Two pages of October, and one of November's first minutes.
  expect(done.pages).toBe(3);
  expect(await opened.comparisons.byId(id)).toBeNull();
  expect(await limited()).toBe(0);
}, 60_000);

test('a difference that is not found any more closes itself; one that a person settled stays', async () => {
  await sold({ amount: 4_000, at: MORNING });
  await atGateway('TERMINAL-7', 7_700, MORNING + 60_000);
  const forged = ids.paymentNumber();
  await paidHere({ id: forged, amount: 3_300, at: MORNING + 61_000, qfpayNumber: null });
  expect(await compared()).toMatchObject({ found: 2 });
  const terminal = (await open()).find(({ number }) => number === 'TERMINAL-7');
  const settled = { id: terminal?.id ?? '', at: NOW, by: '2000', reason: 'made on the terminal' };
  const note: NewTimelineEntry = {
    ...{ at: NOW, paymentId: null, saleId: null, kind: 'person', actor: '2000', state: null },
    detail: { did: 'difference' },
  };
  expect(await opened.differences.settle(settled, note)).toBe(true);
  expect(await opened.differences.settle(settled, note)).toBe(false);
  // It turns up at QFPay after all.
  await atGateway(forged, 3_300, MORNING + 62_000);
  expect(await compared()).toMatchObject({ state: 'done' });
  expect(await open()).toEqual([]);
  const again = await found();
  expect(again).toMatchObject([
    { number: 'TERMINAL-7', settledBy: '2000', reason: 'made on the terminal' },
  ]);
  const [last] = await opened.differences.comparisons(null, 1);
  expect(last).toMatchObject({ found: 1 });
  expect(last === undefined ? null : await opened.comparisons.openOf(last)).toBe(0);
  const verdict = await opened.verifyAudit();
  expect(verdict.ok).toBe(true);
}, 60_000);

/** In the portal, on that day. */
async function giveBackElsewhere({ qfpayNumber }: Payment, amount: number): Promise<void> {
  await simulator.control('clock', { now: MORNING + 7_200_000 });
  await simulator.control('takings', { amount: 1_000_000 });
  const portal = makeSpecClient({ ...simulator });
  const answer = await portal.refund({
    ...{ syssn: qfpayNumber ?? '', out_trade_no: 'PORTAL-1', txamt: amount },
    txdtm: '2026-10-31 11:00:00',
  });
  expect(['0000', '1143', '1145']).toContain(answer.flat.respcd);
  await simulator.control('clock', { advance: 60_000 });
  await simulator.control('clock', { now: NOW });
}

test('of a day that is not over, what was sold meanwhile is no difference', async () => {
  await sold({ amount: 4_000, at: NOW - 3_600_000 });
  await simulator.control('fault', { kind: 'delay', endpoint: 'query', ms: 800, times: 0 });
  const begun = await payments.comparisons.start({ ...request, day: '2026-11-02' });
  if ('refused' in begun) throw new Error('another one is running');
  // Made here after QFPay was asked for the day: its answer cannot have it.
  await paidHere({ id: ids.paymentNumber(), amount: 500, at: NOW + 600_000, qfpayNumber: null });
  expect(await begun.done).toMatchObject({ state: 'done', found: 0, ours: { paidSum: 4_000 } });
}, 60_000);
