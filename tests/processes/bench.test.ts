/** The shortest run of rows that need a built server or a disk: what they say is right. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bench } from '../bench/bench';

type Table = {
  readonly rows: readonly {
    readonly id: string;
    readonly wrong: readonly string[];
    readonly measures: readonly { readonly values: readonly number[] }[];
  }[];
};

test('rows of the performance table sell, and nothing that they say is wrong', async () => {
  const out = mkdtempSync(path.join(tmpdir(), 'countertop-bench-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const said: string[] = [];
  const ids = ['P5', 'P6'];
  const say = (line: string) => said.push(line);
  const right = await bench({ ids, pairs: 1, payments: 2_000, out, say });
  expect(right, said.join('\n')).toBe(true);
  const { rows } = JSON.parse(readFileSync(path.join(out, 'performance.json'), 'utf8')) as Table;
  expect(rows.map(({ id }) => id)).toEqual(ids);
  const values = rows.flatMap(({ measures }) => measures.flatMap((measure) => measure.values));
  expect(values.length).toBeGreaterThan(3);
  expect(values.filter((value) => !Number.isFinite(value))).toEqual([]);
}, 300_000);
