/**
 * Makes one upright, sharp, evenly lit strip of a striped patch, so that a plain decoder can read
 * a barcode that was tilted, glared upon, blurred or small. Pure. It changes contrast, never the
 * order of the stripes.
 */

import type { Grey } from './image';
import type { Region } from './patch';

const LINES = 24;
/** Rows of the frame's pixels sampled for each line further down the strip. */
const ROWS_A_LINE = 2;
/** Each line is the mean of this many rows: noise goes, and distant lines still differ. */
const ROWS = 8;
/** How much of the stripes' length is used: their ends are ragged. */
const INSIDE = 0.9;
/** Payment codes are 123 modules (16 digits) to 178 (24 digits, not in pairs). */
const MODULES = 145;
/** Pixels of the strip per module: enough for edges to fall between modules. */
const FINE = 3;
/** Room on both sides, as a share of the length: ten modules of quiet, and the finder's error. */
const MARGIN = 0.12;
/** How far around a place its darkest and lightest are looked for, in modules. */
const WINDOW = 9;
/** How much of what a module's surroundings blurred away is given back. */
const SHARPEN = 1;
/** Less contrast than this share of the strip's own is left alone: it is paper, not stripes. */
const FLAT = 0.3;

export function uprightStrip(image: Grey, region: Region): Grey {
  const width = Math.round(MODULES * FINE * (1 + 2 * MARGIN));
  const data = new Uint8Array(width * LINES);
  const total = new Float32Array(width);
  const count = (LINES - 1) * ROWS_A_LINE + ROWS;
  const rows: Float32Array[] = [];
  for (let row = 0; row < count; row++) {
    const added = sampleRow(image, region, { at: (row + 0.5) / count - 0.5, width });
    const dropped = rows[row - ROWS];
    rows.push(added);
    for (let i = 0; i < width; i++) {
      total[i] = (total[i] ?? 0) + (added[i] ?? 0) - (dropped ? (dropped[i] ?? 0) : 0);
    }
    const line = (row - ROWS + 1) / ROWS_A_LINE;
    if (line < 0 || !Number.isInteger(line)) continue;
    data.set(flatten(sharpen(total, FINE), WINDOW * FINE), line * width);
  }
  return { width, height: LINES, data };
}

/** One row across the stripes, `at` of their length away from the middle, following their fan. */
function sampleRow(
  image: Grey,
  region: Region,
  place: { readonly at: number; readonly width: number },
): Float32Array {
  const v = 2 * region.depth * INSIDE * place.at;
  const out = new Float32Array(place.width);
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  const step = (2 * region.reach) / (MODULES * FINE);
  for (let i = 0; i < place.width; i++) {
    const u = (i + 0.5 - place.width / 2) * step;
    const across = u - v * Math.tan((region.fan * u) / (2 * region.reach));
    out[i] = at(image, region.x + across * cos - v * sin, region.y + across * sin + v * cos);
  }
  return out;
}

/** Sets each place off against the mean of its surroundings. */
function sharpen(values: Float32Array, radius: number): Float32Array {
  const out = new Float32Array(values.length);
  let total = 0;
  let count = 0;
  for (let i = -radius; i < values.length; i++) {
    if (i + radius < values.length) {
      total += values[i + radius] ?? 0;
      count++;
    }
    if (i - radius > 0) {
      total -= values[i - radius - 1] ?? 0;
      count--;
    }
    if (i >= 0) {
      const value = values[i] ?? 0;
      out[i] = value + SHARPEN * (value - total / count);
    }
  }
  return out;
}

/** Brightness between pixels; outside the frame, that of its rim. Block centres are at +0.5. */
function at(image: Grey, x: number, y: number): number {
  const { width, height, data } = image;
  const px = Math.min(Math.max(x - 0.5, 0), width - 1.001);
  const py = Math.min(Math.max(y - 0.5, 0), height - 1.001);
  const left = Math.floor(px);
  const top = Math.floor(py);
  const a = px - left;
  const b = py - top;
  const i = top * width + left;
  const upper = (data[i] ?? 0) * (1 - a) + (data[i + 1] ?? 0) * a;
  const lower = (data[i + width] ?? 0) * (1 - a) + (data[i + width + 1] ?? 0) * a;
  return upper * (1 - b) + lower * b;
}

/** Stretches each place between the darkest and the lightest of its surroundings. */
function flatten(values: Float32Array, window: number): Uint8Array {
  const low = sliding(values, window, (a, b) => a <= b);
  const high = sliding(values, window, (a, b) => a >= b);
  let widest = 0;
  for (let i = 0; i < values.length; i++) {
    widest = Math.max(widest, (high[i] ?? 0) - (low[i] ?? 0));
  }
  const least = Math.max(widest * FLAT, 1);
  const out = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const top = high[i] ?? 0;
    const span = Math.max(top - (low[i] ?? 0), least);
    out[i] = Math.max(0, Math.round(255 - (255 * (top - (values[i] ?? 0))) / span));
  }
  return out;
}

/** The extreme value within `window` either way of each place, in one pass. */
function sliding(
  values: Float32Array,
  window: number,
  beats: (a: number, b: number) => boolean,
): Float32Array {
  const out = new Float32Array(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < values.length + window; i++) {
    if (i < values.length) {
      while (tail > head && beats(values[i] ?? 0, values[queue[tail - 1] ?? 0] ?? 0)) tail--;
      queue[tail++] = i;
    }
    const middle = i - window;
    if (middle < 0) continue;
    while ((queue[head] ?? 0) < middle - window) head++;
    out[middle] = values[queue[head] ?? 0] ?? 0;
  }
  return out;
}
