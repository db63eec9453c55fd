import { describe, expect, test } from 'vitest';
import { figure, json, type Machine, markdown, type Ran, verdictOn } from './report';
import type { Measure } from './row';

const MACHINE: Machine = {
  at: '2026-11-23T04:00:00.000Z',
  commit: 'abc1234',
  node: 'v20.20.2',
  cores: 2,
  cpu: 'a processor',
  load: [0.1, 0.9],
};
const measure: Measure = {
  what: 'calls per finished sale',
  formula: 'calls ÷ sales',
  values: [2.4, 2.6, 2.5],
  marks: { better: 'lower', goal: 3, beyond: 2 },
  pairs: [
    { ours: 2.4, yardstick: 20 },
    { ours: 2.6, yardstick: 22 },
    { ours: 2.5, yardstick: 21 },
  ],
  unit: 'calls/sale',
};
const ran = (change: Partial<Measure>, wrong: readonly string[] = []): Ran => ({
  row: {
    id: 'P2',
    what: 'calls',
    yardstick: 'a naive client',
    run: () => Promise.reject(new Error('has run')),
  },
  result: { measures: [{ ...measure, ...change }], notes: ['a note'], wrong },
  seconds: 12,
});

describe('a mark', () => {
  test('is reached from below where less is better, and exactly counts', () => {
    const marks = { better: 'lower', goal: 3, beyond: 2 } as const;
    expect([1.9, 2, 2.01, 3, 3.01].map((value) => verdictOn(value, marks))).toEqual([
      'beyond',
      'beyond',
      'goal',
      'goal',
      'missed',
    ]);
  });

  test('is reached from above where more is better', () => {
    const marks = { better: 'higher', goal: 10, beyond: 15 } as const;
    expect([9.9, 10, 15].map((value) => verdictOn(value, marks))).toEqual([
      'missed',
      'goal',
      'beyond',
    ]);
  });
});

describe('the table', () => {
  test('shows median, both ends, both marks and which was reached', () => {
    const line = markdown([ran({})], MACHINE)
      .split('\n')
      .find((each) => each.startsWith('| P2'));
    expect(line).toMatch(
      /^\| P2 \| calls per finished sale \| 2\.50 \| 2\.40–2\.60 \| .+ \| 3 \| ≤ 3 \| ≤ 2 \| goal \|$/,
    );
  });

  test('holds a percentile of all payments against the mark, not the median of the pairs', () => {
    const pooled = { value: 3.2, low: 3, high: 3.4 };
    expect(markdown([ran({ pooled })], MACHINE)).toContain('| 3.20 | 2.40–2.60 | 3.00–3.40 |');
    expect(JSON.parse(json([ran({ pooled })], MACHINE)).rows[0].measures[0].reached).toBe('missed');
  });

  test('says aloud what was wrong', () => {
    expect(markdown([ran({}, ['2 calls were 429'])], MACHINE)).toContain(
      '**WRONG**: 2 calls were 429',
    );
  });

  test('writes figures as precisely as they deserve', () => {
    expect([0.1234, 12.34, 1234.5].map(figure)).toEqual(['0.12', '12.3', '1235']);
  });
});
