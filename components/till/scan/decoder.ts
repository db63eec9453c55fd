/**
 * The page's end of the decoder thread. One picture at a time: who asks while it is busy is
 * refused, so frames never queue. It decides nothing about what was read.
 */
import type { EngineName } from './engine';
import type { FrameRead } from './pipeline';
import type { FromWorker, Picture, ToWorker } from './worker-messages';

export type Decoded = FrameRead & {
  /** Milliseconds in the thread, pixel grab included. */
  readonly ms: number;
};

export type DecoderOptions = {
  /** `script` does without WebAssembly even where it runs: for trying the way out. */
  readonly engine?: 'best' | 'script' | undefined;
};

export type Decoder = {
  /** Which decoder came up; rejects when none did. */
  readonly engine: Promise<EngineName>;
  readonly busy: () => boolean;
  /** Takes the picture over. Null while busy, after `stop`, or when the thread failed. */
  read(picture: Picture, every?: boolean): Promise<Decoded | null>;
  stop(): void;
};

export function startDecoder(options: DecoderOptions = {}): Decoder {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let waiting: ((decoded: Decoded | null) => void) | null = null;
  let stopped = false;
  const settle = (decoded: Decoded | null): void => {
    const tell = waiting;
    waiting = null;
    tell?.(decoded);
  };
  const engine = new Promise<EngineName>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'ready') resolve(data.engine);
      else if (data.kind === 'read') {
        settle({ readings: data.readings, stage: data.stage, ms: data.ms });
      } else {
        reject(new Error(data.why));
        settle(null);
      }
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
      settle(null);
    };
  });
  // Who does not ask which decoder came up need not hear that none did.
  engine.catch(() => undefined);
  const send = (message: ToWorker, moved: Transferable[]): void =>
    worker.postMessage(message, moved);
  send({ kind: 'start', engine: options.engine ?? 'best' }, []);
  return {
    engine,
    busy: () => waiting !== null || stopped,
    read(picture, every = false) {
      if (waiting || stopped) {
        if (picture instanceof ImageBitmap) picture.close();
        return Promise.resolve(null);
      }
      return new Promise((resolve) => {
        waiting = resolve;
        const moved = picture instanceof ImageBitmap ? picture : picture.rgba;
        send({ kind: 'frame', picture, every }, [moved]);
      });
    },
    stop() {
      stopped = true;
      worker.terminate();
      settle(null);
    },
  };
}
