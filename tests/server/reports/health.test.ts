/** The wallets' health over the real store: what is counted, and how rarely it is counted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { createHealth } from '@/server/reports/health';
import type { HealthStore } from '@/server/reports/ports';
import { openStore } from '@/server/store';
import { aPayment, NOON } from '../store/records';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function aShop() {
  const folder = mkdtempSync(join(tmpdir(), 'countertop-health-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const opened = await openStore({ file: join(folder, 'till.db') });
  onTestFinished(() => opened.close());
  let n = 0;
  const sell = async (minutesAgo: number, seconds: number | null, more: Partial<Payment> = {}) => {
    n += 1;
    const createdAt = NOON - minutesAgo * MINUTE;
    const paidAt = seconds === null ? null : createdAt + seconds * 1_000;
    const state = seconds === null ? 'failed' : 'paid';
    const payment = aPayment(n, { createdAt, paidAt, state, ...more });
    await opened.store.transaction(async (records) => {
      const { saleId: id, amount, currency, counter, staff } = payment;
      await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
      expect(await records.insertPayment(payment, null)).toBe(true);
    });
  };
  return { sell, reports: opened.reports };
}

const counting = (store: HealthStore) => {
  const asked = { tries: 0, day: 0 };
  const counted: HealthStore = {
    tries: (span, limit) => {
      asked.tries += 1;
      return store.tries(span, limit);
    },
    waits: (span) => {
      asked.day += 1;
      return store.waits(span);
    },
    lastGood: (span) => store.lastGood(span),
  };
  return { counted, asked };
};

test('counts the last hour beside the day before, by wallet', async () => {
  const { sell, reports } = await aShop();
  await sell(10, 9);
  await sell(20, null, { failure: { code: 'refused', respcd: '1205' } });
  await sell(90, 4);
  await sell(25 * 60 + 30, 50);
  await sell(5 * 60, 7, { payType: '800101' });
  const { at, wallets } = await createHealth(reports, () => NOON)();
  expect(at).toBe(NOON);
  const of = (name: string) => wallets.find(({ wallet }) => wallet === name);
  expect(of('wechat')).toEqual({
    ...{ wallet: 'wechat', health: 'well', ended: 2, paid: 1, medianSeconds: 9 },
    ...{ usualSeconds: 4, lastPaidAt: NOON - 10 * MINUTE + 9_000 },
  });
  expect(of('alipay')).toMatchObject({
    ...{ health: 'unseen', ended: 0, usualSeconds: 7 },
    lastPaidAt: NOON - 5 * HOUR + 7_000,
  });
});

test('many tills are one question in five seconds, and one look at the day in five minutes', async () => {
  const { sell, reports } = await aShop();
  await sell(10, 9);
  let now = NOON;
  const { counted, asked } = counting(reports);
  const health = createHealth(counted, () => now);
  await Promise.all(Array.from({ length: 50 }, health));
  expect(asked).toEqual({ tries: 1, day: 1 });
  now += 5_000;
  await health();
  expect(asked).toEqual({ tries: 2, day: 1 });
  now += 300_000;
  await health();
  expect(asked).toEqual({ tries: 3, day: 2 });
});

test('a question that failed is asked anew', async () => {
  const { reports } = await aShop();
  let broken = true;
  const health = createHealth(
    {
      ...reports,
      tries: (span, limit) =>
        broken ? Promise.reject(new Error('the disk is away')) : reports.tries(span, limit),
    },
    () => NOON,
  );
  await expect(health()).rejects.toThrow('the disk is away');
  broken = false;
  expect((await health()).wallets).toHaveLength(6);
});
