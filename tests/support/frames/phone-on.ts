/** Lays the phone's screen into the picture, as the camera sees it from where it is. */
import type { Plane } from './blur';
import { SCREEN } from './phone';
import { Back, seenAt } from './pose';
import type { Shot } from './recipe';

/** How much of each pixel is the screen. */
export type Mask = Float32Array;

/** In dots of the screen: its frame, and how round its corners are. */
const BEZEL = 45;
const ROUND = 120;

/** Changes the picture; answers where in it the screen is. */
export function phoneOn(plane: Plane, shot: Shot, screen: Plane): Mask {
  const { width, height, data } = plane;
  const mask = new Float32Array(width * height);
  const back = new Back(shot.pose, shot);
  const { texture, scale } = reduced(screen, dotsAPixel(back, shot));
  const { left, right, top, bottom } = around(shot);
  const dark = 0.01 * shot.white;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      let light = 0;
      let on = 0;
      let lit = 0;
      for (let part = 0; part < 9; part++) {
        back.look(x + ((part % 3) - 1) / 3, y + (Math.floor(part / 3) - 1) / 3);
        if (!isPhone(back.u, back.v)) continue;
        on++;
        if (back.u < 0 || back.v < 0 || back.u >= SCREEN.width || back.v >= SCREEN.height) {
          light += dark;
          continue;
        }
        lit++;
        light += shot.white * (between(texture, back.u * scale, back.v * scale) + shot.veil);
      }
      if (on === 0) continue;
      const i = y * width + x;
      data[i] = (light + (9 - on) * (data[i] ?? 0)) / 9;
      mask[i] = lit / 9;
    }
  }
  return mask;
}

/** How many dots of the screen lie side by side in a pixel, in the frame's middle. */
function dotsAPixel(back: Back, { width, height }: Shot): number {
  back.look(width / 2, height / 2);
  const { u, v } = back;
  back.look(width / 2 + 1, height / 2);
  return Math.hypot(back.u - u, back.v - v);
}

/** Halved until the nine looks at a pixel miss no dot. */
function reduced(screen: Plane, dots: number): { readonly texture: Plane; readonly scale: number } {
  let texture = screen;
  let by = 1;
  while (dots / 3 > 2 * by) {
    texture = half(texture);
    by *= 2;
  }
  return { texture, scale: 1 / by };
}

function half({ width: wide, height: high, data }: Plane): Plane {
  const [width, height] = [wide >> 1, high >> 1];
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const at = 2 * Math.floor(i / width) * wide + 2 * (i % width);
    const upper = (data[at] ?? 0) + (data[at + 1] ?? 0);
    out[i] = 0.25 * (upper + (data[at + wide] ?? 0) + (data[at + wide + 1] ?? 0));
  }
  return { width, height, data: out };
}

/** The part of the frame in which the phone can be. */
function around(shot: Shot) {
  const { pose, width, height } = shot;
  const corners = (
    [
      [-BEZEL, -BEZEL],
      [SCREEN.width + BEZEL, -BEZEL],
      [SCREEN.width + BEZEL, SCREEN.height + BEZEL],
      [-BEZEL, SCREEN.height + BEZEL],
    ] as const
  ).map((corner) => seenAt(pose, shot, corner));
  // A corner behind the camera says nothing about where the phone ends.
  if (corners.some(([, , depth]) => depth <= 0)) {
    return { left: 0, right: width - 1, top: 0, bottom: height - 1 };
  }
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const within = (value: number, most: number) => Math.min(Math.max(Math.round(value), 0), most);
  return {
    left: within(Math.min(...xs) - 3, width - 1),
    right: within(Math.max(...xs) + 3, width - 1),
    top: within(Math.min(...ys) - 3, height - 1),
    bottom: within(Math.max(...ys) + 3, height - 1),
  };
}

function isPhone(u: number, v: number): boolean {
  const across = Math.max(-BEZEL - u, u - SCREEN.width - BEZEL);
  const down = Math.max(-BEZEL - v, v - SCREEN.height - BEZEL);
  if (across > 0 || down > 0) return false;
  const x = across + ROUND;
  const y = down + ROUND;
  return x <= 0 || y <= 0 || x * x + y * y <= ROUND * ROUND;
}

function between({ width, height, data }: Plane, u: number, v: number): number {
  const x = Math.max(0, u - 0.5);
  const y = Math.max(0, v - 0.5);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const next = left + 1 < width ? 1 : 0;
  const at = top * width + left;
  const below = top + 1 < height ? at + width : at;
  const a = x - left;
  const upper = (data[at] ?? 0) * (1 - a) + (data[at + next] ?? 0) * a;
  const lower = (data[below] ?? 0) * (1 - a) + (data[below + next] ?? 0) * a;
  return upper + (lower - upper) * (y - top);
}
