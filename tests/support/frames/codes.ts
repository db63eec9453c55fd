/** Payment codes as squares and stripes, drawn on a sheet. The numbers mean nobody's money. */
import QRCode from 'qrcode';
import { code128 } from '../camera/code128';
import type { Dice } from './dice';
import { draw, type Paper, type Place } from './paper';

/** 18 digits twice, 19 and 24: the lengths that the wallets of Hong Kong show. */
const KINDS = [
  ['13', 16],
  ['28', 16],
  ['62', 17],
  ['28', 22],
] as const;

export function paymentCode(dice: Dice): string {
  const [begins, more] = dice.pick(KINDS);
  return `${begins}${dice.digits(more)}`;
}

export const stripesOf = (text: string): readonly boolean[] => code128(text);

export type Squares = { readonly size: number; dark(row: number, column: number): boolean };
export type Correction = 'M' | 'Q' | 'H';

/** The smallest version from `version` on that holds the text. */
export function squaresOf(text: string, level: Correction, version: number): Squares {
  for (let tried = version; ; tried++) {
    try {
      const { modules } = QRCode.create(text, { errorCorrectionLevel: level, version: tried });
      return { size: modules.size, dark: (row, column) => modules.get(row, column) !== 0 };
    } catch (fault) {
      if (tried > version + 4) throw fault;
    }
  }
}

export type Drawn = Omit<Place, 'w' | 'h'> & {
  /** Of the sheet's own dots. */
  readonly module: number;
  readonly grey: number;
};

/** `high`: how long the bars are. `upwards`: the stripes run up the sheet. */
export function drawStripes(
  paper: Paper,
  stripes: readonly boolean[],
  { module, grey, high, upwards, ...at }: Drawn & { high: number; upwards?: boolean },
): void {
  const long = stripes.length * module;
  const place = upwards ? { ...at, w: high, h: long } : { ...at, w: long, h: high };
  draw(paper, place, (u, v) => {
    const along = upwards ? v : u;
    return stripes[Math.floor(along / module)] === true ? grey : null;
  });
}

export function drawSquares(
  paper: Paper,
  { size, dark }: Squares,
  { module, grey, ...at }: Drawn,
): void {
  draw(paper, { ...at, w: size * module, h: size * module }, (u, v) =>
    dark(Math.floor(v / module), Math.floor(u / module)) ? grey : null,
  );
}
