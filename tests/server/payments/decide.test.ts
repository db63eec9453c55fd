import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Choice, choicesFor, MATTERS, type Matter } from '@/lib/matters';
import type { Payment, ReviewReason } from '@/lib/payment';
import { record } from '@/server/payments/evidence';
import {
  type Counter,
  CPM,
  chargePaid,
  created,
  openCounter,
  query,
  queryPaid,
} from '../../support/counter';
import { refundDone, refundShown } from '../../support/refunds';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

let codes = 0;
/** A paid payment of 48.50 with a mark on it. */
async function marked(matter: Matter): Promise<Payment> {
  counter.script.charge.push(chargePaid);
  codes += 1;
  const payment = await counter.take({ ...CPM, authCode: `1301234567890${10_000 + codes}` });
  const change = matter === 'late' ? { late: true } : { review: matter as ReviewReason };
  return write({ ...payment, ...change });
}
async function write(payment: Payment): Promise<Payment> {
  const written = await counter.world.store.transaction((records) => records.update(payment));
  if (written === null) throw new Error('not written');
  return written;
}
type Given = { choice: Choice; matter?: Matter | null; counter?: string };
const decide = ({ id }: Payment, { choice, matter = null, counter: at }: Given) =>
  counter.payments.decide({
    ...{ id, matter, choice, reason: 'asked the customer', staff: '2000', counter: at ?? null },
  });
const story = async ({ id }: Payment) => counter.world.store.read.timeline(id);

describe.each(MATTERS)('%s', (matter) => {
  test('is cleared once by each of its choices, with a name and a reason, and nothing else moves', async () => {
    const choices = choicesFor(matter, await marked(matter));
    for (const choice of choices) {
      const before = await marked(matter);
      const after = await decide(before, { choice, matter });
      if ('refused' in after) throw new Error(`${choice}: ${after.refused}`);
      expect(after).toMatchObject({ review: null, state: before.state, amount: before.amount });
      expect(after.late).toBe(before.late);
      expect(after.lateSeen).toBe(matter === 'late');
      expect(await decide(before, { choice, matter })).toEqual({ refused: 'nothing-open' });
      expect(await counter.opened.matters.decisionsOf(before.id)).toMatchObject([
        { matter, choice, staff: '2000', reason: 'asked the customer' },
      ]);
      expect((await story(before)).at(-1)).toMatchObject({
        ...{ kind: 'person', actor: '2000', state: 'paid' },
        detail: { did: 'decide', matter, choice, reason: 'asked the customer' },
      });
      expect(counter.changed.at(-1)).toMatchObject({ id: before.id, review: null });
    }
    expect(await counter.opened.verifyAudit()).toMatchObject({ ok: true });
  });

  test('takes no other choice', async () => {
    const payment = await marked(matter);
    const legal = choicesFor(matter, payment);
    const illegal = (['keep', 'keep-both', 'accept', 'wait', 'came-back'] as const).filter(
      (choice) => !legal.includes(choice),
    );
    for (const choice of illegal) {
      expect(await decide(payment, { choice })).toEqual({ refused: 'not-a-choice' });
    }
    expect(await counter.payment(payment.id)).toEqual(payment);
  });
});

test('of two managers at once one decides, the other hears that it is done', async () => {
  const payment = await marked('answer-differs');
  const both = await Promise.all([
    decide(payment, { choice: 'stands' }),
    decide(payment, { choice: 'taken-up' }),
  ]);
  expect(both.filter((it) => 'refused' in it)).toEqual([{ refused: 'nothing-open' }]);
  expect(await counter.opened.matters.decisionsOf(payment.id)).toHaveLength(1);
});

test('what was shown has become another matter: nothing is settled', async () => {
  const payment = await marked('late');
  await write({ ...payment, review: 'paid-twice' });
  expect(await decide(payment, { choice: 'keep', matter: 'late' })).toEqual({
    refused: 'another-matter',
  });
  expect((await counter.payment(payment.id)).review).toBe('paid-twice');
});

test('a new contradiction raises it again, as a new matter with a decision of its own', async () => {
  const payment = await marked('paid-then-denied');
  await decide(payment, { choice: 'stands' });
  const denied = query('closed', '1181')(payment.id);
  const evidence = typeof denied === 'object' ? denied : await denied;
  await record(counter.world, payment.id, { evidence });
  expect(await counter.payment(payment.id)).toMatchObject({
    ...{ state: 'paid', review: 'paid-then-denied' },
  });
  expect(counter.alerts).toContainEqual(expect.objectContaining({ says: 'paid-then-denied' }));
  await decide(payment, { choice: 'taken-up' });
  expect(await counter.opened.matters.decisionsOf(payment.id)).toHaveLength(2);
});

test('what had gone back elsewhere is written off: nothing more can be given back', async () => {
  const payment = await marked('reversed-outside');
  expect(await decide(payment, { choice: 'went-back' })).toMatchObject({
    ...{ review: null, settled: 4_850 },
  });
  const settlements = await counter.world.store.read.settlementsOf(payment.id);
  expect(settlements).toMatchObject([{ how: 'outside', amount: 4_850, staff: '2000' }]);
  counter.script.ask.unshift(queryPaid);
  const more = await counter.payments.refund({
    ...{ key: 'more', bodyText: '', paymentId: payment.id, amount: 1, reason: 'x', staff: '2000' },
    approver: null,
  });
  expect(more).toEqual({ refused: 'too-large', refundable: 0 });
});

test('an orphan is accepted as a sale of a counter, which the decision keeps', async () => {
  const payment = await marked('orphan');
  await decide(payment, { choice: 'accept', counter: 'Front' });
  expect(await counter.opened.matters.decisionsOf(payment.id)).toMatchObject([
    { choice: 'accept', counter: 'Front' },
  ]);
});

test('the customer came back: the sale may be charged again, and the first stays watched', async () => {
  counter.script.charge.push(created);
  const open = await write({ ...(await counter.take()), review: 'unresolved-for-a-day' });
  const after = await decide(open, { choice: 'came-back' });
  expect(after).toMatchObject({ state: 'awaiting', abandonedBy: '2000', review: null });
  counter.script.charge.push(chargePaid);
  const second = await counter.take({ ...CPM, saleId: open.saleId });
  expect(second.state).toBe('paid');
});

test('a refund in doubt is calm for a day with its payment', async () => {
  counter.script.charge.push(chargePaid);
  const paid = await counter.take(CPM);
  counter.script.ask.unshift(queryPaid);
  const result = await counter.payments.refund({
    ...{ key: 'lost', bodyText: '', paymentId: paid.id, amount: 100, reason: 'x', staff: '2000' },
    approver: null,
  });
  if ('refused' in result) throw new Error(result.refused);
  counter.later(25 * 3_600);
  await counter.tick();
  const doubtful = await counter.payment(paid.id);
  expect(doubtful.review).toBe('refund-in-doubt');
  expect(await decide(doubtful, { choice: 'wait' })).toMatchObject({ review: null });
  counter.later(3_700);
  await counter.tick();
  expect((await counter.payment(paid.id)).review).toBeNull();
  counter.later(24 * 3_600);
  await counter.tick();
  expect((await counter.payment(paid.id)).review).toBe('refund-in-doubt');
});

test('a refund in doubt is asked about at once, and the answer ends it', async () => {
  const payment = await marked('refund-in-doubt');
  counter.script.ask.unshift(queryPaid);
  const result = await counter.payments.refund({
    ...{ key: 'lost', bodyText: '', paymentId: payment.id, amount: 100, reason: 'x' },
    ...{ staff: '2000', approver: null },
  });
  if ('refused' in result) throw new Error(result.refused);
  counter.script.askRefund.push(refundShown('done', '0000', 100));
  expect(await counter.payments.checkRefund(result.refund.id)).toMatchObject({
    ...{ refund: { state: 'done' }, payment: { refunded: 100, review: 'refund-in-doubt' } },
  });
  expect(await counter.payments.checkRefund('NOBODY' as typeof result.refund.id)).toBeNull();
});

test('late money that went back whole is settled by its refund, in the manager’s name', async () => {
  const payment = await marked('late');
  counter.script.ask.unshift(queryPaid);
  counter.script.refund.push(refundDone(4_850));
  const result = await counter.payments.refund({
    ...{ key: 'all', bodyText: '', paymentId: payment.id, amount: 4_850, reason: 'paid twice' },
    ...{ staff: '1000', approver: null },
  });
  expect(result).toMatchObject({ payment: { lateSeen: true, refunded: 4_850 } });
  expect(await counter.opened.matters.decisionsOf(payment.id)).toMatchObject([
    { matter: 'late', choice: 'refund', staff: '1000', reason: 'paid twice' },
  ]);
  expect(await counter.opened.matters.openCount(10)).toBe(0);
});

test('a number that nobody knows has nothing to decide', async () => {
  const nobody = { id: 'NOBODY' as Payment['id'] } as Payment;
  expect(await decide(nobody, { choice: 'noted' })).toEqual({ refused: 'not-found' });
});
