/**
 * The decoder of choice: ZXing-C++ as WebAssembly. It is handed its own code by the caller and
 * never fetches anything, because the package would otherwise ask a public network for it.
 */
import {
  prepareZXingModule,
  type ReaderOptions,
  type ReadResult,
  readBarcodes,
} from 'zxing-wasm/reader';
import type { Symbology } from '@/lib/payment-code';
import type { Engine, Look, Reading } from './engine';
import type { Grey } from './image';

const QUICK: ReaderOptions = { tryHarder: false, tryInvert: false, maxNumberOfSymbols: 4 };

const OPTIONS: Record<Look, ReaderOptions> = {
  everything: { ...QUICK, formats: ['Code128', 'QRCodeModel2', 'EAN13', 'EAN8', 'UPCA'] },
  'code-128': {
    formats: ['Code128'],
    tryHarder: true,
    tryInvert: false,
    tryRotate: false,
    tryDownscale: false,
    maxNumberOfSymbols: 1,
  },
  qr: { ...QUICK, formats: ['QRCodeModel2'], maxNumberOfSymbols: 2 },
};

const NAMES: Partial<Record<ReadResult['format'], Symbology>> = {
  Code128: 'code-128',
  QRCode: 'qr',
  QRCodeModel2: 'qr',
  EAN13: 'ean-13',
  EAN8: 'ean-8',
  UPCA: 'upc-a',
};

/** Rejects where WebAssembly does not run or the bytes are not the decoder. */
export async function startWasmEngine(wasm: ArrayBuffer): Promise<Engine> {
  await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true });
  return {
    name: 'wasm',
    async read(image, look) {
      const results = await readBarcodes(asGreyMap(image), OPTIONS[look]);
      return results.flatMap(asReading);
    },
  };
}

function asReading(result: ReadResult): Reading[] {
  const symbology = NAMES[result.format];
  return result.isValid && symbology ? [{ text: result.text, symbology }] : [];
}

/** A portable grey map: a quarter of the bytes of RGBA, and no second conversion to grey. */
function asGreyMap(image: Grey): Uint8Array {
  const head = new TextEncoder().encode(`P5 ${image.width} ${image.height} 255\n`);
  const file = new Uint8Array(head.length + image.data.length);
  file.set(head);
  file.set(image.data, head.length);
  return file;
}
