/**
 * `npm run bench -- [P1 P2 …] [--pairs 7] [--out folder]`: the performance table, as ratios, as
 * Markdown and JSON. `npm run bench -- days [--seed 1]`: three virtual days of a busy shop. Ends
 * with 1 when a result was wrong, with 2 when it was called wrongly, never because of slowness.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bench } from '@/tests/bench/bench';
import { days } from '@/tests/bench/days';

const FEWEST_PAIRS = 7;

function called() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pairs: { type: 'string', default: String(FEWEST_PAIRS) },
      out: { type: 'string', default: 'tests/.tmp/bench' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [pairs, seed] = [Number(values.pairs), Number(values.seed)];
  if (!Number.isInteger(pairs) || pairs < 1) throw new RangeError('--pairs is a whole number');
  if (!Number.isInteger(seed)) throw new RangeError('--seed is a whole number');
  return { pairs, seed, out: path.resolve(values.out), names: positionals };
}

async function run(): Promise<boolean> {
  const { pairs, seed, out, names } = called();
  const say = (line: string) => console.log(line);
  if (names.length === 1 && names[0] === 'days') return days({ seed, out, say });
  if (pairs < FEWEST_PAIRS) say(`fewer than ${FEWEST_PAIRS} pairs: to look at, not to publish`);
  return bench({ ids: names.map((name) => name.toUpperCase()), pairs, out, say });
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exit(2);
}
