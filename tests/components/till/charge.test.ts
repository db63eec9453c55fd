import { describe, expect, test } from 'vitest';
import type { Reply } from '@/components/live/server';
import type { Attempt } from '@/components/till/attempt';
import { afterSend, pauseAfter, paymentOf } from '@/components/till/charge';
import type { PaymentAnswer, Problem } from '@/lib/contract';
import { paymentWith } from '../../support/shop-window';

const NOW = Date.parse('2026-01-05T14:02:07+08:00');
const tile: Attempt = {
  key: 'k1',
  amount: 4850,
  payType: '801501',
  note: null,
  saleId: null,
  counter: '1',
  startedAt: NOW,
  paymentId: null,
};
const scan: Attempt = { ...tile, payType: null };

const problem = (facts: Partial<Problem>): Reply<PaymentAnswer> => ({
  kind: 'refused',
  problem: {
    type: 'urn:countertop:problem:invalid',
    title: 'refused',
    status: 422,
    code: 'invalid',
    says: 'Refused.',
    next: 'try-again',
    moneyMayHaveMoved: false,
    ...facts,
  },
});
const silent: Reply<PaymentAnswer> = { kind: 'silent' };
const sale = {} as PaymentAnswer['sale'];
const answered: Reply<PaymentAnswer> = {
  kind: 'answered',
  value: { payment: paymentWith({ id: 'A' }), sale },
};

describe('what follows from the reply to a charge', () => {
  test('an answer is shown, whatever state the payment has', () => {
    const charge = afterSend(answered, { attempt: tile, silentTries: 3, now: NOW });
    expect(charge).toEqual({ at: 'known', paymentId: 'A' });
  });

  test('a lost answer to a tile sends the same tap again, never a new one', () => {
    const charge = afterSend(silent, { attempt: tile, silentTries: 0, now: NOW });
    expect(charge).toEqual({ at: 'unanswered', attempt: tile, tries: 1, retryAt: NOW + 1000 });
  });

  test('a lost answer to a scan looks for its payment: the code is not sent twice', () => {
    const charge = afterSend(silent, { attempt: scan, silentTries: 0, now: NOW });
    expect(charge).toMatchObject({ at: 'seeking', attempt: scan });
  });

  test('a refusal of the first try says that nothing was charged', () => {
    const charge = afterSend(problem({}), { attempt: tile, silentTries: 0, now: NOW });
    expect(charge.at).toBe('refused');
  });

  test('a refusal after a silent try does not: that one may have been recorded', () => {
    const charge = afterSend(problem({ status: 401 }), { attempt: tile, silentTries: 1, now: NOW });
    expect(charge.at).toBe('seeking');
  });

  test('a fault of the server that may have moved money is not a refusal', () => {
    const fault = problem({ status: 500, code: 'fault', moneyMayHaveMoved: true });
    expect(afterSend(fault, { attempt: tile, silentTries: 0, now: NOW }).at).toBe('unanswered');
    expect(afterSend(fault, { attempt: scan, silentTries: 0, now: NOW }).at).toBe('seeking');
  });

  test('a server that is only starting has recorded nothing', () => {
    const starting = problem({ status: 503, code: 'starting' });
    expect(afterSend(starting, { attempt: tile, silentTries: 0, now: NOW }).at).toBe('refused');
  });

  test('the pauses grow to five seconds and stay there', () => {
    expect([1, 2, 3, 4, 5, 99].map(pauseAfter)).toEqual([1000, 2000, 3000, 5000, 5000, 5000]);
  });
});

describe('finding the payment of a tap', () => {
  const made = paymentWith({ id: 'A', mode: 'CPM', payType: '800008' });

  test('it has the same counter, amount and way of paying, and is not older than the tap', () => {
    expect(paymentOf(scan, [paymentWith({ id: 'other' }), made])?.id).toBe('A');
  });

  test.each([
    ['another amount', { amount: 4851 }],
    ['another counter', { counter: '2' }],
    ['a QR instead of a scan', { mode: 'MPM' as const }],
    ['the sale before', { createdAt: '2026-01-05T14:02:01+08:00' }],
  ])('%s is not it', (_name, facts) => {
    expect(paymentOf(scan, [{ ...made, ...facts }])).toBeNull();
  });

  test('of a sale that is tried again, another sale’s is not it', () => {
    const again = { ...scan, saleId: made.saleId };
    expect(paymentOf(again, [{ ...made, id: 'B', saleId: 'another' }, made])?.id).toBe('A');
  });

  test('a tile is matched by its pay type', () => {
    const wechat = paymentWith({ id: 'W', payType: '800201' });
    expect(paymentOf(tile, [wechat, paymentWith({ id: 'A' })])?.id).toBe('A');
  });
});
