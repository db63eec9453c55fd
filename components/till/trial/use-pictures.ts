'use client';
/**
 * Reads picture files one after the other through the decoder that the camera has, with every step
 * it knows. They are opened in this browser and go nowhere.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Decoder, startDecoder } from '../scan/decoder';
import { pixelsOf } from '../scan/frames';
import type { Picture } from '../scan/worker-messages';
import { type Outcome, outcomeOfStill, unreadable } from './trial';

/** A photograph has more pixels than a code needs; the longer side, in pixels. */
const LARGEST = 4096;

export type Pictures = {
  readonly pending: number;
  readonly read: (files: readonly File[]) => void;
};

export function usePictures(onRead: (outcome: Outcome, file: string) => void): Pictures {
  const [pending, setPending] = useState(0);
  const queue = useRef<File[]>([]);
  const busy = useRef(false);
  const decoder = useRef<Decoder>(null);
  const told = useRef(onRead);
  useEffect(() => {
    told.current = onRead;
  });
  useEffect(
    () => () => {
      queue.current = [];
      decoder.current?.stop();
      decoder.current = null;
    },
    [],
  );

  const work = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    for (let file = queue.current.shift(); file; file = queue.current.shift()) {
      decoder.current ??= startDecoder();
      const outcome = await outcomeOf(file, decoder.current);
      // Left meanwhile: nobody wants to know.
      if (decoder.current === null) break;
      told.current(outcome, file.name);
      setPending(queue.current.length);
    }
    busy.current = false;
  }, []);

  const read = useCallback(
    (files: readonly File[]) => {
      queue.current.push(...files);
      setPending(queue.current.length);
      void work();
    },
    [work],
  );
  return { pending, read };
}

async function outcomeOf(file: File, decoder: Decoder): Promise<Outcome> {
  const picture = await pictureOf(file).catch(() => null);
  if (picture === null) return unreadable('no-picture');
  const decoded = await decoder.read(picture, true);
  return decoded === null ? unreadable('no-reader') : outcomeOfStill(decoded);
}

async function pictureOf(file: File): Promise<Picture> {
  const whole = await createImageBitmap(file);
  const by = Math.min(1, LARGEST / Math.max(whole.width, whole.height));
  const bitmap = by === 1 ? whole : await smaller(whole, by);
  if (typeof OffscreenCanvas === 'function') return bitmap;
  return pixelsOf(bitmap, bitmap.width, bitmap.height);
}

async function smaller(whole: ImageBitmap, by: number): Promise<ImageBitmap> {
  const resizeWidth = Math.round(whole.width * by);
  const resized = await createImageBitmap(whole, { resizeWidth, resizeQuality: 'high' });
  whole.close();
  return resized;
}
