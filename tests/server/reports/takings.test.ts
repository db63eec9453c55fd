/** Days and ranges over the real store, against sums made by hand and against the list itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startOfBusinessDay } from '@/lib/business-day';
import type { Report } from '@/lib/contract-report';
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { type ReportSetting, readDay, readRange, report } from '@/server/reports/takings';
import { openStore } from '@/server/store';
import { aPayment, aRefund } from '../store/records';

const at = (text: string) => Date.parse(`${text}${text.includes('T') ? '' : 'T00:00:00'}+08:00`);

async function aShop() {
  const folder = mkdtempSync(join(tmpdir(), 'countertop-reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const opened = await openStore({ file: join(folder, 'till.db'), now: () => at('2026-03-05') });
  onTestFinished(() => opened.close());
  let n = 0;
  /** Begun at one time and paid at another; null: it failed. Answers its number in the test. */
  const sell = async (paidAt: string | null, more: Partial<Payment> = {}): Promise<number> => {
    n += 1;
    const paid = paidAt === null ? null : at(paidAt);
    const payment = aPayment(n, {
      state: paid === null ? 'failed' : 'paid',
      paidAt: paid,
      createdAt: (paid ?? at('2026-03-01T12:00:00')) - 5_000,
      payType: '801501',
      ...more,
    });
    await opened.store.transaction(async (records) => {
      const { saleId: id, amount, currency, counter, staff, createdAt } = payment;
      await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
      expect(await records.insertPayment(payment, null)).toBe(true);
    });
    return n;
  };
  const giveBack = (of: number, doneAt: string | null, more: Partial<Refund>) =>
    opened.store.transaction(async (records) => {
      n += 1;
      const state = doneAt === null ? 'processing' : 'done';
      const refund = aRefund(n, { state, doneAt: doneAt === null ? null : at(doneAt), ...more });
      expect(await records.insertRefund({ ...refund, paymentId: aPayment(of).id })).toBe(true);
    });
  const ask = (from: string, to: string, { endsAt = 0, now = at('2026-03-10') } = {}) =>
    report(
      opened.reports,
      { from, to },
      {
        rule: { zone: 'Asia/Hong_Kong', endsAt },
        ...{ currency: 'HKD', now, breathe: async () => {} },
      },
    );
  return { opened, sell, giveBack, ask };
}

describe('a small shop over a midnight and a month end', () => {
  /** 28 February 2026 is a Saturday and the last of its month. */
  async function overMidnight() {
    const shop = await aShop();
    const back = { counter: 'Back', staff: '3001', outlet: 'M2' };
    const one = await shop.sell('2026-02-28T21:15:00', { amount: 10_000, outlet: 'M1' });
    await shop.sell('2026-02-28T23:59:59', { amount: 2_550, payType: '800201', ...back });
    // Begun before midnight, paid after it: it is the next day's.
    await shop.sell('2026-03-01T00:00:00', { amount: 700, createdAt: at('2026-02-28T23:59:01') });
    await shop.sell('2026-03-01T03:59:59', { amount: 4_001, ...back, payType: '800008' });
    await shop.sell('2026-03-01T04:00:00', { amount: 5_000 });
    await shop.sell(null, { amount: 9_900, createdAt: at('2026-02-28T22:00:00') });
    // Half of the first goes back the next morning, by a manager.
    await shop.giveBack(one, '2026-03-01T10:30:00', { amount: 5_000, staff: '2000' });
    await shop.giveBack(one, null, { amount: 100 });
    // A week before the 28th, and one that is not a week before anything.
    await shop.sell('2026-02-21T12:00:00', { amount: 8_000 });
    await shop.sell('2026-02-20T12:00:00', { amount: 1 });
    return shop;
  }

  test('counts each day from midnight', async () => {
    const { ask } = await overMidnight();
    const saturday = await ask('2026-02-28', '2026-02-28');
    expect(saturday.takings).toEqual({
      ...{ count: 2, amount: 12_550, average: 6_275, refundCount: 0, refundAmount: 0, net: 12_550 },
    });
    const sunday = await ask('2026-03-01', '2026-03-01');
    expect(sunday.takings).toEqual({
      ...{ count: 3, amount: 9_701, average: 3_234, refundCount: 1, refundAmount: 5_000 },
      net: 4_701,
    });
    // 5,000 of 9,701 is 51.54 %.
    expect(sunday.refundRate).toBe(5_154);
    expect(saturday.refundRate).toBe(0);
    expect(saturday.before).toMatchObject({ from: '2026-02-21', takings: { amount: 8_000 } });
    expect(saturday).toMatchObject({
      ...{ beginsAt: '2026-02-28T00:00:00+08:00', endsAt: '2026-03-01T00:00:00+08:00' },
      isOver: true,
    });
  });

  test('counts to four in the morning where the shop closes then', async () => {
    const { ask } = await overMidnight();
    const saturday = await ask('2026-02-28', '2026-02-28', { endsAt: 240 });
    expect(saturday.takings).toMatchObject({ count: 4, amount: 17_251, refundCount: 0 });
    expect(saturday.beginsAt).toBe('2026-02-28T04:00:00+08:00');
    expect(saturday.hours.map(({ hour }) => hour).slice(0, 2)).toEqual(['04', '05']);
    expect(some(saturday.hours)).toEqual([
      { hour: '21', amount: 10_000 },
      { hour: '23', amount: 2_550 },
      { hour: '00', amount: 700 },
      { hour: '03', amount: 4_001 },
    ]);
    const sunday = await ask('2026-03-01', '2026-03-01', { endsAt: 240 });
    expect(sunday.takings).toMatchObject({ count: 1, amount: 5_000, net: 0 });
  });

  test('divides by wallet, counter, staff and outlet, each adding up to the whole', async () => {
    const { ask } = await overMidnight();
    const both = await ask('2026-02-28', '2026-03-01');
    const short = ({ amount, refundAmount }: Report['takings']) => [amount, refundAmount];
    expect(both.wallets.map((it) => [it.wallet, ...short(it)])).toEqual([
      ['alipay', 15_700, 5_000],
      ['800008', 4_001, 0],
      ['wechat', 2_550, 0],
    ]);
    expect(both.counters.map((it) => [it.counter, ...short(it)])).toEqual([
      ['Front', 15_700, 5_000],
      ['Back', 6_551, 0],
    ]);
    expect(both.staff.map((it) => [it.staff, ...short(it)])).toEqual([
      ['3000', 15_700, 0],
      ['3001', 6_551, 0],
      ['2000', 0, 5_000],
    ]);
    expect(both.outlets.map((it) => [it.outlet, it.amount])).toEqual([
      ['M1', 10_000],
      ['M2', 6_551],
      [null, 5_700],
    ]);
    expect(both.days.map((it) => [it.day, it.net])).toEqual([
      ['2026-02-28', 12_550],
      ['2026-03-01', 4_701],
    ]);
    for (const lines of [both.wallets, both.hours, both.days, both.counters, both.staff]) {
      expect(lines.reduce((sum, it) => sum + it.net, 0)).toBe(both.takings.net);
    }
    // Two days of a week earlier: the 21st and the 22nd.
    expect(both.before).toMatchObject({ from: '2026-02-21', to: '2026-02-22' });
    expect(both.before.takings).toMatchObject({ count: 1, amount: 8_000 });
  });

  test('says how many of what was begun were paid, and how long that took', async () => {
    const { ask } = await overMidnight();
    const saturday = await ask('2026-02-28', '2026-02-28');
    // Begun on the 28th: three that were paid, one of them after midnight, and one that failed.
    expect(saturday.outcome).toMatchObject({ ended: 4, paid: 3 });
    const [alipay] = saturday.wallets;
    expect(alipay).toMatchObject({ wallet: 'alipay', ended: 3, paid: 2, medianSeconds: 5 });
    // Paid on the 1st: after 59, 5 and 5 seconds.
    expect((await ask('2026-03-01', '2026-03-01')).outcome.medianSeconds).toBe(5);
    expect((await ask('2026-03-02', '2026-03-02')).outcome).toEqual({
      ...{ ended: 0, paid: 0, medianSeconds: null },
    });
  });

  test('compares a day that still runs with the same hours of the week before', async () => {
    const { ask } = await overMidnight();
    const early = await ask('2026-02-28', '2026-02-28', { now: at('2026-02-28T11:59:59') });
    expect(early).toMatchObject({ isOver: false, before: { takings: { amount: 0 } } });
    expect(early.before.until).toBe('2026-02-21T11:59:59+08:00');
    const later = await ask('2026-02-28', '2026-02-28', { now: at('2026-02-28T12:00:01') });
    expect(later.before.takings.amount).toBe(8_000);
  });
});

test('late money counts on the day on which the customer paid, as in the list', async () => {
  const { sell, ask } = await aShop();
  await sell('2026-02-28T23:00:00', { amount: 3_300, late: true });
  expect((await ask('2026-02-28', '2026-02-28')).takings.amount).toBe(3_300);
  expect((await ask('2026-03-01', '2026-03-01')).takings.amount).toBe(0);
});

test('an hour begins where the clock says, also when the day begins at half past', async () => {
  const { sell, ask } = await aShop();
  await sell('2026-02-28T04:30:00', { amount: 1 });
  await sell('2026-02-28T05:00:00', { amount: 20 });
  await sell('2026-03-01T04:29:59', { amount: 300 });
  const day = await ask('2026-02-28', '2026-02-28', { endsAt: 270 });
  expect(some(day.hours)).toEqual([
    { hour: '04', amount: 301 },
    { hour: '05', amount: 20 },
  ]);
});

test('money of another currency is named apart', async () => {
  const { sell, ask } = await aShop();
  await sell('2026-02-28T12:00:00', { amount: 50 });
  await sell('2026-02-28T12:00:00', { amount: 60, currency: 'CNY' });
  const day = await ask('2026-02-28', '2026-02-28');
  expect(day.takings.amount).toBe(50);
  expect(day.others).toMatchObject([{ currency: 'CNY', amount: 60, net: 60 }]);
});

const some = (hours: Report['hours']) =>
  hours.filter(({ count }) => count > 0).map(({ hour, amount }) => ({ hour, amount }));

describe('what is asked for', () => {
  const setting: ReportSetting = {
    rule: { zone: 'Asia/Hong_Kong', endsAt: 240 },
    ...{ currency: 'HKD', now: at('2026-03-01T03:00:00'), breathe: async () => {} },
  };

  test('is today where no day is named, and refused by name where it is none', () => {
    expect(readDay(null, setting)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
    expect(readDay('2026-02-29', setting)).toEqual({ refused: 'invalid', fields: ['date'] });
    expect(readRange('2026-02-01', '2026-02-30')).toMatchObject({ fields: ['to'] });
    expect(readRange(null, null)).toMatchObject({ fields: ['from', 'to'] });
    expect(readRange('2026-03-02', '2026-03-01')).toMatchObject({ fields: ['to'] });
    expect(readRange('2026-01-01', '2026-12-31')).toMatchObject({ to: '2026-12-31' });
    expect(readRange('2025-12-30', '2026-12-31')).toMatchObject({ fields: ['to'] });
  });
});

test('whatever was sold and given back, the totals are those of the list', async () => {
  const sale = fc.record({
    hour: fc.integer({ min: 0, max: 95 }),
    amount: fc.integer({ min: 1, max: 999_999_999 }),
    payType: fc.constantFrom('801501', '800201', '800008', '123456'),
    isPaid: fc.boolean(),
    back: fc.option(fc.record({ after: fc.integer({ min: 0, max: 48 }), part: fc.nat(100) })),
  });
  const many = fc.array(sale, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(many, fc.constantFrom(0, 240, 725), async (sales, endsAt) => {
      const { opened, sell, giveBack, ask } = await aShop();
      const start = at('2026-02-27T00:00:00');
      const time = (hours: number) =>
        new Date(start + hours * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 19);
      for (const { hour, amount, payType, isPaid, back } of sales) {
        const n = await sell(isPaid ? time(hour) : null, { amount, payType });
        if (isPaid && back !== null) {
          const part = 1 + Math.trunc(((amount - 1) / 100) * back.part);
          await giveBack(n, time(hour + back.after), { amount: part });
        }
      }
      const { payments } = await opened.reads.page({ limit: 200 });
      const refunds = (
        await Promise.all(payments.map((it) => opened.reads.refundsOf(it.id)))
      ).flat();
      const rule = { zone: 'Asia/Hong_Kong', endsAt };
      const days = [26, 27, 28].map((day) => `2026-02-${day}`);
      for (const day of [1, 2, 3, 4]) days.push(`2026-03-0${day}`);
      let net = 0;
      for (const [n, day] of days.entries()) {
        const [from, to] = [day, days[n + 1] ?? '2026-03-05'].map((it) =>
          startOfBusinessDay(it, rule),
        );
        const isWithin = (moment: number | null) =>
          moment !== null && moment >= (from ?? 0) && moment < (to ?? 0);
        const paid = payments.filter((it) => it.state === 'paid' && isWithin(it.paidAt));
        const done = refunds.filter((it) => it.state === 'done' && isWithin(it.doneAt));
        const { takings } = await ask(day, day, { endsAt });
        expect(takings).toMatchObject({
          ...{ count: paid.length, amount: sum(paid) },
          ...{ refundCount: done.length, refundAmount: sum(done), net: sum(paid) - sum(done) },
        });
        net += takings.net;
      }
      expect((await ask('2026-02-26', '2026-03-04', { endsAt })).takings.net).toBe(net);
      expect(net).toBe(sum(payments.filter(({ state }) => state === 'paid')) - sum(refunds));
    }),
    { numRuns: 25 },
  );
});

const sum = (all: readonly { readonly amount: number }[]): number =>
  all.reduce((total, { amount }) => total + amount, 0);
