/**
 * Makes one upright, evenly lit strip of a striped patch, so that a plain decoder can read a
 * barcode that was tilted, glared upon or small. Pure. It changes contrast, never the order or
 * the relative widths of the stripes.
 */
import type { Region } from './finder';
import type { Grey } from './image';

const LINES = 24;
/** Pixels of the strip per pixel of the frame: edges fall between pixels. */
const FINER = 3;
/** Room on both sides, as a share of the length: ten modules of 134, and the finder's error. */
const MARGIN = 0.11;
/** Nine modules either way, as a share of the length of an ordinary payment code. */
const WINDOW = 0.06;
/** Less contrast than this share of the strip's own is left alone: it is paper, not stripes. */
const FLAT = 0.3;

export function uprightStrip(image: Grey, region: Region): Grey {
  const half = region.reach * (1 + 2 * MARGIN);
  const width = Math.round(2 * half * FINER);
  const data = new Uint8Array(width * LINES);
  const window = Math.round(2 * region.reach * WINDOW * FINER);
  for (let line = 0; line < LINES; line++) {
    const values = sampleLine(image, region, { line, width });
    data.set(flatten(values, window), line * width);
  }
  return { width, height: LINES, data };
}

/** One line of the strip: the mean over its band, following the fan of the stripes. */
function sampleLine(
  image: Grey,
  region: Region,
  place: { readonly line: number; readonly width: number },
): Float32Array {
  const band = (2 * region.depth * 0.9) / LINES;
  const samples = Math.max(1, Math.min(8, Math.round(band)));
  const middle = (place.line + 0.5 - LINES / 2) * band;
  const out = new Float32Array(place.width);
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  for (let i = 0; i < place.width; i++) {
    const u = (i + 0.5 - place.width / 2) / FINER;
    const lean = Math.tan((region.fan * u) / (2 * region.reach));
    let total = 0;
    for (let k = 0; k < samples; k++) {
      const v = middle + ((k + 0.5) / samples - 0.5) * band;
      const across = u - v * lean;
      total += at(image, region.x + across * cos - v * sin, region.y + across * sin + v * cos);
    }
    out[i] = total / samples;
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
  const least = Math.max(widest * FLAT, 4);
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
