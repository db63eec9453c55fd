/**
 * The page for machines, read by a parser of the tests' own and compared with what was put into the
 * books. Figures are arithmetic of what each test records.
 */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { createMetrics, type MetricsParts } from '@/server/metrics';
import { openStore } from '@/server/store';
import { type Family, figure, readExposition } from '../support/exposition';
import { aFolder, aPayment, aRefund, giveBack, NOON, recordSale } from './store/support';

const TOKEN = 'a-token-for-the-tests';
const SECOND = 1_000;
const DAY = 86_400_000;
/** Noon in Hong Kong; the day began twelve hours before. */
const NOW = NOON + 600 * SECOND;

const ENV: MetricsParts['env'] = {
  ...{ metricsToken: TOKEN, environment: 'simulator', build: 'b-1' },
  shop: { name: 'Tea', timeZone: 'Asia/Hong_Kong', currency: 'HKD' },
  database: { kind: 'sqlite', file: 'x', name: 'x' },
};

async function aWatchedShop(more: Partial<MetricsParts> = {}) {
  const opened = await openStore({ file: join(aFolder(), 'till.db'), now: () => NOON });
  onTestFinished(() => opened.close());
  const scrape = createMetrics({
    ...{ env: ENV, opened, version: '0.1.0', server: 'here' },
    hub: { count: () => 3 },
    clock: { wall: () => NOW, steady: () => NOW },
    budget: { name: 'calls', isCut: () => false },
    onFault: (fault) => expect(fault).toBeNull(),
    ...more,
  });
  const read = async (): Promise<Map<string, Family>> => {
    const answer = await scrape(`Bearer ${TOKEN}`);
    if (typeof answer === 'string') throw new Error(answer);
    expect(answer.type).toBe('text/plain; version=0.0.4; charset=utf-8');
    return readExposition(answer.text);
  };
  let n = 0;
  const sell = async (change: Partial<Payment> = {}): Promise<Payment> => {
    n += 1;
    const payment = aPayment(n, change);
    expect(await recordSale(opened, payment)).toBe(true);
    return payment;
  };
  const paid = (seconds: number, change: Partial<Payment> = {}) =>
    sell({ state: 'paid', createdAt: NOON, paidAt: NOON + seconds * SECOND, ...change });
  return { opened, scrape, read, sell, paid };
}

test('payments of today stand under their wallet and state, those of yesterday do not', async () => {
  const { read, sell, paid } = await aWatchedShop();
  await paid(4);
  await paid(5);
  await paid(4, { usedPayType: '800101' });
  await sell({ state: 'failed', failure: { code: 'refused', respcd: '1205' } });
  await sell({ state: 'awaiting', payType: '800101' });
  await paid(4, { createdAt: NOON - DAY, paidAt: NOON - DAY + 4 * SECOND });
  const families = await read();
  const of = (wallet: string, state: string) =>
    figure(families, 'countertop_payments', { wallet, state });
  expect(of('wechat', 'paid')).toBe(2);
  expect(of('alipay', 'paid')).toBe(1);
  expect(of('wechat', 'failed')).toBe(1);
  expect(of('alipay', 'awaiting')).toBe(1);
  expect(of('octopus', 'paid')).toBe(0);
  const all = families.get('countertop_payments')?.series ?? [];
  expect(all.reduce((sum, { value }) => sum + value, 0)).toBe(5);
  // Six wallets of the counter and eight states: a line for each, so that 0 is seen as 0.
  expect(all).toHaveLength(48);
});

test('the time to paid is a histogram that adds up, by wallet', async () => {
  const { read, paid } = await aWatchedShop();
  for (const seconds of [0, 2, 3, 60, 61, 4_000]) await paid(seconds);
  await paid(7, { payType: '800101' });
  const families = await read();
  const upTo = (le: string, wallet = 'wechat') =>
    figure(families, 'countertop_payment_seconds_bucket', { wallet, le });
  expect(['2', '5', '45', '60', '90', '600', '+Inf'].map((le) => upTo(le))).toEqual([
    2, 3, 3, 4, 5, 5, 6,
  ]);
  const of = (what: string) =>
    figure(families, `countertop_payment_seconds_${what}`, { wallet: 'wechat' });
  expect([of('count'), of('sum')]).toEqual([6, 0 + 2 + 3 + 60 + 61 + 4_000]);
  expect([upTo('5', 'alipay'), upTo('10', 'alipay')]).toEqual([0, 1]);
  expect(upTo('+Inf', 'fps')).toBe(0);
  for (const family of families.values()) expect(family.help).not.toBe('');
});

test('what is unresolved counts whatever its day, and so does what a manager must look at', async () => {
  const { opened, read, sell, paid } = await aWatchedShop();
  await sell({ state: 'unknown', createdAt: NOW - 3 * DAY });
  await sell({ state: 'unknown', createdAt: NOW - 60 * SECOND });
  await sell({ state: 'cancelling', createdAt: NOW - 60 * SECOND });
  await paid(4, { review: 'answer-differs', createdAt: NOON - 9 * DAY });
  await paid(4, { late: true });
  await paid(4, { late: true, lateSeen: true });
  const back = await paid(4, { qfpayNumber: '20261122' });
  await giveBack(opened, aRefund(1, { paymentId: back.id, createdAt: NOW - 90 * SECOND }));
  await giveBack(opened, aRefund(2, { paymentId: back.id, state: 'done', createdAt: NOON }));
  const families = await read();
  const of = (name: string, state: string) => figure(families, name, { state });
  expect(of('countertop_unresolved_payments', 'unknown')).toBe(2);
  expect(of('countertop_unresolved_payments', 'cancelling')).toBe(1);
  expect(of('countertop_unresolved_payments', 'awaiting')).toBe(0);
  expect(figure(families, 'countertop_oldest_unresolved_payment_seconds')).toBe(3 * 86_400);
  expect(figure(families, 'countertop_payments_in_review')).toBe(2);
  expect(of('countertop_unresolved_refunds', 'requested')).toBe(1);
  expect(figure(families, 'countertop_oldest_unresolved_refund_seconds')).toBe(90);
  expect(of('countertop_refunds', 'requested')).toBe(1);
  expect(of('countertop_refunds', 'done')).toBe(1);
  expect(of('countertop_refunds', 'failed')).toBe(0);
});

test('the allowance of calls is what an idle shop has, less what was drawn', async () => {
  const { opened, read } = await aWatchedShop();
  const calls = (families: ReadonlyMap<string, Family>, what: string) =>
    ['all', 'questions'].map((of) =>
      figure(families, `countertop_qfpay_rate_${what}`, { calls: of }),
    );
  // A burst of 20 calls, 14 of them questions (protocol.md 2.4).
  expect(calls(await read(), 'left')).toEqual([20, 14]);
  // Five calls ago, by a full rate of 6 a second; three of them were questions at 4.2 a second.
  const bucket = { arrival: NOW + 5 * (60_000 / 360), questions: NOW + 3 * (60_000 / 252) };
  const put = (heldUntil: number, holdMs: number) =>
    opened.store.transaction((records) =>
      records.putBucket('calls', { ...bucket, heldUntil, slowed: 1, holdMs }),
    );
  await put(0, 0);
  expect(calls(await read(), 'left')).toEqual([15, 11]);
  expect(calls(await read(), 'used')).toEqual([5, 3]);
  expect(figure(await read(), 'countertop_qfpay_rate_held')).toBe(0);
  await put(NOW + 500, 1_000);
  expect(figure(await read(), 'countertop_qfpay_rate_held')).toBe(1);
  expect(calls(await read(), 'left')).toEqual([0, 0]);
});

test('the watch is late by its most overdue question, and is held by somebody or nobody', async () => {
  const { opened, read, sell } = await aWatchedShop();
  const watch = async () => {
    const families = await read();
    return ['lag_seconds', 'held', 'held_here'].map((it) =>
      figure(families, `countertop_watch_${it}`),
    );
  };
  expect(await watch()).toEqual([0, 0, 0]);
  await sell({ state: 'awaiting', nextCheckAt: NOW + 5_000 });
  await sell({ state: 'awaiting', nextCheckAt: NOW - 2_500 });
  const put = (epoch: number, holder: string, expiresAt: number) =>
    opened.store.transaction((it) => it.putLease('watch', { holder, epoch, expiresAt }));
  await put(1, 'here', NOW + 9_000);
  expect(await watch()).toEqual([2.5, 1, 1]);
  await put(2, 'there', NOW + 9_000);
  expect(await watch()).toEqual([2.5, 1, 0]);
  await put(3, 'here', NOW - 1);
  expect(await watch()).toEqual([2.5, 0, 0]);
});

test('the process tells what it is, who listens and whether QFPay can be reached', async () => {
  const { read } = await aWatchedShop({ budget: { name: 'calls', isCut: () => true } });
  const families = await read();
  const [build] = families.get('countertop_build_info')?.series ?? [];
  expect(build).toMatchObject({
    value: 1,
    labels: { version: '0.1.0', build: 'b-1', environment: 'simulator', database: 'sqlite' },
  });
  expect(figure(families, 'countertop_open_streams')).toBe(3);
  expect(figure(families, 'countertop_qfpay_breaker_open')).toBe(1);
  expect(figure(families, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  expect(figure(families, 'process_start_time_seconds')).toBeGreaterThan(1_700_000_000);
});

test('a database that fails is one figure, and the rest is told all the same', async () => {
  const broken = await aWatchedShop();
  const gauges = { ...broken.opened.gauges, open: () => Promise.reject(new Error('away')) };
  const faults: unknown[] = [];
  const { read } = await aWatchedShop({
    opened: { ...broken.opened, gauges },
    onFault: (fault) => faults.push(fault),
  });
  const families = await read();
  expect(figure(families, 'countertop_database_up')).toBe(0);
  expect(figure(families, 'countertop_open_streams')).toBe(3);
  expect(families.has('countertop_payments')).toBe(false);
  expect(faults).toEqual([new Error('away')]);
  expect(figure(await broken.read(), 'countertop_database_up')).toBe(1);
});

test('only the bearer of the whole token reads it, and without one set there is no door', async () => {
  const { scrape } = await aWatchedShop();
  const wrong = [
    null,
    '',
    TOKEN,
    `bearer ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
  ];
  for (const given of wrong) expect(await scrape(given)).toBe('wrong-token');
  expect(await scrape(`Bearer ${TOKEN}`)).toMatchObject({ type: expect.any(String) });
  const { scrape: shut } = await aWatchedShop({ env: { ...ENV, metricsToken: null } });
  expect(await shut(null)).toBe('no-door');
  expect(await shut(`Bearer ${TOKEN}`)).toBe('no-door');
});
