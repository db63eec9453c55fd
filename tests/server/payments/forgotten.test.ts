import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import { createPayments } from '@/server/payments';
import {
  type Counter,
  openCounter,
  plainCharge,
  queryNone,
  queryPending,
} from '../../support/counter';
import { aPayment } from '../../support/payments';
import { timeForWork } from '../../support/time-for-work';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

/** As a copy holds it that was taken between the tap and the charge. */
async function tappedOnly() {
  const createdAt = counter.world.clock.wall();
  const payment = aPayment({ state: 'created', createdAt, nextCheckAt: createdAt + 60_000 });
  const { saleId: id, amount, currency, counter: till, staff } = payment;
  await counter.world.store.transaction(async (records) => {
    const sale = { id, amount, currency, note: null, counter: till, staff, createdAt };
    await records.insertSale(sale);
    await records.insertPayment(payment, null);
  });
  counter.later(60);
  return payment.id;
}

test('what QFPay does not know either was never sent, and ends after a minute', async () => {
  const id = await tappedOnly();
  await counter.tick();
  expect(await counter.payment(id)).toMatchObject({ state: 'closed' });
});

test('F34 what a restored copy calls unsent, and QFPay knows, is not called safe', async () => {
  const id = await tappedOnly();
  counter.script.ask.push(queryPending);
  await counter.tick();
  expect((await counter.payment(id)).state).toBe('unknown');
});

test('nor is it called safe on one answer, which may have been that of another question', async () => {
  const id = await tappedOnly();
  counter.script.ask.push(queryNone, queryPending);
  await counter.tick();
  expect((await counter.payment(id)).state).toBe('unknown');
});

test('F34 nor is it called safe because the cashier stops it: QFPay is asked, and the code closed', async () => {
  const id = await tappedOnly();
  counter.script.ask.push(queryPending);
  expect(await counter.payments.cancel(id, '3000')).toMatchObject({ state: 'created' });
  // What was sent a moment ago QFPay may not show yet.
  await counter.tick();
  expect(counter.sent).toEqual([]);
  counter.later(60);
  await counter.tick();
  expect(await counter.payment(id)).toMatchObject({
    state: 'cancelling',
    witnesses: { stoppedBy: 'cashier' },
  });
  counter.script.close.push({ source: 'close', says: 'closed', respcd: '0000' });
  counter.script.ask.push(queryPending, queryPending);
  await counter.tick();
  expect(await counter.payment(id)).toMatchObject({
    state: 'closed',
    failure: { code: 'cancelled' },
  });
  expect(counter.sent).toContain(`close ${id}`);
});

test('what the cashier stops and QFPay does not know is called cancelled', async () => {
  const id = await tappedOnly();
  await counter.payments.cancel(id, '3000');
  counter.later(59);
  await counter.payments.cancel(id, '3000');
  counter.later(1);
  await counter.tick();
  expect(await counter.payment(id)).toMatchObject({
    state: 'closed',
    failure: { code: 'cancelled' },
  });
  expect(counter.sent).toEqual([`ask ${id}`, `ask ${id}`]);
});

test('what was stopped is not sent by the tap that comes again', async () => {
  const key = 'the same tap';
  const budget = { ...counter.world.budget, take: async () => Promise.reject(new Error('power')) };
  const broken = createPayments({ ...counter.world, budget });
  await expect(broken.charge(plainCharge(key))).rejects.toThrow('power');
  const [left] = await counter.world.store.read.due(Number.MAX_SAFE_INTEGER, 9);
  const id = String(left?.id) as PaymentId;
  await counter.payments.cancel(id, '3000');
  const again = await counter.payments.charge(plainCharge(key));
  expect(again).toMatchObject({ payment: { id, state: 'created' } });
  expect(counter.sent).toEqual([]);
});

test('what another server was told to stop ends at once where it waits for its turn', async () => {
  let turn = () => {};
  const waiting = new Promise<boolean>((resolve) => {
    turn = () => resolve(true);
  });
  const budget = { ...counter.world.budget, take: () => waiting };
  const here = createPayments({ ...counter.world, budget });
  const charged = here.charge(plainCharge('a tap'));
  const left = () => counter.world.store.read.due(Number.MAX_SAFE_INTEGER, 9);
  await expect.poll(async () => (await left()).length).toBe(1);
  const id = String((await left())[0]?.id) as PaymentId;
  const there = createPayments({ ...counter.world, gateway: { ...counter.world.gateway } });
  expect(await there.cancel(id, '3000')).toMatchObject({ state: 'created' });
  turn();
  expect(await charged).toMatchObject({
    payment: { id, state: 'closed', failure: { code: 'cancelled' } },
  });
  expect(counter.sent).toEqual([]);
});

test('F34 nor because no turn was left to send it again', async () => {
  const key = 'the same tap';
  const take = { fails: async () => Promise.reject(new Error('power')), never: async () => false };
  const by = (way: () => Promise<boolean>) =>
    createPayments({ ...counter.world, budget: { ...counter.world.budget, take: way } });
  await expect(by(take.fails).charge(plainCharge(key))).rejects.toThrow('power');
  const again = await by(take.never).charge(plainCharge(key));
  expect(again).toMatchObject({ payment: { state: 'created' } });
  const other = await by(take.never).charge(plainCharge('another tap'));
  expect(other).toMatchObject({ payment: { state: 'closed', failure: { code: 'never-sent' } } });
});

test('F34 a new start looks back again and again, the last time when whatever stood in the line is over', async () => {
  const { world } = counter;
  const startedAt = world.clock.wall();
  const looks: number[] = [];
  const { steady } = world.clock;
  // The watch and its beat.
  const time = timeForWork({ steady, pass: (ms) => counter.later(ms / 1_000), loops: 2 });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const sleep = async (ms: number) => {
    if (world.clock.wall() > startedAt + 45 * 60_000) end();
    await time.sleep(ms);
  };
  const sweep: typeof world.gateway.sweep = async ({ to }) => {
    if (to >= world.clock.wall()) looks.push((world.clock.wall() - startedAt) / 60_000);
    return { complete: true, rows: [], refunds: [] };
  };
  const payments = createPayments({
    ...world,
    store: time.seen(world.store),
    comparisons: time.seen(world.comparisons),
    clock: { ...world.clock, sleep },
    gateway: time.seen({ ...world.gateway, sweep }),
  });
  await payments.start();
  await ended;
  await payments.stop();
  expect(looks).toHaveLength(4);
  const [first = -1, soon = -1, later = -1, last = -1] = looks;
  expect(first).toBeLessThan(0.5);
  expect(soon - first).toBeGreaterThanOrEqual(0.5);
  expect(later - soon).toBeGreaterThanOrEqual(6);
  expect(last - later).toBeGreaterThanOrEqual(30);
});
