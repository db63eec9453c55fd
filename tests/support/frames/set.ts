/** Sets of frames: every difficulty and subject as often, and what is in view is known. */
import type { Frame } from '../camera/picture';
import { expose } from './expose';
import { DIFFICULTIES, type Size, type Split, type Subject, shoot } from './recipe';

export type Planned = {
  readonly name: string;
  readonly split: Split;
  readonly subject: Subject;
  readonly size: Size;
};
export type Taken = Planned & {
  readonly picture: Frame;
  /** The payment code in view, null when there is none. */
  readonly text: string | null;
  /** Of a JPEG, of 100. */
  readonly quality: number;
};

export type Amount = {
  /** Of each difficulty and each of wallet page, barcode and QR. */
  readonly each: number;
  /** Without a payment code, of each difficulty; and with the shop's own QR alone. */
  readonly none: number;
  readonly foreign: number;
};

const SPLITS: readonly Split[] = ['easy', 'medium', 'hard'];
const SIZES: readonly Size[] = [
  [640, 480],
  [1280, 720],
  [1920, 1080],
];

export function plan({ each, none, foreign }: Amount, sizes: readonly Size[] = SIZES): Planned[] {
  const planned: Planned[] = [];
  const add = (split: Split, subject: Subject, count: number): void => {
    for (let n = 0; n < count; n++) {
      const size = sizes[n % sizes.length];
      if (size === undefined) throw new RangeError('frames need a size');
      planned.push({ name: `${split}-${subject}-${n}`, split, subject, size });
    }
  };
  for (const split of SPLITS) {
    for (const subject of ['wallet', 'barcode', 'qr'] as const) add(split, subject, each);
    add(split, 'none', none);
  }
  add('medium', 'foreign', foreign);
  return planned;
}

/** The same seed takes the same picture on every machine. */
export function take(seed: number, planned: Planned): Taken {
  const shot = shoot(seed, planned);
  const { quality } = DIFFICULTIES[planned.split];
  return { ...planned, picture: expose(shot), text: shot.text, quality };
}
