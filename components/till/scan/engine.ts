/** What finds symbols in a picture: WebAssembly where it runs, JavaScript elsewhere. */
import type { Symbology } from '@/lib/payment-code';
import type { Grey } from './image';

export type Reading = {
  readonly text: string;
  readonly symbology: Symbology;
  /** Only the browser's own detector has read it. */
  readonly alone?: true;
};

/** What to look for: everything, or one kind in a picture that was made for it. */
export type Look = 'everything' | 'code-128' | 'qr';

export type EngineName = 'wasm' | 'script';

export type Engine = {
  readonly name: EngineName;
  /** Empty when nothing is found; rejects only when the engine itself is broken. */
  read(image: Grey, look: Look): Promise<readonly Reading[]>;
};
