/**
 * Black and white pictures out of a browser, and how alike two of them are. Fonts differ a little
 * from machine to machine, in their strokes and by a dot in their widths, so pictures are compared
 * by how much ink lies in each cell of a coarse grid, and never dot by dot.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright/test';
import type { Raster } from '@/lib/raster';
import { isBlack } from '@/lib/raster';

type Dots = { readonly width: number; readonly height: number; readonly black: string };

/** A canvas of the page, dot by dot; throws on a dot that is neither black nor white. */
export async function pictureIn(canvas: Locator): Promise<Raster> {
  return rasterOfDots(
    await canvas.evaluate((node: HTMLCanvasElement): Dots => {
      const { width, height } = node;
      const data = node.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let black = '';
      for (let dot = 0; dot < width * height; dot += 1) {
        const value = data[dot * 4];
        if (value !== 0 && value !== 255) throw new Error(`a grey dot: ${value}`);
        black += value === 0 ? '1' : '0';
      }
      return { width, height, black };
    }),
  );
}

/** A PNG file, as a browser reads it. */
export async function pictureInFile(page: Page, file: string): Promise<Raster> {
  const url = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
  const dots = await page.evaluate(async (source): Promise<Dots> => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    pen?.drawImage(image, 0, 0);
    const data = pen?.getImageData(0, 0, width, height).data ?? [];
    let black = '';
    for (let dot = 0; dot < width * height; dot += 1) black += (data[dot * 4] ?? 255) < 128 ? 1 : 0;
    return { width, height, black };
  }, url);
  return rasterOfDots(dots);
}

/** Kept the first time, to be looked at and committed; compared from then on. */
export async function keptAs(file: string, canvas: Locator): Promise<boolean> {
  if (existsSync(file)) return true;
  const url = await canvas.evaluate((node: HTMLCanvasElement) => node.toDataURL('image/png'));
  writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return false;
}

function rasterOfDots({ width, height, black }: Dots): Raster {
  const bits = new Uint8Array((width / 8) * height);
  for (let dot = 0; dot < black.length; dot += 1) {
    if (black[dot] === '1') bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return { width, height, bits };
}

const CELL = 12;

/**
 * How differently the ink lies: 0 for the same picture, 1 where all ink of either is elsewhere. A
 * picture of another width, or longer by more than a line, is another picture.
 */
export function difference(one: Raster, other: Raster): number {
  if (one.width !== other.width || Math.abs(one.height - other.height) > 32) return 1;
  const rows = Math.ceil(Math.max(one.height, other.height) / CELL);
  let [apart, ink] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < one.width / CELL; column += 1) {
      const [a, b] = [inkIn(one, column, row), inkIn(other, column, row)];
      apart += Math.abs(a - b);
      ink += a + b;
    }
  }
  return ink === 0 ? 0 : apart / ink;
}

function inkIn(picture: Raster, column: number, row: number): number {
  let ink = 0;
  for (let y = row * CELL; y < Math.min((row + 1) * CELL, picture.height); y += 1) {
    for (let x = column * CELL; x < (column + 1) * CELL; x += 1) {
      if (isBlack(picture, x, y)) ink += 1;
    }
  }
  return ink;
}
