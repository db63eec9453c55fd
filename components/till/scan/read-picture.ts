/** Reads a picture file as if the camera saw it, for trying codes without a customer. */
import type { Decoded, Decoder } from './decoder';
import { pixelsOf } from './frames';

/** No camera sees more, and a photograph of a phone is sharp enough at this width. */
const WIDEST = 2560;

/** Null when the decoder is busy or broken; rejects when the file is no picture. */
export async function readPicture(decoder: Decoder, file: Blob): Promise<Decoded | null> {
  const whole = await createImageBitmap(file);
  const bitmap =
    whole.width > WIDEST ? await createImageBitmap(whole, { resizeWidth: WIDEST }) : whole;
  if (typeof OffscreenCanvas === 'function') return decoder.read(bitmap, true);
  return decoder.read(pixelsOf(bitmap, bitmap.width, bitmap.height), true);
}
