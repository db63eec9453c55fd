/**
 * Finds what looks like a barcode at any angle: a patch where brightness changes strongly, all in
 * one direction. Pure. It promises a short list, best first, and says nothing about what the
 * stripes mean; most of what it finds in a cluttered picture is no barcode.
 */
import { type BlockGrid, gradientBlocks } from './blocks';
import type { Grey } from './image';

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

const MOST_REGIONS = 4;
/** A Code 128 of 16 digits is 123 modules; below a pixel each, nothing can be read. */
const SHORTEST = 90;
const LEAST_COHERENCE = 0.45;
const LEAST_FILL = 0.45;
/** Neighbouring stripes of one barcode differ by no more than this, in cosine of twice the angle. */
const LIKE_DIRECTION = Math.cos((2 * 18 * Math.PI) / 180);

export function findBarcodes(image: Grey): Region[] {
  const grid = gradientBlocks(image);
  const striped = stripedBlocks(grid);
  const taken = new Uint8Array(striped.length);
  const found: { region: Region; score: number }[] = [];
  for (let seed = 0; seed < striped.length; seed++) {
    if (!striped[seed] || taken[seed]) continue;
    const patch = grow(grid, { striped, taken }, seed);
    const candidate = measure(grid, patch);
    if (candidate) found.push(candidate);
  }
  found.sort((a, b) => b.score - a.score);
  return found.slice(0, MOST_REGIONS).map((candidate) => candidate.region);
}

/** Marks blocks that change strongly and in one direction, judged against the frame's own noise. */
function stripedBlocks(grid: BlockGrid): Uint8Array {
  const { xx, yy, xy } = grid;
  const energy = new Float32Array(xx.length);
  for (let i = 0; i < energy.length; i++) energy[i] = (xx[i] ?? 0) + (yy[i] ?? 0);
  const sorted = energy.slice().sort();
  const noise = sorted[Math.floor(sorted.length * 0.2)] ?? 0;
  const strong = Math.max(noise * 2.5, 60);
  const marks = new Uint8Array(energy.length);
  for (let i = 0; i < marks.length; i++) {
    const all = energy[i] ?? 0;
    if (all < strong) continue;
    const oneWay = Math.hypot((xx[i] ?? 0) - (yy[i] ?? 0), 2 * (xy[i] ?? 0));
    if (oneWay > LEAST_COHERENCE * all) marks[i] = 1;
  }
  return marks;
}

type Marks = { readonly striped: Uint8Array; readonly taken: Uint8Array };

/** All striped blocks that hang together with the seed and agree with their neighbours. */
function grow(grid: BlockGrid, marks: Marks, seed: number): number[] {
  const { columns, rows } = grid;
  const patch = [seed];
  marks.taken[seed] = 1;
  for (let next = 0; next < patch.length; next++) {
    const at = patch[next] ?? 0;
    const column = at % columns;
    const row = (at - column) / columns;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const x = column + dx;
        const y = row + dy;
        if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
        const neighbour = y * columns + x;
        if (!marks.striped[neighbour] || marks.taken[neighbour]) continue;
        if (!alike(grid, at, neighbour)) continue;
        marks.taken[neighbour] = 1;
        patch.push(neighbour);
      }
    }
  }
  return patch;
}

/** Compares directions by the angle between (xx - yy, 2xy), which is twice theirs. */
function alike(grid: BlockGrid, a: number, b: number): boolean {
  const ax = (grid.xx[a] ?? 0) - (grid.yy[a] ?? 0);
  const ay = 2 * (grid.xy[a] ?? 0);
  const bx = (grid.xx[b] ?? 0) - (grid.yy[b] ?? 0);
  const by = 2 * (grid.xy[b] ?? 0);
  return ax * bx + ay * by > LIKE_DIRECTION * Math.hypot(ax, ay) * Math.hypot(bx, by);
}

type Sums = { xx: number; yy: number; xy: number };

/** The patch as an upright box, or null when it cannot be a barcode. */
function measure(grid: BlockGrid, patch: readonly number[]) {
  if (patch.length < 8) return null;
  const all = sum(grid, patch);
  const angle = direction(all);
  const placed = place(grid, patch, angle);
  const reach = (placed.u.high - placed.u.low) / 2 + grid.size / 2;
  const depth = (placed.v.high - placed.v.low) / 2 + grid.size / 2;
  if (reach * 2 < SHORTEST || depth < grid.size || reach < depth * 0.35) return null;
  const fill = (patch.length * grid.size * grid.size) / (4 * reach * depth);
  if (fill < LEAST_FILL) return null;
  const coherence = Math.hypot(all.xx - all.yy, 2 * all.xy) / (all.xx + all.yy);
  const middleU = (placed.u.high + placed.u.low) / 2;
  const middleV = (placed.v.high + placed.v.low) / 2;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const region: Region = {
    x: middleU * cos - middleV * sin,
    y: middleU * sin + middleV * cos,
    angle,
    fan: fanOf(grid, patch, { angle, middleU }),
    reach,
    depth,
  };
  return { region, score: patch.length * coherence * coherence * Math.min(1, fill + 0.2) };
}

function sum(grid: BlockGrid, patch: readonly number[]): Sums {
  const sums = { xx: 0, yy: 0, xy: 0 };
  for (const at of patch) {
    sums.xx += grid.xx[at] ?? 0;
    sums.yy += grid.yy[at] ?? 0;
    sums.xy += grid.xy[at] ?? 0;
  }
  return sums;
}

const direction = (s: Sums): number => 0.5 * Math.atan2(2 * s.xy, s.xx - s.yy);

/** Where the patch lies across (u) and along (v) its stripes; a few stray blocks do not count. */
function place(grid: BlockGrid, patch: readonly number[], angle: number) {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const us = new Float32Array(patch.length);
  const vs = new Float32Array(patch.length);
  patch.forEach((at, i) => {
    const [x, y] = centre(grid, at);
    us[i] = x * cos + y * sin;
    vs[i] = y * cos - x * sin;
  });
  us.sort();
  vs.sort();
  const pick = (sorted: Float32Array, share: number): number =>
    sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  return {
    u: { low: pick(us, 0.01), high: pick(us, 0.99) },
    v: { low: pick(vs, 0.04), high: pick(vs, 0.96) },
  };
}

/** The direction's turn from one end to the other, told from the two halves of the patch. */
function fanOf(
  grid: BlockGrid,
  patch: readonly number[],
  axis: { readonly angle: number; readonly middleU: number },
): number {
  const cos = Math.cos(axis.angle);
  const sin = Math.sin(axis.angle);
  const low: number[] = [];
  const high: number[] = [];
  for (const at of patch) {
    const [x, y] = centre(grid, at);
    (x * cos + y * sin < axis.middleU ? low : high).push(at);
  }
  let turn = direction(sum(grid, high)) - direction(sum(grid, low));
  if (turn > Math.PI / 2) turn -= Math.PI;
  if (turn < -Math.PI / 2) turn += Math.PI;
  // The halves' middles lie half a length apart.
  return Math.abs(turn) < 0.3 ? turn * 2 : 0;
}

function centre(grid: BlockGrid, at: number): readonly [number, number] {
  const column = at % grid.columns;
  const row = (at - column) / grid.columns;
  return [(column + 0.5) * grid.size, (row + 0.5) * grid.size];
}
