/**
 * A film for Chromium's fake camera, written by plain Node: uncompressed YUV 4:2:0 (.y4m), played
 * in a loop. Start the browser with `cameraFlags(path)`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { drawFrame, type Frame, type Placed } from './picture';

/** Frames a second of the film; Chromium delivers it at about this rate. */
const RATE = 15;

/** Writes a film of `frames` equal pictures, each 1.4 MB. Answers the path. */
export function makeCameraFile(path: string, picture: readonly Placed[], frames = 3): string {
  return writeFilm(path, Array<Frame>(frames).fill(drawFrame(picture)));
}

/** Writes a film of these frames, all of one size. */
export function writeFilm(path: string, film: readonly Frame[]): string {
  const first = film[0];
  if (!first) throw new Error('a film needs a picture');
  const { width, height } = first;
  // 128 is "no colour" in both colour planes.
  const colour = Buffer.alloc((width * height) / 2, 128);
  const mark = Buffer.from('FRAME\n');
  const head = `YUV4MPEG2 W${width} H${height} F${RATE}:1 Ip A1:1 C420jpeg\n`;
  mkdirSync(dirname(path), { recursive: true });
  const parts = [Buffer.from(head), ...film.flatMap((frame) => [mark, frame.data, colour])];
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

/** What Chromium needs to show the film instead of a camera, and to ask nobody. */
export const cameraFlags = (path: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${path}`,
];
