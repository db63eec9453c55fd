/** Measures a patch of striped blocks as an upright box in the frame. Pure. */
import type { BlockGrid } from './blocks';

/** A patch of parallel stripes. Lengths in pixels, angles in radians. */
export type Region = {
  readonly x: number;
  readonly y: number;
  /** The direction across the stripes, at the middle of the patch. */
  readonly angle: number;
  /** By how much that direction turns from one end to the other: a tilted phone fans them out. */
  readonly fan: number;
  /** Half the extent across the stripes, and along them. */
  readonly reach: number;
  readonly depth: number;
};

export type Candidate = {
  readonly region: Region;
  readonly patch: readonly number[];
  /** Large, full and of one mind is good. */
  readonly score: number;
};

const FEWEST_BLOCKS = 8;
/** Across its stripes, in pixels: less is not even a piece of a barcode. */
const SHORTEST_PIECE = 40;
/** Across over along; a row of long thin lines is no barcode. */
const LEAST_ASPECT = 0.2;
const LEAST_FILL = 0.45;

/** Null when the patch cannot be a barcode, nor a piece of one. */
export function measure(grid: BlockGrid, patch: readonly number[]): Candidate | null {
  if (patch.length < FEWEST_BLOCKS) return null;
  const all = sum(grid, patch);
  const angle = 0.5 * Math.atan2(2 * all.xy, all.xx - all.yy);
  const { u, v } = place(grid, patch, angle);
  const reach = (u.high - u.low + grid.size) / 2;
  const depth = (v.high - v.low + grid.size) / 2;
  if (reach * 2 < SHORTEST_PIECE || depth < grid.size || reach < depth * LEAST_ASPECT) return null;
  const fill = (patch.length * grid.size * grid.size) / (4 * reach * depth);
  if (fill < LEAST_FILL) return null;
  const coherence = Math.hypot(all.xx - all.yy, 2 * all.xy) / (all.xx + all.yy);
  const middleU = (u.high + u.low) / 2;
  const middleV = (v.high + v.low) / 2;
  const x = middleU * Math.cos(angle) - middleV * Math.sin(angle);
  const y = middleU * Math.sin(angle) + middleV * Math.cos(angle);
  const score = patch.length * coherence * coherence * Math.min(1, fill + 0.2);
  return { region: { x, y, angle, fan: 0, reach, depth }, patch, score };
}

function sum(grid: BlockGrid, patch: readonly number[]) {
  const sums = { xx: 0, yy: 0, xy: 0 };
  for (const at of patch) {
    sums.xx += grid.xx[at] ?? 0;
    sums.yy += grid.yy[at] ?? 0;
    sums.xy += grid.xy[at] ?? 0;
  }
  return sums;
}

/** Where the patch lies across (u) and along (v) its stripes; a few stray blocks do not count. */
function place(grid: BlockGrid, patch: readonly number[], angle: number) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const us = new Float32Array(patch.length);
  const vs = new Float32Array(patch.length);
  patch.forEach((at, i) => {
    const column = at % grid.columns;
    const row = (at - column) / grid.columns;
    const x = (column + 0.5) * grid.size;
    const y = (row + 0.5) * grid.size;
    us[i] = x * cos + y * sin;
    vs[i] = y * cos - x * sin;
  });
  return { u: spread(us, 0.01), v: spread(vs, 0.04) };
}

function spread(values: Float32Array, outside: number) {
  const sorted = values.sort();
  const last = sorted.length - 1;
  return {
    low: sorted[Math.round(last * outside)] ?? 0,
    high: sorted[Math.round(last * (1 - outside))] ?? 0,
  };
}
