import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Counter, openCounter, queryPending } from '../../support/counter';
import { aPayment } from '../../support/payments';

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
