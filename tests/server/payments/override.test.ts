import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { type Counter, CPM, chargePaid, openCounter, queryPaid } from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const override = (payment: Payment) =>
  counter.payments.override({ id: payment.id, manager: '2000', staff: '3000', reason: null });

test('without it a doubtful payment keeps its sale to itself', async () => {
  const doubtful = await counter.take();
  expect(doubtful.state).toBe('unknown');
  expect(await counter.charge({ saleId: doubtful.saleId })).toEqual({
    refused: 'sale-has-live-payment',
    paymentId: doubtful.id,
  });
});

test('with it the sale may be charged again, and the first payment stays watched', async () => {
  const doubtful = await counter.take();
  expect(await override(doubtful)).toMatchObject({ state: 'cancelling', abandonedBy: '2000' });
  counter.script.charge.push(chargePaid);
  const second = await counter.take({ ...CPM, saleId: doubtful.saleId });
  expect(second).toMatchObject({ state: 'paid', review: null });
  counter.later(2);
  counter.script.ask.push(queryPaid);
  await counter.tick();
  // T27: the customer had paid the first one after all.
  expect(await counter.payment(doubtful.id)).toMatchObject({ state: 'paid', review: 'paid-twice' });
  expect(counter.alerts).toContainEqual(expect.objectContaining({ says: 'paid-twice' }));
});

test('it is written down with the manager’s name, and pressing twice changes nothing more', async () => {
  const doubtful = await counter.take();
  const first = await override(doubtful);
  expect(await override(doubtful)).toEqual(first);
  const timeline = await counter.world.store.read.timeline(doubtful.id);
  const given = timeline.filter(({ detail }) => detail.did === 'override');
  expect(given).toMatchObject([{ actor: '2000', detail: { staff: '3000' } }]);
});

test('what is decided needs no leave', async () => {
  counter.script.charge.push(chargePaid);
  const paid = await counter.take(CPM);
  expect(await override(paid)).toEqual({ refused: 'not-open' });
});
