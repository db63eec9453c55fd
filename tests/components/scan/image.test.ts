import { describe, expect, it } from 'vitest';
import { gradientBlocks } from '@/components/till/scan/blocks';
import { enlarge, type Grey, greyOf } from '@/components/till/scan/image';

const picture = (width: number, height: number, at: (x: number, y: number) => number): Grey => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
});

describe('a frame as brightness', () => {
  it('keeps black, white and grey, and finds green brighter than red and red than blue', () => {
    const rgba = [0, 0, 0, 255, 255, 255, 255, 255, 90, 90, 90, 255];
    const colours = [0, 255, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255];
    expect([...greyOf(Uint8Array.from(rgba), 3, 1).data]).toEqual([0, 255, 90]);
    const [green = 0, red = 0, blue = 0] = greyOf(Uint8Array.from(colours), 3, 1).data;
    expect(green).toBeGreaterThan(red);
    expect(red).toBeGreaterThan(blue);
  });
});

describe('a part of a frame enlarged', () => {
  const slope = picture(40, 30, (x, y) => 20 + 3 * x + 2 * y);

  it('is the part itself at its own size', () => {
    const part = enlarge(slope, { x: 10, y: 5, width: 8, height: 6 }, 1);
    expect(part).toEqual(picture(8, 6, (x, y) => 20 + 3 * (x + 10) + 2 * (y + 5)));
  });

  it('is as steep in both directions, twice as large', () => {
    const part = enlarge(slope, { x: 10, y: 5, width: 8, height: 6 }, 2);
    expect([part.width, part.height]).toEqual([16, 12]);
    for (let y = 0; y < 12; y++) {
      for (let x = 0; x < 16; x++) {
        // A new pixel's middle is half as far from the corner as its number says.
        const exact = 20 + 3 * (10 + (x + 0.5) / 2 - 0.5) + 2 * (5 + (y + 0.5) / 2 - 0.5);
        expect(Math.abs((part.data[y * 16 + x] ?? 0) - exact)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('a block of a frame', () => {
  const middle = ({ toAndFro, columns, rows }: ReturnType<typeof gradientBlocks>): number =>
    toAndFro[Math.floor(rows / 2) * columns + Math.floor(columns / 2)] ?? 0;

  it('goes to and fro over stripes, level or upright, and one way over an edge', () => {
    const stripes = gradientBlocks(picture(180, 90, (x) => ((x >> 1) % 2) * 200));
    const level = gradientBlocks(picture(180, 90, (_, y) => ((y >> 1) % 2) * 200));
    const edge = gradientBlocks(picture(180, 90, (x) => (x > 90 ? 200 : 0)));
    expect(middle(stripes)).toBeGreaterThan(0.8);
    expect(middle(level)).toBeGreaterThan(0.8);
    expect(middle(edge)).toBeLessThan(0.1);
  });
});
