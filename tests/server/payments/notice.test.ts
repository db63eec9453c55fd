import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import {
  type Counter,
  created,
  notice,
  openCounter,
  queryPaid,
  queryPending,
} from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const showQr = (): Promise<Payment> => {
  counter.script.charge.push(created);
  return counter.take();
};

describe('a notification', () => {
  test('S44 turns the till green at once, and a question confirms it', async () => {
    const payment = await showQr();
    expect(await counter.payments.notified(notice(payment), 'right')).toBe('accepted');
    expect(await counter.payment(payment.id)).toMatchObject({ state: 'paid', confirmed: false });
    counter.later(1);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect(await counter.payment(payment.id)).toMatchObject({ state: 'paid', confirmed: true });
  });

  test('F45 whose signature does not hold changes nothing and is told apart', async () => {
    const payment = await showQr();
    expect(await counter.payments.notified(notice(payment), 'wrong')).toBe('refused');
    expect(await counter.payments.notified(notice(payment), null)).toBe('refused');
    expect(await counter.payment(payment.id)).toEqual(payment);
  });

  test('S44 that nobody else confirms is never final: a day later a manager looks', async () => {
    const payment = await showQr();
    expect(await counter.payments.notified(notice(payment), 'right')).toBe('accepted');
    for (let hour = 0; hour < 30; hour += 1) {
      for (let asked = 0; asked < 20; asked += 1) counter.script.ask.push(queryPending);
      counter.later(3_600);
      await counter.tick();
      expect(await counter.payment(payment.id)).toMatchObject({ confirmed: false });
    }
    const { review } = await counter.payment(payment.id);
    expect(review).not.toBeNull();
    const back = { amount: 4850, reason: 'x', staff: '2000', key: 'r-1', bodyText: 'x' };
    const given = { ...back, paymentId: payment.id, currency: 'HKD', approver: null } as const;
    expect(await counter.payments.refund(given)).toHaveProperty('refused');
  });

  test('of a smaller amount is accepted, changes no state and calls a manager', async () => {
    const payment = await showQr();
    const raw = notice(payment, { amount: 485 });
    expect(await counter.payments.notified(raw, 'right')).toBe('accepted');
    expect(await counter.payment(payment.id)).toMatchObject({
      state: 'awaiting',
      review: 'answer-differs',
    });
  });

  test('F36 three times at once has one effect and three thanks', async () => {
    const payment = await showQr();
    const raw = notice(payment);
    const answers = await Promise.all([1, 2, 3].map(() => counter.payments.notified(raw, 'right')));
    expect(answers).toEqual(['accepted', 'accepted', 'accepted']);
    const timeline = await counter.opened.store.read.timeline(payment.id);
    expect(timeline.filter((entry) => entry.kind === 'notification')).toHaveLength(1);
  });

  test('F39 before the answer to the charge is kept, and the answer changes nothing', async () => {
    counter.script.charge.push(async (number) => {
      const [payment] = await counter.opened.store.read.open(1);
      if (payment === undefined) throw new Error('no payment');
      await counter.payments.notified(notice(payment), 'right');
      return created(number);
    });
    expect(await counter.take()).toMatchObject({ state: 'paid', confirmed: false });
  });

  test('of a number that is not ours is accepted and invents nothing', async () => {
    const payment = await showQr();
    const raw = notice({ ...payment, id: 'XYZ00000000000' as Payment['id'] });
    expect(await counter.payments.notified(raw, 'right')).toBe('accepted');
    expect(counter.changed.at(-1)?.id).toBe(payment.id);
  });
});
