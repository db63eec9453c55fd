/**
 * The server is told to stop (SIGTERM) while a charge is under way: it takes no new calls, lets its
 * tablets go, hears QFPay out, writes down what it said, and ends.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../support/processes';
import { CHARGE, codeTap, openShop, QUERY, REFUND, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  // Around midnight in Hong Kong nothing goes back.
  shop = await openShop({ at: '12:00:00' });
}, 300_000);
afterAll(() => shop.close());
beforeEach(() => shop.calm());
afterEach(() => shop.booksAgree(), 20_000);

/** Node.js ends a process that was told to by 128 and the signal's number; npm start makes it 0. */
const POLITELY = { code: 143, signal: null };
const refused = () =>
  fetch(`${shop.stack.till}/api/health`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return false;
    },
    () => true,
  );

test('a charge whose answer comes after the signal is answered and written down', async () => {
  const tap = codeTap();
  const stream = await shop.cashier.send('/api/events');
  const heard = stream.text();
  const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
  const before = await shop.arrived('payment');
  const going = shop.tap(tap);
  await until(async () => (await shop.arrived('payment')) > before);
  const ended = shop.stack.endApp();
  // The tablet's stream ends in order, so it looks for the next server at once.
  expect(await heard).toContain('event: heartbeat');
  await until(refused, { withinMs: 5_000 });
  expect(shop.stack.app().exit()).toBeNull();
  held.release();
  const { status, body } = await going;
  expect([status, Object(body.payment).state]).toEqual([201, 'paid']);
  await ended;
  expect(shop.stack.app().exit()).toEqual(POLITELY);
  shop.proxy.strike({ kind: 'lose-answer' }, { on: QUERY, times: 0 });
  await shop.stack.restartApp();
  // Nobody could have told the next server but the books of the one before.
  expect((await shop.payment(Object(body.payment).id)).state).toBe('paid');
});

test('so is a refund', async () => {
  const { id, amount } = await shop.whatBecameOf(codeTap());
  await until(async () => (await shop.payment(id)).confirmed, { withinMs: 20_000 });
  const before = await shop.arrived('refund');
  const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: REFUND });
  const refund = shop.manager.call('POST', `/api/payments/${id}/refunds`, {
    ...{ key: `stopping-${id}`, body: { amount, reason: 'Returned', pin: '200200' } },
  });
  await until(async () => held.struck() === 1 && (await shop.arrived('refund')) > before);
  const ended = shop.stack.endApp();
  await until(refused, { withinMs: 5_000 });
  held.release();
  const { status, body } = await refund;
  expect([status, Object(body.refund).state]).toEqual([201, 'done']);
  await ended;
  expect(shop.stack.app().exit()).toEqual(POLITELY);
  await shop.stack.restartApp();
  expect((await shop.payment(id)).refundedAmount).toBe(amount);
});

test('a gateway that never answers holds it up no longer than a charge may take', async () => {
  const tap = codeTap();
  const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
  const before = await shop.arrived('payment');
  const going = shop.tap(tap);
  await until(async () => (await shop.arrived('payment')) > before);
  const from = performance.now();
  await shop.stack.endApp();
  // A charge waits 15 s for its answer (money.md 2.9).
  expect(performance.now() - from).toBeLessThan(17_000);
  expect(shop.stack.app().exit()).toEqual(POLITELY);
  const { status, body } = await going;
  // It has asked what became of the charge, once, before it answered.
  expect([status, Object(body.payment).state]).toEqual([201, 'paid']);
  expect(held.struck()).toBe(1);
});
