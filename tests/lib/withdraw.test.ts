import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advanceRefund,
  claimRefund,
  deferRefund,
  isHeld,
  maySend,
  rebootRefund,
  withdrawRefund,
} from '@/lib/advance-refund';
import { REFUND_STATES, type Refund } from '@/lib/refund';
import { at } from '../support/payments';
import { aRefund, REFUND_HEARD as HEARD, type RefundHeardName } from '../support/refunds';

const NAMES = Object.keys(HEARD) as RefundHeardName[];
const takenBack = (refund: Refund) => withdrawRefund(refund, at(9), '2000');

describe('a refund that nobody has sent', () => {
  test('is taken back: failed, by a name, its share free, and nobody is asked about it', () => {
    const asleep = deferRefund(aRefund('requested'), at(0));
    expect(takenBack(asleep)).toMatchObject({
      ...{ state: 'failed', withdrawnBy: '2000', nextCheckAt: null, review: null },
    });
  });

  test.each(REFUND_STATES)('that is %s can be taken back only while it waits', (state) => {
    const can = state === 'requested' || state === 'deferred';
    expect(isHeld(aRefund(state))).toBe(can);
    expect(takenBack(aRefund(state)).state).toBe(can ? 'failed' : state);
  });

  test('nor when the last try provably did not leave, but never while its fate is unknown', () => {
    const unsent = advanceRefund(aRefund('sending'), HEARD.unreachable, at(1));
    expect(isHeld(unsent)).toBe(true);
    expect(takenBack(unsent)).toMatchObject({ state: 'failed', withdrawnBy: '2000' });
    const lost = advanceRefund(aRefund('sending'), HEARD.unclear, at(1));
    expect(isHeld(lost)).toBe(false);
    expect(takenBack(lost)).toBe(lost);
  });

  test('that QFPay once put off is watched after it was taken back: it may have erred', () => {
    const asleep = advanceRefund(aRefund('sending'), HEARD.deferred, at(1));
    const back = takenBack(asleep);
    expect(back.nextCheckAt).toBe(at(9 + 60).steady);
    // Money that went all the same is said aloud.
    expect(advanceRefund(back, HEARD['query done'], at(70))).toMatchObject({
      ...{ state: 'done', review: 'done-after-failed' },
    });
  });
});

const step = fc.oneof(
  fc.constantFrom(...NAMES).map((name) => ({ name })),
  fc.constantFrom('claim' as const, 'defer' as const, 'reboot' as const).map((act) => ({ act })),
);
type Step = { name: RefundHeardName } | { act: 'claim' | 'defer' | 'reboot' };
const ACTS = { claim: claimRefund, defer: deferRefund, reboot: rebootRefund };
const after = (refund: Refund, steps: readonly Step[]): Refund =>
  steps.reduce(
    (now, each, n) =>
      'name' in each
        ? advanceRefund(now, HEARD[each.name], at(n * 40))
        : ACTS[each.act](now, at(n * 40)),
    refund,
  );

test('law: once taken back it is never sent, whatever is heard, claimed or started anew', () => {
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, then) => {
      const reached = after(aRefund('requested'), before);
      if (!isHeld(reached)) return;
      const back = after(takenBack(reached), then);
      expect(['failed', 'done']).toContain(back.state);
      expect(maySend(back, at(1e6))).toBe(false);
      expect(claimRefund(back, at(1e6))).toBe(back);
    }),
    { numRuns: 1_000 },
  );
});

test('law: what is sent, in doubt, under way or ended is never taken back', () => {
  fc.assert(
    fc.property(fc.array(step), (before) => {
      const reached = after(aRefund('requested'), before);
      const back = takenBack(reached);
      if (isHeld(reached) || maySend(reached, at(9))) expect(back.state).toBe('failed');
      else expect(back).toBe(reached);
      // Twice is once.
      expect(takenBack(back)).toEqual(back);
    }),
    { numRuns: 1_000 },
  );
});

test('a doubt that a manager settled is a doubt again after a day, not at the next question', () => {
  const DAY = 86_400;
  const old = aRefund('processing', { createdAt: at(-2 * DAY).wall });
  const decided = { ...old, witnesses: { ...old.witnesses, decidedAt: at(0).wall } };
  expect(advanceRefund(old, HEARD['query processing'], at(60)).review).toBe('unresolved-for-a-day');
  expect(advanceRefund(decided, HEARD['query processing'], at(60)).review).toBeNull();
  expect(advanceRefund(decided, HEARD['query processing'], at(DAY + 1)).review).toBe(
    'unresolved-for-a-day',
  );
});
