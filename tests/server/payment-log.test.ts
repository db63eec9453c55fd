import { expect, test } from 'vitest';
import type { RefundId } from '@/lib/refund';
import type { LogFields } from '@/server/log';
import { createPaymentLog, namesOf } from '@/server/payment-log';
import { aPayment, aRefund, paymentId, refundId } from './store/records';

function listening() {
  const told: LogFields[] = [];
  const tell = createPaymentLog((event, fields) => told.push({ ...fields, kind: event }));
  return { told, tell };
}

test('news of a payment is one line under its number, and a question is no news', () => {
  const { told, tell } = listening();
  const first = aPayment(1, { state: 'awaiting' });
  tell(first);
  tell({ ...first, version: 2, nextCheckAt: 5 });
  tell({ ...first, version: 3, state: 'paid', qfpayNumber: '20261122' });
  tell({ ...first, version: 4, state: 'paid', reserved: 1_000 });
  tell({ ...first, version: 5, state: 'paid', reserved: 1_000, refunded: 1_000 });
  tell({ ...first, version: 6, state: 'paid', reserved: 1_000, refunded: 1_000, review: 'orphan' });
  const seen = told.map(({ paymentId: id, state, reserved, refunded, review }) =>
    [id, state, reserved, refunded, review].join(' '),
  );
  const id = paymentId(1);
  expect(seen).toEqual([
    `${id} awaiting   `,
    `${id} paid   `,
    `${id} paid 1000 0 `,
    `${id} paid 1000 1000 `,
    `${id} paid 1000 1000 orphan`,
  ]);
  expect(told[0]).toMatchObject({ kind: 'payment', payType: '800208', counter: 'Front' });
});

test('payments side by side do not make each other news', () => {
  const { told, tell } = listening();
  for (let round = 0; round < 3; round += 1) {
    tell(aPayment(1, { state: 'awaiting' }));
    tell(aPayment(2, { state: 'unknown' }));
  }
  expect(told.map(({ paymentId: id }) => id)).toEqual([paymentId(1), paymentId(2)]);
});

test('a call names its payment, a refund its payment too, and a list all of them', async () => {
  const known = aRefund(1);
  const find = async (id: RefundId) => (id === known.id ? known : null);
  const of = (endpoint: 'payment' | 'refund' | 'query' | 'close', number: string | null) =>
    namesOf({ endpoint, number }, find);
  expect(await of('payment', paymentId(1))).toEqual({ paymentId: paymentId(1) });
  expect(await of('query', paymentId(1))).toEqual({ paymentId: paymentId(1) });
  const both = { paymentId: paymentId(1), refundId: refundId(1) };
  expect(await of('refund', refundId(1))).toEqual(both);
  expect(await of('query', refundId(1))).toEqual(both);
  expect(await of('query', 'A1,B2')).toEqual({ numbers: 'A1,B2' });
  expect(await of('query', null)).toEqual({});
  const broken = () => Promise.reject(new Error('the disk is away'));
  expect(await namesOf({ endpoint: 'refund', number: 'R1' }, broken)).toEqual({ paymentId: 'R1' });
});
