import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { closeDays } from '@/server/payments/day-close';
import type { SweepAnswer } from '@/server/payments/ports';
import {
  type Counter,
  CPM,
  chargePaid,
  openCounter,
  query,
  queryPaid,
} from '../../support/counter';
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
/** Hour by hour; the older day comes first and was empty. All of yesterday is in one hour. */
const scripted = (yesterday: SweepAnswer) =>
  counter.script.sweep.push(...Array<SweepAnswer>(24).fill(shows([])), yesterday);
const last = () => counter.world.store.read.lastDayClose(null);

test('at half past three yesterday and the day three days ago are laid beside QFPay’s', async () => {
  counter.later(HALF_PAST_THREE - 1);
  await closeDays(counter.world);
  expect(counter.sent).toEqual([]);
  counter.later(1);
  scripted(shows(taken));
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(48);
  expect(await last()).toMatchObject({
    day: '2026-01-05',
    ours: { paid: 2, paidSum: 9700 },
    theirs: { paid: 2, paidSum: 9700 },
    differences: [],
  });
  counter.later(3_600);
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(48);
});

test('what only we have, and what only QFPay has, is listed and told', async () => {
  counter.later(HALF_PAST_THREE);
  const [first, second] = taken;
  const stranger = counter.world.ids.refundNumber();
  const facts = refundFacts({ number: stranger, amount: 700 });
  const refund = {
    number: stranger,
    evidence: { source: 'refund-query', says: 'done', respcd: '0000', facts } as const,
    facts,
  };
  scripted(shows(first === undefined ? [] : [first], { refunds: [refund] }));
  await closeDays(counter.world);
  const close = await last();
  expect(close).toMatchObject({ ours: { paid: 2 }, theirs: { paid: 1, refunds: 1 } });
  expect(close?.differences).toContainEqual({ number: second?.id, is: 'only-ours' });
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
  counter.script.sweep.push({ complete: false, rows: [], refunds: [] });
  await closeDays(counter.world);
  expect(await last()).toBeNull();
  counter.later(60);
  await closeDays(counter.world);
  expect(counter.sent).toHaveLength(1);
  counter.later(540);
  scripted(shows(taken));
  await closeDays(counter.world);
  expect((await last())?.day).toBe('2026-01-05');
});

test('a row of nobody’s making is no difference', async () => {
  counter.later(HALF_PAST_THREE);
  const terminal = { number: 'TERMINAL-7', evidence: query('paid', '0000')('TERMINAL-7') };
  scripted(shows(taken, { rows: [...shows(taken).rows, terminal] }));
  await closeDays(counter.world);
  expect((await last())?.differences).toEqual([]);
});
