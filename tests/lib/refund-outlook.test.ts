import { describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { takingsSince } from '@/lib/refund-hour';
import { refundOutlook } from '@/lib/refund-rules';
import { numberInScan } from '@/lib/scanned-number';
import { aPayment, NOON } from '../support/payments';
import { aRefund, PAID_NUMBER } from '../support/refunds';

const DAY = 86_400_000;
const hongKong = (text: string): number => Date.parse(`${text}+08:00`);

/** HK$48.50 by WeChat Pay, paid at noon of 5 January 2026 in Hong Kong. */
const paid = (change: Partial<Payment> = {}): Payment =>
  aPayment({ state: 'paid', paidAt: NOON, qfpayNumber: PAID_NUMBER, ...change });
type Given = { now?: number; fps?: boolean; refunds?: readonly Refund[] };
const outlook = (payment: Payment, { now = NOON, fps = false, refunds = [] }: Given = {}) =>
  refundOutlook(payment, { refunds, setting: { now, fpsRefunds: fps } });

describe('before the tap it is known', () => {
  test('how much is left: less refunds, less what was given back another way', () => {
    expect(outlook(paid({ reserved: 1_000, settled: 850 }))).toMatchObject({
      ...{ refundable: 3_000, blockedBy: null, sendsAt: null },
    });
    expect(outlook(paid({ settled: 4_850 }))).toMatchObject({
      ...{ refundable: 0, blockedBy: 'nothing-left' },
    });
  });

  test('until when the wallet gives it back, and that it is too old a moment later', () => {
    const until = NOON + 365 * DAY;
    expect(outlook(paid()).until).toBe(until);
    expect(outlook(paid(), { now: until }).blockedBy).toBeNull();
    expect(outlook(paid(), { now: until + 1 })).toMatchObject({
      ...{ refundable: 0, blockedBy: 'too-old' },
    });
  });

  test('that FPS cannot, unless QFPay said that this merchant may, for 29 days', () => {
    const fps = paid({ payType: '802001' });
    expect(outlook(fps).blockedBy).toBe('wallet-cannot-refund');
    const allowed = outlook(fps, { fps: true });
    expect(allowed).toMatchObject({ blockedBy: null, until: NOON + 29 * DAY });
  });

  test('that nobody has confirmed the money yet, or that there were fifty refunds', () => {
    expect(outlook(paid({ confirmed: false })).blockedBy).toBe('unconfirmed');
    expect(outlook(paid({ qfpayNumber: null })).blockedBy).toBe('unconfirmed');
    const fifty = Array.from({ length: 50 }, () => aRefund('done', { amount: 1 }));
    expect(outlook(paid({ reserved: 50 }), { refunds: fifty }).blockedBy).toBe('too-many');
  });

  test('that between 23:30 and 00:31 it is sent later, and at what time', () => {
    const late = outlook(paid(), { now: hongKong('2026-01-05T23:45:00') });
    expect(late.sendsAt).toBe(hongKong('2026-01-06T00:31:05'));
    expect(outlook(paid(), { now: hongKong('2026-01-06T00:31:05') }).sendsAt).toBeNull();
  });

  test('whether it goes in parts: by the wallet, and by what QFPay has refused', () => {
    expect(outlook(paid()).parts).toBe('yes');
    expect(outlook(paid({ payType: '805801' })).parts).toBe('unknown');
    for (const respcd of ['1270', '1271']) {
      expect(outlook(paid(), { refunds: [aRefund('failed', { respcd })] }).parts).toBe('no');
    }
    expect(outlook(paid(), { refunds: [aRefund('failed', { respcd: '1269' })] }).parts).toBe('yes');
  });

  test('that a card of the same day goes back whole, and in parts from the next on', () => {
    const card = paid({ payType: '802801', paidAt: hongKong('2026-01-05T23:00:00') });
    expect(outlook(card, { now: hongKong('2026-01-05T23:20:00') }).parts).toBe('no');
    expect(outlook(card, { now: hongKong('2026-01-06T00:40:00') }).parts).toBe('yes');
  });
});

test('the day’s takings count from the last 23:30 in Hong Kong', () => {
  const since = (text: string) => takingsSince(hongKong(text));
  expect(since('2026-01-05T12:00:00')).toBe(hongKong('2026-01-04T23:30:00'));
  expect(since('2026-01-05T23:29:59')).toBe(hongKong('2026-01-04T23:30:00'));
  expect(since('2026-01-05T23:30:00')).toBe(hongKong('2026-01-05T23:30:00'));
  expect(since('2027-01-01T00:31:05')).toBe(hongKong('2026-12-31T23:30:00'));
});

test('a receipt’s code is our number, or an address that ends in it', () => {
  for (const text of [
    'H80KF930KTZYPK',
    ' h80kf930ktzypk ',
    'https://shop.example/r/H80KF930KTZYPK',
    'HTTPS://SHOP.EXAMPLE/R/H80KF930KTZYPK/?lang=zh#top',
  ]) {
    expect(numberInScan(text)).toBe('H80KF930KTZYPK');
  }
  for (const text of ['', 'weixin://wxpay/bizpayurl?pr=1', 'https://shop.example/', 'a b', '12']) {
    expect(numberInScan(text)).toBeNull();
  }
  expect(numberInScan('20260105180500020000000042')).toBe('20260105180500020000000042');
});
