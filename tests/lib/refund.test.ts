import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advanceRefund,
  claimRefund,
  deferRefund,
  maySend,
  rebootRefund,
} from '@/lib/advance-refund';
import { REFUND_RANK, REFUND_STATES, type Refund, type RefundState } from '@/lib/refund';
import { at } from '../support/payments';
import {
  aRefund,
  REFUND_HEARD as HEARD,
  type RefundHeardName,
  refundFacts,
} from '../support/refunds';

const NAMES = Object.keys(HEARD) as RefundHeardName[];

/** What each message makes of it, in the order of REFUND_STATES (money.md §2.6). */
const ENDED = ['failed', 'done'] as const;
const UNDER_WAY = ['unknown', 'processing', 'unknown', 'deferred'] as const;
const all = (state: RefundState) => [state, state, state, state];
const EXPECTED: Record<RefundHeardName, readonly RefundState[]> = {
  done: ['done', ...all('done'), 'done', 'done'],
  'query done': ['done', ...all('done'), 'done', 'done'],
  notified: ['done', ...all('done'), 'done', 'done'],
  processing: ['requested', ...all('processing'), ...ENDED],
  'query processing': ['requested', ...all('processing'), ...ENDED],
  refused: ['requested', ...UNDER_WAY, ...ENDED],
  'query refused': ['requested', ...UNDER_WAY, ...ENDED],
  deferred: ['requested', ...all('deferred'), ...ENDED],
  'query deferred': ['requested', ...all('deferred'), ...ENDED],
  unclear: ['requested', ...UNDER_WAY, ...ENDED],
  unreachable: ['requested', ...UNDER_WAY, ...ENDED],
  'query unclear': ['requested', ...UNDER_WAY, ...ENDED],
  none: ['requested', 'sending', 'processing', 'unknown', 'deferred', ...ENDED],
};

describe.each(REFUND_STATES)('a refund that is %s', (state) => {
  test.each(NAMES)('hears "%s"', (name) => {
    const after = advanceRefund(aRefund(state), HEARD[name], at(3));
    expect(after.state).toBe(EXPECTED[name][REFUND_STATES.indexOf(state)]);
  });
});

type Said = readonly [RefundHeardName, number];
const hear = (refund: Refund, ...said: Said[]): Refund =>
  said.reduce((now, [name, seconds]) => advanceRefund(now, HEARD[name], at(seconds)), refund);

test('a refusal ends it only when a question agrees', () => {
  const refused = hear(aRefund('sending'), ['refused', 1]);
  expect(refused).toMatchObject({ state: 'unknown', nextCheckAt: at(1).steady });
  expect(hear(refused, ['query refused', 2])).toMatchObject({ state: 'failed', respcd: '1269' });
  expect(hear(refused, ['query done', 2]).state).toBe('done');
});

test('a refusal that left no row ends it after the twenty seconds that a row may hide', () => {
  const refused = hear(aRefund('sending'), ['refused', 1]);
  expect(hear(refused, ['none', 19]).state).toBe('unknown');
  expect(hear(refused, ['none', 20]).state).toBe('failed');
});

test('F69 it is sent again with its number after three empty answers over two minutes', () => {
  const lost = hear(aRefund('sending'), ['unclear', 1], ['none', 5], ['none', 60]);
  expect(maySend(hear(lost, ['none', 124]), at(124))).toBe(false);
  expect(maySend(hear(lost, ['none', 125]), at(125))).toBe(true);
  expect(maySend(lost, at(300))).toBe(false);
  const again = claimRefund(hear(lost, ['none', 125]), at(125));
  expect(again).toMatchObject({ state: 'sending', id: lost.id, amount: lost.amount });
  expect(again.witnesses.noneCount).toBe(0);
});

test('one that was called under way but is never found goes out again under its number', () => {
  const busy = hear(aRefund('sending'), ['processing', 1], ['none', 10], ['none', 80]);
  expect(hear(busy, ['none', 129])).toMatchObject({ state: 'processing' });
  const denied = hear(busy, ['none', 130]);
  expect(denied.state).toBe('unknown');
  expect(maySend(denied, at(130))).toBe(true);
  // Found in between, it was only hidden.
  const found = hear(busy, ['query processing', 90], ['none', 130], ['none', 140], ['none', 249]);
  expect(found.state).toBe('processing');
});

test('once it was not found the next questions follow within a minute, a restart or not', () => {
  const old = aRefund('processing', {
    witnesses: { ...aRefund('processing').witnesses, checks: 9 },
  });
  expect(hear(old, ['none', 100]).nextCheckAt).toBe(at(160).steady);
  const restarted = hear(rebootRefund(old, at(200)), ['none', 200]);
  expect(restarted.nextCheckAt).toBeLessThanOrEqual(at(260).steady);
});

test('a refund that once was refused is never sent again by itself', () => {
  const refused = hear(aRefund('sending'), ['refused', 1], ['none', 5], ['none', 8], ['none', 12]);
  expect(maySend(refused, at(500))).toBe(false);
});

test('what provably did not leave goes out again at once, under the same number', () => {
  const unsent = hear(aRefund('sending'), ['unreachable', 1]);
  expect(maySend(unsent, at(2))).toBe(true);
  // A restart forgets nothing of that: the row was answered before.
  expect(maySend(rebootRefund(unsent, at(5)), at(5))).toBe(true);
});

// at(0) is noon in Hong Kong; five seconds for QFPay's clock, which tells whole seconds.
const NEXT_0031 = at(12 * 3_600 + 31 * 60 + 5).steady;

test('F70 a 1265 is waited out until 00:31 in Hong Kong, once; the second one is a refusal', () => {
  const asleep = hear(aRefund('sending'), ['deferred', 1]);
  expect(asleep).toMatchObject({ state: 'deferred', nextCheckAt: NEXT_0031, respcd: '1265' });
  expect(maySend(asleep, { steady: NEXT_0031 - 1, wall: NEXT_0031 - 1 })).toBe(false);
  const awake = claimRefund(asleep, { steady: NEXT_0031, wall: NEXT_0031 });
  expect(awake.state).toBe('sending');
  expect(hear(awake, ['deferred', 45_100])).toMatchObject({ state: 'unknown', respcd: '1265' });
  expect(hear(awake, ['deferred', 45_100], ['query deferred', 45_101]).state).toBe('failed');
});

test('our own clock puts it off without counting, and a restart keeps the hour', () => {
  const asleep = deferRefund(aRefund('requested'), at(0));
  expect(asleep).toMatchObject({ state: 'deferred', nextCheckAt: NEXT_0031 });
  expect(asleep.witnesses.deferrals).toBe(0);
  // The last process ran two hours ahead of the real time.
  const ahead = { ...asleep, nextCheckAt: NEXT_0031 + 7_200_000 };
  expect(rebootRefund(ahead, at(60)).nextCheckAt).toBe(NEXT_0031);
});

test('an answer about another amount, number, currency or payment gives nothing back', () => {
  const others = [
    { amount: 999 },
    { number: 'TSTR000000000B' },
    { currency: 'USD' },
    { payment: '20260105180500020000000099' },
  ];
  for (const other of others) {
    const word = { ...HEARD['query done'], facts: refundFacts(other) };
    const after = advanceRefund(aRefund('sending'), word, at(1));
    expect(after).toMatchObject({ state: 'unknown', review: 'answer-differs' });
  }
  const silent = { ...HEARD.done, facts: refundFacts({ amount: null }) };
  expect(advanceRefund(aRefund('sending'), silent, at(1))).toMatchObject({
    state: 'unknown',
    review: null,
  });
});

test('done after it was called failed is kept, and a manager looks', () => {
  const failed = aRefund('failed');
  const late = { state: 'done', review: 'done-after-failed' };
  expect(hear(failed, ['query done', 9])).toMatchObject(late);
});

test('F41 a notification makes it done, a question confirms it', () => {
  const notified = hear(aRefund('sending'), ['notified', 1]);
  expect(notified).toMatchObject({ state: 'done', confirmed: false });
  expect(notified.nextCheckAt).not.toBeNull();
  expect(hear(notified, ['query done', 2])).toMatchObject({ confirmed: true, nextCheckAt: null });
  // The call's own answer comes late and changes nothing any more.
  expect(hear(notified, ['query done', 2], ['done', 3])).toEqual(hear(notified, ['query done', 2]));
});

test('F72 after a day under way a manager looks, and its share stays taken', () => {
  const young = hear(aRefund('processing'), ['query processing', 86_400]);
  expect(young.review).toBeNull();
  const old = hear(aRefund('processing'), ['query processing', 86_401]);
  expect(old).toMatchObject({ state: 'processing', review: 'unresolved-for-a-day' });
});

test('F27 a restart while it was being sent makes it unknown, never sends it by itself', () => {
  const left = rebootRefund(aRefund('sending'), at(30));
  expect(left).toMatchObject({ state: 'unknown', nextCheckAt: at(30).steady });
  expect(maySend(left, at(30))).toBe(false);
});

test('whatever is heard in whatever order, done stays done, and only done follows failed', () => {
  const anything = fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 100_000 }));
  fc.assert(
    fc.property(fc.constantFrom(...REFUND_STATES), fc.array(anything), (state, heard) => {
      let now = aRefund(state);
      for (const [name, seconds] of heard) {
        const next = advanceRefund(now, HEARD[name], at(seconds));
        expect(REFUND_RANK[next.state]).toBeGreaterThanOrEqual(REFUND_RANK[now.state]);
        if (now.state === 'done') expect(next.state).toBe('done');
        if (now.state === 'failed') expect(['failed', 'done']).toContain(next.state);
        now = next;
      }
      const good = NAMES.filter((name) => HEARD[name].says === 'done');
      const wasDone = state === 'done' || heard.some(([name]) => good.includes(name));
      expect(now.state === 'done').toBe(wasDone);
    }),
    { numRuns: 1_000 },
  );
});
