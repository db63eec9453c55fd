/** A minute of what `npm run bench -- soak` goes on with for half an hour. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { soak } from '../bench/soak/soak';
import { postgresBinaries } from '../support/postgres/binaries';

const binaries = postgresBinaries();
const why = 'missing' in binaries ? binaries.missing : '';

function aFolder(): string {
  const out = mkdtempSync(path.join(tmpdir(), 'countertop-soak-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  return out;
}

test.skipIf(why !== '')(
  `counters sell while servers die, and every cent agrees${why && `, left out because ${why}`}`,
  async () => {
    const out = aFolder();
    const said: string[] = [];
    const right = await soak({
      ...{ engine: 'postgres', servers: 2, counters: 12, minutes: 0.75, perMinute: 60 },
      ...{ killEvery: 9, sleeps: 0, seed: 20_261_128, out },
      say: (line) => said.push(line),
    });
    expect(right, said.join('\n')).toBe(true);
    const table = readFileSync(path.join(out, 'soak-postgres-chaos-0.75.md'), 'utf8');
    expect(Number(/"paid":(\d+)/.exec(table)?.[1])).toBeGreaterThan(5);
    expect(Number(/killed every \| 9 s, (\d+) times/.exec(table)?.[1])).toBeGreaterThan(1);
  },
  600_000,
);
