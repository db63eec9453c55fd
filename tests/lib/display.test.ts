/** Every state of a payment as the customer sees it: green for paid alone, and nothing stale. */
import { describe, expect, test } from 'vitest';
import type { DisplayPayment } from '@/lib/contract-display';
import {
  type Followed,
  follow,
  LONGEST_MS,
  type MomentName,
  momentOf,
  SHOWN_MS,
} from '@/lib/display';
import { isLive, PAYMENT_STATES, type PaymentState } from '@/lib/payment';

const BEGAN = Date.parse('2026-01-05T14:02:07+08:00');
const SECOND = 1000;

const payment = (facts: Partial<DisplayPayment> = {}): DisplayPayment => ({
  ...{ id: 'H80KF930KTZYPK', state: 'awaiting', mode: 'MPM', payType: '801501' },
  ...{ wallet: 'alipay', amount: 4850, currency: 'HKD', qrCode: 'https://qr.example/1' },
  qrExpiresAt: '2026-01-05T14:07:07+08:00',
  ...{ confirmed: true, createdAt: '2026-01-05T14:02:07+08:00', paidAt: null, version: 3 },
  ...{ next: null, doubted: false, receiptUrl: null },
  ...facts,
});
const paid = (facts: Partial<DisplayPayment> = {}) =>
  payment({ state: 'paid', paidAt: '2026-01-05T14:02:30+08:00', version: 5, ...facts });

/** What stands there `after` ms, when all of it was heard as it came. */
const at = (
  given: DisplayPayment | null,
  {
    after = 5 * SECOND,
    cut = false,
    endedAt,
  }: { after?: number; cut?: boolean; endedAt?: number } = {},
): MomentName => {
  const open = given === null || isLive(given.state);
  const followed: Followed = { payment: given, endedAt: open ? null : (endedAt ?? BEGAN) };
  return momentOf(followed, { now: BEGAN + after, cut }).at;
};

describe('each state', () => {
  const none = { qrCode: null, qrExpiresAt: null };
  test.each<[string, DisplayPayment | null, MomentName]>([
    ['no payment', null, 'idle'],
    ['created', payment({ state: 'created', ...none }), 'preparing'],
    ['on its way', payment({ state: 'sending', ...none }), 'preparing'],
    ['a QR that has not come yet', payment(none), 'preparing'],
    ['a QR', payment(), 'scan'],
    ['a scanned code', payment({ mode: 'CPM', ...none }), 'confirm'],
    ['nobody knows', payment({ state: 'unknown' }), 'checking'],
    ['nobody knows of a scanned code', payment({ state: 'unknown', mode: 'CPM' }), 'checking'],
    ['being stopped', payment({ state: 'cancelling' }), 'stopping'],
    ['refused', payment({ state: 'failed', next: 'other-wallet' }), 'unpaid'],
    ['stopped', payment({ state: 'closed' }), 'stopped'],
    ['paid', paid(), 'paid'],
    ['paid late', paid({ version: 9 }), 'paid'],
    ['called paid, but what was heard does not agree', paid({ doubted: true }), 'checking'],
    [
      'refused, but what was heard does not agree',
      payment({ state: 'failed', doubted: true }),
      'checking',
    ],
  ])('%s', (_name, given, moment) => {
    expect(at(given)).toBe(moment);
  });

  test('green is for paid alone, whatever else is true of a payment', () => {
    const others = PAYMENT_STATES.filter((state) => state !== 'paid');
    for (const state of others) {
      for (const cut of [false, true]) {
        for (const facts of [{}, { paidAt: '2026-01-05T14:02:30+08:00' }, { receiptUrl: '/r/x' }]) {
          expect([state, at(payment({ state, ...facts }), { cut })]).not.toEqual([state, 'paid']);
        }
      }
    }
  });
});

describe('the time', () => {
  const expiry = 5 * 60 * SECOND;
  test('a QR is shown until the second it runs out, and never after', () => {
    expect(at(payment(), { after: expiry - 1 })).toBe('scan');
    expect(at(payment(), { after: expiry })).toBe('expired');
    expect(at(payment(), { after: expiry + 3600 * SECOND, cut: true })).not.toBe('scan');
  });

  test('a payment in doubt makes room for the next customer after a quarter of an hour', () => {
    const doubt = payment({ state: 'unknown' });
    expect(at(doubt, { after: LONGEST_MS })).toBe('checking');
    expect(at(doubt, { after: LONGEST_MS + 1 })).toBe('idle');
  });

  test.each<[PaymentState, number]>([
    ['paid', SHOWN_MS.paid],
    ['failed', SHOWN_MS.unpaid],
    ['closed', SHOWN_MS.stopped],
  ])('the end of one that is %s is shown for so long, then the shop’s name', (state, shown) => {
    const ended = state === 'paid' ? paid() : payment({ state });
    expect(at(ended, { after: shown - 1 })).not.toBe('idle');
    expect(at(ended, { after: shown })).toBe('idle');
  });

  test('who wants the receipt has time to scan it', () => {
    const receipt = paid({ receiptUrl: 'http://shop/r/x' });
    expect(at(receipt, { after: SHOWN_MS.receipt - 1 })).toBe('paid');
    expect(at(receipt, { after: SHOWN_MS.receipt })).toBe('idle');
  });
});

describe('while the line is cut', () => {
  test('what may have changed is not shown as if it were true', () => {
    const open = PAYMENT_STATES.filter(isLive);
    expect(open.map((state) => at(payment({ state }), { cut: true }))).toEqual(
      open.map(() => 'cut'),
    );
    expect(at(payment({ mode: 'CPM' }), { cut: true })).toBe('cut');
  });

  test('what is over stays: paid is paid, for as long as no next sale can be heard of', () => {
    expect(at(paid(), { cut: true, after: 30 * SECOND })).toBe('paid');
    expect(at(paid(), { cut: true, after: LONGEST_MS })).toBe('idle');
    expect(at(payment({ state: 'closed' }), { cut: true })).toBe('stopped');
    expect(at(null, { cut: true })).toBe('idle');
  });
});

describe('one picture after the other', () => {
  const now = BEGAN + 60 * SECOND;
  const first = follow(null, payment(), now);

  test('an end that is heard counts from when it is heard, whenever the customer paid', () => {
    expect(follow(first, paid(), now)).toMatchObject({ endedAt: now });
    expect(follow(follow(first, paid(), now), paid(), now + SECOND)).toMatchObject({
      endedAt: now,
    });
  });

  test('an older picture of it, or of a sale before, changes nothing', () => {
    const green = follow(first, paid(), now);
    expect(follow(green, payment({ version: 4 }), now)).toBe(green);
    const before = payment({ id: 'A', version: 9, createdAt: '2026-01-05T14:01:00+08:00' });
    expect(follow(green, before, now)).toBe(green);
  });

  test('the next sale takes the place of the last', () => {
    const next = payment({ id: 'B', version: 1, createdAt: '2026-01-05T14:03:00+08:00' });
    expect(follow(follow(first, paid(), now), next, now)).toEqual({ payment: next, endedAt: null });
  });

  test('money that comes after all is news once more', () => {
    const closed = follow(first, payment({ state: 'closed', version: 4 }), now);
    const late = follow(closed, paid(), now + 60 * SECOND);
    expect(momentOf(late, { now: now + 61 * SECOND, cut: false }).at).toBe('paid');
  });

  test('what was over long before this screen looked is not shown again', () => {
    const later = BEGAN + 120 * SECOND;
    for (const over of [paid(), payment({ state: 'failed' }), payment({ state: 'closed' })]) {
      const followed = follow(null, over, later);
      expect([over.state, momentOf(followed, { now: later, cut: false }).at]).toEqual([
        over.state,
        'idle',
      ]);
    }
    expect(momentOf(follow(null, paid(), BEGAN + 25 * SECOND), { now, cut: false }).at).toBe(
      'idle',
    );
    const soon = BEGAN + 25 * SECOND;
    expect(momentOf(follow(null, paid(), soon), { now: soon, cut: false }).at).toBe('paid');
  });

  test('a counter without a payment is idle', () => {
    expect(follow(first, null, now)).toEqual({ payment: null, endedAt: null });
  });
});

describe('what is being keyed', () => {
  const keyed = (secondsAfter: number, amount = 700) => ({
    ...{ amount, currency: 'HKD' as const },
    at: new Date(BEGAN + secondsAfter * SECOND).toISOString(),
  });
  const with_ = (given: DisplayPayment | null, what: ReturnType<typeof keyed>, after = 60) => {
    const followed: Followed = { payment: given, endedAt: given === null ? null : BEGAN };
    return (cut = false) =>
      momentOf(followed, { now: BEGAN + after * SECOND, cut, keyed: what }).at;
  };

  test('stands there before there is a payment, and not when nothing is keyed', () => {
    expect(with_(null, keyed(59))()).toBe('amount');
    expect(with_(null, keyed(59, 0))()).toBe('idle');
  });

  test('takes the place of a payment that has ended, and never of one that runs', () => {
    expect(with_(paid(), keyed(40))()).toBe('amount');
    for (const state of PAYMENT_STATES.filter(isLive)) {
      expect(with_(payment({ state }), keyed(40))()).not.toBe('amount');
    }
    expect(with_(paid({ doubted: true }), keyed(40))()).toBe('checking');
  });

  test('is not what was keyed for the payment that has just ended', () => {
    expect(with_(payment({ state: 'failed' }), keyed(-3), 5)()).toBe('unpaid');
    expect(with_(payment({ state: 'failed' }), keyed(1), 5)()).toBe('unpaid');
  });

  test('goes when nobody goes on with it, and while the line is cut', () => {
    expect(with_(null, keyed(0), 121)()).toBe('idle');
    expect(with_(null, keyed(59))(true)).toBe('idle');
  });
});
