import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { Refund, RefundId } from '@/lib/refund';
import type { RefundRequest } from '@/server/payments/refund';
import { boot } from '@/server/payments/watch';
import {
  type Counter,
  CPM,
  chargePaid,
  notice,
  openCounter,
  queryPaid,
} from '../../support/counter';
import {
  PAID_NUMBER,
  refundDone,
  refundFacts,
  refundRefused,
  refundShown,
} from '../../support/refunds';

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
const ask = (change: Partial<RefundRequest> = {}) => {
  taps += 1;
  const { amount = 1000 } = change;
  counter.script.ask.unshift(queryPaid);
  return counter.payments.refund({
    key: `refund-${taps}`,
    bodyText: `refund ${amount}`,
    paymentId: payment.id,
    amount,
    reason: 'wrong size',
    staff: '2000',
    approver: null,
    ...change,
  });
};
const give = async (change: Partial<RefundRequest> = {}): Promise<Refund> => {
  const result = await ask(change);
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  return result.refund;
};
const now = async (): Promise<Payment> => counter.payment(payment.id);
const refund = async (id: RefundId): Promise<Refund> => {
  const found = await counter.world.store.read.refund(id);
  if (found === null) throw new Error(`no refund ${id}`);
  return found;
};
const sendsOf = (id: RefundId): number => counter.sent.filter((it) => it === `refund ${id}`).length;
/** Rounds of the watch, so many seconds apart. */
const rounds = async (count: number, seconds: number) => {
  for (let each = 0; each < count; each += 1) {
    counter.later(seconds);
    await counter.tick();
  }
};

describe('a refund that goes well', () => {
  test('is done, counted on the payment and told to the screens', async () => {
    counter.script.refund.push(refundDone(1000));
    const done = await give();
    expect(done).toMatchObject({ state: 'done', confirmed: true, paymentNumber: PAID_NUMBER });
    expect(await now()).toMatchObject({ refunded: 1000, reserved: 1000, state: 'paid' });
    expect(counter.changed.at(-1)).toMatchObject({ id: payment.id, refunded: 1000 });
  });

  test('the same key answers the same refund, and another body is refused', async () => {
    counter.script.refund.push(refundDone(1000));
    const first = await give({ key: 'one' });
    const again = await ask({ key: 'one' });
    expect(again).toMatchObject({ refund: { id: first.id } });
    expect(sendsOf(first.id)).toBe(1);
    expect(await ask({ key: 'one', amount: 2000 })).toEqual({ refused: 'key-reused' });
  });

  test('several go one after the other and the last one gives the exact rest', async () => {
    for (const amount of [1000, 2000, 1850]) {
      counter.script.refund.push(refundDone(amount));
      expect((await give({ amount })).state).toBe('done');
      counter.later(61);
    }
    expect(await now()).toMatchObject({ refunded: 4850, reserved: 4850 });
    expect(await ask({ amount: 1 })).toEqual({ refused: 'too-large', refundable: 0 });
  });
});

describe('what is refused before anything is sent', () => {
  test('F73 more than was paid, or more than is left', async () => {
    expect(await ask({ amount: 4851 })).toEqual({ refused: 'too-large', refundable: 4850 });
    counter.script.refund.push(refundDone(4000));
    await give({ amount: 4000 });
    expect(await ask({ amount: 851 })).toEqual({ refused: 'too-large', refundable: 850 });
    expect(counter.sent.filter((it) => it.startsWith('refund'))).toHaveLength(1);
  });

  test('F74 FPS, unless QFPay said that this merchant may', async () => {
    counter.script.charge.push((number) => ({ ...paidCharge(number), qrCode: 'fps' }));
    const fps = await counter.take({ payType: '802001' });
    counter.later(2);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect((await counter.payment(fps.id)).state).toBe('paid');
    expect(await ask({ paymentId: fps.id })).toEqual({ refused: 'wallet-cannot-refund' });
    const allowed = { ...counter.world, fpsRefunds: true };
    Object.assign(counter.world, allowed);
    counter.script.refund.push(refundDone(1000));
    expect((await give({ paymentId: fps.id })).state).toBe('done');
  });

  test('F67 four parts and a whole at once: what is promised never exceeds what was paid', async () => {
    for (let each = 0; each < 5; each += 1) counter.script.refund.push(refundDone(1000));
    const all = await Promise.all([
      ...[1000, 1000, 1000, 1000].map((amount) => ask({ amount })),
      ask({ amount: 4850 }),
    ]);
    const granted = all.filter((it) => !('refused' in it));
    const refused = all.filter((it) => 'refused' in it && it.refused === 'too-large');
    // Whoever comes first; never some of each.
    const { reserved } = await now();
    expect([reserved, granted.length, refused.length]).toEqual(
      reserved === 4850 ? [4850, 1, 4] : [4000, 4, 1],
    );
  });

  test('S37 a payment that is not paid, or that nobody has confirmed', async () => {
    const open = await counter.take({ key: 'open' });
    expect(await ask({ paymentId: open.id })).toEqual({ refused: 'not-paid' });
    await counter.payments.notified(notice(open), 'right');
    counter.script.ask.length = 0;
    const result = await counter.payments.refund({
      ...{ key: 'early', bodyText: '', paymentId: open.id, amount: 1, reason: 'x', staff: '2000' },
      approver: null,
    });
    expect(result).toEqual({ refused: 'unconfirmed' });
  });
});

describe('two at once', () => {
  test('the second waits until the first is decided and a minute has passed for WeChat', async () => {
    counter.script.charge.push((number) => ({ ...paidCharge(number), qrCode: 'wx' }));
    payment = await counter.take({ payType: '800201' });
    counter.later(2);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    const first = await give();
    expect(first.state).toBe('unknown');
    const second = await give({ amount: 500 });
    expect(second.state).toBe('requested');
    counter.script.askRefund.push(refundShown('done', '0000', 1000));
    await rounds(2, 3);
    expect((await refund(first.id)).state).toBe('done');
    await rounds(10, 5);
    expect(sendsOf(second.id)).toBe(0);
    counter.script.refund.push(refundDone(500));
    await rounds(3, 5);
    expect(await refund(second.id)).toMatchObject({ state: 'done' });
    expect(await now()).toMatchObject({ refunded: 1500 });
  });
});

describe('a refund without a clear answer', () => {
  test('F68 is asked about and found done: one movement', async () => {
    const lost = await give();
    expect(lost.state).toBe('unknown');
    counter.script.askRefund.push(refundShown('done', '0000', 1000));
    await rounds(1, 3);
    expect(await refund(lost.id)).toMatchObject({ state: 'done' });
    expect(sendsOf(lost.id)).toBe(1);
  });

  test('F69 never arrived: goes out again under its own number, not before two minutes', async () => {
    const lost = await give();
    await rounds(25, 5);
    expect(sendsOf(lost.id)).toBe(1);
    counter.script.refund.push(refundDone(1000));
    await rounds(20, 5);
    expect(sendsOf(lost.id)).toBe(2);
    expect(await refund(lost.id)).toMatchObject({ state: 'done', id: lost.id });
  });

  test('F27 a kill between the intent and the answer: unknown, asked, never another number', async () => {
    counter.crash.at = 'refund-claimed';
    await expect(give()).rejects.toThrow('crash');
    counter.crash.at = '';
    const [left] = await counter.world.store.read.refundsOf(payment.id);
    expect(left?.state).toBe('sending');
    await boot(counter.world);
    counter.script.askRefund.push(refundShown('done', '0000', 1000));
    await rounds(1, 1);
    expect(await counter.world.store.read.refundsOf(payment.id)).toMatchObject([
      { id: left?.id, state: 'done' },
    ]);
  });

  test('F71 refused: a question agrees, the share is free again', async () => {
    counter.script.refund.push(refundRefused('1269'));
    counter.script.askRefund.push(refundShown('refused', '1269', 1000));
    expect(await give()).toMatchObject({ state: 'failed', respcd: '1269' });
    expect(await now()).toMatchObject({ refunded: 0, reserved: 0 });
  });

  test('done after it was called failed: kept, and a manager hears that it is too much', async () => {
    counter.script.refund.push(refundRefused('1269'), refundDone(4850));
    counter.script.askRefund.push(refundShown('refused', '1269', 1000));
    const failed = await give();
    counter.later(61);
    await give({ amount: 4850 });
    counter.script.askRefund.push(refundShown('done', '0000', 1000));
    await rounds(1, 61);
    expect(await refund(failed.id)).toMatchObject({ state: 'done', review: 'done-after-failed' });
    expect(await now()).toMatchObject({ refunded: 5850, review: 'refunded-too-much' });
  });
});

describe('around midnight in Hong Kong', () => {
  test('F70 nothing is sent between 23:30 and 00:31, and then it goes by itself', async () => {
    counter.later(11.75 * 3_600);
    const asleep = await give();
    expect(asleep.state).toBe('deferred');
    expect(counter.sent.filter((it) => it.startsWith('refund'))).toEqual([]);
    await rounds(9, 300);
    expect(sendsOf(asleep.id)).toBe(0);
    counter.script.refund.push(refundDone(1000));
    await rounds(1, 65);
    expect(await refund(asleep.id)).toMatchObject({ state: 'done' });
  });

  test('the hour is QFPay’s: our own clock may be minutes off', async () => {
    counter.script.clockOffset = -180_000;
    counter.later(11.5 * 3_600 + 120);
    counter.script.refund.push(refundDone(1000));
    expect((await give()).state).toBe('done');
    counter.script.clockOffset = 180_000;
    counter.later(-300);
    expect((await give()).state).toBe('deferred');
  });
});

describe('notifications of refunds', () => {
  const knock = (facts: object, kind = 'refund') =>
    counter.payments.notified(
      new TextEncoder().encode(
        JSON.stringify({ kind, respcd: '0000', facts, payment: PAID_NUMBER }),
      ),
      'right',
    );

  test('F41 one that comes before the answer makes it done once', async () => {
    counter.script.refund.push(async (number) => {
      await knock(refundFacts({ number }));
      return refundDone(1000)(number);
    });
    const done = await give();
    expect(done).toMatchObject({ state: 'done', confirmed: true });
    expect((await now()).refunded).toBe(1000);
  });

  test('F42 one that bears only QFPay’s number of the refund finds it', async () => {
    counter.script.refund.push((number) => ({
      source: 'refund',
      says: 'processing',
      respcd: '1143',
      facts: refundFacts({ number }),
    }));
    const waiting = await give();
    expect(waiting.state).toBe('processing');
    await knock(refundFacts({ number: waiting.id }));
    expect(await refund(waiting.id)).toMatchObject({ state: 'done', confirmed: false });
  });

  test('one about a refund is nothing about the payment, and one never sent is not believed', async () => {
    const open = await counter.take({ key: 'open-2' });
    await knock({ ...refundFacts({ number: open.id }), amount: open.amount });
    expect((await counter.payment(open.id)).state).not.toBe('paid');
    counter.later(11.75 * 3_600);
    const asleep = await give();
    await knock(refundFacts({ number: asleep.id }));
    expect((await refund(asleep.id)).state).toBe('deferred');
  });
});

const paidCharge = (number: string) =>
  ({
    source: 'charge',
    says: 'created',
    respcd: '0000',
    facts: { ...refundFacts({ number, amount: 4850 }), qfpayNumber: PAID_NUMBER },
  }) as const;
