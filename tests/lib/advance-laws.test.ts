import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '@/lib/advance';
import { PAYMENT_STATES, type Payment, type PaymentId, RANK } from '@/lib/payment';
import { at, facts, HEARD, type HeardName, inState } from '../support/payments';

const hear = (payment: Payment, ...heard: [HeardName, number][]): Payment =>
  heard.reduce((now, [name, seconds]) => advance(now, HEARD[name], at(seconds)), payment);

const anyHeard = fc.tuple(
  fc.constantFrom(...(Object.keys(HEARD) as HeardName[])),
  fc.integer({ min: 0, max: 100_000 }),
);

describe('laws', () => {
  test('whatever is heard, in whatever order, the rank never sinks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PAYMENT_STATES), fc.array(anyHeard), (state, heard) => {
        let now = inState(state);
        for (const [name, seconds] of heard) {
          const next = advance(now, HEARD[name], at(seconds));
          expect(RANK[next.state]).toBeGreaterThanOrEqual(RANK[now.state]);
          if (RANK[now.state] === 3) expect([now.state, 'paid']).toContain(next.state);
          now = next;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('one matching witness of payment among anything else ends in paid, in every order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('query paid', 'notified paid', 'charge paid') as fc.Arbitrary<HeardName>,
        fc.array(anyHeard),
        fc.nat(),
        (witness, others, place) => {
          const heard = [...others];
          heard.splice(place % (others.length + 1), 0, [witness, 50]);
          expect(hear(inState('sending'), ...heard).state).toBe('paid');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('the same message twice leaves the same state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYMENT_STATES),
        fc.constantFrom(
          ...(Object.keys(HEARD) as HeardName[]).filter((name) => name !== 'query refused'),
        ),
        (state, name) => {
          const once = hear(inState(state), [name, 5]);
          // "Closed" after an accepted close, and the second refusal, are new witnesses by design.
          expect(hear(once, [name, 5]).state).toBe(once.state);
        },
      ),
    );
  });

  test('evidence about another payment changes no state', () => {
    const other = facts({ number: 'TST0000000000B' as PaymentId });
    for (const state of PAYMENT_STATES) {
      for (const heard of Object.values(HEARD)) {
        if (heard.source !== 'query' || !('facts' in heard)) continue;
        const after = advance(inState(state), { ...heard, facts: other }, at(5));
        expect(after.state).toBe(state);
      }
    }
  });
});
