import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { RefundRow } from '@/server/payments/ports';
import type { SettlementRequest } from '@/server/payments/settlement';
import { lookForRefunds } from '@/server/payments/window';
import {
  type Counter,
  CPM,
  chargePaid,
  created,
  openCounter,
  queryPaid,
} from '../../support/counter';
import { refundDone, refundFacts } from '../../support/refunds';

let counter: Counter;
let payment: Payment;
beforeEach(async () => {
  counter = await openCounter();
  counter.script.charge.push(chargePaid);
  // 48.50
  payment = await counter.take(CPM);
  counter.sent.length = 0;
});
afterEach(() => counter.end());

let taps = 0;
const settle = (change: Partial<SettlementRequest> = {}) => {
  taps += 1;
  const { amount = 1_000 } = change;
  return counter.payments.settle({
    ...{ key: `settle-${taps}`, bodyText: `settle ${amount}`, paymentId: payment.id, amount },
    ...{ how: 'cash', reason: 'FPS', proof: 'signed by Lee', staff: '2000', approver: null },
    ...change,
  });
};
const refund = (amount: number) => {
  taps += 1;
  counter.script.ask.unshift(queryPaid);
  counter.script.refund.push(refundDone(amount));
  return counter.payments.refund({
    ...{ key: `refund-${taps}`, bodyText: `refund ${amount}`, paymentId: payment.id, amount },
    ...{ reason: 'wrong size', staff: '2000', approver: null },
  });
};
const now = () => counter.payment(payment.id);

describe('what was given back another way', () => {
  test('is recorded with a name and a proof, counted apart, and nobody is asked', async () => {
    expect(await settle({ amount: 1_850, how: 'bank', proof: 'TT 4711' })).toMatchObject({
      settlement: { amount: 1_850, how: 'bank', proof: 'TT 4711', staff: '2000', currency: 'HKD' },
      payment: { settled: 1_850, refunded: 0, reserved: 0, state: 'paid' },
    });
    expect(counter.sent).toEqual([]);
    expect(counter.changed.at(-1)).toMatchObject({ id: payment.id, settled: 1_850 });
    const story = await counter.world.store.read.timeline(payment.id);
    expect(story.at(-1)).toMatchObject({
      ...{ kind: 'person', actor: '2000' },
      detail: { did: 'settlement', amount: 1_850, how: 'bank', proof: 'TT 4711' },
    });
    expect(await counter.opened.verifyAudit()).toMatchObject({ ok: true });
  });

  test('never exceeds what is left, to the last cent, and says how much that is', async () => {
    await refund(3_000);
    expect(await settle({ amount: 1_851 })).toEqual({ refused: 'too-large', refundable: 1_850 });
    expect(await settle({ amount: 1_850 })).toMatchObject({ payment: { settled: 1_850 } });
    expect(await settle({ amount: 1 })).toEqual({ refused: 'too-large', refundable: 0 });
    counter.later(61);
    expect(await refund(1)).toEqual({ refused: 'too-large', refundable: 0 });
  });

  test('under one key is recorded once, and another body under it is refused', async () => {
    const first = await settle({ key: 'one', amount: 500 });
    expect(await settle({ key: 'one', amount: 500 })).toEqual(first);
    expect(await settle({ key: 'one', amount: 501 })).toEqual({ refused: 'key-reused' });
    expect((await now()).settled).toBe(500);
    // Nor is it the key of a charge.
    const target = { kind: 'payment', bodyFingerprint: '', targetId: payment.id } as const;
    await counter.world.store.transaction((records) => records.insertKey('charge', target));
    expect(await settle({ key: 'charge' })).toEqual({ refused: 'key-reused' });
  });

  test('is of a payment that is paid, known, and not reversed by somebody else', async () => {
    counter.script.charge.push(created);
    const open = await counter.take({ key: 'open' });
    expect(await settle({ paymentId: open.id })).toEqual({ refused: 'not-paid' });
    await counter.world.store.transaction((records) =>
      records.update({ ...payment, review: 'reversed-outside' }),
    );
    expect(await settle()).toEqual({ refused: 'refunded-outside' });
    expect(await settle({ paymentId: 'NOBODY' as Payment['id'] })).toEqual({
      refused: 'not-found',
    });
  });
});

test('fifty settlements and refunds at once never exceed what was paid', async () => {
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? settle({ amount: 300 }) : refund(300))),
  );
  const granted = all.filter((it) => !('refused' in it)).length;
  // 48.50 holds sixteen times 3.00 and no seventeenth.
  expect(granted).toBe(16);
  const { settled, reserved, amount } = await now();
  expect(settled + reserved).toBe(4_800);
  expect(settled + reserved).toBeLessThanOrEqual(amount);
});

test('money found given back elsewhere afterwards is said to be too much', async () => {
  await settle({ amount: 4_850 });
  const told = refundFacts({ number: 'PORTAL1', amount: 100, payment: payment.qfpayNumber });
  const row: RefundRow = {
    number: 'PORTAL1',
    evidence: { source: 'refund-query', says: 'done', respcd: '0000', facts: told },
    facts: told,
  };
  counter.script.sweep.push({ complete: true, rows: [], refunds: [row] });
  await lookForRefunds(counter.world, await now());
  expect(await now()).toMatchObject({ review: 'refunded-too-much', settled: 4_850, refunded: 100 });
});

test('a second payment that was given back whole is settled with that', async () => {
  const marked = await counter.world.store.transaction((records) =>
    records.update({ ...payment, review: 'paid-twice' }),
  );
  expect(marked?.review).toBe('paid-twice');
  expect(await settle({ amount: 4_849 })).toMatchObject({ payment: { review: 'paid-twice' } });
  expect(await settle({ amount: 1, reason: 'rest' })).toMatchObject({ payment: { review: null } });
  expect(await counter.opened.matters.decisionsOf(payment.id)).toMatchObject([
    { matter: 'paid-twice', choice: 'settlement', staff: '2000', reason: 'rest' },
  ]);
});
