import { describe, expect, test } from 'vitest';
import { NO_WITNESSES, type Payment, type PaymentId, type SaleId } from '@/lib/payment';
import { nextAsk } from '@/lib/schedule';

const SENT_AT = 1_800_000_000_000;
const SECOND = 1_000;

const shown: Payment = {
  ...{ id: 'S1M00000000000' as PaymentId, saleId: '01S' as SaleId, mode: 'MPM', payType: '800201' },
  ...{ amount: 200, currency: 'HKD' as Payment['currency'], state: 'awaiting', qrCode: 'qr' },
  ...{ qrExpiresAt: null, usedPayType: null, qfpayNumber: null, walletNumber: null },
  ...{ confirmed: false, late: false, review: null, failure: null, counter: '1', staff: '3000' },
  ...{ outlet: null, createdAt: SENT_AT, paidAt: null, nextCheckAt: null, abandonedBy: null },
  ...{ refunded: 0, reserved: 0, version: 1 },
  witnesses: { ...NO_WITNESSES, sentAt: SENT_AT, checks: 20 },
};

describe('how often an open payment is asked about', () => {
  test('F37 leaves a second for the way there and back within the five of I2', () => {
    const waits = Array.from({ length: 600 }, (_, second) => {
      const now = SENT_AT + second * SECOND;
      return (nextAsk(shown, now) ?? Number.POSITIVE_INFINITY) - now;
    });
    expect(Math.max(...waits)).toBeLessThanOrEqual(4 * SECOND);
  });
});
