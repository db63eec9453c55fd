/**
 * What a handful of measurements says, without pretending to more: median, spread, and how sure the
 * median is. Seeded, so that the same numbers give the same interval.
 */
import { createRandom } from './random';

export type Interval = { readonly low: number; readonly high: number };
export type Summary = {
  readonly count: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** 95 % percentile bootstrap of the median. */
  readonly interval: Interval;
};

/** The value below which the fraction `share` lies: nearest rank. Throws when there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const found = sorted[rank - 1];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** Throws a RangeError when nothing was measured. */
export function median(values: readonly number[]): number {
  const low = quantile(values, 0.5);
  if (values.length % 2 === 1) return low;
  const above = [...values].sort((a, b) => a - b)[values.length / 2] ?? low;
  return (low + above) / 2;
}

const RESAMPLES = 2_000;
const SEED = 20_261_123;

/** Draws as many values as there are, with replacement, and looks where `of` them falls. */
export function bootstrap(
  values: readonly number[],
  of: (sample: readonly number[]) => number = median,
): Interval {
  const random = createRandom(SEED);
  const last = values.length - 1;
  const found = Array.from({ length: RESAMPLES }, () =>
    of(values.map(() => values[random.whole(0, last)] ?? 0)),
  );
  return { low: quantile(found, 0.025), high: quantile(found, 0.975) };
}

export function summarize(values: readonly number[]): Summary {
  return {
    count: values.length,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    interval: bootstrap(values),
  };
}

export type Pair = { readonly ours: number; readonly yardstick: number };

/** Pair by pair, so that what slowed both of one minute slows neither. Throws at a zero. */
export function ratios(pairs: readonly Pair[]): number[] {
  return pairs.map(({ ours, yardstick }) => {
    if (!(yardstick > 0)) throw new RangeError('a yardstick of nothing measures nothing');
    return ours / yardstick;
  });
}
