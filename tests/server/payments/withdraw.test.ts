import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { sendRefund } from '@/server/payments/refund';
import { boot } from '@/server/payments/watch';
import { type Counter, CPM, chargePaid, openCounter, queryPaid } from '../../support/counter';
import { refundDone, refundRefused } from '../../support/refunds';

let counter: Counter;
let payment: Payment;
beforeEach(async () => {
  counter = await openCounter();
  counter.script.charge.push(chargePaid);
  // 48.50
  payment = await counter.take(CPM);
  counter.sent.length = 0;
});
afterEach(() => counter.end());

let taps = 0;
const give = async (amount = 1_000) => {
  taps += 1;
  counter.script.ask.unshift(queryPaid);
  const result = await counter.payments.refund({
    ...{ key: `refund-${taps}`, bodyText: `refund ${amount}`, paymentId: payment.id, amount },
    ...{ reason: 'wrong size', staff: '2000', approver: null },
  });
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  return result.refund;
};
const takeBack = (id: RefundId) => counter.payments.withdraw({ id, staff: '1000' });
const sends = () => counter.sent.filter((it) => it.startsWith('refund')).length;
/** 23:45 in Hong Kong: what is asked for now waits. */
const untilLate = () => counter.later(11.75 * 3_600);
const untilAfter0031 = () => counter.later(50 * 60);

describe('a refund that waits for 00:31', () => {
  test('is taken back: nothing is ever sent, the share is free, and the story says who', async () => {
    untilLate();
    const asleep = await give();
    const result = await takeBack(asleep.id);
    expect(result).toMatchObject({
      refund: { state: 'failed', withdrawnBy: '1000', nextCheckAt: null },
      payment: { reserved: 0, refunded: 0, state: 'paid' },
    });
    expect(counter.changed.at(-1)).toMatchObject({ id: payment.id, reserved: 0 });
    untilAfter0031();
    await boot(counter.world);
    await counter.tick();
    await sendRefund(counter.world, asleep.id);
    expect(sends()).toBe(0);
    const story = await counter.world.store.read.timeline(payment.id);
    expect(story.filter(({ detail }) => detail.did === 'withdraw')).toMatchObject([
      { actor: '1000', kind: 'person', detail: { refund: asleep.id, amount: 1_000 } },
    ]);
    expect(await counter.opened.verifyAudit()).toMatchObject({ ok: true });
  });

  test('left alone it fires by itself, and then it is too late', async () => {
    untilLate();
    const asleep = await give();
    untilAfter0031();
    counter.script.refund.push(refundDone(1_000));
    await counter.tick();
    expect(await takeBack(asleep.id)).toEqual({ refused: 'sent' });
    expect(await counter.payment(payment.id)).toMatchObject({ refunded: 1_000, reserved: 1_000 });
    expect(sends()).toBe(1);
  });

  test('pressed twice it is taken back once', async () => {
    untilLate();
    const asleep = await give();
    const [first, second] = [await takeBack(asleep.id), await takeBack(asleep.id)];
    expect(second).toEqual(first);
    const story = await counter.world.store.read.timeline(payment.id);
    expect(story.filter(({ detail }) => detail.did === 'withdraw')).toHaveLength(1);
  });

  test('its amount can be given back anew', async () => {
    untilLate();
    await takeBack((await give(4_850)).id);
    untilAfter0031();
    counter.script.refund.push(refundDone(4_850));
    expect((await give(4_850)).state).toBe('done');
  });
});

test('of taking back and sending at once exactly one happens, in every order', async () => {
  const outcomes = new Set<boolean>();
  counter.script.clockOffset = 0;
  const paused = async (turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) await null;
  };
  for (let n = 0; n < 25; n += 1) {
    untilLate();
    const asleep = await give(100);
    untilAfter0031();
    counter.script.refund.push(refundDone(100));
    const before = sends();
    // Who is let go first, and by how much, is another pair each time.
    const [sent, withdrawn] = await Promise.all([
      paused((n % 5) * 3).then(() => sendRefund(counter.world, asleep.id)),
      paused(Math.floor(n / 5) * 3).then(() => takeBack(asleep.id)),
    ]);
    const wasSent = sends() > before;
    outcomes.add(wasSent);
    expect('refused' in withdrawn).toBe(wasSent);
    expect(sent?.refund.state).toBe(wasSent ? 'done' : 'failed');
    const refund = await counter.world.store.read.refund(asleep.id);
    expect(refund?.withdrawnBy).toBe(wasSent ? null : '1000');
    counter.script.refund.length = 0;
    // Back to the next noon.
    counter.later(24 * 3_600 - 11.75 * 3_600 - 50 * 60);
  }
  // The orders were really different ones.
  expect(outcomes.size).toBe(2);
});

test('fifty hands at once take one refund back once, and the sums stay right', async () => {
  untilLate();
  const asleep = await give();
  const results = await Promise.all(Array.from({ length: 50 }, () => takeBack(asleep.id)));
  expect(results.every((it) => !('refused' in it) && it.refund.state === 'failed')).toBe(true);
  expect(await counter.payment(payment.id)).toMatchObject({ reserved: 0, refunded: 0 });
});

describe('what has left', () => {
  test('S37 cannot be taken back: in doubt, refused or done', async () => {
    counter.script.refund.push(refundRefused('1269'));
    const refused = await give();
    expect(await takeBack(refused.id)).toEqual({ refused: 'sent' });
    counter.later(60);
    await counter.tick();
    counter.later(60);
    const lost = await give();
    expect(lost.state).toBe('unknown');
    expect(await takeBack(lost.id)).toEqual({ refused: 'sent' });
    // One that waits behind it has not left.
    const behind = await give(100);
    expect(behind.state).toBe('requested');
    expect(await takeBack(behind.id)).toMatchObject({ refund: { state: 'failed' } });
    expect(await takeBack('NOBODY' as RefundId)).toEqual({ refused: 'not-found' });
  });
});
