/** A phone held before a pinhole camera with a bent lens: where each dot of its screen appears. */
import type { Dice } from './dice';
import { type Lain, type Phone, SCREEN } from './phone';
import type { Difficulty, Subject } from './recipe';

type Matrix = readonly number[];
type Point = readonly [x: number, y: number];

export type Pose = {
  /** From the screen's dots to pixels, and back, without the lens. */
  readonly forth: Matrix;
  readonly back: Matrix;
  /** How much the lens bends, at the frame's corner. */
  readonly lens: number;
};

export type Frame = { readonly width: number; readonly height: number };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

const times = (a: Matrix, b: Matrix): Matrix =>
  Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [3 * Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + (a[row + k] ?? 0) * (b[3 * k + column] ?? 0), 0);
  });

function inverse(of: Matrix): Matrix {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = of;
  const adjugate = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  const [first = 0, , , fourth = 0, , , seventh = 0] = adjugate;
  const whole = a * first + b * fourth + c * seventh;
  return adjugate.map((value) => value / whole);
}

/** The third is the depth: behind the camera when it is not above nought. */
function through(m: Matrix, x: number, y: number): readonly [number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const depth = g * x + h * y + i;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth, depth];
}

/**
 * Which dot of the screen is seen at a pixel, the lens included: for millions of pixels, so each
 * look leaves its answer in `u` and `v` and makes nothing.
 */
export class Back {
  u = 0;
  v = 0;
  private readonly m: Float64Array;
  private readonly bend: number;
  private readonly x: number;
  private readonly y: number;

  constructor({ back, lens }: Pose, { width, height }: Frame) {
    this.m = Float64Array.from(back);
    this.bend = lens / (Math.hypot(width, height) / 2) ** 2;
    this.x = width / 2;
    this.y = height / 2;
  }

  look(x: number, y: number): void {
    const { m } = this;
    const dx = x - this.x;
    const dy = y - this.y;
    const bent = 1 + this.bend * (dx * dx + dy * dy);
    const px = dx * bent + this.x;
    const py = dy * bent + this.y;
    const depth = (m[6] ?? 0) * px + (m[7] ?? 0) * py + (m[8] ?? 0);
    this.u = ((m[0] ?? 0) * px + (m[1] ?? 0) * py + (m[2] ?? 0)) / depth;
    this.v = ((m[3] ?? 0) * px + (m[4] ?? 0) * py + (m[5] ?? 0)) / depth;
  }
}

/** Where a dot of the screen appears in the frame, the lens included. */
export function seenAt({ forth, lens }: Pose, { width, height }: Frame, [u, v]: Point) {
  const [x, y, depth] = through(forth, u, v);
  const corner = Math.hypot(width, height) / 2;
  const [px, py] = [(x - width / 2) / corner, (y - height / 2) / corner];
  let [qx, qy] = [px, py];
  for (let pass = 0; pass < 10; pass++) {
    const bend = 1 + lens * (qx * qx + qy * qy);
    [qx, qy] = [px / bend, py / bend];
  }
  return [qx * corner + width / 2, qy * corner + height / 2, depth] as const;
}

type Hand = {
  /** Degrees. */
  readonly field: number;
  readonly roll: number;
  readonly pitch: number;
  readonly yaw: number;
  /** The dot of the screen that is aimed at, and where in the frame it comes to lie. */
  readonly aim: Point;
  readonly at: Point;
  /** Millimetres. */
  readonly distance: number;
};

const focal = (width: number, field: number): number => width / 2 / Math.tan(radians(field) / 2);

function forthOf({ width, height }: Frame, hand: Hand): Matrix {
  const f = focal(width, hand.field);
  const [z, x, y] = [radians(hand.roll), radians(hand.pitch), radians(hand.yaw)];
  const rolled = [Math.cos(z), -Math.sin(z), 0, Math.sin(z), Math.cos(z), 0, 0, 0, 1];
  const pitched = [1, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, Math.sin(x), Math.cos(x)];
  const yawed = [Math.cos(y), 0, Math.sin(y), 0, 1, 0, -Math.sin(y), 0, Math.cos(y)];
  const turned = times(rolled, times(pitched, yawed));
  const scale = 1 / SCREEN.dotsAMillimetre;
  const [u, v] = hand.aim;
  const away = [
    ((hand.at[0] - width / 2) * hand.distance) / f,
    ((hand.at[1] - height / 2) * hand.distance) / f,
    hand.distance,
  ];
  const placed = [0, 1, 2].flatMap((row) => {
    const [a, b] = [(turned[3 * row] ?? 0) * scale, (turned[3 * row + 1] ?? 0) * scale];
    return [a, b, (away[row] ?? 0) - a * u - b * v];
  });
  return times([f, 0, width / 2, 0, f, height / 2, 0, 0, 1], placed);
}

/** A code to be aimed at where the phone shows none. */
const NO_CODE: Lain = {
  ...{ kind: 'code-128', x: 110, y: 400, w: 860, h: 600, module: 6, upwards: false },
};

type Held = Frame & {
  readonly hard: Difficulty;
  readonly subject: Subject;
  readonly phone: Phone | null;
};

const TRIES = 80;
/** From this try on the phone is moved away, and from that one on to the middle. */
const FARTHER_FROM = 8;
const MIDDLE_FROM = 60;

/** Holds the phone so that the code and its quiet zone are in the frame. */
export function hold(draws: Dice, { hard, subject, phone, width, height }: Held) {
  const code = aimedAt(draws, subject, phone);
  const isSquare = code.kind === 'qr';
  const flat = subject === 'qr' || (subject === 'wallet' && draws.chance(0.15));
  const roll = (flat ? hard.rollSquares : hard.rollStripes)(draws) - (code.upwards ? 90 : 0);
  const tilted = () => clamp(draws.normal(hard.tilt.deviation), hard.tilt.most);
  const lens = draws.even([-hard.lens, hard.lens]);
  const base = {
    ...{ roll, pitch: tilted(), yaw: tilted(), field: draws.even([58, 78]) },
    aim: [code.x + code.w / 2, code.y + code.h / 2] as const,
  };
  const shorter = Math.cos(radians(code.upwards ? base.pitch : base.yaw));
  let module = draws.even(isSquare ? hard.squares : hard.stripes);
  for (let tried = 0; ; tried++) {
    const spread = tried < MIDDLE_FROM ? hard.offCentre * (1 - tried / MIDDLE_FROM) : 0;
    if (tried > FARTHER_FROM) module *= 0.965;
    const off = () => 0.5 + clamp(draws.normal(spread), 0.3);
    const forth = forthOf(
      { width, height },
      {
        ...base,
        at: [width * off(), height * off()],
        distance:
          (focal(width, base.field) * (code.module / SCREEN.dotsAMillimetre) * shorter) / module,
      },
    );
    const pose: Pose = { forth, back: inverse(forth), lens };
    if (tried >= TRIES || fits(pose, code, { width, height })) return { pose, module, isSquare };
  }
}

function aimedAt(draws: Dice, subject: Subject, phone: Phone | null): Lain {
  const codes = phone?.codes ?? [];
  const square = codes.find(({ kind }) => kind === 'qr');
  const stripes = codes.find(({ kind }) => kind === 'code-128');
  const toSquare = subject === 'qr' || (subject === 'wallet' && draws.chance(0.5));
  return (toSquare ? square : stripes) ?? NO_CODE;
}

function fits(pose: Pose, code: Lain, frame: Frame): boolean {
  const square = code.kind === 'qr';
  const sideways = square ? 4 : code.upwards ? 0 : 10;
  const upwards = square ? 4 : code.upwards ? 10 : 0;
  const [left, right] = [code.x - sideways * code.module, code.x + code.w + sideways * code.module];
  const [top, bottom] = [code.y - upwards * code.module, code.y + code.h + upwards * code.module];
  return (
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ] as const
  ).every((corner) => {
    const [x, y, depth] = seenAt(pose, frame, corner);
    return depth > 0 && x > 2 && y > 2 && x < frame.width - 3 && y < frame.height - 3;
  });
}
