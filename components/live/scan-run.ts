/**
 * Keys that came close together, and where among them a scan begins. Pure; wedge.ts decides when
 * to ask. It never guesses a wallet: known shapes only tell a scan from a digit keyed before it.
 */
import { readScan, type Symbology } from '@/lib/payment-code';

export type Run = {
  readonly text: string;
  /** When each character came, ms. */
  readonly times: readonly number[];
  /** How many of them the keypad was given, because for a while nothing followed. */
  readonly released: number;
  readonly inField: boolean;
};

/** What a shop's scanner is set to send around the code. */
export type Affixes = { readonly prefix?: string; readonly suffix?: string };

/** A person's fastest typing is about twice this; a slow scanner's about half. Mean gap, ms. */
export const SCANNER_GAP = 35;
/** So many characters at a scanner's pace are no person. */
export const PLAINLY_FAST = 4;
const SHORTEST_SCAN = 8;
/** A gap at a scan's beginning that may still be the scanner's own, ms. */
const SLOW_START = 80;

export const lastOf = (run: Run): number => run.times[run.times.length - 1] ?? 0;

export const isFast = (times: readonly number[]): boolean => {
  const gaps = times.length - 1;
  return gaps > 0 && ((times[gaps] ?? 0) - (times[0] ?? 0)) / gaps < SCANNER_GAP;
};

export const isPlainlyFast = ({ text, times }: Run): boolean =>
  text.length >= PLAINLY_FAST && (isFast(times) || isFast(times.slice(-PLAINLY_FAST)));

/** Without an ending key a scan is believed from 16 digits on, the shortest payment code. */
export const isUnendedCode = (text: string): boolean => /^\d{16,}$/.test(text);

const hintOf = (text: string) => {
  const scan = readScan(text);
  return scan.kind === 'payment-code' ? scan.hint : null;
};

export const isKnownShape = (text: string): boolean => hintOf(text) !== null;

/**
 * Where in a run the scan begins, null when there is none. A cashier may have keyed a digit just
 * before, or the scanner was slow to start: a long gap tells neither from the other, the shapes of
 * known wallets do. Where they do not, short gaps are the scanner's and long ones the cashier's.
 */
export function startOfScan(run: Run): number | null {
  const { text, times } = run;
  const gap = (i: number): number => (times[i] ?? 0) - (times[i - 1] ?? 0);
  const starts = [...times.keys()].filter((i) => i < 2 || gap(i) > SCANNER_GAP);
  const possible = starts.filter((start) => isScan(run, start));
  // Alipay's codes have many lengths, so another wallet's with a digit before may look like one.
  const hints = possible.map((start) => ({ start, hint: hintOf(text.slice(start)) }));
  const known =
    hints.find(({ hint }) => hint !== null && hint !== 'alipay') ??
    hints.find(({ hint }) => hint !== null);
  if (known) return known.start;
  let start = times.findIndex((_, i) => isFast(times.slice(i, i + PLAINLY_FAST)));
  while (start > 0 && gap(start) <= SLOW_START) start--;
  return start >= 0 && isScan(run, start) ? start : null;
}

/** In a field more is asked: a quick typist's word is not a scan, and nor is a pasted sentence. */
const isScan = ({ text, times, inField }: Run, start: number): boolean =>
  text.length - start >= SHORTEST_SCAN &&
  isFast(times.slice(start)) &&
  (!inField || /^\S*\d{6}\S*$/.test(text.slice(start)));

/** Symbology identifiers of ISO/IEC 15424 that a scanner may be set to send first. */
const IDENTIFIED: readonly (readonly [RegExp, Symbology | null])[] = [
  [/^\]C\d/, 'code-128'],
  [/^\]Q\d/, 'qr'],
  [/^\]E4/, 'ean-8'],
  [/^\]E\d/, 'ean-13'],
  [/^\][A-Za-z]\d/, null],
];

/** The code itself, without what the scanner sends around it, and its symbology if it says. */
export function stripped(sent: string, { prefix = '', suffix = '' }: Affixes) {
  let text = sent;
  if (prefix !== '' && text.startsWith(prefix)) text = text.slice(prefix.length);
  if (suffix !== '' && text.endsWith(suffix)) text = text.slice(0, -suffix.length);
  const identified = IDENTIFIED.find(([pattern]) => pattern.test(text));
  if (identified) text = text.slice(3);
  return { text, symbology: identified?.[1] ?? null };
}
