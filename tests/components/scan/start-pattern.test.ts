import { describe, expect, it } from 'vitest';
import { findStartPattern, type Row } from '@/components/till/scan/start-pattern';

/** A line of black (`#`) and white, as the library hands it over. */
function row(line: string): Row {
  return {
    getSize: () => line.length,
    get: (at) => line[at] === '#',
    getNextSet: (from) => {
      const at = line.indexOf('#', from);
      return at < 0 ? line.length : at;
    },
    isRange: (start, end, value) => ![...line.slice(start, end)].some((c) => (c === '#') !== value),
  };
}

/** Runs in turn black and white, beginning black. */
const bars = (...runs: number[]): string =>
  runs.map((run, i) => (i % 2 === 0 ? '#' : ' ').repeat(run)).join('');
const white = (pixels: number): string => ' '.repeat(pixels);

const START_A = [6, 3, 3, 12, 3, 6];
const START_B = [6, 3, 3, 6, 3, 12];
const START_C = [6, 3, 3, 6, 9, 6];
const REST = [3, 9, 6, 3, 3, 9];

describe('the beginning of a Code 128', () => {
  it.each([
    [START_A, 103],
    [START_B, 104],
    [START_C, 105],
  ])('is told by its bars and spaces: %j', (start, symbol) => {
    const line = white(40) + bars(...start, ...REST) + white(40);
    expect([...findStartPattern(row(line))]).toEqual([40, 73, symbol]);
  });

  it('is found right of a phone’s dark bezel and whatever else is dark there', () => {
    const line = bars(25, 7, 2, 90) + white(30) + bars(...START_C, ...REST) + white(40);
    const at = line.length - 40 - 33 - 33;
    expect([...findStartPattern(row(line))]).toEqual([at, at + 33, 105]);
  });

  it('is known though each edge is a pixel off', () => {
    const line = white(40) + bars(7, 2, 4, 5, 10, 5, ...REST) + white(40);
    expect([...findStartPattern(row(line))]).toEqual([40, 73, 105]);
  });

  it('needs white before it, half its own width', () => {
    const line = white(40) + bars(3, 10, ...START_C, ...REST) + white(40);
    expect(() => findStartPattern(row(line))).toThrow('no start symbol');
  });

  it('is not seen on a white line nor in even stripes', () => {
    expect(() => findStartPattern(row(white(200)))).toThrow('no start symbol');
    expect(() => findStartPattern(row(white(40) + bars(...Array(40).fill(5))))).toThrow(
      'no start symbol',
    );
  });
});
