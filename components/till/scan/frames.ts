/**
 * Hands a video's frames to the decoder, one whenever it is idle. It never queues a frame, and on
 * the page's own thread it does nothing but take the picture.
 */
import type { Decoded, Decoder } from './decoder';
import type { Picture } from './worker-messages';

/** No more frames than this: the eye of a cashier gains nothing, a warm tablet loses battery. */
const LEAST_GAP_MS = 60;

/** Calls `onRead` for each frame read, until the function returned is called. */
export function readFrames(
  video: HTMLVideoElement,
  decoder: Decoder,
  onRead: (decoded: Decoded) => void,
): () => void {
  let stopped = false;
  let taking = false;
  let last = Number.NEGATIVE_INFINITY;
  let cancel = (): void => undefined;

  const take = async (): Promise<void> => {
    taking = true;
    try {
      const picture = await pictureOf(video);
      const decoded = picture && !stopped ? await decoder.read(picture) : null;
      if (decoded && !stopped) onRead(decoded);
    } finally {
      taking = false;
    }
  };

  const tick = (): void => {
    if (stopped) return;
    cancel = nextFrame(video, tick);
    const now = performance.now();
    if (taking || decoder.busy() || now - last < LEAST_GAP_MS) return;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    last = now;
    void take();
  };

  cancel = nextFrame(video, tick);
  return () => {
    stopped = true;
    cancel();
  };
}

/** The next new frame, or where browsers do not say, the next repaint. */
function nextFrame(video: HTMLVideoElement, then: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const id = video.requestVideoFrameCallback(then);
    return () => video.cancelVideoFrameCallback(id);
  }
  const id = requestAnimationFrame(then);
  return () => cancelAnimationFrame(id);
}

/** Null when the frame went away while it was taken. */
async function pictureOf(video: HTMLVideoElement): Promise<Picture | null> {
  try {
    if (typeof OffscreenCanvas === 'function') return await createImageBitmap(video);
    return pixelsOf(video, video.videoWidth, video.videoHeight);
  } catch {
    return null;
  }
}

let canvas: HTMLCanvasElement | null = null;

/** For browsers whose worker cannot draw (Safari before 16.4). */
export function pixelsOf(
  source: HTMLVideoElement | ImageBitmap,
  width: number,
  height: number,
): Picture {
  canvas ??= document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas to read pixels from');
  pen.drawImage(source, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  return { width, height, rgba: data.buffer };
}
