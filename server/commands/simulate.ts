/**
 * npm run simulate: the shop in thousands of worlds with bad luck, and proof that such worlds would
 * notice if the shop were wrong. Ends with a fault when a promise was broken, when something rare
 * never happened, or when a planted bug was not found.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildWorlds } from '@/tests/simulation/build';
import { PLANTED } from '@/tests/simulation/planted';
import { type Hunt, huntBug, type Kill, runShare, type Sum } from '@/tests/simulation/running';
import type { Line } from '@/tests/simulation/worker';

const HELP = `npm run simulate -- --seeds N [--first S] [--workers W] [--trace]
npm run simulate -- --planted [--seeds N] [--bug NAME] [--workers W]`;
/** With fewer worlds than this, rare things may be missing without anything being wrong. */
const ENOUGH_FOR_RARE = 500;
const TELL_EVERY = 1000;
/** Of how many bad worlds the last events are shown as well. */
const MOST_SHOWN = 5;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      first: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      bug: { type: 'string', default: '' },
      planted: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const asked = values.seeds ?? (values.planted ? '3000' : '1000');
  const [seeds, first, workers] = [asked, values.first, values.workers].map(Number);
  if (values.help || !seeds || !first || !workers) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  if (values.planted) return hunt(values.bug, { most: seeds, workers });
  return simulate({ seeds, first, workers, trace: values.trace });
}

type Wanted = { seeds: number; first: number; workers: number; trace: boolean };

async function simulate(wanted: Wanted): Promise<number> {
  const built = await buildWorlds(null);
  const startedAt = performance.now();
  try {
    const sum = await runShare(built, { ...wanted, onLine: wanted.trace ? showTrace : teller() });
    const minutes = (performance.now() - startedAt) / 60_000;
    showSpeed(sum, minutes, wanted.workers);
    const missing = showSometimes(sum);
    if (sum.bad.length > 0) {
      console.log(`replay one: npm run simulate -- --first ${sum.bad[0]?.seed} --seeds 1 --trace`);
    }
    return sum.bad.length > 0 || (missing > 0 && wanted.seeds >= ENOUGH_FOR_RARE) ? 1 : 0;
  } finally {
    await built.forget();
  }
}

/** Says at once which world broke a promise, and from time to time how far the worlds are. */
function teller(): (line: Line) => void {
  let [worlds, bad] = [0, 0];
  return (line) => {
    worlds += 1;
    if (line.violations.length > 0) {
      bad += 1;
      if (bad <= MOST_SHOWN) showBad(line);
      else console.log(`seed ${line.seed} ${line.violations[0]?.invariant}`);
    }
    if (worlds % TELL_EVERY === 0) console.log(`${worlds} worlds, ${bad} with a broken promise…`);
  };
}

function showSpeed(sum: Sum, minutes: number, workers: number): void {
  const each = (total: number) => Math.round(total / Math.max(1, sum.worlds));
  const perCore = Math.round(60_000 / (sum.cpuMs / Math.max(1, sum.worlds)));
  console.log(`${sum.worlds} worlds, ${sum.bad.length} with a broken promise`);
  console.log(
    `${Math.round(sum.worlds / minutes)} seeds per minute on ${workers} workers, ` +
      `${perCore} per minute of one core's time`,
  );
  const virtual = Math.round(sum.virtualMs / 3_600_000);
  console.log(
    `each: ${each(sum.events)} events, ${each(sum.calls)} calls; ${virtual} hours lived through`,
  );
}

function showBad(line: Line): void {
  console.log(`\nseed ${line.seed} (${line.hash})`);
  for (const { invariant, number, says } of line.violations) {
    console.log(`  ${invariant} ${number ?? ''} ${says}`);
  }
  for (const event of line.history) console.log(`    ${event}`);
}

function showTrace(line: Line): void {
  console.log(`seed ${line.seed} (${line.hash})`);
  for (const event of line.history) console.log(event);
}

/** How many rare things never happened. */
function showSometimes(sum: Sum): number {
  console.log('\nsometimes');
  for (const [what, times] of sum.sometimes) console.log(`${String(times).padStart(8)}  ${what}`);
  const missing = [...sum.sometimes].filter(([, times]) => times === 0).length;
  if (missing > 0) console.log(`${missing} of them never happened`);
  return missing;
}

async function hunt(name: string, wanted: Pick<Hunt, 'most' | 'workers'>): Promise<number> {
  const kills: Kill[] = [];
  const sound = await buildWorlds(null);
  for (const bug of PLANTED.filter((each) => each.name.includes(name))) {
    const kill = await huntBug(bug, { ...wanted, sound });
    kills.push(kill);
    const seeds = kill.seeds === null ? 'SURVIVED' : String(kill.seeds);
    console.log(`${seeds.padStart(8)}  ${kill.name}${kill.by === null ? '' : ` (${kill.by})`}`);
  }
  await sound.forget();
  const seeds = kills.flatMap((kill) => kill.seeds ?? []).sort((a, b) => a - b);
  const survived = kills.length - seeds.length;
  console.log(
    `${seeds.length} of ${kills.length} planted bugs killed; seeds to kill: median ` +
      `${seeds[Math.floor(seeds.length / 2)] ?? '-'}, worst ${seeds.at(-1) ?? '-'}`,
  );
  return survived > 0 ? 1 : 0;
}

process.exitCode = await main();
