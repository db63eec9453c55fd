import { expect, test } from 'vitest';
import { nextAsk } from '@/lib/schedule';
import { aPayment, NOON } from '../support/payments';

const second = (n: number) => NOON + n * 1_000;
/** A QR whose five minutes are nearly over; the wallet ends it after so many seconds. */
const shown = (gatewaySeconds: number, mode: 'MPM' | 'CPM' = 'MPM') => {
  const payment = aPayment({ mode });
  const witnesses = { ...payment.witnesses, gatewayExpiresAt: second(gatewaySeconds) };
  return { ...payment, witnesses };
};

test('a QR that its wallet ends by itself is asked about when that has happened', () => {
  expect(nextAsk(shown(300), second(298))).toBe(second(301));
  expect(nextAsk(shown(300), second(290))).toBe(second(294));
});

test('one that outlives its five minutes is asked about as they end, and stopped', () => {
  expect(nextAsk(shown(1_800), second(298))).toBe(second(300));
  expect(nextAsk(shown(300, 'CPM'), second(298))).toBe(second(300));
});

test('F37 an open QR leaves a second for the way there and back within the five of I2', () => {
  const waits = Array.from({ length: 600 }, (_, n) => {
    return (nextAsk(shown(1_800), second(n)) ?? Number.POSITIVE_INFINITY) - second(n);
  });
  expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
});
