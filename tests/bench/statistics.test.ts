import { describe, expect, test } from 'vitest';
import { bootstrap, median, quantile, ratios, summarize } from './statistics';

describe('the middle of what was measured', () => {
  test('is the middle one of an odd number, in whatever order they came', () => {
    expect(median([30, 10, 20])).toBe(20);
  });

  test('is half-way between the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test('is not moved by one measurement that went astray', () => {
    expect(median([1, 1, 1, 1, 1, 1, 1_000])).toBe(1);
  });

  test('of nothing is an error and not a number', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a share of all payments', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  test('ninety-nine of a hundred were no slower than the ninety-ninth', () => {
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile(hundred, 0.5)).toBe(50);
  });

  test('of fewer than a hundred the slowest one counts', () => {
    expect(quantile([5, 9, 7], 0.99)).toBe(9);
  });
});

describe('how sure the median is', () => {
  const seven = [9.1, 10.2, 9.8, 10, 10.4, 9.9, 10.1];

  test('the interval holds the median, lies within what was measured, and is narrower', () => {
    const { low, high } = bootstrap(seven);
    expect(low).toBeLessThanOrEqual(10);
    expect(high).toBeGreaterThanOrEqual(10);
    expect(low).toBeGreaterThan(9.1);
    expect(high).toBeLessThan(10.4);
  });

  test('the same measurements give the same interval on every day', () => {
    expect(bootstrap(seven)).toEqual(bootstrap([...seven]));
  });

  test('measurements that all agree leave no doubt', () => {
    expect(bootstrap([4, 4, 4, 4])).toEqual({ low: 4, high: 4 });
  });

  test('twice the spread, twice the doubt', () => {
    const width = (values: readonly number[]) => {
      const { low, high } = bootstrap(values);
      return high - low;
    };
    const wide = seven.map((value) => 10 + (value - 10) * 2);
    expect(width(wide)).toBeCloseTo(2 * width(seven), 6);
  });

  test('holds nineteen of twenty resamples: of a coin thrown a hundred times, a tenth each way', () => {
    const coin = Array.from({ length: 100 }, (_, throws) => throws % 2);
    const share = (sample: readonly number[]) => sample.reduce((sum, side) => sum + side, 0) / 100;
    const { low, high } = bootstrap(coin, share);
    // 1.96 standard errors of 0.05.
    expect(low).toBeGreaterThanOrEqual(0.39);
    expect(low).toBeLessThanOrEqual(0.42);
    expect(high).toBeGreaterThanOrEqual(0.58);
    expect(high).toBeLessThanOrEqual(0.61);
  });

  test('another figure than the median can be asked for', () => {
    const slowest = bootstrap(seven, (sample) => Math.max(...sample));
    expect(slowest.high).toBe(10.4);
    expect(slowest.low).toBeGreaterThanOrEqual(10);
  });
});

describe('a ratio', () => {
  test('is taken pair by pair, so that a slow minute slows both sides', () => {
    const pairs = [
      { ours: 10, yardstick: 5 },
      { ours: 100, yardstick: 50 },
    ];
    expect(ratios(pairs)).toEqual([2, 2]);
  });

  test('against a yardstick of nothing is refused', () => {
    expect(() => ratios([{ ours: 1, yardstick: 0 }])).toThrow(RangeError);
    expect(() => ratios([{ ours: 1, yardstick: Number.NaN }])).toThrow(RangeError);
  });

  test('is summed up with its number, middle and both ends', () => {
    expect(summarize([3, 1, 2])).toMatchObject({ count: 3, median: 2, min: 1, max: 3 });
  });
});
