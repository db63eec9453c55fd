import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goodUntil, isArmed, mustStop, verdict } from '@/components/till/switching';
import { isLive, RANK } from '@/lib/payment';
import { paymentWith } from '../../support/shop-window';

const NOW = Date.parse('2026-01-05T14:02:07+08:00');
const STATES = Object.keys(RANK) as (keyof typeof RANK)[];

describe('a scan while a QR is up', () => {
  test('switches as long as the QR’s payment can still be stopped or is being stopped', () => {
    const armed = STATES.filter((state) => isArmed(paymentWith({ state })));
    expect(armed).toEqual(['created', 'sending', 'awaiting', 'cancelling']);
  });

  test('does nothing to a scanned code, to one without a decisive answer, to one let go', () => {
    expect(isArmed(paymentWith({ mode: 'CPM' }))).toBe(false);
    expect(isArmed(paymentWith({ state: 'unknown' }))).toBe(false);
    expect(isArmed(paymentWith({ state: 'cancelling', abandoned: true }))).toBe(false);
  });

  test('asks the QR to stop until the server says that it is stopping', () => {
    expect(STATES.filter((state) => mustStop(paymentWith({ state })))).toEqual([
      ...['created', 'sending', 'awaiting', 'unknown'],
    ]);
  });
});

describe('the held code', () => {
  test('is charged once the QR’s payment is closed or failed, and not before', () => {
    const said = (state: (typeof STATES)[number]) => verdict(paymentWith({ state }), NOW, NOW);
    expect(STATES.map((state) => `${state}: ${said(state)}`)).toEqual([
      ...['created: wait', 'sending: wait', 'awaiting: wait', 'unknown: wait', 'cancelling: wait'],
      ...['failed: charge', 'closed: charge', 'paid: thrown-away'],
    ]);
  });

  test('is too old after a minute, and then is not sent', () => {
    const closed = paymentWith({ state: 'closed' });
    expect(verdict(closed, NOW, goodUntil(NOW) - 1)).toBe('charge');
    expect(verdict(closed, NOW, goodUntil(NOW))).toBe('too-old');
    expect(verdict(paymentWith({ state: 'paid' }), NOW, goodUntil(NOW))).toBe('thrown-away');
  });

  test('whatever the clocks say, is never charged beside a payment that can still be paid', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.integer(), fc.integer(), (state, read, now) => {
        const said = verdict(paymentWith({ state }), read, now);
        if (isLive(state)) expect(said).toBe('wait');
        if (said === 'charge') expect(['failed', 'closed']).toContain(state);
      }),
      { numRuns: 1000 },
    );
  });
});
