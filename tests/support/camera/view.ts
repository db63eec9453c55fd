/** The same picture through a worse camera: turned, further away, out of focus, under a lamp. */
import type { Frame } from './picture';

export type View = {
  /** Turned about the frame's middle, clockwise. */
  readonly degrees?: number;
  /** How many times smaller things look. */
  readonly shrink?: number;
  /** Radius of the blur in pixels. */
  readonly blur?: number;
  /** Brightness that a lamp adds at its middle, right of the frame's. */
  readonly glare?: number;
};

export function seenBy(picture: Frame, view: View): Frame {
  const turned = turn(picture, ((view.degrees ?? 0) * Math.PI) / 180, view.shrink ?? 1);
  const blurred = view.blur ? blur(turned, view.blur) : turned;
  return view.glare ? lamp(blurred, view.glare) : blurred;
}

/** Samples nine points a pixel, as a sensor gathers light over its whole area. */
function turn(picture: Frame, angle: number, shrink: number): Frame {
  const { width, height } = picture;
  const data = new Uint8Array(width * height);
  const cos = Math.cos(angle) * shrink;
  const sin = Math.sin(angle) * shrink;
  const offsets = [-1 / 3, 0, 1 / 3];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let total = 0;
      for (const dy of offsets) {
        for (const dx of offsets) {
          const u = x + dx + 0.5 - width / 2;
          const v = y + dy + 0.5 - height / 2;
          const column = Math.floor(u * cos + v * sin + width / 2);
          const row = Math.floor(v * cos - u * sin + height / 2);
          total += pixel(picture, column, row);
        }
      }
      data[y * width + x] = total / 9;
    }
  }
  return { width, height, data };
}

function pixel({ width, height, data }: Frame, x: number, y: number): number {
  const column = Math.min(Math.max(x, 0), width - 1);
  const row = Math.min(Math.max(y, 0), height - 1);
  return data[row * width + column] ?? 0;
}

/** A mean over a square of nine points, `radius` pixels apart from the middle. */
function blur(picture: Frame, radius: number): Frame {
  const { width, height } = picture;
  const data = new Uint8Array(width * height);
  const steps = [-radius, 0, radius];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let total = 0;
      for (const dy of steps) for (const dx of steps) total += between(picture, x + dx, y + dy);
      data[y * width + x] = total / 9;
    }
  }
  return { width, height, data };
}

function between(picture: Frame, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const a = x - left;
  const b = y - top;
  const upper = pixel(picture, left, top) * (1 - a) + pixel(picture, left + 1, top) * a;
  const lower = pixel(picture, left, top + 1) * (1 - a) + pixel(picture, left + 1, top + 1) * a;
  return upper * (1 - b) + lower * b;
}

function lamp(picture: Frame, strength: number): Frame {
  const { width, height } = picture;
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const dx = (i % width) - width * 0.55;
    const dy = Math.floor(i / width) - height / 2;
    const add = strength * Math.exp(-(dx * dx + dy * dy) / (2 * 90 * 90));
    data[i] = Math.min(255, (picture.data[i] ?? 0) + add);
  }
  return { width, height, data };
}
