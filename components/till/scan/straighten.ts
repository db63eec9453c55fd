/**
 * Turns a found patch until its stripes stand upright. The finder's angle is a few degrees off,
 * because differences between neighbouring pixels favour the axes; the stripes themselves tell
 * better: summed along their own direction they stay sharp, along any other they blur. Pure.
 */

import type { Grey } from './image';
import type { Region } from './patch';

const DEGREE = Math.PI / 180;
/** Lines summed for each angle that is tried. */
const LINES = 12;

export function straighten(image: Grey, region: Region): Region {
  const whole = { from: -1, to: 1 };
  const coarse = best(region.angle, { step: 2 * DEGREE, each: 3 }, (angle) =>
    sharpness(image, { ...region, angle }, whole),
  );
  const angle = best(coarse, { step: 0.5 * DEGREE, each: 3 }, (one) =>
    sharpness(image, { ...region, angle: one }, whole),
  );
  const halves = [
    { from: -1, to: 0 },
    { from: 0, to: 1 },
  ].map((half) =>
    best(angle, { step: 0.75 * DEGREE, each: 4 }, (one) =>
      sharpness(image, { ...region, angle: one }, half),
    ),
  );
  const [low = angle, high = angle] = halves;
  // The halves' middles lie half a length apart.
  return { ...region, angle: (low + high) / 2, fan: (high - low) * 2 };
}

type Search = { readonly step: number; readonly each: number };

/** The value near `start` for which `score` is highest, tried `each` steps either way. */
function best(start: number, { step, each }: Search, score: (value: number) => number): number {
  let found = start;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = -each; i <= each; i++) {
    const value = start + i * step;
    const here = score(value);
    if (here > highest) {
      highest = here;
      found = value;
    }
  }
  return found;
}

type Part = { readonly from: number; readonly to: number };

/** How much neighbouring columns differ after summing along the stripes. */
function sharpness(image: Grey, region: Region, part: Part): number {
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  const first = Math.ceil(part.from * region.reach);
  const last = Math.floor(part.to * region.reach);
  let energy = 0;
  let before = 0;
  for (let u = first; u <= last; u++) {
    let total = 0;
    for (let line = 0; line < LINES; line++) {
      const v = ((line + 0.5) / LINES - 0.5) * 1.6 * region.depth;
      total += pixelAt(image, region.x + u * cos - v * sin, region.y + u * sin + v * cos);
    }
    if (u > first) energy += (total - before) ** 2;
    before = total;
  }
  return energy;
}

/** The nearest pixel: twelve of them summed make up for the rounding. */
function pixelAt({ width, height, data }: Grey, x: number, y: number): number {
  const column = Math.min(Math.max(Math.floor(x), 0), width - 1);
  const row = Math.min(Math.max(Math.floor(y), 0), height - 1);
  return data[row * width + column] ?? 0;
}
