/** The checker itself: each way in which two ledgers can differ is named. */
import { expect, test } from 'vitest';
import { differences, type OurPayment, type TheirBooks, type TheirOrder } from '../support/books';

const ours = (change: Partial<OurPayment> = {}): OurPayment => ({
  ...{ id: 'A', saleId: 'SALE', state: 'paid', amount: 500, currency: 'HKD' },
  ...{ refundedAmount: 0, review: null },
  ...change,
});
const order = (change: Partial<TheirOrder> = {}): TheirOrder => ({
  ...{ number: 'A', state: 'paid', amount: 500, currency: 'HKD', syssn: '1' },
  ...{ paidAt: 1, txdtm: '2026-01-05 12:00:00' },
  ...change,
});
const took = (number: string, amount = 500) => ({ kind: 'payment', number, amount }) as const;
const theirs = (change: Partial<TheirBooks> = {}): TheirBooks => ({
  ...{ orders: [order()], refunds: [], ledger: [took('A')] },
  ...change,
});
const back = { number: 'R', syssn: '2', origNumber: 'A', state: 'done', amount: 200 };
const gaveBack = { kind: 'refund', number: 'R', amount: -200 } as const;
const reversed = { kind: 'reversal', number: 'A', amount: -500 } as const;

test('equal books differ in nothing', () => {
  expect(differences([ours()], theirs())).toEqual([]);
  const refunded = theirs({ refunds: [back], ledger: [took('A'), gaveBack] });
  expect(differences([ours({ refundedAmount: 200 })], refunded)).toEqual([]);
});

test.each<[what: string, till: readonly OurPayment[], gateway: TheirBooks]>([
  ['an order that the till does not know', [], theirs()],
  ['paid there and closed here', [ours({ state: 'closed' })], theirs()],
  ['less there than here', [ours()], theirs({ orders: [order({ amount: 499 })] })],
  [
    'can still be paid there and is closed here',
    [ours({ state: 'closed' })],
    theirs({ orders: [order({ state: 'open', paidAt: null })], ledger: [] }),
  ],
  ['paid here and not there', [ours()], theirs({ orders: [], ledger: [] })],
  ['money moved twice under one number', [ours()], theirs({ ledger: [took('A'), took('A')] })],
  [
    'one sale paid twice',
    [ours(), ours({ id: 'B' })],
    theirs({ orders: [order(), order({ number: 'B' })], ledger: [took('A'), took('B')] }),
  ],
  ['a refund that only the gateway has', [ours()], theirs({ refunds: [back] })],
  ['a refund that only the till has', [ours({ refundedAmount: 200 })], theirs()],
  ['a reversal that nobody is told of', [ours()], theirs({ ledger: [took('A'), reversed] })],
  ['a cent', [ours()], theirs({ ledger: [took('A', 499)] })],
])('%s is named', (_what, till, gateway) => {
  expect(differences(till, gateway)).not.toEqual([]);
});
