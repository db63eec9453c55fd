import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment, PaymentId } from '@/lib/payment';
import type { RefundQueryAnswer } from '@/lib/refund';
import type { RefundRow, SweepAnswer } from '@/server/payments/ports';
import { keep, lookIfWanted } from '@/server/payments/window';
import {
  type Counter,
  CPM,
  chargePaid,
  created,
  openCounter,
  query,
  queryPaid,
  queryPending,
  swept,
} from '../../support/counter';
import { facts } from '../../support/payments';
import { PAID_NUMBER, refundDone, refundFacts } from '../../support/refunds';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const refundRow = (number: string, amount: number, change: object = {}): RefundRow => {
  const told = refundFacts({ number, amount, ...change });
  const evidence: RefundQueryAnswer = {
    source: 'refund-query',
    says: 'done',
    respcd: '0000',
    facts: told,
  };
  return { number, evidence, facts: told };
};

describe('F75 refunds that somebody made elsewhere', () => {
  let paid: Payment;
  beforeEach(async () => {
    counter.script.charge.push(chargePaid);
    paid = await counter.take(CPM);
  });

  test('count against what may still be given back, once', async () => {
    const rows = swept({ refunds: [refundRow('PORTAL-1', 3000)] });
    await keep(counter.world, rows, null);
    await keep(counter.world, rows, null);
    expect(await counter.payment(paid.id)).toMatchObject({
      refunded: 3000,
      reserved: 3000,
      review: 'refunded-outside',
    });
    expect(await counter.world.store.read.refundsOf(paid.id)).toMatchObject([
      { origin: 'outside', amount: 3000, state: 'done' },
    ]);
  });

  test('are looked for before a refund of ours, when the payment says that money went back', async () => {
    const reversed = { ...facts({ number: paid.id, reversed: true }) };
    counter.script.ask.push({ source: 'query', says: 'paid', respcd: '0000', facts: reversed });
    counter.script.sweep.push(swept({ refunds: [refundRow('PORTAL-1', 3000)] }));
    const result = await counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount: 2000, reason: 'x', staff: '2000' },
      approver: null,
    });
    expect(result).toEqual({ refused: 'too-large', refundable: 1850 });
    expect(counter.sent.filter((it) => it.startsWith('refund'))).toEqual([]);
  });

  test('that come after a refund of ours was promised keep it from being sent', async () => {
    // 23:45 in Hong Kong: promised now, to be sent at 00:31.
    counter.later(11.75 * 3_600);
    counter.script.ask.push(queryPaid);
    const promised = await counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount: 4000, reason: 'x', staff: '2000' },
      approver: null,
    });
    expect(promised).toMatchObject({ refund: { state: 'deferred' } });
    await keep(counter.world, swept({ refunds: [refundRow('PORTAL-1', 3000)] }), null);
    counter.later(50 * 60);
    await counter.tick();
    expect(counter.sent.filter((it) => it.startsWith('refund'))).toEqual([]);
    const refunds = await counter.world.store.read.refundsOf(paid.id);
    expect(refunds.map(({ origin, state }) => [origin, state])).toContainEqual([
      'counter',
      'failed',
    ]);
    expect(await counter.payment(paid.id)).toMatchObject({ refunded: 3000, reserved: 3000 });
  });

  test('that nothing explains stop every further refund until a manager has looked', async () => {
    const reversed = { ...facts({ number: paid.id, reversed: true }) };
    counter.script.ask.push({ source: 'query', says: 'paid', respcd: '0000', facts: reversed });
    const result = await counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount: 1, reason: 'x', staff: '2000' },
      approver: null,
    });
    expect(result).toEqual({ refused: 'refunded-outside' });
    expect((await counter.payment(paid.id)).review).toBe('reversed-outside');
  });

  const giveBack = (amount: number) => {
    counter.script.ask.push(queryPaid);
    return counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount, reason: 'x', staff: '2000' },
      approver: null,
    });
  };

  test('one of our own under a number that is not its own is no second one', async () => {
    counter.script.refund.push(refundDone(1000));
    await giveBack(1000);
    const [ours] = await counter.world.store.read.refundsOf(paid.id);
    expect(ours).toMatchObject({ state: 'done' });
    const row = refundRow('OTHER', 1000, { qfpayNumber: ours?.qfpayNumber });
    await keep(counter.world, swept({ refunds: [row] }), null);
    expect(await counter.world.store.read.refundsOf(paid.id)).toHaveLength(1);
    expect(await counter.payment(paid.id)).toMatchObject({ refunded: 1000, review: null });
  });

  test('nor before QFPay has told us its number: a question about ours brings it', async () => {
    await giveBack(1000);
    const [ours] = await counter.world.store.read.refundsOf(paid.id);
    expect(ours).toMatchObject({ state: 'unknown', qfpayNumber: null });
    const qfpayNumber = '202601050000020081074843';
    const rows = swept({ refunds: [refundRow('OTHER', 1000, { qfpayNumber })] });
    const same = refundRow(ours?.id ?? '', 1000, { qfpayNumber }).evidence;
    // The first answer is a lie.
    counter.script.askRefund.push({ source: 'refund-query', says: 'none' }, same);
    await keep(counter.world, rows, null);
    expect(await counter.world.store.read.refundsOf(paid.id)).toHaveLength(1);
    counter.script.askRefund.push({
      source: 'refund-query',
      says: 'unclear',
      respcd: null,
      why: 'timeout',
    });
    await keep(counter.world, rows, null);
    expect(await counter.world.store.read.refundsOf(paid.id)).toHaveLength(1);
  });

  test.each([
    ['QFPay has none of ours', null],
    ['ours has another number there', '202601050000020081074844'],
  ])('one made elsewhere counts while the same sum of ours is under way: %s', async (_, number) => {
    await giveBack(1000);
    const [ours] = await counter.world.store.read.refundsOf(paid.id);
    if (number !== null) {
      const told = refundRow(ours?.id ?? '', 1000, { qfpayNumber: number }).evidence;
      counter.script.askRefund.push(told);
    }
    const row = refundRow('PORTAL-1', 1000, { qfpayNumber: '202601050000020081074843' });
    await keep(counter.world, swept({ refunds: [row] }), null);
    expect(await counter.payment(paid.id)).toMatchObject({
      ...{ refunded: 1000, reserved: 2000, review: 'refunded-outside' },
    });
  });

  test('one that a copy has forgotten counts even while the same sum is under way', async () => {
    await giveBack(1000);
    const number = counter.world.ids.refundNumber();
    const row = refundRow(number, 1000, { qfpayNumber: '202601050000020081074845' });
    await keep(counter.world, swept({ refunds: [row] }), null);
    expect(await counter.payment(paid.id)).toMatchObject({ refunded: 1000, reserved: 2000 });
  });

  test('our own are no news: the payment that they explain needs no manager', async () => {
    counter.script.ask.push(queryPaid);
    counter.script.refund.push(refundDone(1000));
    await counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount: 1000, reason: 'x', staff: '2000' },
      approver: null,
    });
    const evidence = queryPaid(paid.id);
    const reversed = { ...facts({ number: paid.id, reversed: true }) };
    const row = { number: paid.id, evidence: { ...evidence, facts: reversed } };
    await keep(counter.world, swept({ rows: [row as SweepAnswer['rows'][number]] }), null);
    expect((await counter.payment(paid.id)).review).toBeNull();
  });

  test('a notification of one makes the watch look at the last minutes', async () => {
    const body = { kind: 'refund', respcd: '0000', facts: refundFacts({ number: 'PORTAL-1' }) };
    const raw = new TextEncoder().encode(JSON.stringify({ ...body, payment: PAID_NUMBER }));
    await counter.payments.notified(raw, 'right');
    expect((await counter.payment(paid.id)).refunded).toBe(0);
    counter.script.sweep.push(swept({ refunds: [refundRow('PORTAL-1', 3000)] }));
    await lookIfWanted(counter.world);
    expect((await counter.payment(paid.id)).refunded).toBe(3000);
    await lookIfWanted(counter.world);
    expect(counter.sent.filter((it) => it === 'sweep')).toHaveLength(1);
    // A fresh row may hide, and whatever stands in the line may answer for somebody else.
    for (const [seconds, looks] of [
      [30, 2],
      [30, 2],
      [300, 3],
      [1_440, 4],
      [3_600, 4],
    ] as const) {
      counter.later(seconds);
      await lookIfWanted(counter.world);
      expect(counter.sent.filter((it) => it === 'sweep')).toHaveLength(looks);
    }
  });

  test('a notified one is found although two looks were answered with somebody else’s rows', async () => {
    const body = { kind: 'refund', respcd: '0000', facts: refundFacts({ number: 'PORTAL-1' }) };
    const raw = new TextEncoder().encode(JSON.stringify({ ...body, payment: PAID_NUMBER }));
    await counter.payments.notified(raw, 'right');
    const found = swept({ refunds: [refundRow('PORTAL-1', 3000)] });
    counter.script.sweep.push(swept({}), swept({}), found);
    for (const seconds of [0, 30, 330]) {
      counter.later(seconds);
      await lookIfWanted(counter.world);
    }
    expect((await counter.payment(paid.id)).refunded).toBe(3000);
  });

  test('that turn out to explain a reversed payment open it for refunds again', async () => {
    const reversed = { ...facts({ number: paid.id, reversed: true }) };
    counter.script.ask.push({ source: 'query', says: 'paid', respcd: '0000', facts: reversed });
    await counter.payments.refund({
      ...{ key: 'r', bodyText: '', paymentId: paid.id, amount: 1, reason: 'x', staff: '2000' },
      approver: null,
    });
    expect((await counter.payment(paid.id)).review).toBe('reversed-outside');
    counter.later(30);
    counter.script.sweep.push(swept({ refunds: [refundRow('PORTAL-1', 3000)] }));
    await lookIfWanted(counter.world);
    expect(await counter.payment(paid.id)).toMatchObject({
      review: 'refunded-outside',
      reserved: 3000,
    });
  });
});

describe('a gateway whose window shows only what is finished', () => {
  const three = async (): Promise<Payment[]> => {
    counter.script.charge.push(created, created, created);
    return [await counter.take(), await counter.take(), await counter.take()];
  };

  test('is asked by lists of numbers', async () => {
    const ids = (await three()).map(({ id }) => id).sort();
    counter.later(2);
    counter.sent.length = 0;
    counter.script.ask.push(queryPending, queryPaid, queryPending);
    await counter.tick();
    expect(counter.sent).toEqual(['sweep', `list ${ids.join(',')}`]);
    expect(await counter.payment(ids[1] ?? ('' as PaymentId))).toMatchObject({ state: 'paid' });
  });

  test('and is never believed that a whole list does not exist: that is asked singly', async () => {
    const all = await three();
    const none = { source: 'query', says: 'none', by: 'number' } as const;
    const silent = { source: 'query', says: 'unclear', respcd: null, why: 'timeout' } as const;
    counter.script.ask.push(none, none, none, silent, silent, silent);
    counter.later(2);
    await counter.tick();
    expect(counter.sent.filter((it) => it.startsWith('ask'))).toHaveLength(3);
    for (const { id } of all) expect((await counter.payment(id)).witnesses.noneCount).toBe(0);
  });

  test('and singly when it takes no lists, without being offered one again at once', async () => {
    await three();
    counter.script.takesLists = false;
    counter.later(2);
    await counter.tick();
    counter.later(3);
    counter.sent.length = 0;
    counter.script.ask.push(queryPending, query('paid', '0000'), queryPending);
    await counter.tick();
    expect(counter.sent.some((it) => it.startsWith('list'))).toBe(false);
    expect(counter.sent.filter((it) => it.startsWith('ask'))).toHaveLength(3);
  });
});
