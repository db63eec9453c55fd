/**
 * Finds what looks like a barcode at any angle: a patch where brightness changes strongly, to and
 * fro, all in one direction. Pure. It promises a short list, best first, and says nothing about
 * what the stripes mean; most of what it finds in a cluttered picture is no barcode.
 */
import { type BlockGrid, gradientBlocks } from './blocks';
import type { Grey } from './image';
import { type Candidate, measure, type Region } from './patch';

const MOST_REGIONS = 4;
const MOST_PIECES = 12;
/** A Code 128 of 16 digits is 123 modules; below a pixel each, nothing can be read. In pixels. */
const SHORTEST = 90;
/** A block's energy over that of the quietest fifth of the frame, which is its noise. */
const OVER_NOISE = 2.5;
const LEAST_ENERGY = 60;
/** How much of a block's change must go one way, of 1. */
const LEAST_COHERENCE = 0.4;
/** A single edge is 0, and a phone is full of them. */
const LEAST_TO_AND_FRO = 0.6;
/** By how much neighbouring blocks may differ in direction, and pieces of one barcode, degrees. */
const LIKE_BLOCKS = cosineOfTwice(18);
const LIKE_PIECES = cosineOfTwice(12);
/** A tear in a barcode is no longer than this share of its longer piece's half. */
const WIDEST_TEAR = 0.4;

export function findBarcodes(image: Grey): Region[] {
  const grid = gradientBlocks(image);
  const striped = stripedBlocks(grid);
  const taken = new Uint8Array(striped.length);
  const found: Candidate[] = [];
  for (let seed = 0; seed < striped.length; seed++) {
    if (!striped[seed] || taken[seed]) continue;
    const candidate = measure(grid, grow(grid, { striped, taken }, seed));
    if (candidate) found.push(candidate);
  }
  return join(grid, found.sort(byScore).slice(0, MOST_PIECES))
    .map(({ region }) => region)
    .filter(({ reach }) => reach * 2 >= SHORTEST)
    .slice(0, MOST_REGIONS);
}

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score;

/** Marks blocks that change strongly, to and fro, and in one direction. */
function stripedBlocks(grid: BlockGrid): Uint8Array {
  const { xx, yy, xy } = grid;
  const energy = xx.map((value, i) => value + (yy[i] ?? 0));
  const noise = energy.slice().sort()[Math.floor(energy.length * 0.2)] ?? 0;
  const strong = Math.max(noise * OVER_NOISE, LEAST_ENERGY);
  const marks = new Uint8Array(energy.length);
  for (let i = 0; i < marks.length; i++) {
    const all = energy[i] ?? 0;
    if (all < strong || (grid.toAndFro[i] ?? 0) < LEAST_TO_AND_FRO) continue;
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
    for (let y = Math.max(0, row - 1); y <= Math.min(row + 1, rows - 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(column + 1, columns - 1); x++) {
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
  return ax * bx + ay * by > LIKE_BLOCKS * Math.hypot(ax, ay) * Math.hypot(bx, by);
}

/** Puts together what glare or a wide bar tore apart: pieces in one row, of one direction. */
function join(grid: BlockGrid, pieces: readonly Candidate[]): Candidate[] {
  const whole = [...pieces];
  for (let i = 0; i < whole.length; i++) {
    for (let j = i + 1; j < whole.length; j++) {
      const [a, b] = [whole[i], whole[j]];
      if (!a || !b || !inOneRow(a.region, b.region)) continue;
      const both = measure(grid, [...a.patch, ...b.patch]);
      if (!both) continue;
      whole[i] = both;
      whole.splice(j, 1);
      // The larger piece may reach what the smaller did not.
      j = i;
    }
  }
  return whole.sort(byScore);
}

function inOneRow(a: Region, b: Region): boolean {
  if (Math.cos(2 * (a.angle - b.angle)) < LIKE_PIECES) return false;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const across = Math.abs(dx * Math.cos(a.angle) + dy * Math.sin(a.angle));
  const along = Math.abs(dy * Math.cos(a.angle) - dx * Math.sin(a.angle));
  const tear = across - a.reach - b.reach;
  return tear < WIDEST_TEAR * Math.max(a.reach, b.reach) && along < Math.min(a.depth, b.depth) / 2;
}

function cosineOfTwice(degrees: number): number {
  return Math.cos((2 * degrees * Math.PI) / 180);
}
