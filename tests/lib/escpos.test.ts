import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escposOf } from '@/lib/escpos';
import { isBlack, pixelsOf, type Raster, rasterOf } from '@/lib/raster';
import { printed } from '../support/escpos';

const anyRaster = fc
  .record({ bytes: fc.integer({ min: 1, max: 72 }), height: fc.integer({ min: 1, max: 300 }) })
  .chain(({ bytes, height }) =>
    fc
      .uint8Array({ minLength: bytes * height, maxLength: bytes * height })
      .map((bits): Raster => ({ width: bytes * 8, height, bits: new Uint8Array(bits) })),
  );

describe('the bytes for a printer', () => {
  test('are the same picture on its paper, then a feed and a cut', () => {
    fc.assert(
      fc.property(anyRaster, (picture) => {
        const paper = printed(escposOf(picture));
        expect(paper.picture).toEqual(picture);
        expect([paper.fedLines > 0, paper.cut]).toEqual([true, true]);
      }),
      { numRuns: 40 },
    );
  });

  test('come in bands that a cheap printer can hold', () => {
    const picture = { width: 576, height: 700, bits: new Uint8Array(72 * 700).fill(0xa5) };
    const bytes = escposOf(picture);
    expect(printed(bytes).bands).toBe(6);
    expect([...bytes.subarray(0, 10)]).toEqual([0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 72, 0, 128, 0]);
  });

  test('never hold a character: a command that the printer does not know is an error', () => {
    expect(() => printed(Uint8Array.of(0x1b, 0x40, 0x41, 0x42))).toThrow('knows no command');
  });
});

describe('a picture in dots', () => {
  test('keeps each dot where it was, and back again', () => {
    fc.assert(
      fc.property(anyRaster, (picture) => {
        expect(rasterOf(pixelsOf(picture))).toEqual(picture);
      }),
      { numRuns: 20 },
    );
  });

  test('takes grey edges of a stroke for black and the haze around it for white', () => {
    const greys = [0, 100, 159, 160, 200, 255, 0, 0];
    const data = new Uint8ClampedArray(
      greys.flatMap((grey, place) => [grey, grey, grey, place === 6 ? 0 : 255]),
    );
    const raster = rasterOf({ width: 8, height: 1, data });
    // The seventh is black but wholly transparent: white paper.
    expect(greys.map((_grey, x) => isBlack(raster, x, 0))).toEqual([
      ...[true, true, true, false, false, false, false, true],
    ]);
  });

  test('has whole bytes across', () => {
    const data = new Uint8ClampedArray(9 * 4);
    expect(() => rasterOf({ width: 9, height: 1, data })).toThrow('whole bytes');
  });
});
