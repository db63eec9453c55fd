/**
 * The way out where WebAssembly does not run: ZXing in plain JavaScript. Slower and weaker, the
 * same answers in kind. It is loaded only when it is needed.
 */
import { BrowserMultiFormatReader } from '@zxing/browser';
import {
  BarcodeFormat,
  BinaryBitmap,
  Code128Reader,
  DecodeHintType,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  RGBLuminanceSource,
} from '@zxing/library';
import type { Symbology } from '@/lib/payment-code';
import type { Engine, Look, Reading } from './engine';
import type { Grey } from './image';
import { findStartPattern } from './start-pattern';

const NAMES = new Map<BarcodeFormat, Symbology>([
  [BarcodeFormat.CODE_128, 'code-128'],
  [BarcodeFormat.QR_CODE, 'qr'],
  [BarcodeFormat.EAN_13, 'ean-13'],
  [BarcodeFormat.EAN_8, 'ean-8'],
  [BarcodeFormat.UPC_A, 'upc-a'],
]);

const PRODUCTS = [BarcodeFormat.EAN_13, BarcodeFormat.EAN_8, BarcodeFormat.UPC_A];

export async function startScriptEngine(): Promise<Engine> {
  // The library's own search loses part of its window and finds a code only when nothing dark
  // stands to its left: on a phone that is never.
  Object.defineProperty(Code128Reader, 'findStartPattern', { value: findStartPattern });
  const readers = {
    qr: readerOf([BarcodeFormat.QR_CODE]),
    code128: readerOf([BarcodeFormat.CODE_128]),
    products: readerOf(PRODUCTS),
  };
  // One reader answers one symbol, so a sticker beside the phone must not speak for it.
  const orders: Record<Look, readonly BrowserMultiFormatReader[]> = {
    everything: [readers.qr, readers.code128, readers.products],
    'code-128': [readers.code128],
    qr: [readers.qr],
  };
  return {
    name: 'script',
    async read(image, look) {
      const found: Reading[] = [];
      for (const reader of orders[look]) {
        const one = readOne(reader, image, look);
        if (one) found.push(one);
      }
      return found;
    },
  };
}

function readerOf(formats: readonly BarcodeFormat[]): BrowserMultiFormatReader {
  return new BrowserMultiFormatReader(new Map([[DecodeHintType.POSSIBLE_FORMATS, formats]]));
}

function readOne(reader: BrowserMultiFormatReader, image: Grey, look: Look): Reading | null {
  const source = new RGBLuminanceSource(
    new Uint8ClampedArray(image.data.buffer, image.data.byteOffset, image.data.length),
    image.width,
    image.height,
  );
  const Binarizer = look === 'code-128' ? GlobalHistogramBinarizer : HybridBinarizer;
  try {
    const result = reader.decodeBitmap(new BinaryBitmap(new Binarizer(source)));
    const symbology = NAMES.get(result.getBarcodeFormat());
    const text = result.getText();
    return symbology && text !== '' ? { text, symbology } : null;
  } catch {
    // It throws for "nothing there", its ordinary answer, and cannot be told apart from worse.
    return null;
  }
}
