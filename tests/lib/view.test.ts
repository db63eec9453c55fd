import { describe, expect, test } from 'vitest';
import { claim } from '@/lib/advance';
import type { Payment, PaymentId } from '@/lib/payment';
import { NO_REFUND_WITNESSES, type Refund, type RefundId } from '@/lib/refund';
import { paymentView, type Reader, refundView } from '@/lib/view';
import { aPayment, at, NOON } from '../support/payments';

const READER: Reader = {
  language: 'en',
  timeZone: 'Asia/Hong_Kong',
  now: NOON,
  fpsRefunds: false,
};
const MINUTE = 60_000;
/** A QR shown at noon for five minutes, which the gateway itself ends after `minutes`. */
const shown = (minutes: number, state: 'awaiting' | 'cancelling') => {
  const terms = { deadlineMs: 5 * MINUTE, gatewayExpiryMs: minutes * MINUTE };
  return paymentView({ ...claim(aPayment({ state: 'created' }), terms, at(0)), state }, READER);
};

describe('how long a QR can be paid', () => {
  test('is five minutes while it is offered', () => {
    expect(shown(30, 'awaiting').qrExpiresAt).toBe('2026-01-05T12:05:00+08:00');
  });

  test('is until the gateway ends it once we only wish it gone', () => {
    expect(shown(30, 'cancelling').qrExpiresAt).toBe('2026-01-05T12:30:00+08:00');
    expect(shown(5, 'cancelling').qrExpiresAt).toBe('2026-01-05T12:05:00+08:00');
  });
});

describe('the words of a failure', () => {
  const refused = { code: 'refused', respcd: '1205' } as const;

  test('say wait while it is open, and never once two witnesses agreed', () => {
    const open = paymentView(aPayment({ state: 'unknown', failure: refused }), READER).failure;
    expect(open).toMatchObject({ next: 'wait', respcd: '1205' });
    const ended = paymentView(aPayment({ state: 'failed', failure: refused }), READER).failure;
    expect(ended?.next).not.toBe('wait');
    expect(ended?.says).toContain('No money was taken');
  });
});

/** HK$48.50 by WeChat Pay, paid at noon. */
const paid = (change: Partial<Payment> = {}) =>
  aPayment({ state: 'paid', paidAt: NOON, refunded: 0, reserved: 0, ...change });

describe('what can be given back of a payment', () => {
  test('is what was paid, less every refund that has not failed', () => {
    // HK$10 is back, HK$5 more is on its way.
    const view = paymentView(paid({ refunded: 1_000, reserved: 1_500 }), READER);
    expect(view).toMatchObject({ refundedAmount: 1_000, refundableAmount: 3_350 });
    expect(view.refundBlockedBy).toBeNull();
  });

  test('is nothing where the wallet, its age or its state forbids it, and the reason is named', () => {
    const of = (payment: Payment, reader = READER) => {
      const { refundableAmount, refundBlockedBy } = paymentView(payment, reader);
      return [refundableAmount, refundBlockedBy];
    };
    expect(of(aPayment({ refunded: 0, reserved: 0 }))).toEqual([0, 'not-paid']);
    expect(of(paid({ payType: '802001' }))).toEqual([0, 'wallet-cannot-refund']);
    expect(of(paid({ reserved: 4_850 }))).toEqual([0, 'nothing-left']);
    const yearLater = { ...READER, now: NOON + 366 * 86_400_000 };
    expect(of(paid(), yearLater)).toEqual([0, 'too-old']);
  });

  test('is proposed when the sale was paid twice and something is left', () => {
    const twice = paid({ review: 'paid-twice', reserved: 850 });
    expect(paymentView(twice, READER).proposedRefund).toBe(4_000);
    expect(paymentView({ ...twice, reserved: 4_850 }, READER).proposedRefund).toBeNull();
    expect(paymentView({ ...twice, payType: '802001' }, READER).proposedRefund).toBeNull();
    expect(paymentView(paid({ review: 'answer-differs' }), READER).proposedRefund).toBeNull();
  });
});

test('a payment that a manager let go says so, and is as open as before', () => {
  const view = paymentView(aPayment({ state: 'unknown', abandonedBy: '2000' }), READER);
  expect(view).toMatchObject({ abandoned: true, state: 'unknown' });
  expect(paymentView(aPayment({ state: 'unknown' }), READER).abandoned).toBe(false);
});

const aRefund = (change: Partial<Refund> = {}): Refund => ({
  id: 'TST0000000000R' as RefundId,
  paymentId: 'TST0000000000A' as PaymentId,
  origin: 'counter',
  amount: 1_000,
  currency: 'HKD',
  paymentNumber: '20260105180500020000000042',
  reason: 'Wrong size',
  state: 'done',
  qfpayNumber: '20260105180500020000000043',
  respcd: null,
  confirmed: true,
  review: null,
  staff: '2000',
  approver: null,
  withdrawnBy: null,
  counter: '1',
  outlet: null,
  createdAt: NOON,
  doneAt: NOON + 1_000,
  witnesses: NO_REFUND_WITNESSES,
  nextCheckAt: null,
  version: 3,
  ...change,
});

describe('a refund as the outside sees it', () => {
  test('names its amount, reason, staff and times, and nothing of how we watch it', () => {
    expect(refundView(aRefund(), READER)).toEqual({
      id: 'TST0000000000R',
      paymentId: 'TST0000000000A',
      state: 'done',
      amount: 1_000,
      currency: 'HKD',
      reason: 'Wrong size',
      qfpayNumber: '20260105180500020000000043',
      failure: null,
      staff: '2000',
      approver: null,
      origin: 'counter',
      review: null,
      createdAt: '2026-01-05T12:00:00+08:00',
      doneAt: '2026-01-05T12:00:01+08:00',
      withdrawable: false,
      wakesAt: null,
      version: 3,
    });
  });

  test('says when a deferred one is sent, and only of a deferred one', () => {
    const waits = aRefund({ state: 'deferred', doneAt: null, nextCheckAt: NOON + 60_000 });
    expect(refundView(waits, READER).wakesAt).toBe('2026-01-05T12:01:00+08:00');
    expect(refundView({ ...waits, state: 'unknown' }, READER).wakesAt).toBeNull();
  });

  test.each([
    ['1269', /takings do not cover/, 'wait'],
    ['1270', /full refund/, 'try-again'],
    ['1271', /full refund/, 'try-again'],
    ['1272', /more than the amount left/, 'call-manager'],
    ['1265', /11:30 pm to 12:30 am/, 'call-manager'],
    ['1251', /Refund refused/, 'call-manager'],
    ['1261', /never paid/, 'call-manager'],
  ] as const)('refused with %s, it says why and what is left to do', (respcd, says, next) => {
    const { failure } = refundView(aRefund({ state: 'failed', respcd }), READER);
    expect(failure).toMatchObject({ code: 'refused', respcd, next });
    expect(failure?.says).toMatch(says);
    expect(failure?.says).not.toMatch(/checking/i);
  });

  test('one refusal that nobody has confirmed is told, and nobody is to try again', () => {
    const witnesses = { ...NO_REFUND_WITNESSES, refusals: 1 };
    const open = aRefund({ state: 'unknown', respcd: '1271', witnesses });
    expect(refundView(open, READER).failure).toMatchObject({ respcd: '1271', next: 'wait' });
  });

  test('unanswered, it says not to refund again; the code of an earlier wait is not the reason', () => {
    const failure = refundView(aRefund({ state: 'unknown', respcd: '1265' }), READER).failure;
    expect(failure).toMatchObject({ code: 'no-answer', respcd: null, next: 'wait' });
    expect(failure?.says).toContain('Do not refund again');
    expect(refundView(aRefund({ state: 'processing' }), READER).failure).toBeNull();
  });

  test('can be taken back while it waits, and then says so and not that it was refused', () => {
    const waiting = refundView(aRefund({ state: 'deferred', doneAt: null }), READER);
    expect(waiting.withdrawable).toBe(true);
    const back = aRefund({ state: 'failed', doneAt: null, withdrawnBy: '2000', respcd: '1265' });
    expect(refundView(back, READER)).toMatchObject({
      withdrawable: false,
      failure: { code: 'withdrawn', respcd: null },
    });
    expect(refundView(back, READER).failure?.says).toContain('No money has moved.');
  });
});
