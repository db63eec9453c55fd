/** A grey sheet to draw on: boxes, ovals, something like writing. 0 is black, 255 white. */
import type { Dice } from './dice';

export type Paper = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

export const blank = (width: number, height: number, grey = 255): Paper => ({
  width,
  height,
  data: new Uint8Array(width * height).fill(grey),
});

/** A place on the sheet: what is drawn there has its own level axes, turned about the corner. */
export type Place = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly angle?: number;
};

/** Grey at a point of the place, null where nothing is drawn. */
type Ink = (u: number, v: number) => number | null;

export function draw(paper: Paper, place: Place, ink: Ink): void {
  const { x, y, w, h, angle = 0 } = place;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ].map(([u = 0, v = 0]) => [x + u * cos - v * sin, y + u * sin + v * cos] as const);
  const [xs, ys] = [corners.map(([at]) => at), corners.map(([, at]) => at)];
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(paper.width, Math.ceil(Math.max(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(paper.height, Math.ceil(Math.max(...ys)));
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const dx = column + 0.5 - x;
      const dy = row + 0.5 - y;
      const u = dx * cos + dy * sin;
      const v = dy * cos - dx * sin;
      if (u < 0 || v < 0 || u >= w || v >= h) continue;
      const grey = ink(u, v);
      if (grey !== null) paper.data[row * paper.width + column] = grey;
    }
  }
}

export function box(paper: Paper, place: Place, grey: number): void {
  draw(paper, place, () => grey);
}

export const oval = (paper: Paper, place: Place, grey: number): void =>
  draw(paper, place, (u, v) =>
    (u / place.w - 0.5) ** 2 + (v / place.h - 0.5) ** 2 < 0.25 ? grey : null,
  );

/** How bright a colour is whose red, green and blue lie anywhere between these. */
export const tone = (dice: Dice, from: number, to: number): number =>
  Math.round(
    0.299 * dice.whole(from, to) + 0.587 * dice.whole(from, to) + 0.114 * dice.whole(from, to),
  );

const GLYPH = { across: 5, down: 7, wide: 6 } as const;

/** A line of signs five dots wide and seven high, that look like writing and say nothing. */
export function writing(
  paper: Paper,
  place: Omit<Place, 'w'> & { readonly signs: number },
  { dice, grey }: { readonly dice: Dice; readonly grey: number },
): void {
  const dot = place.h / GLYPH.down;
  const w = place.signs * GLYPH.wide * dot;
  const blanks = Array.from({ length: place.signs }, () => dice.chance(0.18));
  const dots = Array.from({ length: place.signs * GLYPH.across * GLYPH.down }, () =>
    dice.chance(0.45),
  );
  draw(paper, { ...place, w }, (u, v) => {
    const sign = Math.floor(u / (GLYPH.wide * dot));
    const column = Math.floor(u / dot) - sign * GLYPH.wide;
    if (column >= GLYPH.across || blanks[sign] === true) return null;
    const row = Math.min(GLYPH.down - 1, Math.floor(v / dot));
    const at = (sign * GLYPH.down + row) * GLYPH.across + column;
    return dots[at] === true ? grey : null;
  });
}
