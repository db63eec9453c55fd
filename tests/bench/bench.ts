/**
 * Runs rows of the performance table and writes what they say. Results that are wrong fail it;
 * a slow machine never does, because every figure is a ratio taken on that same machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/processes';
import { json, type Machine, markdown, type Ran } from './report';
import type { Row } from './row';
import { ROWS } from './rows';

export type BenchSetting = {
  /** Ids of rows; none means all. */
  readonly ids: readonly string[];
  readonly pairs: number;
  /** How many payments a large shop has. */
  readonly payments: number;
  readonly out: string;
  readonly say: (line: string) => void;
};

/** Answers whether every result was right. Throws when a row is unknown. */
export async function bench({ ids, pairs, payments, out, say }: BenchSetting): Promise<boolean> {
  const rows = chosen(ids);
  const before = load();
  const ran: Ran[] = [];
  for (const row of rows) {
    say(`${row.id} ${row.what}`);
    const startedAt = performance.now();
    const result = await row.run({ pairs, payments, say: (line) => say(`  ${row.id} ${line}`) });
    ran.push({ row, result, seconds: (performance.now() - startedAt) / 1_000 });
    // Written after every row, so that a long run that is stopped leaves what it has.
    write(out, ran, machine(before));
  }
  say(`\n${markdown(ran, machine(before))}`);
  say(`written to ${path.relative(ROOT, out)}`);
  return ran.every(({ result }) => result.wrong.length === 0);
}

function chosen(ids: readonly string[]): readonly Row[] {
  const unknown = ids.filter((id) => !ROWS.some((row) => row.id === id));
  if (unknown.length > 0) {
    const known = ROWS.map((row) => row.id).join(', ');
    throw new RangeError(`no such row: ${unknown.join(', ')}; there are ${known}`);
  }
  return ids.length === 0 ? ROWS : ROWS.filter((row) => ids.includes(row.id));
}

function write(out: string, ran: readonly Ran[], on: Machine): void {
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'performance.md'), markdown(ran, on));
  writeFileSync(path.join(out, 'performance.json'), json(ran, on));
}

const load = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

const machine = (before: number): Machine => ({
  at: new Date().toISOString(),
  commit: commitOf(),
  node: process.version,
  cores: cpus().length,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  load: [before, load()],
});

/** A copy without its history has none. */
function commitOf(): string {
  try {
    const said = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    return said.toString().trim();
  } catch {
    return 'unknown';
  }
}
