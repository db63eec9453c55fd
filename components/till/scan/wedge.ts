/**
 * Tells a hand scanner, which types like a keyboard but faster, from a person. Pure: keys and
 * times go in, what they meant comes out. It promises that no key of a scan reaches the keypad,
 * that a person's keys do after 40 ms at most, and that nobody's typing into a field is touched.
 */
import type { Symbology } from '@/lib/payment-code';

export type Stroke = {
  /** As the browser names it: one character, or `Enter`, `Backspace`, `Shift`… */
  readonly key: string;
  /** Ms on a clock that does not jump. */
  readonly at: number;
  /** The key is being held down. */
  readonly repeat?: boolean;
  /** With Ctrl, Alt or Meta. */
  readonly chord?: boolean;
  /** The focus is in something to type into. */
  readonly inField?: boolean;
  /** The focus is on a button or link, which `Enter` and space press. */
  readonly onControl?: boolean;
};

export type Outcome =
  /** A person's key, for the keypad. */
  | { readonly kind: 'key'; readonly key: string }
  /** `restore`: it went into a field, which must get back what it held when the run began. */
  | {
      readonly kind: 'scan';
      readonly text: string;
      readonly symbology: Symbology | null;
      readonly restore: boolean;
    };

/** Characters that came so close together that they may be a scan. */
type Run = {
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly inField: boolean;
};

export type Wedge = {
  readonly run: Run | null;
  /** Until then an ending key belongs to the scan before: some scanners send two, or one late. */
  readonly hushUntil: number;
};

export type Fed = {
  readonly next: Wedge;
  readonly out: readonly Outcome[];
  /** The browser must not act on this key. */
  readonly swallow: boolean;
};

export type Affixes = { readonly prefix?: string; readonly suffix?: string };

export const QUIET: Wedge = { run: null, hushUntil: Number.NEGATIVE_INFINITY };

/** A person's fastest typing is about twice this; a slow scanner's about half. Mean gap, ms. */
const SCANNER_GAP = 35;
const SHORTEST_SCAN = 8;
/** A scanner without an ending key is believed from here on; the shortest payment code. */
const SHORTEST_UNENDED = 16;
/** How long a key may wait for the next before the keypad gets it, ms. */
const HOLD = 40;
/** No scanner pauses longer in the middle of a code, ms. */
const SILENCE = 80;
/** Four characters at a scanner's pace: hold them until the silence. */
const PLAINLY_FAST = 4;
/** No amount is this long, so an unfinished run of a machine is dropped, not keyed. */
const NO_AMOUNT = 12;
const HUSH_AFTER_END = 100;
const HUSH_AFTER_SILENCE = 250;

const MODIFIERS = ['Shift', 'CapsLock', 'NumLock', 'AltGraph', 'Control', 'Alt', 'Meta'];

export function feed(wedge: Wedge, stroke: Stroke, affixes: Affixes = {}): Fed {
  const { key, at } = stroke;
  // The timer may be late; the times of the keys are not.
  const before = settle(wedge, at, affixes);
  const now = before.next;
  const and = (then: Fed): Fed => ({ ...then, out: [...before.out, ...then.out] });
  if (MODIFIERS.includes(key)) return { ...before, swallow: false };
  if (isEnd(stroke)) return and(end(now, stroke, affixes));
  if (stroke.repeat || stroke.chord || key.length !== 1) return and(pass(now, stroke));
  return and(append(now, stroke));
}

/** To be called when `wakeAt` has come: gives up waiting for what did not follow. */
export function settle(wedge: Wedge, at: number, affixes: Affixes = {}): Fed {
  const { run } = wedge;
  if (!run || at < endOf(run)) return { next: wedge, out: [], swallow: false };
  if (run.text.length >= SHORTEST_UNENDED && /^\d+$/.test(run.text) && isScan(run)) {
    const next = { run: null, hushUntil: endOf(run) + HUSH_AFTER_SILENCE };
    return { next, out: [scanned(run, affixes)], swallow: false };
  }
  return { next: { ...wedge, run: null }, out: letGo(run), swallow: false };
}

/** When `settle` has something to do, on the clock of the strokes; null while nothing waits. */
export const wakeAt = ({ run }: Wedge): number | null => run && endOf(run);

const endOf = (run: Run): number => run.last + (isPlainlyFast(run) ? SILENCE : HOLD);

/** `Enter`, `Tab`, and carriage return and line feed as some scanners type them. */
const isEnd = ({ key, chord }: Stroke): boolean =>
  chord ? /^[jm]$/i.test(key) : key === 'Enter' || key === 'Tab';

function end(wedge: Wedge, stroke: Stroke, affixes: Affixes): Fed {
  const { run } = wedge;
  if (run && isScan(run)) {
    const next = { run: null, hushUntil: stroke.at + HUSH_AFTER_END };
    return { next, out: [scanned(run, affixes)], swallow: true };
  }
  if (stroke.at < wedge.hushUntil) return { next: wedge, out: [], swallow: true };
  return pass(wedge, stroke);
}

/** A key that is no part of any scan: what was held goes first, so that order is kept. */
function pass(wedge: Wedge, stroke: Stroke): Fed {
  const out = wedge.run ? letGo(wedge.run) : [];
  const pressesControl = stroke.onControl && stroke.key === 'Enter';
  if (!stroke.inField && !stroke.chord && !pressesControl && stroke.key !== 'Tab') {
    out.push({ kind: 'key', key: stroke.key });
  }
  return { next: { ...wedge, run: null }, out, swallow: false };
}

function append(wedge: Wedge, stroke: Stroke): Fed {
  const { key, at, inField = false } = stroke;
  const { run } = wedge;
  const fresh: Run = { text: key, first: at, last: at, inField };
  // Typing that was never fast does not become a scan by going on.
  const slow = run !== null && run.text.length >= PLAINLY_FAST && !isFast({ ...run, last: at }, 1);
  if (!run || slow || run.inField !== inField) {
    // A space on a focused button is a press, unless it comes in the middle of a scan.
    if (key === ' ' && stroke.onControl) return pass(wedge, { ...stroke, chord: true });
    const next = { ...wedge, run: fresh };
    return { next, out: run ? letGo(run) : [], swallow: false };
  }
  const next = { ...wedge, run: { ...run, text: run.text + key, last: at } };
  return { next, out: [], swallow: !inField };
}

const isFast = (run: Run, more = 0): boolean => {
  const gaps = run.text.length + more - 1;
  return gaps > 0 && (run.last - run.first) / gaps < SCANNER_GAP;
};

const isPlainlyFast = (run: Run): boolean => run.text.length >= PLAINLY_FAST && isFast(run);

/** In a field more is asked: a quick typist's word is not a scan, and nor is a pasted sentence. */
const isScan = (run: Run): boolean =>
  run.text.length >= SHORTEST_SCAN &&
  isFast(run) &&
  (!run.inField || /^\S*\d{6}\S*$/.test(run.text));

/** What was held back goes to the keypad, but not a machine's half sentence. */
function letGo(run: Run): Outcome[] {
  if (run.inField || (run.text.length >= NO_AMOUNT && isFast(run))) return [];
  return [...run.text].map((key) => ({ kind: 'key', key }));
}

/** Symbology identifiers of ISO/IEC 15424 that a scanner may be set to send first. */
const IDENTIFIED: readonly (readonly [RegExp, Symbology | null])[] = [
  [/^\]C\d/, 'code-128'],
  [/^\]Q\d/, 'qr'],
  [/^\]E4/, 'ean-8'],
  [/^\]E\d/, 'ean-13'],
  [/^\][A-Za-z]\d/, null],
];

function scanned(run: Run, { prefix = '', suffix = '' }: Affixes): Outcome {
  let { text } = run;
  if (prefix !== '' && text.startsWith(prefix)) text = text.slice(prefix.length);
  if (suffix !== '' && text.endsWith(suffix)) text = text.slice(0, -suffix.length);
  const identified = IDENTIFIED.find(([pattern]) => pattern.test(text));
  if (identified) text = text.slice(3);
  return { kind: 'scan', text, symbology: identified?.[1] ?? null, restore: run.inField };
}
