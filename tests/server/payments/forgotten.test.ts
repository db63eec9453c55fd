import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPayments } from '@/server/payments';
import { type Counter, openCounter, queryNone, queryPending } from '../../support/counter';
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
