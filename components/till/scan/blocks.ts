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
};

/** Blocks across the width of a frame. */
const ACROSS = 150;

export function gradientBlocks(image: Grey): BlockGrid {
  const size = Math.max(4, Math.round(image.width / ACROSS));
  const columns = Math.floor((image.width - 1) / size);
  const rows = Math.floor((image.height - 1) / size);
  const grid = {
    size,
    columns,
    rows,
    xx: new Float32Array(columns * rows),
    yy: new Float32Array(columns * rows),
    xy: new Float32Array(columns * rows),
  };
  // Large blocks have rows to spare; every other one says the same in half the time.
  const step = size >= 8 ? 2 : 1;
  for (let row = 0; row < rows; row++) {
    for (let y = row * size; y < (row + 1) * size; y += step) addLine(image, grid, { row, y });
  }
  const samples = size * Math.ceil(size / step);
  for (const sums of [grid.xx, grid.yy, grid.xy]) {
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) / samples;
  }
  return grid;
}

/** Differences over two by two pixels: a wider window would miss bars of one or two pixels. */
function addLine(image: Grey, grid: BlockGrid, place: { row: number; y: number }): void {
  const { data, width } = image;
  const upper = place.y * width;
  const lower = upper + width;
  let at = place.row * grid.columns;
  for (let column = 0; column < grid.columns; column++, at++) {
    let xx = 0;
    let yy = 0;
    let xy = 0;
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
      a = b;
      c = d;
    }
    grid.xx[at] = (grid.xx[at] ?? 0) + xx;
    grid.yy[at] = (grid.yy[at] ?? 0) + yy;
    grid.xy[at] = (grid.xy[at] ?? 0) + xy;
  }
}
