import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import {
  advanceRefund,
  REFUND_RANK,
  REFUND_STATES,
  type Refund,
  type RefundHeard,
  type RefundId,
  type RefundState,
} from '@/lib/refund';
import { at } from '../support/payments';

const facts = { number: 'TSTR00000000A', amount: 1000, qfpayNumber: '20260105180500020000000066' };
const aRefund = (state: RefundState, change: Partial<Refund> = {}): Refund => ({
  id: 'TSTR00000000A' as RefundId,
  paymentId: 'TST0000000000A' as PaymentId,
  amount: 1000,
  currency: 'HKD',
  state,
  qfpayNumber: null,
  respcd: null,
  confirmed: false,
  review: null,
  wakesAt: null,
  refusals: 0,
  deferrals: 0,
  noneCount: 0,
  noneSince: null,
  ...change,
});

const HEARD = {
  done: { source: 'refund', says: 'done', respcd: '0000', facts },
  processing: { source: 'refund', says: 'processing', respcd: '1143', facts },
  refused: { source: 'refund', says: 'refused', respcd: '1269', facts },
  'query done': { source: 'refund-query', says: 'done', respcd: '0000', facts },
  'query refused': { source: 'refund-query', says: 'refused', respcd: '1269', facts },
  notified: { source: 'refund-notice', says: 'done', facts },
  deferred: { source: 'refund', says: 'deferred', wakesAt: at(100).steady },
  'our hour': { source: 'clock', says: 'deferred', wakesAt: at(100).steady },
  unclear: { source: 'refund', says: 'unclear' },
  none: { source: 'refund-query', says: 'none' },
  sending: { source: 'claim', says: 'sending' },
} as const satisfies Record<string, RefundHeard>;
type Name = keyof typeof HEARD;

/** What each message makes of it, in the order of REFUND_STATES. */
const EXPECTED: Record<Name, readonly RefundState[]> = {
  done: ['done', 'done', 'done', 'done', 'done', 'done', 'done'],
  'query done': ['done', 'done', 'done', 'done', 'done', 'done', 'done'],
  notified: ['done', 'done', 'done', 'done', 'done', 'done', 'done'],
  processing: [
    'processing',
    'processing',
    'processing',
    'processing',
    'processing',
    'failed',
    'done',
  ],
  refused: ['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'failed', 'done'],
  'query refused': ['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'failed', 'done'],
  deferred: ['deferred', 'deferred', 'processing', 'unknown', 'deferred', 'failed', 'done'],
  'our hour': ['deferred', 'deferred', 'processing', 'unknown', 'deferred', 'failed', 'done'],
  unclear: ['requested', 'unknown', 'processing', 'unknown', 'deferred', 'failed', 'done'],
  none: [...REFUND_STATES],
  sending: ['sending', 'sending', 'processing', 'unknown', 'deferred', 'failed', 'done'],
};

describe.each(REFUND_STATES)('a refund that is %s', (state) => {
  test.each(Object.keys(HEARD) as Name[])('hears "%s"', (name) => {
    const waiting = state === 'deferred' ? { wakesAt: at(60).steady } : {};
    const after = advanceRefund(aRefund(state, waiting), HEARD[name], at(3));
    expect(after.state).toBe(EXPECTED[name][REFUND_STATES.indexOf(state)]);
  });
});

const hear = (refund: Refund, ...heard: [RefundHeard, number][]): Refund =>
  heard.reduce((now, [word, seconds]) => advanceRefund(now, word, at(seconds)), refund);

test('a refusal ends it only when a question agrees', () => {
  const refused = hear(aRefund('sending'), [HEARD.refused, 1]);
  expect(refused.state).toBe('unknown');
  expect(hear(refused, [HEARD['query refused'], 2])).toMatchObject({
    state: 'failed',
    respcd: '1269',
  });
  expect(hear(refused, [HEARD['query done'], 2]).state).toBe('done');
});

test('it is sent again with its number after three empty answers over two minutes, not before', () => {
  const lost = hear(aRefund('sending'), [HEARD.unclear, 1], [HEARD.none, 5], [HEARD.none, 60]);
  expect(hear(lost, [HEARD.none, 124], [HEARD.sending, 124]).state).toBe('unknown');
  expect(hear(lost, [HEARD.none, 125], [HEARD.sending, 125]).state).toBe('sending');
  expect(hear(lost, [HEARD.sending, 300]).state).toBe('unknown');
});

test('it sleeps through the blackout, wakes once, and a second 1265 counts as a refusal', () => {
  const asleep = hear(aRefund('sending'), [HEARD.deferred, 1]);
  expect(hear(asleep, [HEARD.sending, 99]).state).toBe('deferred');
  const awake = hear(asleep, [HEARD.sending, 100]);
  expect(awake.state).toBe('sending');
  expect(hear(awake, [HEARD.deferred, 101])).toMatchObject({ state: 'unknown', respcd: '1265' });
});

test('an answer about another amount or number gives nothing back', () => {
  for (const wrong of [{ amount: 999 }, { number: 'TSTR00000000B' }]) {
    const word = { ...HEARD['query done'], facts: { ...facts, ...wrong } };
    expect(hear(aRefund('sending'), [word, 1])).toMatchObject({
      state: 'unknown',
      review: 'answer-differs',
    });
  }
});

test('done after it was called failed is kept, and a manager looks', () => {
  expect(hear(aRefund('failed'), [HEARD['query done'], 9])).toMatchObject({
    state: 'done',
    review: 'done-after-failed',
  });
});

test('a notification makes it done, a query confirms it', () => {
  const notified = hear(aRefund('sending'), [HEARD.notified, 1]);
  expect(notified.confirmed).toBe(false);
  expect(hear(notified, [HEARD['query done'], 2]).confirmed).toBe(true);
});

test('whatever is heard, only a claim takes it down a rung, and nothing takes back done', () => {
  const anything = fc.tuple(
    fc.constantFrom(...(Object.keys(HEARD) as Name[])),
    fc.integer({ min: 0, max: 1_000 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...REFUND_STATES), fc.array(anything), (state, heard) => {
      let now = aRefund(state);
      for (const [name, seconds] of heard) {
        const next = advanceRefund(now, HEARD[name], at(seconds));
        const sunk = REFUND_RANK[next.state] < REFUND_RANK[now.state];
        if (sunk) expect(name).toBe('sending');
        if (now.state === 'done') expect(next.state).toBe('done');
        if (now.state === 'failed') expect(['failed', 'done']).toContain(next.state);
        now = next;
      }
    }),
  );
});
