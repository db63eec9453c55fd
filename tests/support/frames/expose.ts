/**
 * Takes the picture of a shot: the counter, the phone on it, glass, lamp, lens and sensor, all in
 * linear light until the last step. Grey alone, because that is all a decoder looks at.
 */
import type { Frame as Picture } from '../camera/picture';
import { disc, type Plane, smear, soften, spread } from './blur';
import { counterTop } from './counter';
import { type Dice, dice } from './dice';
import type { Paper } from './paper';
import { type Mask, phoneOn } from './phone-on';
import { Back, seenAt } from './pose';
import { DIFFICULTIES, type Shot } from './recipe';

const LINEAR = new Float32Array(256);
for (let value = 0; value < LINEAR.length; value++) {
  const c = value / 255;
  LINEAR[value] = c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}
const STEPS = 4096;
const ENCODED = new Float32Array(STEPS + 1);
for (let at = 0; at <= STEPS; at++) {
  const c = at / STEPS;
  ENCODED[at] = 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
}

function inLight({ width, height, data }: Paper): Plane {
  const light = new Float32Array(data.length);
  for (let i = 0; i < light.length; i++) light[i] = LINEAR[data[i] ?? 0] ?? 0;
  return { width, height, data: light };
}

export function expose(shot: Shot): Picture {
  const { draws, white, phone } = shot;
  let plane = background(shot);
  const mask: Mask | null = phone === null ? null : phoneOn(plane, shot, inLight(phone.paper));
  if (mask !== null) lamp(plane, shot, mask);
  if (white > 1) plane = bloom(plane);
  plane = spread(plane, disc(shot.defocus));
  plane = spread(plane, smear(shot.motion.length, shot.motion.angle));
  plane = soften(plane, 0.45);
  if (mask !== null) {
    pixelGrid(plane, shot, mask);
    bands(plane, shot, mask);
  }
  noise(plane, DIFFICULTIES[shot.split], draws.fork('sensor'));
  return develop(soften(plane, 0.42), shot.sharpened);
}

function background(shot: Shot): Plane {
  const { draws, width, height, sticker, white, surround, split } = shot;
  const { clutter } = DIFFICULTIES[split];
  const plane = inLight(counterTop(draws.fork('counter'), { width, height, clutter, sticker }));
  const { data } = plane;
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * white * surround + 0.004;
  // A sticker lies as near as the phone and is as sharp.
  if (sticker) return plane;
  return spread(plane, disc((width / 1280) * draws.fork('depth').even([0.6, 2.2])));
}

/** A lamp mirrored in the glass, over or near the code. */
function lamp({ width, data }: Plane, shot: Shot, mask: Mask): void {
  const { glare, phone, pose } = shot;
  const code = phone?.codes[0];
  if (glare === null || code === undefined) return;
  const on = [code.x + code.w * glare.across, code.y + code.h * glare.down] as const;
  const [x, y] = seenAt(pose, shot, on);
  const wide = glare.wide * width * (glare.tube ? 3 : 1);
  const high = glare.high * width * (glare.tube ? 0.25 : 1);
  const [cos, sin] = [Math.cos(glare.angle), Math.sin(glare.angle)];
  const bright = glare.bright * Math.min(1, shot.white);
  for (let i = 0; i < data.length; i++) {
    const covered = mask[i] ?? 0;
    if (covered === 0) continue;
    const dx = (i % width) - x;
    const dy = Math.floor(i / width) - y;
    const a = (dx * cos + dy * sin) / wide;
    const b = (dy * cos - dx * sin) / high;
    const away = (glare.tube ? a ** 4 : a * a) + b * b;
    if (away <= 12) data[i] = (data[i] ?? 0) + bright * Math.exp(-0.5 * away) * covered;
  }
}

/** What is brighter than the sensor can take spills over. */
function bloom(plane: Plane): Plane {
  const { width, height, data } = plane;
  const over = new Float32Array(data.length);
  for (let i = 0; i < over.length; i++) over[i] = Math.max(0, (data[i] ?? 0) - 0.9);
  const spilt = spread({ width, height, data: over }, disc(Math.max(1.2, (width / 1280) * 3)));
  for (let i = 0; i < over.length; i++) over[i] = (data[i] ?? 0) + 0.18 * (spilt.data[i] ?? 0);
  return { width, height, data: over };
}

/** How much red, green and blue weigh in grey; the three grids of the phone lie a third apart. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/** The phone's grid of pixels, seen through the camera's: waves where there are none. */
function pixelGrid({ width, height, data }: Plane, { moire, pose }: Shot, mask: Mask): void {
  if (moire === null) return;
  const [x, y] = [moire.x * width, moire.y * height];
  const fade = 1 / (2 * (moire.size * height) ** 2);
  const back = new Back(pose, { width, height });
  for (let i = 0; i < data.length; i++) {
    const covered = mask[i] ?? 0;
    if (covered === 0) continue;
    const column = i % width;
    const row = Math.floor(i / width);
    back.look(column, row);
    const away = (column - x) ** 2 + (row - y) ** 2;
    const red = 2 * Math.PI * back.u;
    const wave =
      0.5 * Math.cos(2 * Math.PI * back.v) +
      RED * Math.cos(red) +
      GREEN * Math.cos(red - 2.1) +
      BLUE * Math.cos(red + 2.1);
    data[i] = (data[i] ?? 0) * (1 + moire.depth * covered * Math.exp(-away * fade) * wave);
  }
}

/** A dimmed screen that flickers faster than the shutter. */
function bands({ width, height, data }: Plane, { bands: dark }: Shot, mask: Mask): void {
  if (dark === null) return;
  for (let row = 0; row < height; row++) {
    const beat = Math.sin((2 * Math.PI * row) / dark.period + dark.phase);
    const lit = 1 - dark.depth / (1 + Math.exp(-8 * (beat - Math.cos(Math.PI * dark.duty))));
    for (let i = row * width; i < (row + 1) * width; i++) {
      data[i] = (data[i] ?? 0) * (1 - (mask[i] ?? 0) * (1 - lit));
    }
  }
}

/** Three colours, each with noise of its own, make a grey with less of it. */
const QUIETER = Math.hypot(RED, GREEN, BLUE);
const NORMALS = 1 << 16;

let table: Float32Array | null = null;

/** Drawn once: two million of them for each frame would take longer than all the rest. */
function grains(): Float32Array {
  if (table !== null) return table;
  const draws = dice(1, 'grains');
  table = new Float32Array(NORMALS);
  for (let i = 0; i < NORMALS; i++) table[i] = draws.normal(1);
  return table;
}

/** Light comes in grains, and reading them adds some. */
function noise(
  { data }: Plane,
  { full, readNoise }: { readonly full: number; readonly readNoise: number },
  draws: Dice,
): void {
  const normals = grains();
  let at = draws.whole(0, NORMALS - 1);
  // Another odd step for each stretch, so that no pattern comes back.
  let step = 1;
  for (let i = 0; i < data.length; i++) {
    const light = Math.min(Math.max(data[i] ?? 0, 0), 1.3);
    const deviation = QUIETER * Math.sqrt(light / full + readNoise * readNoise);
    data[i] = light + (normals[at] ?? 0) * deviation;
    at = (at + step) % NORMALS;
    if (i % NORMALS === NORMALS - 1) step = 2 * draws.whole(0, NORMALS / 2 - 1) + 1;
  }
}

/** As the eye sees it, sharpened as cameras do. */
function develop({ width, height, data }: Plane, sharpened: number): Picture {
  const seen = new Float32Array(data.length);
  for (let i = 0; i < seen.length; i++) {
    const light = Math.min(Math.max(data[i] ?? 0, 0), 1);
    seen[i] = ENCODED[Math.round(light * STEPS)] ?? 0;
  }
  const plane = { width, height, data: seen };
  const soft = sharpened > 0.05 ? soften(plane, 1).data : seen;
  const out = new Uint8Array(seen.length);
  for (let i = 0; i < out.length; i++) {
    const value = seen[i] ?? 0;
    const sharp = value + sharpened * (value - (soft[i] ?? 0));
    out[i] = Math.min(Math.max(Math.round(sharp), 0), 255);
  }
  return { width, height, data: out };
}
