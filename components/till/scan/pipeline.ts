/**
 * One camera frame, read in up to three ways, each only when the one before found no payment
 * code: S1 the whole frame as it is; S2 barcodes found by their stripes, turned upright and
 * flattened; S3 the centre enlarged, for a small QR. It remembers nothing between frames and
 * decides nothing: what it read goes to acceptance.ts.
 */
import type { Engine, Reading } from './engine';
import { findBarcodes } from './finder';
import { enlarge, type Grey } from './image';
import { straighten } from './straighten';
import { uprightStrip } from './strip';

export type FrameOptions = {
  readonly engine: Engine;
  /** Whether what was read could be a payment code; the search stops at the first. */
  readonly isPayment: (reading: Reading) => boolean;
  /** S3 costs as much as all the rest, so a live camera takes it on every other frame only. */
  readonly enlargeCentre: boolean;
};

export type FrameRead = {
  readonly readings: readonly Reading[];
  /** The way that brought the payment code, null when none did. */
  readonly stage: 'whole' | 'strip' | 'centre' | 'native' | null;
};

const CENTRE = 0.7;
/** More pixels than these take longer than they help. */
const LARGEST_CENTRE = 2_400_000;
const LARGEST_FACTOR = 2;

export async function readFrame(frame: Grey, options: FrameOptions): Promise<FrameRead> {
  const { engine, isPayment } = options;
  const readings: Reading[] = [];
  const add = (found: readonly Reading[]): boolean => {
    for (const one of found) if (!readings.some((known) => isSame(known, one))) readings.push(one);
    return found.some(isPayment);
  };
  if (add(await engine.read(frame, 'everything'))) return { readings, stage: 'whole' };
  for (const region of findBarcodes(frame)) {
    const strip = uprightStrip(frame, straighten(frame, region));
    if (add(await engine.read(strip, 'code-128'))) return { readings, stage: 'strip' };
  }
  if (options.enlargeCentre && add(await engine.read(enlargedCentre(frame), 'qr'))) {
    return { readings, stage: 'centre' };
  }
  return { readings, stage: null };
}

const isSame = (a: Reading, b: Reading): boolean =>
  a.text === b.text && a.symbology === b.symbology;

function enlargedCentre(frame: Grey): Grey {
  const width = Math.round(frame.width * CENTRE);
  const height = Math.round(frame.height * CENTRE);
  const box = {
    x: (frame.width - width) >> 1,
    y: (frame.height - height) >> 1,
    width,
    height,
  };
  const factor = Math.min(LARGEST_FACTOR, Math.sqrt(LARGEST_CENTRE / (width * height)));
  return enlarge(frame, box, factor);
}
