import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '@/lib/advance';
import { CHOICES, choicesFor, isSettledByMoney, MATTERS, matterOf, settle } from '@/lib/matters';
import { PAYMENT_STATES, type Payment } from '@/lib/payment';
import { aPayment, at, HEARD, NOON } from '../support/payments';

const paid = (change: Partial<Payment> = {}): Payment => aPayment({ state: 'paid', ...change });
const decided = (payment: Payment) =>
  settle(payment, { choice: 'stands', by: '2000', wall: NOON + 9 });

describe('what is open about a payment', () => {
  test('is its review, else late money that nobody has looked at', () => {
    expect(matterOf(paid())).toBeNull();
    expect(matterOf(paid({ late: true }))).toBe('late');
    expect(matterOf(paid({ late: true, lateSeen: true }))).toBeNull();
    expect(matterOf(paid({ late: true, review: 'paid-twice' }))).toBe('paid-twice');
  });

  test('is looked at as a whole: whoever settles the review has seen the late money', () => {
    expect(matterOf(decided(paid({ late: true, review: 'paid-twice' })))).toBeNull();
  });
});

const money = fc.record({
  state: fc.constantFrom(...PAYMENT_STATES),
  refunded: fc.integer({ min: 0, max: 2_000 }),
  more: fc.integer({ min: 0, max: 2_000 }),
  settled: fc.integer({ min: 0, max: 850 }),
});

test('law: every matter can be settled, whatever the payment is, and only by known choices', () => {
  fc.assert(
    fc.property(fc.constantFrom(...MATTERS), money, (matter, { more, ...facts }) => {
      const payment = aPayment({ ...facts, reserved: facts.refunded + more });
      const choices = choicesFor(matter, payment);
      expect(choices.length).toBeGreaterThan(0);
      expect(new Set(choices).size).toBe(choices.length);
      for (const choice of choices) expect(CHOICES).toContain(choice);
    }),
    { numRuns: 1_000 },
  );
});

test('law: a decision changes neither state nor money, and leaves nothing open', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MATTERS),
      fc.constantFrom(...CHOICES),
      money,
      (matter, choice, { more, ...facts }) => {
        const review = matter === 'late' ? null : matter;
        const before = aPayment({ ...facts, reserved: facts.refunded + more, late: true, review });
        const after = settle(before, { choice, by: '2000', wall: NOON });
        expect(matterOf(after)).toBeNull();
        const { review: _, lateSeen, abandonedBy, witnesses, ...same } = after;
        expect(before).toMatchObject(same);
        expect(abandonedBy).toBe(choice === 'came-back' ? '2000' : null);
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('what is legal', () => {
  test('late money is kept; a second payment may be kept too', () => {
    expect(choicesFor('late', paid())).toEqual(['keep']);
    expect(choicesFor('paid-twice', paid())).toEqual(['keep-both']);
  });

  test('an orphan is accepted only once it is paid', () => {
    expect(choicesFor('orphan', paid())).toEqual(['accept']);
    expect(choicesFor('orphan', aPayment({ state: 'unknown' }))).toEqual(['wait']);
    expect(choicesFor('orphan', aPayment({ state: 'closed' }))).toEqual(['noted']);
  });

  test('what went back elsewhere is written off only while something is left', () => {
    expect(choicesFor('reversed-outside', paid())).toContain('went-back');
    expect(choicesFor('reversed-outside', paid({ reserved: 4_850 }))).not.toContain('went-back');
  });

  test('there is nothing to wait for once it is decided', () => {
    expect(choicesFor('unresolved-for-a-day', aPayment())).toContain('wait');
    expect(choicesFor('unresolved-for-a-day', paid())).toEqual(['noted']);
    const open = paid({ reserved: 1_000 });
    expect(choicesFor('refund-in-doubt', open)).toContain('wait');
    expect(choicesFor('refund-in-doubt', { ...open, refunded: 1_000 })).toEqual(['noted']);
  });
});

test('money that went back whole settles late money, a second payment and an orphan; no less', () => {
  const late = paid({ late: true, reserved: 4_850 });
  expect(isSettledByMoney({ ...late, refunded: 4_849 })).toBe(false);
  expect(isSettledByMoney({ ...late, refunded: 4_850 })).toBe(true);
  expect(isSettledByMoney({ ...late, refunded: 4_000, settled: 850 })).toBe(true);
  expect(isSettledByMoney({ ...late, refunded: 4_850, review: 'answer-differs' })).toBe(false);
  expect(isSettledByMoney({ ...late, refunded: 5_000 })).toBe(false);
});

describe('a later contradiction', () => {
  test('raises the mark again, the very same one', () => {
    const denied = advance(paid(), HEARD['query closed'], at(1));
    expect(denied.review).toBe('paid-then-denied');
    const cleared = decided(denied);
    expect(cleared.review).toBeNull();
    // What agrees raises nothing.
    expect(advance(cleared, HEARD['query paid'], at(2)).review).toBeNull();
    expect(advance(cleared, HEARD['query closed'], at(3)).review).toBe('paid-then-denied');
  });

  test('is not the mere passing of time: a day counts from the decision', () => {
    const DAY = 86_400;
    const old = aPayment({ state: 'unknown', createdAt: at(-2 * DAY).wall });
    expect(advance(old, HEARD['query unclear'], at(60)).review).toBe('unresolved-for-a-day');
    const waiting = settle(old, { choice: 'wait', by: '2000', wall: at(0).wall });
    expect(advance(waiting, HEARD['query unclear'], at(60)).review).toBeNull();
    const next = advance(waiting, HEARD['query unclear'], at(DAY + 1));
    expect(next.review).toBe('unresolved-for-a-day');
  });
});
