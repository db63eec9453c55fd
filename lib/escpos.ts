/**
 * A picture as the bytes that a receipt printer understands (Epson's ESC/POS, which nearly all of
 * them speak). Only pictures are sent, never text: what a code page would make of Chinese differs
 * from printer to printer, and dots do not.
 */
import type { Raster } from './raster';

const ESC = 0x1b;
const GS = 0x1d;
/** A band that cheap printers can hold: 72 bytes × 128 rows at the most. */
const BAND_ROWS = 128;
/** Past the tearing edge, in lines. */
const FEED_LINES = 4;

/** Throws a RangeError on a picture wider than two bytes can say. */
export function escposOf(raster: Raster): Uint8Array<ArrayBuffer> {
  const across = raster.width / 8;
  if (across > 0xffff) throw new RangeError(`${raster.width} dots are too wide`);
  const parts: Uint8Array[] = [Uint8Array.of(ESC, 0x40)];
  for (let row = 0; row < raster.height; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, raster.height - row);
    parts.push(bandHead(across, rows));
    parts.push(raster.bits.subarray(row * across, (row + rows) * across));
  }
  // Feed, then cut but for a point; a printer without a knife passes over it.
  parts.push(Uint8Array.of(ESC, 0x64, FEED_LINES), Uint8Array.of(GS, 0x56, 0x42, 0));
  return joined(parts);
}

/** GS v 0, "print raster bit image": plain size, bytes across, rows down; low bytes first. */
const bandHead = (across: number, rows: number): Uint8Array =>
  Uint8Array.of(GS, 0x76, 0x30, 0, across & 0xff, across >> 8, rows & 0xff, rows >> 8);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
