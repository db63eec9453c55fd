/**
 * `npm run bench -- soak`: a chain of counters that sells for half an hour while answers get lost,
 * on one server with SQLite or on several with PostgreSQL, which may die and sleep meanwhile. At
 * the end both ledgers are laid side by side, to the cent.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildIfChanged } from '@/server/commands/build.mjs';
import { differences, type TheirBooks } from '../../support/books';
import { everyPayment } from '../../support/every-payment';
import { enter, jarsOfAll, type StaffClient } from '../../support/staff-client';
import { heldMiB } from '../../support/vitals';
import { pause } from '../machine-clock';
import { createRandom } from '../random';
import { quantile } from '../statistics';
import { type Counter, keepCounter, type Ledger } from './counters';
import { type Engine, type Farm, openFarm } from './farm';
import { openTablet } from './tablet';
import { makeTrouble, type Trouble } from './trouble';
import { makeWeather } from './weather';

export type SoakSetting = {
  readonly engine: Engine;
  readonly servers: number;
  readonly counters: number;
  readonly minutes: number;
  /** Sales of the whole shop; what is left of 400 calls a minute is for questions. */
  readonly perMinute: number;
  /** Seconds from one death to the next; 0: nobody dies. */
  readonly killEvery: number;
  /** Seconds for which the one that watches sleeps, once; 0: it does not. */
  readonly sleeps: number;
  readonly seed: number;
  readonly out: string;
  readonly say: (line: string) => void;
};

const MINUTE_MS = 60_000;
/** Late news and the last QRs: until everything is decided on both sides. */
const AFTERWARDS_MS = 600_000;
/** Nobody who has paid may wait for longer, whatever died meanwhile. */
const MOST_SEEN_MS = 60_000;

/** Answers whether every cent was right. */
export async function soak(setting: SoakSetting): Promise<boolean> {
  const { say, engine, servers, minutes } = setting;
  await buildIfChanged({ say });
  const farm = await openFarm(engine, servers);
  try {
    const found = await run(farm, setting);
    const wrong = [...found.wrong, ...(await booksOf(farm, say))];
    const text = tell(setting, { ...found, wrong });
    mkdirSync(setting.out, { recursive: true });
    const name = `soak-${engine}${setting.killEvery > 0 ? '-chaos' : ''}-${minutes}`;
    writeFileSync(path.join(setting.out, `${name}.md`), text);
    say(`\n${text}`);
    return wrong.length === 0;
  } finally {
    await farm.stop();
  }
}

type Sample = { readonly minute: number; readonly sales: number; readonly mib: number[] };
type Found = {
  readonly ledger: Ledger;
  readonly trouble: Trouble | null;
  readonly faults: number;
  readonly gaps: readonly number[];
  readonly samples: readonly Sample[];
  readonly wrong: readonly string[];
};

async function run(farm: Farm, setting: SoakSetting): Promise<Found> {
  const { say, counters, minutes, perMinute, killEvery, sleeps, seed } = setting;
  const tills = farm.servers.map(({ stack }) => stack.till);
  const closed = new Set<number>();
  const open = () => tills.map((_, n) => n).filter((n) => !closed.has(n));
  const nearOf = (place: number) => (tries: number) => {
    const doors = open();
    return doors[(place + tries) % doors.length] ?? 0;
  };
  const jars = await jarsOfAll(tills[0] ?? '');
  const [, manager = ''] = jars;
  const tablet = (place: number, cookie: string) =>
    openTablet({ cookie, tills, near: nearOf(place) });
  const office = tablet(0, manager);
  const tablets = Array.from({ length: counters }, (_, n) =>
    tablet(n, jars[n % jars.length] ?? ''),
  );
  const endAt = performance.now() + minutes * MINUTE_MS;
  const over = () => performance.now() >= endAt;
  const ledger: Ledger = { sales: [], wrong: [], refunds: 0 };
  const served = tablets.map((one, n) => {
    const random = createRandom(seed, `counter ${n}`);
    const { control } = farm;
    const counter: Counter = { name: `C${n + 1}`, tablet: one, office, random, control };
    return keepCounter(counter, { everyMs: (MINUTE_MS * counters) / perMinute, over, ledger });
  });
  const weather = makeWeather(farm.control, { random: createRandom(seed, 'weather'), over });
  const moveAway = (n: number) => {
    for (const [place, one] of tablets.entries()) if (place % tills.length === n) one.move();
  };
  const killEveryMs = killEvery * 1_000;
  const [random, pauseMs] = [createRandom(seed, 'trouble'), sleeps * 1_000];
  const trouble =
    killEvery > 0
      ? makeTrouble(farm, { random, over, killEveryMs, pauseMs, closed, moveAway, say })
      : null;
  const samples = await sampleEachMinute(farm, { over, ledger, quiet: trouble === null, say });
  const [faults, told] = await Promise.all([weather, trouble]);
  await fetch(`${farm.servers[0]?.stack.simulator.url}/control/fault`, { method: 'DELETE' });
  await Promise.all(served);
  await Promise.all([...tablets, office].map((one) => one.close()));
  const gaps = tablets.flatMap((one) => one.gaps);
  const wrong = [...ledger.wrong, ...(told?.wrong ?? []), ...unseen(ledger), ...limitedIn(farm)];
  return { ledger, trouble: told, faults, gaps, samples, wrong };
}

const unseen = ({ sales }: Ledger): string[] =>
  sales
    .filter(({ state, seenMs }) => state === 'unseen' || (seenMs ?? 0) > MOST_SEEN_MS)
    .map(({ id, state, seenMs }) => `${id} was ${state} on its tablet after ${seenMs} ms`);

/** Of our own making; the simulator counts for itself and turns away whoever asks too much. */
const limitedIn = ({ servers }: Farm): string[] => {
  const said = servers.map(({ stack }) => stack.logs().match(/"status":429/g)?.length ?? 0);
  const all = said.reduce((sum, count) => sum + count, 0);
  return all === 0 ? [] : [`QFPay answered ${all} calls with 429`];
};

type Sampling = {
  readonly over: () => boolean;
  readonly ledger: Ledger;
  /** Nobody dies: only then can everybody be asked. */
  readonly quiet: boolean;
  readonly say: (line: string) => void;
};

async function sampleEachMinute(farm: Farm, given: Sampling): Promise<Sample[]> {
  const { over, ledger, quiet, say } = given;
  const samples: Sample[] = [];
  for (let minute = 1; !over(); minute += 1) {
    const until = performance.now() + MINUTE_MS;
    while (performance.now() < until && !over()) await pause(500);
    const memories = quiet ? await Promise.all(farm.servers.map((one) => one.memory())) : [];
    const mib = memories.map(heldMiB);
    const sales = ledger.sales.length;
    samples.push({ minute, sales, mib });
    const held = mib.map((it) => it.toFixed(1)).join(', ');
    say(`minute ${minute}: ${sales} sales, ${ledger.wrong.length} wrong${held && `, ${held} MiB`}`);
  }
  return samples;
}

async function booksOf(farm: Farm, say: (line: string) => void): Promise<readonly string[]> {
  const manager: StaffClient = await enter(farm.servers[0]?.stack.till ?? '', 'manager');
  const giveUpAt = performance.now() + AFTERWARDS_MS;
  for (;;) {
    const ours = await everyPayment(manager);
    const theirs = (await farm.control('state')) as TheirBooks;
    const found = differences(ours, theirs);
    const open = ours.filter(({ state }) => !['paid', 'failed', 'closed'].includes(state));
    if (found.length === 0 && open.length === 0) return [];
    if (performance.now() > giveUpAt) {
      return [...found, ...open.map(({ id, state }) => `${id} is still ${state}`)];
    }
    say(
      `${open.length} open, ${found.length} differences (${found[0] ?? 'none'}): they have minutes`,
    );
    await pause(10_000);
  }
}

function tell(setting: SoakSetting, found: Found): string {
  const { engine, servers, counters, minutes, seed, killEvery, sleeps } = setting;
  const { ledger, trouble, gaps, samples, wrong } = found;
  const seen = ledger.sales.flatMap(({ seenMs }) => seenMs ?? []);
  const states = new Map<string, number>();
  for (const { state } of ledger.sales) states.set(state, (states.get(state) ?? 0) + 1);
  const times = (all: readonly number[]) =>
    all.length === 0
      ? 'none'
      : `${all.length}; p50 ${quantile(all, 0.5).toFixed(0)}, p99 ` +
        `${quantile(all, 0.99).toFixed(0)}, longest ${Math.max(...all).toFixed(0)} ms`;
  const lines: readonly (readonly [string, string | number])[] = [
    ['on', engine === 'sqlite' ? 'one server, SQLite' : `${servers} servers, PostgreSQL`],
    ['counters, minutes, seed', `${counters}, ${minutes}, ${seed}`],
    ['sales by what became of them', JSON.stringify(Object.fromEntries(states))],
    ['refunds', ledger.refunds],
    ['faults laid out at the gateway', found.faults],
    ['from the money at the QR to the tablet', times(seen)],
    ['tablets without a stream', times(gaps)],
    ['held by each server, minute by minute, MiB', memoryOver(samples)],
    ['growth after the first fifth, KB a sale', growth(samples)],
    [
      'a server killed every',
      killEvery === 0 ? 'never' : `${killEvery} s, ${trouble?.kills} times`,
    ],
    [
      'the one that watches slept',
      sleeps === 0 ? 'never' : `${sleeps} s, ${trouble?.pauses} times`,
    ],
    ['until another one watched', times(trouble?.takeovers ?? [])],
    ['wrong', wrong.length],
  ];
  const table = lines.map(([name, value]) => `| ${name} | ${value} |`);
  const head = `# Half an hour and more\n\n| What | Figure |\n|---|---|\n`;
  return `${head}${[...table, '', ...wrong.slice(0, 20)].join('\n')}\n`;
}

const memoryOver = (samples: readonly Sample[]): string => {
  const every = Math.max(1, Math.floor(samples.length / 6));
  const some = samples.filter(({ mib }, n) => mib.length > 0 && n % every === every - 1);
  if (some.length === 0) return 'not asked';
  return some.map(({ mib }) => mib.map((it) => it.toFixed(0)).join('/')).join(' → ');
};

function growth(samples: readonly Sample[]): string {
  const [from, to] = [samples[Math.floor(samples.length / 5)], samples.at(-1)];
  if (from === undefined || to === undefined || to.sales === from.sales) return 'not asked';
  const each = to.mib.map((mib, n) => (mib - (from.mib[n] ?? 0)) * 1_024);
  return each.map((kib) => (kib / (to.sales - from.sales)).toFixed(2)).join(' / ') || 'not asked';
}
