/**
 * The decoder's thread. It reads one frame at a time, fetches nothing but the decoder from our
 * own origin, and keeps no picture: a frame is gone when its answer is sent.
 */
import { isPaymentShaped } from './acceptance';
import type { Engine, Reading } from './engine';
import { type Grey, greyOf } from './image';
import { type SecondOpinion, secondOpinion } from './native';
import { type FrameRead, readFrame } from './pipeline';
import type { FromWorker, Picture, ToWorker } from './worker-messages';

type WorkerPort = {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};
// TypeScript's one program has the page's globals; in here `self` is a worker's.
const port: WorkerPort = self;

let engine: Promise<Engine> | null = null;
let opinion: Promise<SecondOpinion | null> | null = null;
let frames = 0;

port.onmessage = ({ data }) => {
  if (data.kind === 'start') {
    engine = startEngine(data.engine);
    opinion = secondOpinion();
    engine.then(
      ({ name }) => port.postMessage({ kind: 'ready', engine: name }),
      (fault: unknown) => port.postMessage({ kind: 'failed', why: String(fault) }),
    );
    return;
  }
  read(data.picture, data.every).then(
    (answer) => port.postMessage(answer),
    (fault: unknown) => port.postMessage({ kind: 'failed', why: String(fault) }),
  );
};

async function startEngine(wanted: 'best' | 'script'): Promise<Engine> {
  if (wanted === 'best' && typeof WebAssembly === 'object') {
    try {
      const { startWasmEngine } = await import('./engine-wasm');
      // Named like this the bundler serves the file itself, from our origin, cached for ever.
      const answer = await fetch(new URL('zxing-wasm/reader/zxing_reader.wasm', import.meta.url));
      if (answer.ok) return await startWasmEngine(await answer.arrayBuffer());
    } catch {
      // A policy or an old browser forbids WebAssembly, or the file did not arrive.
    }
  }
  const { startScriptEngine } = await import('./engine-script');
  return startScriptEngine();
}

async function read(picture: Picture, every: boolean): Promise<FromWorker> {
  const started = performance.now();
  if (!engine) throw new Error('the decoder was not started');
  const ready = await engine;
  const frame = pixelsOf(picture);
  frames++;
  const found = await readFrame(frame, {
    engine: ready,
    isPayment: isPaymentShaped,
    enlargeCentre: every || frames % 2 === 0,
  });
  const both = found.stage === null ? await withOpinion(found, picture) : found;
  return { kind: 'read', ...both, ms: performance.now() - started };
}

/** Of a frame that was drawn: a frame of plain pixels is not worth drawing again. */
async function withOpinion(found: FrameRead, picture: Picture): Promise<FrameRead> {
  const ask = await opinion;
  if (!ask || !canvas || !(picture instanceof ImageBitmap)) return found;
  const more = await ask(canvas);
  const readings = [...found.readings, ...more.filter((one) => !isKnown(found, one))];
  return more.some(isPaymentShaped) ? { readings, stage: 'native' } : { ...found, readings };
}

const isKnown = ({ readings }: FrameRead, { text }: Reading): boolean =>
  readings.some((one) => one.text === text);

let canvas: OffscreenCanvas | null = null;

function pixelsOf(picture: Picture): Grey {
  if (!(picture instanceof ImageBitmap)) {
    return greyOf(new Uint8ClampedArray(picture.rgba), picture.width, picture.height);
  }
  const { width, height } = picture;
  if (!canvas || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
  }
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas to read pixels from');
  pen.drawImage(picture, 0, 0);
  picture.close();
  return greyOf(pen.getImageData(0, 0, width, height).data, width, height);
}
