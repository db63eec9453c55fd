import { describe, expect, test } from 'vitest';
import { claim } from '@/lib/advance';
import { paymentView } from '@/lib/view';
import { aPayment, at } from '../support/payments';

const READER = { language: 'en', timeZone: 'Asia/Hong_Kong' } as const;
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
