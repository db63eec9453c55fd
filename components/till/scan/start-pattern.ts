/**
 * The search for the beginning of a Code 128 on one line of black and white. It takes the place
 * of @zxing/library's, whose sliding window shrinks from six runs to four after the first step.
 */

/** What is needed of the library's row of bits; true is black. */
export type Row = {
  getSize(): number;
  get(at: number): boolean;
  getNextSet(from: number): number;
  isRange(start: number, end: number, value: boolean): boolean;
};

/** Bars and spaces in modules of the three start symbols, and the numbers they have. */
const STARTS: readonly (readonly [number, readonly number[]])[] = [
  [103, [2, 1, 1, 4, 1, 2]],
  [104, [2, 1, 1, 2, 1, 4]],
  [105, [2, 1, 1, 2, 3, 2]],
];
const MODULES = 11;
/** As a share of a module: mean over the symbol, and for one run alone. */
const MOST_ON_AVERAGE = 0.25;
const MOST_FOR_ONE = 0.7;

/**
 * Where the start symbol begins and ends, and its number. Throws when the line has none, as the
 * library's caller expects.
 */
export function findStartPattern(row: Row): Int32Array {
  const edges = edgesOf(row);
  // Runs begin with black at even places; a start symbol is three bars and three spaces.
  for (let first = 0; first + 6 < edges.length; first += 2) {
    const start = edges[first] ?? 0;
    const end = edges[first + 6] ?? 0;
    const symbol = nearest(edges, first);
    const quiet = Math.max(0, Math.floor(start - (end - start) / 2));
    if (symbol !== null && row.isRange(quiet, start, false)) {
      return Int32Array.from([start, end, symbol]);
    }
  }
  throw NO_START;
}

/** One for all: it is thrown for almost every line of a frame, and nobody looks at its stack. */
const NO_START = new Error('no start symbol on this line');

/** Where black and white change, from the first black on; the end of the row closes the last. */
function edgesOf(row: Row): number[] {
  const size = row.getSize();
  const edges: number[] = [];
  let black = false;
  for (let at = row.getNextSet(0); at < size; at++) {
    if (row.get(at) === black) continue;
    edges.push(at);
    black = !black;
  }
  edges.push(size);
  return edges;
}

function nearest(edges: readonly number[], first: number): number | null {
  const module = ((edges[first + 6] ?? 0) - (edges[first] ?? 0)) / MODULES;
  if (module < 1) return null;
  let best: number | null = null;
  let least = MOST_ON_AVERAGE;
  for (const [symbol, widths] of STARTS) {
    let total = 0;
    let worst = 0;
    widths.forEach((modules, i) => {
      const run = (edges[first + i + 1] ?? 0) - (edges[first + i] ?? 0);
      const off = Math.abs(run / module - modules);
      total += off;
      worst = Math.max(worst, off);
    });
    const average = total / MODULES;
    if (worst > MOST_FOR_ONE || average >= least) continue;
    least = average;
    best = symbol;
  }
  return best;
}
