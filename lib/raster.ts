/**
 * A picture of black and white dots, as a receipt printer burns it: one bit a dot, eight to a byte
 * from the left, 1 is black. Rows are whole bytes, so a width is a multiple of eight.
 */
export type Raster = {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array<ArrayBuffer>;
};
/** What a canvas gives: four bytes a dot, red, green, blue and alpha. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};

/**
 * Lighter grey than the middle counts as black: the edges of thin strokes are grey, and a printer
 * that left them out would print broken characters.
 */
const BLACK_BELOW = 160;

/** Throws a RangeError on a width that is no multiple of eight. */
export function rasterOf({ width, height, data }: Pixels): Raster {
  if (width % 8 !== 0) throw new RangeError(`${width} dots are no whole bytes`);
  const bits = new Uint8Array((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    if (lightness(data, dot * 4) >= BLACK_BELOW) continue;
    bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return { width, height, bits };
}

/** 0 to 255, on white paper; the eye's weights for red, green and blue, in thousandths. */
function lightness(data: Uint8ClampedArray, at: number): number {
  const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
  const light = Math.round((299 * red + 587 * green + 114 * blue) / 1000);
  return Math.round((light * alpha + 255 * (255 - alpha)) / 255);
}

export const isBlack = ({ width, bits }: Raster, x: number, y: number): boolean => {
  const dot = y * width + x;
  return ((bits[dot >> 3] ?? 0) & (0x80 >> (dot & 7))) !== 0;
};

/** The same picture for a canvas: black on white, nothing between. */
export function pixelsOf(raster: Raster): Pixels {
  const { width, height } = raster;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (isBlack(raster, x, y)) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height, data };
}
