/**
 * P15 (L17): sales a second of three processes on one PostgreSQL against one process on SQLite,
 * both with full sync on this machine's disk. The rooms of payments, QFPay and store run in each
 * process, and the gateway answers at once: only database, processor and our own work remain.
 */
import { rmSync } from 'node:fs';
import pg from 'pg';
import { openPostgres, openStore } from '@/server/store';
import { postgresBinaries } from '../../support/postgres/binaries';
import { startPostgres } from '../../support/postgres/server';
import { cleanEnvironment, startNode, until } from '../../support/processes';
import { eachPair, type Row, type RowResult } from '../row';
import { folderOnDisk } from '../scratch';
import { paidHere } from '../virtual/books';

const SERVERS = ['one', 'two', 'three'];
const SALES_MS = 4_000;
const PATIENCE_MS = 60_000;

type Sold = { readonly sold: number; readonly perSecond: number; readonly wrong: string[] };
type Speed = { readonly perSecond: number; readonly wrong: readonly string[] };

export const servers: Row = {
  id: 'P15',
  what: 'three servers on PostgreSQL against one on SQLite, sales/s (L17)',
  yardstick: 'one on SQLite',
  run: async (setting) => {
    const binaries = postgresBinaries();
    if ('missing' in binaries) throw new RangeError(binaries.missing);
    const postgres = await startPostgres(binaries.folder, { durable: true });
    try {
      const found = await eachPair(setting, async (pair) => {
        const ours = await onPostgres(postgres.url, `bench_${pair}`);
        const yardstick = await onSqlite();
        const [three, one] = [ours.perSecond, yardstick.perSecond].map((it) => it.toFixed(0));
        setting.say(`  ${three} sales/s on PostgreSQL, ${one} on SQLite`);
        return { ours, yardstick };
      });
      return resultOf(found);
    } finally {
      await postgres.stop();
    }
  },
};

function resultOf(found: readonly { ours: Speed; yardstick: Speed }[]): RowResult {
  const pairs = found.map(({ ours, yardstick }) => ({
    ours: ours.perSecond,
    yardstick: yardstick.perSecond,
  }));
  const measure = {
    what: 'sales/s of three on PostgreSQL ÷ one on SQLite',
    formula: `sum of the processes over ${SALES_MS / 1_000} s, four counters at each`,
    values: pairs.map(({ ours, yardstick }) => ours / yardstick),
    marks: { better: 'higher', goal: 1, beyond: 2 },
    pairs,
    unit: 'sales/s',
  } as const;
  const notes = [
    'three processes, their PostgreSQL and what each of its backends syncs share two cores with ' +
      'nobody; the one on SQLite has them to itself; no allowance, which would end both at 6/s',
  ];
  return {
    measures: [measure],
    notes,
    wrong: found.flatMap(({ ours, yardstick }) => [...ours.wrong, ...yardstick.wrong]),
  };
}

async function onPostgres(url: (name: string) => string, name: string): Promise<Speed> {
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  try {
    const place = url(name);
    const first = await openPostgres({ url: place, name });
    try {
      return judged(await sellAt(place, SERVERS), await paidIn(first));
    } finally {
      await first.close();
    }
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

async function onSqlite(): Promise<Speed> {
  const folder = folderOnDisk('servers');
  const file = `${folder}/countertop.db`;
  try {
    const sold = await sellAt(file, SERVERS.slice(0, 1));
    const opened = await openStore({ file });
    const paid = await paidIn(opened);
    opened.close();
    return judged(sold, paid);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const paidIn = ({ store }: Pick<Awaited<ReturnType<typeof openStore>>, 'store'>) =>
  paidHere({ world: { store } });

function judged(all: readonly Sold[], paid: number): Speed {
  const sold = all.reduce((sum, one) => sum + one.sold, 0);
  const wrong = all.flatMap((one) => one.wrong);
  if (sold !== paid) wrong.push(`${sold} were sold and ${paid} are paid in the records`);
  return { perSecond: all.reduce((sum, one) => sum + one.perSecond, 0), wrong };
}

/** All of them go at the same moment. */
async function sellAt(place: string, names: readonly string[]): Promise<Sold[]> {
  const programs = names.map((name) => {
    const args = ['--import', 'tsx', 'tests/bench/seller.ts', place, name, String(SALES_MS)];
    return startNode(args, cleanEnvironment());
  });
  const said = (what: RegExp) => () => programs.every((program) => what.test(program.output()));
  try {
    await until(said(/^READY$/m), { programs, withinMs: PATIENCE_MS });
    for (const program of programs) program.type('go\n');
    await until(said(/^SOLD .*\n/m), { withinMs: PATIENCE_MS });
    return programs.map(
      (program) => JSON.parse(/^SOLD (.*)$/m.exec(program.output())?.[1] ?? '') as Sold,
    );
  } finally {
    await Promise.all(programs.map((program) => program.end('SIGKILL')));
  }
}
