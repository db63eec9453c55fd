/**
 * Brightness pictures and the few things that the scanner does to them. Pure: pixels in, pixels
 * out, the same in a worker, on a page and in Node.
 */
export type Grey = {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, rows from the top, 0 is black. */
  readonly data: Uint8Array;
};

export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Brightness of RGBA pixels, by the usual weights of a television picture. */
export function greyOf(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): Grey {
  const data = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < data.length; i++, j += 4) {
    const red = rgba[j] ?? 0;
    const green = rgba[j + 1] ?? 0;
    const blue = rgba[j + 2] ?? 0;
    data[i] = (306 * red + 601 * green + 117 * blue + 512) >> 10;
  }
  return { width, height, data };
}

/** The part of a picture in `box`, `factor` times as large, interpolated between pixels. */
export function enlarge(image: Grey, box: Box, factor: number): Grey {
  const width = Math.floor(box.width * factor);
  const height = Math.floor(box.height * factor);
  const data = new Uint8Array(width * height);
  const columns = steps(width, factor, { start: box.x, limit: image.width });
  const rows = steps(height, factor, { start: box.y, limit: image.height });
  // One pixel more on either side, between which the outermost lie.
  const line = new Uint16Array(box.width + 3);
  const source = image.data;
  const left = Math.max(0, Math.floor(box.x) - 1);
  const span = Math.min(line.length, image.width - left);
  for (let y = 0; y < height; y++) {
    const at = rows.index[y] ?? 0;
    const below = Math.min(at + 1, image.height - 1);
    const weight = rows.weight[y] ?? 0;
    const upperRow = at * image.width + left;
    const lowerRow = below * image.width + left;
    for (let x = 0; x < span; x++) {
      const upper = source[upperRow + x] ?? 0;
      line[x] = (upper << 6) + weight * ((source[lowerRow + x] ?? 0) - upper);
    }
    const out = y * width;
    for (let x = 0; x < width; x++) {
      const from = Math.min((columns.index[x] ?? 0) - left, span - 1);
      const value = line[from] ?? 0;
      const next = line[Math.min(from + 1, span - 1)] ?? 0;
      data[out + x] = ((value << 6) + (columns.weight[x] ?? 0) * (next - value) + 2048) >> 12;
    }
  }
  return { width, height, data };
}

/** For each new pixel the old one before it, and how far (of 64) it lies towards the next. */
function steps(count: number, factor: number, from: { start: number; limit: number }) {
  const index = new Int32Array(count);
  const weight = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max(from.start + (i + 0.5) / factor - 0.5, 0), from.limit - 1);
    index[i] = Math.floor(at);
    weight[i] = Math.round((at - Math.floor(at)) * 64);
  }
  return { index, weight };
}
