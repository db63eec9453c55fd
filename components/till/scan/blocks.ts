/** How strongly and in which direction brightness changes, block by block. Pure. */
import type { Grey } from './image';

export type BlockGrid = {
  /** Pixels a side. */
  readonly size: number;
  readonly columns: number;
  readonly rows: number;
  /** Means of gx·gx, gy·gy and gx·gy over each block: the structure tensor. */
  readonly xx: Float32Array;
  readonly yy: Float32Array;
  readonly xy: Float32Array;
  /**
   * Near 1 where brightness goes up as often as down, as over many stripes; near 0 along one
   * edge. Of each block with its neighbours.
   */
  readonly toAndFro: Float32Array;
};

type Sums = Omit<BlockGrid, 'toAndFro'> & {
  /** Sums of gx and gy, with and without their signs. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly size1: Float32Array;
};

/** Blocks across the width of a frame. */
const ACROSS = 150;
const LEAST_BLOCK = 6;

export function gradientBlocks(image: Grey): BlockGrid {
  const size = Math.max(LEAST_BLOCK, Math.round(image.width / ACROSS));
  const columns = Math.floor((image.width - 1) / size);
  const rows = Math.floor((image.height - 1) / size);
  const empty = () => new Float32Array(columns * rows);
  const grid: Sums = {
    size,
    columns,
    rows,
    xx: empty(),
    yy: empty(),
    xy: empty(),
    x: empty(),
    y: empty(),
    size1: empty(),
  };
  // Every line: level stripes differ from line to line alone, and skipping lets whole bars go.
  for (let row = 0; row < rows; row++) {
    for (let y = row * size; y < (row + 1) * size; y++) addLine(image, grid, { row, y });
  }
  const samples = size * size;
  for (const sums of [grid.xx, grid.yy, grid.xy]) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) / samples;
  }
  return { ...grid, toAndFro: toAndFroOf(grid) };
}

function toAndFroOf(grid: Sums): Float32Array {
  const { columns, rows } = grid;
  const x = withNeighbours(grid.x, columns, rows);
  const y = withNeighbours(grid.y, columns, rows);
  const all = withNeighbours(grid.size1, columns, rows);
  return all.map((sum, i) => 1 - (Math.abs(x[i] ?? 0) + Math.abs(y[i] ?? 0)) / (sum + 1e-6));
}

function withNeighbours(values: Float32Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const above = Math.max(row - 1, 0) * columns;
    const here = row * columns;
    const below = Math.min(row + 1, rows - 1) * columns;
    for (let column = 0; column < columns; column++) {
      const left = Math.max(column - 1, 0);
      const right = Math.min(column + 1, columns - 1);
      let total = 0;
      for (const line of [above, here, below]) {
        total +=
          (values[line + left] ?? 0) + (values[line + column] ?? 0) + (values[line + right] ?? 0);
      }
      out[here + column] = total;
    }
  }
  return out;
}

/** Differences over two by two pixels: a wider window would miss bars of one or two pixels. */
function addLine(image: Grey, grid: Sums, place: { row: number; y: number }): void {
  const { data, width } = image;
  const upper = place.y * width;
  const lower = upper + width;
  let at = place.row * grid.columns;
  for (let column = 0; column < grid.columns; column++, at++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
    let sx = 0;
    let sy = 0;
    let abs = 0;
    const start = column * grid.size;
    let a = data[upper + start] ?? 0;
    let c = data[lower + start] ?? 0;
    for (let x = start + 1; x <= start + grid.size; x++) {
      const b = data[upper + x] ?? 0;
      const d = data[lower + x] ?? 0;
      const gx = b - a + d - c;
      const gy = c - a + d - b;
      xx += gx * gx;
      yy += gy * gy;
      xy += gx * gy;
      sx += gx;
      sy += gy;
      abs += Math.abs(gx) + Math.abs(gy);
      a = b;
      c = d;
    }
    grid.xx[at] = (grid.xx[at] ?? 0) + xx;
    grid.yy[at] = (grid.yy[at] ?? 0) + yy;
    grid.xy[at] = (grid.xy[at] ?? 0) + xy;
    grid.x[at] = (grid.x[at] ?? 0) + sx;
    grid.y[at] = (grid.y[at] ?? 0) + sy;
    grid.size1[at] = (grid.size1[at] ?? 0) + abs;
  }
}
