/** What a row of the performance table promises: ratios against a yardstick, and right results. */
import type { Pair } from './statistics';

type Better = 'lower' | 'higher';
/** The mark to reach, and the one beyond it (performance.md). */
export type Marks = { readonly better: Better; readonly goal: number; readonly beyond: number };

/** One figure of a row: a value for each pair. */
export type Measure = {
  readonly what: string;
  /** How `value` is made of what was measured. */
  readonly formula: string;
  readonly values: readonly number[];
  /** When a figure is one statistic of all pairs together (such as a 99th percentile). */
  readonly pooled?: { readonly value: number; readonly low: number; readonly high: number };
  readonly marks: Marks | null;
  /** What went into the values, for whoever wants to see; `unit` of both sides. */
  readonly pairs: readonly Pair[];
  readonly unit: string;
};

export type RowResult = {
  readonly measures: readonly Measure[];
  /** Sentences on how it was measured and what limits it. */
  readonly notes: readonly string[];
  /** Results that were not right: a lost sale, a 429, ledgers that differ. Empty is a pass. */
  readonly wrong: readonly string[];
};

export type RowSetting = {
  readonly pairs: number;
  /** How many payments a large shop has. */
  readonly payments: number;
  readonly say: (line: string) => void;
};

export type Row = {
  readonly id: string;
  readonly what: string;
  readonly yardstick: string;
  run(setting: RowSetting): Promise<RowResult>;
};

/** The pairs one after the other, each with its number from 1. */
export async function eachPair<T>(
  { pairs, say }: Pick<RowSetting, 'pairs' | 'say'>,
  measure: (pair: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let pair = 1; pair <= pairs; pair += 1) {
    const result = await measure(pair);
    results.push(result);
    say(`pair ${pair}/${pairs}`);
  }
  return results;
}
