/** What page and decoder thread say to each other. */
import type { EngineName } from './engine';
import type { FrameRead } from './pipeline';

/** A frame: as it is, or as plain pixels where a thread cannot draw. Moved, never copied. */
export type Picture =
  | ImageBitmap
  | { readonly width: number; readonly height: number; readonly rgba: ArrayBuffer };

export type ToWorker =
  | { readonly kind: 'start'; readonly engine: 'best' | 'script' }
  /** `every`: go every way on this frame, whatever it costs (a still picture). */
  | { readonly kind: 'frame'; readonly picture: Picture; readonly every: boolean };

export type FromWorker =
  | { readonly kind: 'ready'; readonly engine: EngineName }
  | ({ readonly kind: 'read'; readonly ms: number } & FrameRead)
  | { readonly kind: 'failed'; readonly why: string };
