/**
 * P8: a million payments as a file, against sqlite3's own way to the same columns; how much memory
 * it takes, and how long a sale waits meanwhile.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { PaymentId, SaleId } from '@/lib/payment';
import { historyStore } from '@/server/answers';
import { exportHistory } from '@/server/reports/export';
import { type OpenedStore, openStore } from '@/server/store';
import { fillWithPayments } from '../../support/many-payments';
import { aPayment } from '../../support/payments';
import { eachPair, type Row, type RowResult } from '../row';
import { folderOnDisk } from '../scratch';
import { median, quantile, ratios } from '../statistics';

const NEWEST_AT = Date.UTC(2026, 10, 26, 12);
const MIB = 1_048_576;
const SALE_EVERY_MS = 50;
const SALES = 60;

const WHO = {
  viewer: { code: '2000', role: 'manager' },
  reader: { language: 'en', timeZone: 'Asia/Hong_Kong', now: NEWEST_AT, fpsRefunds: false },
  currency: 'HKD',
} as const;

const money = (column: string) => `printf('%d.%02d', ${column} / 100, ${column} % 100)`;
const times = (column: string) =>
  `strftime('%Y-%m-%dT%H:%M:%S+08:00', ${column} / 1000 + 28800, 'unixepoch'),
   strftime('%Y-%m-%dT%H:%M:%SZ', ${column} / 1000, 'unixepoch')`;
/** The same columns as ours, as far as SQL can say them. */
const QUERY = `select id, ${times('created_at')}, ${times('paid_at')}, ${money('amount')}, currency,
  ${money('refunded')}, state, state, used_pay_type, coalesce(used_pay_type, pay_type), mode,
  counter, staff, staff, state = 'paid' and confirmed, late, review, qfpay_number, wallet_number,
  sale_id, (select note from sale where sale.id = sale_id), (select group_concat(says, char(10))
  from payment_note where payment_id = payment.id) from payment
  order by created_at desc, id desc;`;

export const exported: Row = {
  id: 'P8',
  what: 'export of 1,000,000 payments',
  yardstick: 'sqlite3 .mode csv with the same columns; memory flat',
  run: async (setting) => {
    const { payments: count } = setting;
    const folder = folderOnDisk('export');
    const file = path.join(folder, 'countertop.db');
    await fillWithPayments(file, { count, newestAt: NEWEST_AT, everyMs: 95_000 });
    setting.say('filled');
    const opened = await openStore({ file });
    const wrong: string[] = [];
    try {
      const pairs = await eachPair(setting, async () => {
        const ours = await write(opened);
        if (ours.lines < count + 1) wrong.push(`${ours.lines} lines of ${count + 1}`);
        const theirs = await sqlite3(file);
        const alone = await waits(opened, null);
        const meanwhile = await waits(opened, await pieces(opened));
        setting.say(
          `${ours.seconds.toFixed(1)} s, sqlite3 ${theirs.seconds.toFixed(1)} s, ` +
            `+${ours.grew.toFixed(0)} MiB, a sale ${meanwhile.toFixed(1)} ms ` +
            `(alone ${alone.toFixed(1)} ms)`,
        );
        return { ours, theirs, alone, meanwhile };
      });
      return resultOf(pairs, { count, wrong });
    } finally {
      opened.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type OnePair = {
  readonly ours: Took & { readonly grew: number };
  readonly theirs: Took;
  /** What a sale took, ms. */
  readonly alone: number;
  readonly meanwhile: number;
};

function resultOf(
  pairs: readonly OnePair[],
  { count, wrong }: { count: number; wrong: readonly string[] },
): RowResult {
  const sides = (of: (took: Took) => number) =>
    pairs.map(({ ours, theirs }) => ({ ours: of(ours), yardstick: of(theirs) }));
  const time = sides(({ seconds }) => seconds);
  const work = sides(({ processor }) => processor);
  return {
    measures: [
      {
        what: 'time of a CSV export',
        formula: 'export ÷ sqlite3',
        values: ratios(time),
        marks: { better: 'lower', goal: 3, beyond: 1.5 },
        pairs: time,
        unit: 's',
      },
      {
        what: 'processor time of a CSV export',
        formula: 'user and system time, export ÷ sqlite3',
        values: ratios(work),
        marks: { better: 'lower', goal: 3, beyond: 1.5 },
        pairs: work,
        unit: 's',
      },
      {
        what: 'memory that it takes',
        formula: 'largest resident set while it runs − before it, MiB',
        values: pairs.map(({ ours }) => ours.grew),
        marks: { better: 'lower', goal: 64, beyond: 32 },
        pairs: [],
        unit: 'MiB',
      },
      {
        what: 'what a sale waits meanwhile (p99)',
        formula: 'p99 of a recorded sale during the export − alone, ms',
        values: pairs.map(({ meanwhile, alone }) => meanwhile - alone),
        marks: null,
        pairs: [],
        unit: 'ms',
      },
    ],
    notes: [
      `${count} payments; both read the file alone`,
      'processor time leaves out how long either waited for a processor that others had',
      `what a sale waits: ${SALES} of them, one every ${SALE_EVERY_MS} ms in the same process, ` +
        'as the counters would; those during an export of their own',
      `alone a sale took ${median(pairs.map(({ alone }) => alone)).toFixed(1)} ms (p99)`,
    ],
    wrong,
  };
}

/** What a sale takes (p99, ms) while nothing else is done, or while a file is written. */
async function waits(
  opened: OpenedStore,
  file: AsyncGenerator<Uint8Array> | null,
): Promise<number> {
  const times: number[] = [];
  const isSelling = () => times.length < SALES;
  const sales = (async () => {
    while (isSelling()) {
      const startedAt = performance.now();
      await new Promise((resolve) => setTimeout(resolve, SALE_EVERY_MS));
      await record(opened);
      times.push(performance.now() - startedAt - SALE_EVERY_MS);
    }
  })();
  while (file !== null && isSelling() && (await file.next()).done !== true);
  await file?.return(undefined);
  await sales;
  return quantile(times, 0.99);
}

async function pieces(opened: OpenedStore): Promise<AsyncGenerator<Uint8Array>> {
  const given = { params: new URLSearchParams(), format: 'csv', shop: 'Bench' } as const;
  const file = await exportHistory(historyStore(opened), given, WHO);
  if ('refused' in file) throw new Error('the export was refused');
  return file.pieces;
}

/** Seconds by the clock, and seconds of a processor. */
type Took = { readonly seconds: number; readonly processor: number };

async function write(opened: OpenedStore): Promise<Took & { lines: number; grew: number }> {
  const used = process.cpuUsage();
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  let most = before;
  let lines = 0;
  for await (const piece of await pieces(opened)) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(used);
  const processor = (user + system) / 1_000_000;
  return { seconds, processor, lines, grew: (most - before) / MIB };
}

let recorded = 0;
async function record(opened: OpenedStore): Promise<void> {
  recorded += 1;
  const number = String(recorded).padStart(12, '0');
  const saleId = `01BENCH${number}` as SaleId;
  const payment = aPayment({ id: `B8${number}` as PaymentId, saleId, state: 'paid' });
  const { amount, currency, counter, staff, createdAt } = payment;
  await opened.store.transaction(async (records) => {
    const sale = { id: saleId, amount, currency, note: null, counter, staff, createdAt };
    await records.insertSale(sale);
    await records.insertPayment(payment, null);
  });
}

/** How sqlite3 tells what a statement took, after everything else. */
const TIMER = /Run Time: real ([\d.]+) user ([\d.]+) sys ([\d.]+)\s*$/;
const LONGEST_TIMER = 200;

/** What sqlite3 takes, its output read and thrown away. Rejects where there is none. */
function sqlite3(file: string): Promise<Took> {
  return new Promise((resolve, reject) => {
    const child = spawn('sqlite3', ['-readonly', '-csv', '-cmd', '.timer on', file]);
    // What is given as an argument has no timer.
    child.stdin.end(QUERY);
    let end = '';
    child.stdout.on('data', (data: Buffer) => {
      end = (end + data.subarray(-LONGEST_TIMER).toString('latin1')).slice(-LONGEST_TIMER);
    });
    child.on('error', () => reject(new RangeError('no sqlite3 on the PATH to compare with')));
    child.on('close', (code) => {
      const [, real, user, sys] = TIMER.exec(end) ?? [];
      if (code === 0 && real !== undefined) {
        resolve({ seconds: Number(real), processor: Number(user) + Number(sys) });
      } else reject(new RangeError(`sqlite3 ended with ${code}`));
    });
  });
}
