/**
 * P7: the report of a day in a shop of a million payments, against the same day in a shop of a
 * thousand. Both shops sold the same in the last ten days, so only their age differs. The sums are
 * checked against the arithmetic by which the shops were filled.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayAfter, startOfBusinessDay } from '@/lib/business-day';
import { report } from '@/server/reports/takings';
import { type OpenedStore, openStore } from '@/server/store';
import { amountOf, fillWithPayments, MANY } from '../../support/many-payments';
import { eachPair, type Row } from '../row';
import { emptyFolder } from '../scratch';
import { median } from '../statistics';

const RULE = { zone: 'Asia/Hong_Kong', endsAt: 240 } as const;
const TODAY = '2026-11-20';
/** Ninety-six a day: a thousand payments are ten days. */
const EVERY_MS = 900_000;
/** Paid so long after it was begun; said by many-payments. */
const PAID_AFTER_MS = 5_000;
const NEWEST_AT = startOfBusinessDay(TODAY, RULE) + EVERY_MS / 2;
const SMALL = 1_000;
const REPORTS = 30;
const DAYS = ['2026-11-17', '2026-11-18', '2026-11-19'] as const;

export const dayReport: Row = {
  id: 'P7',
  what: 'day report with 1,000,000 payments',
  yardstick: 'the same day with 1,000',
  run: async (setting) => {
    const { payments } = setting;
    const folder = emptyFolder('report');
    const wrong: string[] = [];
    const [small, large] = [join(folder, 'small.db'), join(folder, 'large.db')];
    await fillWithPayments(small, { count: SMALL, newestAt: NEWEST_AT, everyMs: EVERY_MS });
    await fillWithPayments(large, { count: payments, newestAt: NEWEST_AT, everyMs: EVERY_MS });
    setting.say(`filled with ${SMALL} and ${payments} payments`);
    const shops = {
      small: await openStore({ file: small }),
      large: await openStore({ file: large }),
    };
    try {
      for (const day of DAYS) {
        for (const [name, count] of [
          ['small', SMALL],
          ['large', payments],
        ] as const) {
          const found = await oneReport(shops[name], day);
          const sums = sumsOf(day, count);
          if (found.count !== sums.count || found.amount !== sums.amount) {
            wrong.push(`${name} ${day}: ${found.count} of ${found.amount}, not ${sums.amount}`);
          }
        }
      }
      const pairs = await eachPair(setting, async () => {
        const yardstick = await timeOf(shops.small);
        return { yardstick, ours: await timeOf(shops.large) };
      });
      const measures = [
        {
          what: `day report with ${payments} payments`,
          formula: 'median time of a report ÷ the same in a shop of 1,000',
          values: pairs.map(({ ours, yardstick }) => ours / yardstick),
          marks: { better: 'lower', goal: 1.5, beyond: 1.1 },
          pairs,
          unit: 'ms',
        },
      ] as const;
      const notes = [
        `in this process, without HTTP: ${REPORTS} reports of three days, each with the day of ` +
          `the week before; ${86_400_000 / EVERY_MS} payments a day in both shops`,
      ];
      return { measures, notes, wrong };
    } finally {
      shops.small.close();
      shops.large.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function oneReport({ reports }: OpenedStore, day: string) {
  const now = startOfBusinessDay(dayAfter(TODAY), RULE);
  const given = { rule: RULE, currency: 'HKD', now, breathe: async () => {} } as const;
  return (await report(reports, { from: day, to: day }, given)).takings;
}

async function timeOf(shop: OpenedStore): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < REPORTS; n += 1) {
    const from = performance.now();
    await oneReport(shop, DAYS[n % DAYS.length] ?? DAYS[0]);
    times.push(performance.now() - from);
  }
  return median(times);
}

/** By the arithmetic of many-payments, without the room of reports. */
function sumsOf(day: string, count: number): { count: number; amount: number } {
  const [from, to] = [day, dayAfter(day)].map((it) => startOfBusinessDay(it, RULE));
  const sums = { count: 0, amount: 0 };
  for (let n = Math.max(0, count - SMALL); n < count; n += 1) {
    const paidAt = NEWEST_AT - (count - 1 - n) * EVERY_MS + PAID_AFTER_MS;
    const isPaid = n % MANY.failed !== MANY.failed - 1 && n % MANY.closed !== MANY.closed - 1;
    if (!isPaid || paidAt < (from ?? 0) || paidAt >= (to ?? 0)) continue;
    sums.count += 1;
    sums.amount += amountOf(n);
  }
  return sums;
}
