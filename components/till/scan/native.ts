/**
 * The browser's own detector, as a second opinion only: it is asked about a frame in which we
 * found nothing, and what it alone has read must be read twice. Some browsers have its name and no
 * formats, some list formats and throw, some never answer: all as if it were not there.
 */
import type { Symbology } from '@/lib/payment-code';
import type { Reading } from './engine';

type Found = { readonly rawValue: string; readonly format: string };
type Detector = { detect(image: ImageBitmapSource): Promise<readonly Found[]> };
type DetectorKind = {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

export type SecondOpinion = (image: ImageBitmapSource) => Promise<readonly Reading[]>;

const NAMES: Readonly<Record<string, Symbology>> = {
  code_128: 'code-128',
  qr_code: 'qr',
  ean_13: 'ean-13',
  ean_8: 'ean-8',
  upc_a: 'upc-a',
};
/** Without both of these it is of no use to a till. */
const NEEDED = ['code_128', 'qr_code'] as const;
/** A frame is a tenth of a second; who takes longer holds up the next one. */
const PATIENCE_MS = 250;
/** So often in a row it may fail before it is not asked any more. */
const MOST_FAILURES = 3;

/** Null where there is none to be trusted with both kinds of code. */
export async function secondOpinion(
  kind: unknown = Reflect.get(globalThis, 'BarcodeDetector'),
): Promise<SecondOpinion | null> {
  if (!isDetectorKind(kind)) return null;
  try {
    const formats = await within(kind.getSupportedFormats());
    if (!NEEDED.every((format) => formats.includes(format))) return null;
    const known = formats.filter((format) => NAMES[format] !== undefined);
    return guarded(new kind({ formats: known }));
  } catch {
    return null;
  }
}

function guarded(detector: Detector): SecondOpinion {
  let failures = 0;
  return async (image) => {
    if (failures >= MOST_FAILURES) return [];
    try {
      const found = await within(detector.detect(image));
      failures = 0;
      return found.flatMap(asReading);
    } catch {
      failures += 1;
      return [];
    }
  };
}

function asReading({ rawValue, format }: Found): Reading[] {
  const symbology = NAMES[format];
  return symbology === undefined || rawValue === ''
    ? []
    : [{ text: rawValue, symbology, alone: true }];
}

function within<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the detector did not answer')), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const isDetectorKind = (kind: unknown): kind is DetectorKind =>
  typeof kind === 'function' && 'getSupportedFormats' in kind;
