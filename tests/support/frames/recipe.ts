/**
 * How hard a frame is: the measures of three degrees of difficulty, and one frame's own draws from
 * them. The numbers are the recipe by which the scanner was chosen; nothing here is tuned to what
 * our scanner reads.
 */
import { paymentCode } from './codes';
import type { Clutter } from './counter';
import { type Dice, dice, type Span } from './dice';
import { type Layout, otherPage, type Phone, walletPage } from './phone';
import { hold, type Pose } from './pose';

export type Split = 'easy' | 'medium' | 'hard';
/** `none`: no payment code. `foreign`: none, and the shop's own QR in view. */
export type Subject = Layout | 'none' | 'foreign';

export type Difficulty = {
  /** Pixels a module. */
  readonly stripes: Span;
  readonly squares: Span;
  /** Degrees either way, of both axes. */
  readonly tilt: { readonly deviation: number; readonly most: number };
  /** Of the frame, as a deviation. */
  readonly offCentre: number;
  /** In modules: the radius of the disc, the length of the smear. */
  readonly defocus: Span;
  readonly motion: Span;
  /** Electrons of a full pixel, and the noise of reading it, of 1. */
  readonly full: number;
  readonly readNoise: number;
  readonly white: (draws: Dice) => number;
  readonly veil: Span;
  readonly glare: { readonly chance: number; readonly brightest: number };
  readonly moire: { readonly chance: number; readonly depth: number };
  readonly bands: { readonly chance: number; readonly depth: number };
  readonly lens: number;
  readonly clutter: Clutter;
  readonly sticker: number;
  /** Of a JPEG, of 100. */
  readonly quality: number;
  /** Degrees. */
  readonly rollStripes: (draws: Dice) => number;
  readonly rollSquares: (draws: Dice) => number;
};

type Light = readonly [share: number, from: number, to: number];
/** How white the screen's white is: some dim, some blown out, the rest good. */
const lit =
  (dim: Light, blown: Light, good: Span) =>
  (draws: Dice): number => {
    const kind = draws.even([0, 1]);
    if (kind < dim[0]) return draws.even([dim[1], dim[2]]);
    if (kind < dim[0] + blown[0]) return draws.even([blown[1], blown[2]]);
    return draws.even(good);
  };

export const DIFFICULTIES: Readonly<Record<Split, Difficulty>> = {
  easy: {
    ...{ stripes: [2, 4.2], squares: [4.5, 9], tilt: { deviation: 4, most: 10 } },
    ...{ offCentre: 0.06, defocus: [0, 0.3], motion: [0, 0.25], full: 8000, readNoise: 0.001 },
    ...{ white: (draws) => draws.even([0.55, 0.9]), veil: [0, 0.03] },
    ...{ glare: { chance: 0, brightest: 0 }, moire: { chance: 0.1, depth: 0.04 } },
    ...{ bands: { chance: 0, depth: 0 }, lens: 0.01, clutter: 0, sticker: 0, quality: 95 },
    rollStripes: (draws) => draws.even([-8, 8]),
    rollSquares: (draws) => draws.pick([0, 90, 180, 270]) + draws.even([-12, 12]),
  },
  medium: {
    ...{ stripes: [1.5, 3], squares: [2.6, 5.5], tilt: { deviation: 10, most: 25 } },
    ...{ offCentre: 0.1, defocus: [0.1, 0.6], motion: [0, 0.8], full: 2500, readNoise: 0.003 },
    ...{ white: lit([0.2, 0.18, 0.35], [0.12, 1, 1.3], [0.35, 1]), veil: [0.02, 0.15] },
    ...{ glare: { chance: 0.3, brightest: 1.2 }, moire: { chance: 0.35, depth: 0.12 } },
    ...{ bands: { chance: 0.1, depth: 0.25 }, lens: 0.03, clutter: 1, sticker: 0.15, quality: 92 },
    rollStripes: (draws) => (draws.chance(0.12) ? 90 + draws.even([-8, 8]) : draws.even([-18, 18])),
    rollSquares: (draws) => draws.even([0, 360]),
  },
  hard: {
    ...{ stripes: [1.1, 2.1], squares: [1.8, 3.6], tilt: { deviation: 17, most: 40 } },
    ...{ offCentre: 0.14, defocus: [0.2, 0.9], motion: [0, 1.5], full: 900, readNoise: 0.006 },
    ...{ white: lit([0.35, 0.06, 0.25], [0.2, 1.1, 1.8], [0.3, 1]), veil: [0.05, 0.4] },
    ...{ glare: { chance: 0.5, brightest: 2.5 }, moire: { chance: 0.5, depth: 0.3 } },
    ...{ bands: { chance: 0.25, depth: 0.5 }, lens: 0.05, clutter: 2, sticker: 0.2, quality: 88 },
    rollStripes: (draws) =>
      draws.chance(0.2) ? 90 + draws.even([-12, 12]) : draws.even([-30, 30]),
    rollSquares: (draws) => draws.even([0, 360]),
  },
};

type Glare = {
  readonly tube: boolean;
  /** Where on the code, of its sides. */
  readonly across: number;
  readonly down: number;
  /** Of the frame's width. */
  readonly wide: number;
  readonly high: number;
  readonly angle: number;
  readonly bright: number;
};

/** One frame, decided but not drawn. */
export type Shot = {
  readonly name: string;
  readonly split: Split;
  readonly subject: Subject;
  readonly width: number;
  readonly height: number;
  /** The payment code in view. */
  readonly text: string | null;
  readonly phone: Phone | null;
  readonly sticker: boolean;
  readonly pose: Pose;
  /** In pixels. */
  readonly defocus: number;
  readonly motion: { readonly length: number; readonly angle: number };
  readonly white: number;
  readonly veil: number;
  readonly surround: number;
  readonly sharpened: number;
  readonly glare: Glare | null;
  readonly moire: { depth: number; x: number; y: number; size: number } | null;
  readonly bands: { depth: number; period: number; phase: number; duty: number } | null;
  readonly draws: Dice;
};

export type Size = readonly [width: number, height: number];
export type Wanted = {
  readonly name: string;
  readonly split: Split;
  readonly subject: Subject;
  readonly size: Size;
};

const isLayout = (subject: Subject): subject is Layout =>
  subject !== 'none' && subject !== 'foreign';

/** `seed` and the name make the frame, whatever else was drawn before it. */
export function shoot(seed: number, { name, split, subject, size }: Wanted): Shot {
  const draws = dice(seed, name);
  const hard = DIFFICULTIES[split];
  const [width, height] = size;
  const text = isLayout(subject) ? paymentCode(draws.fork('code')) : null;
  const phone = phoneOf(draws, { subject, split, text });
  const held = { hard, subject, phone, width, height };
  const { pose, module, isSquare } = hold(draws.fork('hand'), held);
  // A square is read by area, so the same blur in its modules would be far worse than in life.
  const milder = module * (isSquare ? 0.8 : 1);
  const white = hard.white(draws);
  const veil = draws.even(hard.veil);
  return {
    ...{ name, split, subject, width, height, text, phone, pose },
    sticker: subject === 'foreign' || (text !== null && draws.chance(hard.sticker)),
    defocus: milder * draws.even(hard.defocus),
    motion: { length: milder * draws.even(hard.motion), angle: draws.even([0, Math.PI]) },
    white,
    veil: white > 1 ? veil * 0.35 : veil,
    surround: draws.even([0.1, 0.9]),
    sharpened: draws.even([0, 0.6]),
    ...troubles(draws, hard, { height, lit: text !== null }),
    draws,
  };
}

function phoneOf(
  draws: Dice,
  { subject, split, text }: Pick<Shot, 'subject' | 'split' | 'text'>,
): Phone | null {
  if (isLayout(subject) && text !== null) return walletPage(draws.fork('screen'), subject, text);
  return draws.chance(0.7) ? otherPage(draws.fork('screen'), split === 'hard') : null;
}

function troubles(
  draws: Dice,
  { glare, moire, bands }: Difficulty,
  { height, lit: shown }: { readonly height: number; readonly lit: boolean },
): Pick<Shot, 'glare' | 'moire' | 'bands'> {
  const unit: Span = [0, 1];
  return {
    glare:
      shown && draws.chance(glare.chance)
        ? {
            tube: draws.chance(0.5),
            across: draws.even(unit),
            down: draws.even(unit),
            wide: draws.even([0.04, 0.16]),
            high: draws.even([0.04, 0.16]),
            angle: draws.even([0, Math.PI]),
            bright: draws.even([0.3, glare.brightest]),
          }
        : null,
    moire: draws.chance(moire.chance)
      ? {
          depth: draws.even([0.3, 1]) * moire.depth,
          x: draws.even(unit),
          y: draws.even(unit),
          size: draws.even([0.25, 1.2]),
        }
      : null,
    bands: draws.chance(bands.chance)
      ? {
          depth: draws.even([0.4, 1]) * bands.depth,
          period: draws.even([0.08, 0.5]) * height,
          phase: draws.even([0, 2 * Math.PI]),
          duty: draws.even([0.2, 0.7]),
        }
      : null,
  };
}
