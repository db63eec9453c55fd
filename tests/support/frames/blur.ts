/** Light spread over neighbouring pixels: out of focus, in motion, in the lens. */
export type Plane = {
  readonly width: number;
  readonly height: number;
  /** Linear light, 1 is a full pixel. */
  readonly data: Float32Array;
};

type Tap = readonly [dx: number, dy: number, weight: number];

const STILL: readonly Tap[] = [[0, 0, 1]];

/** A disc of this radius in pixels, its rim weighed by how much of each pixel it covers. */
export function disc(radius: number): readonly Tap[] {
  if (radius < 0.25) return STILL;
  const reach = Math.ceil(radius + 0.5);
  const parts = [0, 1, 2, 3, 4, 5].map((part) => (part + 0.5) / 6 - 0.5);
  const taps: Tap[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      let covered = 0;
      for (const y of parts) {
        for (const x of parts) {
          if ((dx + x) ** 2 + (dy + y) ** 2 <= radius * radius) covered++;
        }
      }
      if (covered > 0) taps.push([dx, dy, covered]);
    }
  }
  return weighed(taps);
}

/** A smear of this length in pixels. */
export function smear(length: number, angle: number): readonly Tap[] {
  if (length < 0.3) return STILL;
  const found = new Map<string, Tap>();
  const steps = Math.ceil(length * 4) + 1;
  for (let step = 0; step < steps; step++) {
    const along = (step / (steps - 1) - 0.5) * length;
    const [x, y] = [along * Math.cos(angle), along * Math.sin(angle)];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [a, b] = [x - left, y - top];
    const corners: readonly Tap[] = [
      [left, top, (1 - a) * (1 - b)],
      [left + 1, top, a * (1 - b)],
      [left, top + 1, (1 - a) * b],
      [left + 1, top + 1, a * b],
    ];
    for (const [dx, dy, weight] of corners) {
      const before = found.get(`${dx} ${dy}`)?.[2] ?? 0;
      if (weight > 1e-6) found.set(`${dx} ${dy}`, [dx, dy, before + weight]);
    }
  }
  return weighed([...found.values()]);
}

function weighed(taps: readonly Tap[]): readonly Tap[] {
  const whole = taps.reduce((sum, [, , weight]) => sum + weight, 0);
  return taps.map(([dx, dy, weight]) => [dx, dy, weight / whole]);
}

/** Beyond its rim a picture goes on as it ends. */
export function spread(plane: Plane, taps: readonly Tap[]): Plane {
  if (taps.length < 2) return plane;
  const { width, height, data } = plane;
  const reach = Math.max(...taps.map(([dx, dy]) => Math.max(Math.abs(dx), Math.abs(dy))));
  const across = width + 2 * reach;
  const padded = new Float32Array(across * (height + 2 * reach));
  for (let y = 0; y < height + 2 * reach; y++) {
    const row = Math.min(Math.max(y - reach, 0), height - 1) * width;
    const at = y * across;
    padded.fill(data[row] ?? 0, at, at + reach);
    padded.set(data.subarray(row, row + width), at + reach);
    padded.fill(data[row + width - 1] ?? 0, at + reach + width, at + across);
  }
  const out = new Float32Array(width * height);
  for (let first = 0; first < taps.length; first += 4) {
    const four = [0, 1, 2, 3].map((more) => taps[first + more] ?? NOTHING);
    addFour({ width, height, data: out }, { padded, across, reach }, four);
  }
  return { width, height, data: out };
}

const NOTHING: Tap = [0, 0, 0];

type Padded = {
  readonly padded: Float32Array;
  readonly across: number;
  readonly reach: number;
};

/** Four taps in one pass: the sums are read and written a quarter as often. */
function addFour(sums: Plane, { padded, across, reach }: Padded, four: readonly Tap[]): void {
  const { width, height, data } = sums;
  const [a, b, c, d] = four.map(([dx, dy]) => (reach + dy) * across + reach + dx);
  const [p = 0, q = 0, r = 0, s = 0] = four.map(([, , weight]) => weight);
  for (let y = 0; y < height; y++) {
    const row = y * across;
    let i = row + (a ?? 0);
    let j = row + (b ?? 0);
    let k = row + (c ?? 0);
    let l = row + (d ?? 0);
    for (let at = y * width; at < (y + 1) * width; at++) {
      data[at] =
        (data[at] ?? 0) +
        p * (padded[i++] ?? 0) +
        q * (padded[j++] ?? 0) +
        r * (padded[k++] ?? 0) +
        s * (padded[l++] ?? 0);
    }
  }
}

/** A bell of this deviation in pixels. */
export function soften(plane: Plane, deviation: number): Plane {
  const reach = Math.ceil(2.5 * deviation);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation * deviation)),
  );
  const across = weighed(bell.map((weight, at) => [at - reach, 0, weight]));
  const down = weighed(bell.map((weight, at) => [0, at - reach, weight]));
  return spread(spread(plane, across), down);
}
