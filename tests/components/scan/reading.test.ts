import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { isPaymentShaped } from '@/components/till/scan/acceptance';
import type { Engine, Reading } from '@/components/till/scan/engine';
import { startScriptEngine } from '@/components/till/scan/engine-script';
import { startWasmEngine } from '@/components/till/scan/engine-wasm';
import { findBarcodes } from '@/components/till/scan/finder';
import { readFrame } from '@/components/till/scan/pipeline';
import { straighten } from '@/components/till/scan/straighten';
import { drawFrame, type Placed } from '../../support/camera/picture';
import { seenBy, type View } from '../../support/camera/view';

const WECHAT = '134512345678901234';
const UNIONPAY = '6212345678901234567';
const ALIPAY = '281234567890123456789012';
const PRODUCT = '4891234567898';
const STICKER = 'https://pay.example/shop/1';

const engines: Partial<Record<'wasm' | 'script', Engine>> = {};

beforeAll(async () => {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  engines.wasm = await startWasmEngine(new Uint8Array(readFileSync(path)).buffer);
  engines.script = await startScriptEngine();
});

/** What is read of these codes, on one frame and by every way there is. */
async function read(name: 'wasm' | 'script', placed: readonly Placed[], view?: View) {
  const engine = engines[name];
  if (!engine) throw new Error(`${name} did not start`);
  const picture = drawFrame(placed);
  const frame = view ? seenBy(picture, view) : picture;
  return readFrame(frame, { engine, isPayment: isPaymentShaped, enlargeCentre: true });
}

const texts = (readings: readonly Reading[]): string[] =>
  readings.map(({ text, symbology }) => `${symbology} ${text}`).sort();

describe.each(['wasm', 'script'] as const)('the %s decoder', (name) => {
  it.each([WECHAT, UNIONPAY, ALIPAY])('reads the stripes of %s on a dark phone', async (text) => {
    const { readings, stage } = await read(name, [{ shown: { kind: 'code-128', text } }]);
    expect(texts(readings)).toEqual([`code-128 ${text}`]);
    expect(stage).toBe('whole');
  });

  it('reads a QR', async () => {
    const { readings } = await read(name, [{ shown: { kind: 'qr', text: ALIPAY } }]);
    expect(texts(readings)).toEqual([`qr ${ALIPAY}`]);
  });

  it('knows a product for what it is', async () => {
    const { readings, stage } = await read(name, [{ shown: { kind: 'ean-13', text: PRODUCT } }]);
    expect(texts(readings)).toEqual([`ean-13 ${PRODUCT}`]);
    expect(stage).toBeNull();
  });

  it('reads the customer’s stripes beside the shop’s own sticker', async () => {
    const { readings } = await read(name, [
      { shown: { kind: 'qr', text: STICKER }, module: 5, at: { x: 250, y: 250 } },
      { shown: { kind: 'code-128', text: UNIONPAY }, module: 2, at: { x: 850, y: 450 } },
    ]);
    expect(texts(readings)).toEqual([`code-128 ${UNIONPAY}`, `qr ${STICKER}`]);
  });

  it('sees nothing on an empty card', async () => {
    expect(await read(name, [{ shown: { kind: 'nothing' } }])).toEqual({
      readings: [],
      stage: null,
    });
  });
});

describe('the barcode finder', () => {
  const stripes: Placed[] = [{ shown: { kind: 'code-128', text: WECHAT }, module: 2 }];

  it.each([0, 15, 33, 45, 72, 90, 120, 165])('finds stripes turned by %i degrees', (degrees) => {
    const frame = seenBy(drawFrame(stripes), { degrees });
    const [rough] = findBarcodes(frame);
    if (!rough) throw new Error('nothing found');
    const found = straighten(frame, rough);
    const off = (((found.angle * 180) / Math.PI - degrees + 270) % 180) - 90;
    expect(Math.abs(off)).toBeLessThan(1.1);
    // 11 modules for each of start, nine pairs and check, 13 for stop; two pixels each.
    expect(Math.abs(found.reach * 2 - 134 * 2)).toBeLessThan(24);
    expect(Math.abs(found.depth * 2 - 150)).toBeLessThan(20);
    expect(Math.hypot(found.x - 640, found.y - 360)).toBeLessThan(8);
  });

  it('finds none in a QR, on a blank card or in an empty room', () => {
    expect(findBarcodes(drawFrame([]))).toEqual([]);
    expect(findBarcodes(drawFrame([{ shown: { kind: 'nothing' } }]))).toEqual([]);
  });

  it.each([35, 50, 58])('lets stripes turned by %i degrees be read', async (degrees) => {
    const { readings, stage } = await read('wasm', stripes, { degrees });
    expect(texts(readings)).toEqual([`code-128 ${WECHAT}`]);
    expect(stage).toBe('strip');
  });

  it('lets blurred stripes under a lamp be read', async () => {
    const view: View = { degrees: 14, blur: 1, glare: 150 };
    const { readings } = await read('wasm', stripes, view);
    expect(texts(readings)).toEqual([`code-128 ${WECHAT}`]);
  });
});

describe('the centre enlarged', () => {
  it('reads a QR that is too small in the whole frame', async () => {
    const small: Placed[] = [{ shown: { kind: 'qr', text: ALIPAY }, module: 3 }];
    const { readings, stage } = await read('wasm', small, { degrees: 20, shrink: 1.6, blur: 0.6 });
    expect(texts(readings)).toEqual([`qr ${ALIPAY}`]);
    expect(stage).toBe('centre');
  });
});
