/**
 * P16 (L15): what a server keeps of a hundred thousand sales. The built server sells them through
 * its door while tablets listen; thirty seconds pass in the shop while one passes outside, so that
 * QFPay's allowance does not make hours of it. After every tenth all garbage is collected.
 */
import { rmSync, statSync } from 'node:fs';
import type { Stack } from '../../support/stack';
import { jarsOfAll } from '../../support/staff-client';
import { askable, heldMiB, type Memory, memoryOf } from '../../support/vitals';
import { oddClock } from '../../support/wrong-clock';
import { startBuiltStack } from '../real-stack';
import { figure } from '../report';
import type { Row, RowResult, RowSetting } from '../row';
import { folderOnDisk } from '../scratch';
import { openTablet, type Tablet } from '../soak/tablet';

const RATE = 30;
const TENTHS = 10;
/** Nothing of them counts: what fills once is full by then. */
const FIRST = 2;
const TABLETS = 10;
const AT_ONCE = 6;
const KB = 1_024;
const MOST_LOG = 16;

type Sample = { readonly sales: number; readonly memory: Memory; readonly logMiB: number };

export const growth: Row = {
  id: 'P16',
  what: 'memory growth over 100,000 sales (L15)',
  yardstick: 'a server that keeps nothing',
  run: async (setting) => {
    const folder = folderOnDisk('growth');
    const clock = oddClock(folder, RATE, 0);
    const file = `${folder}/memory.json`;
    const memory = askable(file);
    const NODE_OPTIONS = `${clock.env.NODE_OPTIONS} ${memory.NODE_OPTIONS}`;
    const env = { ...clock.env, ...memory, NODE_OPTIONS };
    const stack = await startBuiltStack(setting.say, { env });
    try {
      await stack.control('clock', { now: clock.now(), speed: RATE });
      await stack.control('config', { rateLimits: false });
      return await measure(stack, setting, file);
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(stack: Stack, setting: RowSetting, file: string): Promise<RowResult> {
  const tenth = Math.round(setting.payments / 100);
  const samples: Sample[] = [];
  const wrong: string[] = [];
  const startAt = performance.now();
  for (let part = 1; part <= TENTHS; part += 1) {
    // In a fast shop nobody stays signed in for long.
    const tablets = await openTablets(stack);
    await sell(tablets, { from: (part - 1) * tenth, count: tenth, wrong });
    await Promise.all(tablets.map((tablet) => tablet.close()));
    const memory = await memoryOf(stack.app(), file);
    const logMiB = statSync(`${stack.databaseFile}-wal`).size / KB / KB;
    samples.push({ sales: part * tenth, memory, logMiB });
    const held = figure(heldMiB(memory));
    setting.say(`  ${part * tenth} sales: ${held} MiB, log ${figure(logMiB)} MiB`);
  }
  const perSecond = (TENTHS * tenth * 1_000) / (performance.now() - startAt);
  return resultOf(samples, { perSecond, wrong });
}

async function openTablets({ till }: Stack): Promise<Tablet[]> {
  const jars = await jarsOfAll(till);
  const near = () => 0;
  return Array.from({ length: TABLETS }, (_, n) =>
    openTablet({ cookie: jars[n % jars.length] ?? '', tills: [till], near }),
  );
}

type Selling = { readonly from: number; readonly count: number; readonly wrong: string[] };

async function sell(tablets: readonly Tablet[], { from, count, wrong }: Selling): Promise<void> {
  let next = from;
  const counter = async (): Promise<void> => {
    while (next < from + count) {
      next += 1;
      const sale = next;
      const answer = await tablets[sale % tablets.length]?.send({
        method: 'POST',
        path: '/api/payments',
        key: `growth-${sale}`,
        body: { amount: 4_850, authCode: `13${String(sale).padStart(16, '0')}` },
      });
      const payment = answer?.body.payment as { readonly state?: string } | undefined;
      if (payment?.state !== 'paid') wrong.push(`sale ${sale}: ${JSON.stringify(answer)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, counter));
}

type End = { readonly perSecond: number; readonly wrong: readonly string[] };

function resultOf(samples: readonly Sample[], { perSecond, wrong }: End): RowResult {
  const counted = samples.slice(FIRST);
  const heldKb = ({ memory }: Sample) => heldMiB(memory) * KB;
  const largestLog = Math.max(...samples.map(({ logMiB }) => logMiB));
  const measures = [
    {
      what: 'growth of what JavaScript holds, KB a sale',
      formula: `slope of a straight line through all tenths but the first ${FIRST}`,
      values: [slope(counted, heldKb)],
      marks: { better: 'lower', goal: 1, beyond: 0 },
      pairs: [],
      unit: 'KB/sale, after a full collection',
    },
    {
      what: 'growth of resident memory, KB a sale',
      formula: 'the same, of what the process takes of the machine',
      values: [slope(counted, ({ memory }) => memory.rss) / KB],
      marks: { better: 'lower', goal: 1, beyond: 0 },
      pairs: [],
      unit: 'KB/sale',
    },
    {
      what: 'write-ahead log, MiB',
      formula: 'the largest that it was',
      values: [largestLog],
      marks: { better: 'lower', goal: MOST_LOG, beyond: MOST_LOG / 2 },
      pairs: [],
      unit: 'MiB',
    },
  ] as const;
  const at = (sample: Sample | undefined) =>
    sample === undefined ? '' : `${figure(heldMiB(sample.memory))} MiB at ${sample.sales}`;
  const notes = [
    `${samples.at(-1)?.sales} scanned sales through the door, ${figure(perSecond)} a second, ` +
      `${TABLETS} tablets listening; ${at(samples[0])}, ${at(samples.at(-1))}`,
  ];
  return { measures, notes, wrong };
}

/** Least squares. */
function slope(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const mean = (all: readonly number[]) => all.reduce((sum, it) => sum + it, 0) / all.length;
  const [x, y] = [mean(samples.map(({ sales }) => sales)), mean(samples.map(of))];
  const sum = (each: (sample: Sample) => number) =>
    samples.reduce((all, sample) => all + each(sample), 0);
  return sum((it) => (it.sales - x) * (of(it) - y)) / sum((it) => (it.sales - x) * (it.sales - x));
}
