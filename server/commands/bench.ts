/**
 * `npm run bench -- [P1 P2 …] [--pairs 7] [--payments 1000000] [--out folder]`: the performance
 * table, as ratios, as Markdown and JSON; a large shop has so many payments. `npm run bench -- days
 * [--seed 1] [--sales 400]`: three virtual days of a busy shop, with so many sales a counter and
 * day. `npm run bench -- soak [--on sqlite|postgres] [--servers 3] [--counters 300] [--minutes 30]
 * [--per-minute 150] [--kill-every 0] [--sleeps 0]`: a chain that sells in real time while answers
 * get lost, and servers die every so many seconds and sleep for so many. Ends with 1 when a result
 * was wrong, with 2 when it was called wrongly, never because of slowness.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bench } from '@/tests/bench/bench';
import { days, SATURDAY_SALES } from '@/tests/bench/days';
import { soak } from '@/tests/bench/soak/soak';

const FEWEST_PAIRS = 7;
/** performance.md P7, P8; and the fewest that a large shop can be made of. */
const LARGE = 1_000_000;
const SMALLEST = 2_000;

const SOAK = {
  on: { type: 'string', default: 'sqlite' },
  servers: { type: 'string', default: '3' },
  counters: { type: 'string', default: '300' },
  minutes: { type: 'string', default: '30' },
  'per-minute': { type: 'string', default: '150' },
  'kill-every': { type: 'string', default: '0' },
  sleeps: { type: 'string', default: '0' },
} as const;

function called() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pairs: { type: 'string', default: String(FEWEST_PAIRS) },
      payments: { type: 'string', default: String(LARGE) },
      out: { type: 'string', default: 'tests/.tmp/bench' },
      seed: { type: 'string', default: '1' },
      sales: { type: 'string', default: String(SATURDAY_SALES) },
      ...SOAK,
    },
  });
  const pairs = Number(values.pairs);
  const seed = Number(values.seed);
  const sales = Number(values.sales);
  if (!Number.isInteger(pairs) || pairs < 1) throw new RangeError('--pairs is a whole number');
  const payments = Number(values.payments);
  if (!Number.isInteger(payments) || payments < SMALLEST) {
    throw new RangeError(`--payments is a whole number from ${SMALLEST}`);
  }
  if (!(sales > 0)) throw new RangeError('--sales is a number of sales');
  if (!Number.isInteger(seed)) throw new RangeError('--seed is a whole number');
  const out = path.resolve(values.out);
  const { on } = values;
  if (on !== 'sqlite' && on !== 'postgres') throw new RangeError('--on is sqlite or postgres');
  const whole = (name: keyof typeof SOAK): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 0) return value;
    throw new RangeError(`--${name} is a whole number`);
  };
  const long = {
    engine: on,
    servers: whole('servers'),
    counters: whole('counters'),
    minutes: whole('minutes'),
    perMinute: whole('per-minute'),
    killEvery: whole('kill-every'),
    sleeps: whole('sleeps'),
  } as const;
  return { pairs, payments, seed, sales, out, long, names: positionals };
}

async function run(): Promise<boolean> {
  const { pairs, payments, seed, sales, out, long, names } = called();
  const say = (line: string) => console.log(line);
  if (names.length === 1 && names[0] === 'days') return days({ seed, sales, out, say });
  if (names.length === 1 && names[0] === 'soak') return soak({ ...long, seed, out, say });
  if (pairs < FEWEST_PAIRS) say(`fewer than ${FEWEST_PAIRS} pairs: to look at, not to publish`);
  if (payments < LARGE) say(`fewer than ${LARGE} payments: to look at, not to publish`);
  return bench({ ids: names.map((name) => name.toUpperCase()), pairs, payments, out, say });
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exit(2);
}
