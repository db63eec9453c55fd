import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { closeDays } from '@/server/payments/day-close';
import type { SweepAnswer } from '@/server/payments/ports';
import { type Counter, CPM, chargePaid, openCounter, queryPaid } from '../../support/counter';
import { NOON, facts as paidFacts } from '../../support/payments';
import { refundFacts } from '../../support/refunds';

let counter: Counter;
const taken: Payment[] = [];
beforeEach(async () => {
  counter = await openCounter();
  taken.length = 0;
  // Noon of 2026-01-05 in Hong Kong.
  for (const authCode of ['130000000000000001', '130000000000000002']) {
    counter.script.charge.push(chargePaid);
    taken.push(await counter.take({ ...CPM, authCode }));
  }
  counter.sent.length = 0;
});
afterEach(() => counter.end());

const shows = (payments: readonly Payment[], more: Partial<SweepAnswer> = {}): SweepAnswer => ({
  complete: true,
  rows: payments.map(({ id }) => ({ number: id, evidence: queryPaid(id) })),
  refunds: [],
  ...more,
});
const HALF_PAST_THREE = 15.5 * 3_600;
/** The older day comes first and was empty. */
const scripted = (yesterday: SweepAnswer) => counter.script.sweep.push(shows([]), yesterday);
const found = async () => {
  const filter = { wanted: 'open', outlets: null, after: null, limit: 50 } as const;
  return (await counter.opened.differences.page(filter)).differences;
};
const last = () => counter.world.store.read.lastDayClose(null);

test('at half past three yesterday and the day three days ago are laid beside QFPay’s', async () => {
  counter.later(HALF_PAST_THREE - 1);
  await closeDays(counter.world);
  expect(counter.sent).toEqual([]);
  counter.later(1);
  scripted(shows(taken));
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(2);
  expect(await last()).toMatchObject({
    day: '2026-01-05',
    ours: { paid: 2, paidSum: 9700 },
    theirs: { paid: 2, paidSum: 9700 },
    differences: 0,
  });
  counter.later(3_600);
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(2);
});

test('what only we have, and what only QFPay has, is listed and told', async () => {
  counter.later(HALF_PAST_THREE);
  const [first, second] = taken;
  const stranger = counter.world.ids.refundNumber();
  const facts = refundFacts({ number: stranger, amount: 700, payment: 'NOT-OURS', paidAt: NOON });
  const refund = {
    number: stranger,
    evidence: { source: 'refund-query', says: 'done', respcd: '0000', facts } as const,
    facts,
  };
  scripted(shows(first === undefined ? [] : [first], { refunds: [refund] }));
  await closeDays(counter.world);
  expect(await last()).toMatchObject({
    ...{ ours: { paid: 2, refunds: 0 }, theirs: { paid: 1, refunds: 1, refundSum: 700 } },
    differences: 2,
  });
  const named = (await found()).map(({ number, kind }) => ({ number, kind }));
  expect(named).toHaveLength(2);
  expect(named).toContainEqual({ number: second?.id, kind: 'only-ours' });
  expect(named).toContainEqual({ number: stranger, kind: 'refund-only-theirs' });
  expect(counter.alerts.map(({ kind }) => kind)).toContain('day-differs');
});

test('F40 money that came long after the till closed the payment is found at night', async () => {
  counter.script.charge.push(() => ({ source: 'charge', says: 'not-sent', why: 'unreachable' }));
  counter.script.charge.push(() => ({ source: 'charge', says: 'not-sent', why: 'unreachable' }));
  const closed = await counter.take();
  expect(closed.state).toBe('closed');
  counter.later(HALF_PAST_THREE);
  scripted(shows([...taken, closed]));
  await closeDays(counter.world);
  expect(await counter.payment(closed.id)).toMatchObject({ state: 'paid', late: true });
  expect((await last())?.ours).toMatchObject({ paid: 3, paidSum: 14_550 });
});

test('a day that was not fully answered is tried again later', async () => {
  counter.later(HALF_PAST_THREE);
  // Nothing of the whole, and three times nothing of its first hour.
  const nothing: SweepAnswer = { complete: false, rows: [], refunds: [] };
  counter.script.sweep.push(nothing, nothing, nothing, nothing);
  await closeDays(counter.world);
  expect(await last()).toBeNull();
  expect(counter.sent).toHaveLength(4);
  counter.later(60);
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(4);
  counter.later(540);
  scripted(shows(taken));
  await closeDays(counter.world);
  expect((await last())?.day).toBe('2026-01-05');
});

test('money that a terminal took on the same account is named, and stays nobody’s here', async () => {
  counter.later(HALF_PAST_THREE);
  const facts = {
    ...paidFacts({ number: 'TERMINAL-7' }),
    qfpayNumber: '20260105000000000000000077',
  };
  const terminal = {
    number: 'TERMINAL-7',
    evidence: { source: 'query', says: 'paid', respcd: '0000', facts } as const,
  };
  scripted(shows(taken, { rows: [...shows(taken).rows, terminal] }));
  await closeDays(counter.world);
  expect(await found()).toMatchObject([{ number: 'TERMINAL-7', kind: 'only-theirs' }]);
});
