/**
 * What a cashier has keyed: figures that were added with `+`, and the one that is being keyed.
 * Every key but `clear` can be taken back by `back`, one by one.
 */
import { digitsToMinor, type Key, LARGEST_KEYED, pressKey } from './money';

export type SumKey = Key | '+' | '.';
export type Keyed = {
  /** Minor units, each above zero, in the order in which they were keyed. */
  readonly parts: readonly number[];
  /** Digits from the right, "4850"; or as somebody types them, with a point: "48.5". */
  readonly figure: string;
};

export const NOTHING_KEYED: Keyed = { parts: [], figure: '' };
/** More would be a list, and nobody could check it in one look. */
const MOST_PARTS = 50;

/** A figure in minor units; `places`: digits after the point of its currency. */
export function minorOf(figure: string, places: number): number {
  const [whole = '', fraction] = figure.split('.');
  return digitsToMinor(whole + (fraction === undefined ? '' : fraction.padEnd(places, '0')));
}

/** What the sale would be charged, in minor units. */
export const sumOf = ({ parts, figure }: Keyed, places: number): number =>
  parts.reduce((sum, part) => sum + part, minorOf(figure, places));

/** After one more key; null when it would go past LARGEST_KEYED, and then it does nothing. */
export function pressSum(keyed: Keyed, key: SumKey, places: number): Keyed | null {
  const { parts, figure } = keyed;
  if (key === 'clear') return NOTHING_KEYED;
  if (key === 'back') return takenBack(keyed);
  if (key === '+') {
    const part = minorOf(figure, places);
    const adds = part > 0 && parts.length < MOST_PARTS;
    return adds ? { parts: [...parts, part], figure: '' } : keyed;
  }
  const next = { parts, figure: longer(figure, key, places) };
  const isRefused = key !== '.' && !figure.includes('.') && next.figure === figure && figure !== '';
  return isRefused || sumOf(next, places) > LARGEST_KEYED ? null : next;
}

/** A whole figure that came with one tap: added where `+` waits for one, else alone. */
export function putFigure({ parts, figure }: Keyed, amount: number): Keyed | null {
  const next = { parts: figure === '' ? parts : [], figure: String(amount) };
  return sumOf(next, 0) > LARGEST_KEYED ? null : next;
}

function longer(figure: string, key: Exclude<SumKey, 'back' | 'clear' | '+'>, places: number) {
  const point = figure.indexOf('.');
  if (key === '.') {
    if (places === 0 || point >= 0) return figure;
    return figure.length + places > DIGITS ? figure : `${figure === '' ? '0' : figure}.`;
  }
  if (point < 0) return pressKey(figure, key);
  const next = figure + key;
  return next.length - point - 1 > places ? figure : next;
}

const DIGITS = String(LARGEST_KEYED).length;

function takenBack({ parts, figure }: Keyed): Keyed {
  if (figure !== '') return { parts, figure: figure.slice(0, -1) };
  const last = parts.at(-1);
  return last === undefined ? NOTHING_KEYED : { parts: parts.slice(0, -1), figure: String(last) };
}
