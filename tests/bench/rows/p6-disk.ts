/**
 * P6 (L6, L7): how many durable commits a scanned sale takes, and how near the shop comes to what
 * the disk allows. The rooms of payments, QFPay and store run in this process on the project's disk
 * and the gateway answers at once and without limits: only disk and our own work remain.
 */
import { rmSync } from 'node:fs';
import { sqliteEngine } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import { MACHINE_CLOCK } from '../machine-clock';
import { createRandom } from '../random';
import { figure } from '../report';
import { eachPair, type Row } from '../row';
import { folderOnDisk } from '../scratch';
import { median } from '../statistics';
import { compareBooks } from '../virtual/books';
import { createVirtualGateway, type VirtualGateway } from '../virtual/gateway';
import { createLoop } from '../virtual/loop';
import { clockOf } from '../virtual/ours';
import { FREE, sell, sellFor } from '../virtual/scans';
import { openShop, type Shop } from '../virtual/shop';
import { countCommits } from '../wal';

const COUNTED_SALES = 40;
const RAW_MS = 700;
const SALES_MS = 2_000;
const ALLOWED = 400 / 60;
export const disk: Row = {
  id: 'P6',
  what: 'durable commits per CPM sale (L6); sales/s against the disk (L7)',
  yardstick: 'raw commits/s of the same database with full sync',
  run: async (setting) => {
    const wrong: string[] = [];
    const pairs = await eachPair(setting, async (pair) => {
      const commits = await commitsPerSale(pair, wrong);
      const speed = await speeds(pair, wrong);
      const ceiling = speed.raw / commits.free;
      setting.say(
        `  ${commits.shared} commits/sale (${commits.free} without the allowance's row), ` +
          `${speed.sales.toFixed(0)} sales/s, ${speed.raw.toFixed(0)} raw commits/s`,
      );
      return { commits, ceiling, ...speed };
    });
    const measures = [
      {
        what: 'durable commits per CPM sale',
        formula: 'commit frames in the write-ahead log ÷ sales, one every six seconds',
        values: pairs.map(({ commits }) => commits.shared),
        marks: { better: 'lower', goal: 4, beyond: 3 },
        pairs: pairs.map(({ commits }) => ({ ours: commits.shared, yardstick: commits.free })),
        unit: 'commits/sale (yardstick: the same without the shared allowance)',
      },
      {
        what: 'sales per second ÷ what the disk allows',
        formula: 'sales/s ÷ (raw commits/s ÷ commits per sale)',
        values: pairs.map(({ sales, ceiling }) => sales / ceiling),
        marks: { better: 'higher', goal: 0.6, beyond: 0.85 },
        pairs: pairs.map(({ sales, ceiling }) => ({ ours: sales, yardstick: ceiling })),
        unit: 'sales/s',
      },
      {
        what: 'sales per second ÷ what QFPay allows (L8)',
        formula: 'sales/s ÷ (400 calls/min, one per scanned sale)',
        values: pairs.map(({ sales }) => sales / ALLOWED),
        marks: { better: 'higher', goal: 5, beyond: 10 },
        pairs: pairs.map(({ sales }) => ({ ours: sales, yardstick: ALLOWED })),
        unit: 'sales/s',
      },
    ] as const;
    const notes = [
      `counted with the real allowance and without the watch; the speed with four counters ` +
        `at once, the gateway in this process answering at once, and no allowance (it would end ` +
        `at 6/s); commits per sale of the ceiling are those without the allowance`,
      `raw: one small row per commit, WAL and synchronous=FULL as the store sets them, ` +
        `${RAW_MS} ms before and after each ${SALES_MS} ms of sales; one took ` +
        `${figure(1_000 / median(pairs.map(({ raw }) => raw)))} ms. The cheaper a sync, the more ` +
        `the second figure is about the processor: one sale took ` +
        `${figure(1_000 / median(pairs.map(({ sales }) => sales)))} ms in all`,
    ];
    return { measures, notes, wrong };
  },
};

async function commitsPerSale(pair: number, wrong: string[]) {
  const count = async (budget: typeof FREE | null): Promise<number> => {
    const loop = createLoop(Date.UTC(2026, 10, 14, 2));
    const gateway = createVirtualGateway({ loop, random: createRandom(pair, 'gateway') });
    const shop = await openShop({
      clock: clockOf(loop),
      transport: { send: gateway.send },
      account: gateway.account,
      random: createRandom(pair, 'ours'),
      ...(budget === null ? {} : { budget }),
    });
    const counter = await countCommits(shop.file);
    for (let sale = 1; sale <= COUNTED_SALES; sale += 1) {
      const sold = sell(shop, sale);
      await loop.runUntil(loop.now() + 6_000);
      if (!(await sold)) wrong.push(`pair ${pair}: sale ${sale} was not paid`);
    }
    const commits = counter.count();
    counter.close();
    wrong.push(...(await compareBooks(gateway, shop)).wrong);
    shop.remove();
    return commits / COUNTED_SALES;
  };
  return { shared: await count(null), free: await count(FREE) };
}

async function speeds(pair: number, wrong: string[]): Promise<{ raw: number; sales: number }> {
  const folder = folderOnDisk('disk');
  // A gateway that takes no time, on the machine's own clock.
  const loop = { ...createLoop(0), now: Date.now, sleep: async () => {} };
  const settings = { rateLimits: false };
  const random = createRandom(pair, 'gateway');
  const gateway = createVirtualGateway({ loop, random, settings });
  const shop = await openShop({
    folder,
    clock: MACHINE_CLOCK,
    transport: { send: gateway.send },
    account: gateway.account,
    random,
    budget: FREE,
  });
  try {
    const before = await rawCommits(folder);
    const { perSecond: sales } = await sellFor(SALES_MS, shop, { wrong });
    const after = await rawCommits(folder);
    wrong.push(...(await booksOf(gateway, shop)));
    return { raw: (before + after) / 2, sales };
  } finally {
    shop.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const booksOf = async (gateway: VirtualGateway, shop: Shop): Promise<readonly string[]> =>
  (await compareBooks(gateway, shop)).wrong;

/** Commits a second of one small row each. */
async function rawCommits(folder: string): Promise<number> {
  const { DatabaseSync } = await sqliteEngine();
  const database = new DatabaseSync(`${folder}/raw.db`);
  setUpWriter(database);
  database.exec('create table if not exists it (id integer primary key, at integer) strict');
  const insert = database.prepare('insert into it (at) values (?)');
  const startAt = performance.now();
  let commits = 0;
  while (performance.now() - startAt < RAW_MS) {
    insert.run(commits);
    commits += 1;
  }
  const perSecond = (commits * 1_000) / (performance.now() - startAt);
  database.close();
  return perSecond;
}
