import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Payment, QueryEvidence } from '@/lib/payment';
import { createPayments } from '@/server/payments';
import { boot } from '@/server/payments/watch';
import {
  type Counter,
  CPM,
  chargePaid,
  created,
  openCounter,
  query,
  queryPaid,
  queryPending,
  unreachable,
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
const stop = async (payment: Payment) => {
  await counter.payments.cancel(payment.id, '3000');
  return counter.payment(payment.id);
};
const row = (payment: Payment, evidence: (number: string) => QueryEvidence) => ({
  number: payment.id,
  evidence: evidence(payment.id),
});

describe('the watch', () => {
  test('finds the payment of a QR within one round', async () => {
    const payment = await showQr();
    counter.later(2);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect(await counter.payment(payment.id)).toMatchObject({ state: 'paid', confirmed: true });
  });

  test('asks about twenty open QRs with one call', async () => {
    const all: Payment[] = [];
    for (let each = 0; each < 20; each += 1) all.push(await showQr());
    counter.later(2);
    counter.sent.length = 0;
    const rows = all.map((payment, place) => row(payment, place < 7 ? queryPaid : queryPending));
    counter.script.sweep.push({ complete: true, rows, refunds: [] });
    await counter.tick();
    expect(counter.sent).toEqual(['sweep']);
    const states = await Promise.all(all.map(async ({ id }) => (await counter.payment(id)).state));
    expect(states.filter((state) => state === 'paid')).toHaveLength(7);
  });

  test('asks by number for what the sweep did not show', async () => {
    const [shown, hidden] = [await showQr(), await showQr()];
    counter.later(2);
    counter.script.sweep.push({ complete: true, rows: [row(shown, queryPending)], refunds: [] });
    counter.script.ask.push(queryPaid);
    counter.sent.length = 0;
    await counter.tick();
    expect(counter.sent).toEqual(['sweep', `ask ${hidden.id}`]);
    expect((await counter.payment(hidden.id)).state).toBe('paid');
  });

  test('F49 keeps asking about a payment it called closed, and announces late money', async () => {
    const payment = await showQr();
    await stop(payment);
    counter.script.ask.push(query('closed', '1142'));
    await counter.tick();
    expect((await counter.payment(payment.id)).state).toBe('closed');
    counter.later(60);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect(await counter.payment(payment.id)).toMatchObject({ state: 'paid', late: true });
    expect(counter.alerts.map((alert) => alert.kind)).toContain('late-money');
  });

  test('does not use up the watch over a closed payment while it sweeps for open ones', async () => {
    const closed = await showQr();
    await stop(closed);
    counter.script.ask.push(query('closed', '1142'));
    await counter.tick();
    const before = await counter.payment(closed.id);
    const [one, two] = [await showQr(), await showQr()];
    counter.later(2);
    const rows = [row(closed, query('closed', '1142')), row(one, queryPending)];
    counter.script.sweep.push({
      complete: true,
      rows: [...rows, row(two, queryPending)],
      refunds: [],
    });
    await counter.tick();
    expect(await counter.payment(closed.id)).toEqual(before);
  });

  test('F01 calls a lost charge unsent after a minute of empty answers and a sweep, not before', async () => {
    const payment = await counter.take();
    for (let second = 0; second < 60; second += 1) {
      counter.later(1);
      await counter.tick();
      expect((await counter.payment(payment.id)).state).toBe('unknown');
    }
    for (let second = 60; second < 75; second += 1) {
      counter.later(1);
      await counter.tick();
    }
    expect(await counter.payment(payment.id)).toMatchObject({
      state: 'closed',
      failure: { code: 'never-arrived' },
    });
    expect(counter.sent.filter((each) => each.startsWith('charge'))).toHaveLength(1);
    expect(counter.sent).toContain('sweep');
  });

  test('an unfinished sweep proves nothing', async () => {
    const payment = await counter.take();
    counter.script.sweep.push(...Array(40).fill({ complete: false, rows: [], refunds: [] }));
    for (let second = 0; second < 100; second += 1) {
      counter.later(1);
      await counter.tick();
    }
    expect((await counter.payment(payment.id)).state).toBe('unknown');
  });

  test('puts a payment that nobody can settle before a manager after a day, and never fails it', async () => {
    const payment = await showQr();
    counter.later(86_401);
    counter.script.ask.push(queryPending);
    await counter.tick();
    const after = await counter.payment(payment.id);
    expect(after).toMatchObject({ state: 'cancelling', review: 'unresolved-for-a-day' });
  });
});

test('a restart goes through everything that was left, however much it is', async () => {
  const open = await showQr();
  const sale = await counter.opened.store.read.sale(open.saleId);
  if (sale === null) throw new Error('no sale');
  const shape = await counter.payment(open.id);
  await counter.opened.store.transaction(async (records) => {
    for (let each = 0; each < 1_200; each += 1) {
      const saleId = counter.world.ids.saleId();
      await records.insertSale({ ...sale, id: saleId });
      const id = counter.world.ids.paymentNumber();
      const closed = { ...shape, id, saleId, state: 'closed', nextCheckAt: 1 } as const;
      await records.insertPayment(closed, null);
    }
  });
  counter.later(30);
  await boot(counter.world);
  const { nextCheckAt } = await counter.payment(open.id);
  expect(nextCheckAt).toBe(counter.world.clock.steady());
});

describe('stopping', () => {
  test('asks first, then closes, then asks again', async () => {
    const payment = await showQr();
    counter.later(30);
    expect((await stop(payment)).state).toBe('cancelling');
    counter.sent.length = 0;
    counter.script.ask.push(queryPending, query('closed', '1142'));
    counter.script.close.push({ source: 'close', says: 'closed', respcd: '0000' });
    await counter.tick();
    const { id } = payment;
    expect(counter.sent).toEqual([`ask ${id}`, `close ${id}`, `ask ${id}`]);
    expect(await counter.payment(id)).toMatchObject({
      state: 'closed',
      failure: { code: 'cancelled' },
    });
  });

  test('F61 a customer who paid in between has paid', async () => {
    const payment = await showQr();
    await stop(payment);
    counter.script.ask.push(queryPending, queryPaid);
    counter.script.close.push({ source: 'close', says: 'closed', respcd: '0000' });
    await counter.tick();
    expect(await counter.payment(payment.id)).toMatchObject({ state: 'paid', late: false });
  });

  test('F51 a wallet that refuses to close keeps the QR under watch until it ends by itself', async () => {
    const payment = await showQr();
    await stop(payment);
    counter.script.ask.push(queryPending);
    await counter.tick();
    expect((await counter.payment(payment.id)).state).toBe('cancelling');
    counter.later(331);
    counter.script.ask.push(query('closed', '1181'));
    await counter.tick();
    expect((await counter.payment(payment.id)).state).toBe('closed');
  });

  test('a deadline asks first and closes nothing by itself', async () => {
    const payment = await showQr();
    counter.later(301);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect((await counter.payment(payment.id)).state).toBe('paid');
  });

  test('a charge without an answer is stopped after two minutes by reversal, never before 15 s', async () => {
    counter.script.charge.push((number) => ({
      source: 'charge',
      says: 'pending',
      respcd: '1143',
      facts: { ...emptyFacts, number },
    }));
    const payment = await counter.take(CPM);
    expect(payment.state).toBe('awaiting');
    await stop(payment);
    counter.script.ask.push(queryPending);
    await counter.tick();
    expect(counter.sent).not.toContain(`close ${payment.id}`);
    counter.later(16);
    counter.script.ask.push(queryPending);
    await counter.tick();
    expect(counter.sent).toContain(`close ${payment.id}`);
  });
});

const emptyFacts = {
  ...{ amount: null, currency: null, outlet: null, qfpayNumber: null, walletNumber: null },
  ...{ payType: null, paidAt: null, reversed: false },
};

test('two paid payments of one sale are put before a manager', async () => {
  const payment = await showQr();
  await stop(payment);
  counter.script.ask.push(query('closed', '1142'));
  await counter.tick();
  counter.script.charge.push(chargePaid);
  const second = await counter.take({ saleId: payment.saleId, ...CPM });
  expect(second).toMatchObject({ state: 'paid', review: null });
  counter.later(60);
  counter.script.ask.push(queryPaid);
  await counter.tick();
  expect(await counter.payment(payment.id)).toMatchObject({ late: true, review: 'paid-twice' });
});

test('check now asks QFPay and answers what it said; ten impatient taps are one question', async () => {
  const payment = await counter.take();
  counter.sent.length = 0;
  let answer = () => {};
  const waited = new Promise<void>((resolve) => {
    answer = resolve;
  });
  counter.script.ask.push(async (number) => {
    await waited;
    return queryPaid(number);
  });
  const reads = vi.spyOn(counter.world.store.read, 'payment');
  const taps = [...Array(10)].map(() => counter.payments.check(payment.id));
  // Each looks at the payment first; after that all ten are waiting for the answer.
  await Promise.all(reads.mock.results.map(({ value }) => value));
  answer();
  const answers = await Promise.all(taps);
  expect(new Set(answers.map((each) => each?.payment.state))).toEqual(new Set(['paid']));
  const at = counter.world.clock.wall();
  for (const { told } of answers.flatMap((each) => each ?? [])) {
    expect(told).toEqual({ at, says: 'paid', respcd: '0000' });
  }
  expect(counter.sent).toEqual([`ask ${payment.id}`]);
});

test('after an outage what the window does not show is not asked for one by one all hour long', async () => {
  counter.script.charge.push(...Array(80).fill(unreachable));
  for (let each = 0; each < 40; each += 1) expect((await counter.take()).state).toBe('closed');
  counter.sent.length = 0;
  for (let round = 0; round < 90; round += 1) {
    counter.later(2);
    await counter.tick();
  }
  // Three whole minutes, one window each.
  expect(counter.sent).toEqual(['sweep', 'sweep', 'sweep']);
});

test('of what was never sent nothing can come late, so nobody asks', async () => {
  const { world } = counter;
  const take = async () => false;
  const refused = createPayments({ ...world, budget: { ...world.budget, take } });
  const result = await refused.charge({
    ...{ key: 'k', bodyText: 'b', amount: 100, currency: 'HKD', payType: '800201', mode: 'MPM' },
    ...{ authCode: null, saleId: null, note: null, counter: '1', staff: '3000', outlet: null },
  });
  if ('refused' in result) throw new Error(result.refused);
  expect(result.payment).toMatchObject({ state: 'closed', nextCheckAt: null });
});
