/**
 * Tells a hand scanner, which types like a keyboard but faster, from a person. Pure: keys and
 * times go in, what they meant comes out. It promises that no key of a scan stays on the keypad,
 * that a person's keys reach it after 40 ms at most, and that typing into a field is not touched.
 */
import type { Symbology } from '@/lib/payment-code';
import {
  type Affixes,
  isFast,
  isKnownShape,
  isPlainlyFast,
  isUnendedCode,
  lastOf,
  PLAINLY_FAST,
  type Run,
  SCANNER_GAP,
  startOfScan,
  stripped,
} from './scan-run';

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
  /** The last keys that the keypad got were a scan's: they are undone before it is charged. */
  | { readonly kind: 'take-back'; readonly keys: number }
  /** `restore`: it went into a field, which must get back what it held at this time. */
  | {
      readonly kind: 'scan';
      readonly text: string;
      readonly symbology: Symbology | null;
      readonly restore: number | null;
    };

export type Wedge = {
  readonly run: Run | null;
  /** The run before, which silence ended: perhaps the keys that came next were its own. */
  readonly before: Run | null;
  /** Until then an ending key belongs to the scan before: some scanners send two, or one late. */
  readonly hushUntil: number;
  /** Until then any key does, because the scan had no ending key and may have stalled. */
  readonly deafUntil: number;
};

export type Fed = {
  readonly next: Wedge;
  readonly out: readonly Outcome[];
  /** The browser must not act on this key. */
  readonly swallow: boolean;
};

const LONG_AGO = Number.NEGATIVE_INFINITY;
export const QUIET: Wedge = { run: null, before: null, hushUntil: LONG_AGO, deafUntil: LONG_AGO };

/** How long a key may wait for the next before the keypad gets it, ms. */
const HOLD = 40;
/** The silence that ends a code of a known wallet's shape, ms. */
const SILENCE = 80;
/** The longest gap in anything else: a loaded tablet, a sleepy radio. Ms. */
const STALL = 200;
/** How long after two keys at its pace a scanner may go on that lost its radio meanwhile, ms. */
const HICCUP = 1_000;
/** No amount is this long, so an unfinished run of a machine is dropped, not keyed. */
const NO_AMOUNT = 12;
const NO_DIGIT = /[^\d.+=]/;
const HUSH_AFTER_END = 100;
const HUSH_AFTER_SILENCE = 250;

const MODIFIERS = ['Shift', 'CapsLock', 'NumLock', 'AltGraph', 'Control', 'Alt', 'Meta'];

export function feed(was: Wedge, stroke: Stroke, affixes: Affixes = {}): Fed {
  const { key, at } = stroke;
  const wedge = resumed(was, stroke);
  // The timer may be late; the times of the keys are not.
  const paused = wedge.run !== null && at >= lastOf(wedge.run) + SILENCE;
  const before = paused ? settle(wedge, at, affixes) : { next: wedge, out: [], swallow: false };
  const now = before.next;
  const and = (then: Fed): Fed => ({ ...then, out: [...before.out, ...then.out] });
  if (MODIFIERS.includes(key)) return { ...before, swallow: false };
  if (isEnd(stroke)) return and(end(now, stroke, affixes));
  if (at < now.deafUntil) return { ...before, swallow: true };
  if (stroke.repeat || stroke.chord || key.length !== 1) return and(pass(now, stroke));
  return and(append(now, stroke));
}

/**
 * A tablet that was held up hears of a silence that there was not: the key's own time tells that
 * it follows, and the run goes on as if nobody had given up on it.
 */
function resumed(wedge: Wedge, { at, inField = false }: Stroke): Wedge {
  const { run, before } = wedge;
  const goesOn = !run && before?.inField === inField && at < lastOf(before) + STALL;
  return goesOn ? { ...wedge, run: before, before: null } : wedge;
}

/** To be called when `wakeAt` has come: gives up waiting for what did not follow. */
export function settle(wedge: Wedge, at: number, affixes: Affixes = {}): Fed {
  const { run } = wedge;
  const nothing = { next: wedge, out: [], swallow: false };
  if (!run) return nothing;
  const end = lastOf(run) + patience(run);
  if (at >= end && isUnended(run)) {
    const until = end + HUSH_AFTER_SILENCE;
    const deafUntil = run.inField ? LONG_AGO : until;
    const next = { run: null, before: null, hushUntil: until, deafUntil };
    return { next, out: scanned(run, wedge.before, affixes), swallow: false };
  }
  if (at >= end) return { next: givenUp(wedge, run), out: letGo(run), swallow: false };
  if (at < lastOf(run) + HOLD || isPlainlyFast(run)) return nothing;
  const next = { ...wedge, run: { ...run, released: run.text.length } };
  return { next, out: letGo(run), swallow: false };
}

/** When `settle` has something to do, on the clock of the strokes; null while nothing waits. */
export function wakeAt({ run }: Wedge): number | null {
  if (!run) return null;
  const held = run.released < run.text.length && !isPlainlyFast(run);
  return lastOf(run) + (held ? HOLD : patience(run));
}

const isUnended = (run: Run): boolean => {
  const start = startOfScan(run);
  return start !== null && isUnendedCode(run.text.slice(start));
};

/** How long a run waits for its next key, ms. */
const patience = (run: Run): number => {
  const start = isPlainlyFast(run) ? startOfScan(run) : null;
  if (start === null) return STALL;
  const text = run.text.slice(start);
  return isUnendedCode(text) && isKnownShape(text) ? SILENCE : STALL;
};

/** `Enter`, `Tab`, and carriage return and line feed as some scanners type them. */
const isEnd = ({ key, chord }: Stroke): boolean =>
  chord ? /^[jm]$/i.test(key) : key === 'Enter' || key === 'Tab';

function end(wedge: Wedge, stroke: Stroke, affixes: Affixes): Fed {
  const { run } = wedge;
  if (run && startOfScan(run) !== null) {
    const hushUntil = stroke.at + HUSH_AFTER_END;
    const next = { run: null, before: null, hushUntil, deafUntil: LONG_AGO };
    return { next, out: scanned(run, wedge.before, affixes), swallow: true };
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
  return { next: { ...wedge, run: null, before: null }, out, swallow: false };
}

function append(wedge: Wedge, stroke: Stroke): Fed {
  const { key, at, inField = false } = stroke;
  const fresh: Run = { text: key, times: [at], released: 0, inField };
  const { run } = wedge;
  if (!run || run.inField !== inField) {
    // A space on a focused button is a press, unless it comes in the middle of a scan.
    if (key === ' ' && stroke.onControl) return pass(wedge, { ...stroke, chord: true });
    return { next: { ...wedge, run: fresh }, out: run ? letGo(run) : [], swallow: false };
  }
  const longer: Run = { ...run, text: run.text + key, times: [...run.times, at] };
  const swallow = !inField && at - lastOf(run) < SCANNER_GAP;
  // Of a person's typing a few keys are remembered: one of them may prove to be the scanner's.
  if (longer.text.length <= PLAINLY_FAST || isFast(longer.times) || isPlainlyFast(longer)) {
    return { next: { ...wedge, run: longer }, out: [], swallow };
  }
  const rest: Run = {
    ...longer,
    text: longer.text.slice(1),
    times: longer.times.slice(1),
    released: Math.max(0, run.released - 1),
  };
  const out = letGo({ ...run, text: run.text.slice(0, 1) });
  return { next: { ...wedge, run: rest }, out, swallow };
}

/** What was held back goes to the keypad, but not a machine's half sentence. */
function letGo(run: Run): Outcome[] {
  if (isKept(run)) return [];
  return [...run.text.slice(run.released)].map((key) => ({ kind: 'key', key }));
}

const isKept = ({ inField, text, times }: Run): boolean =>
  inField || (isFast(times) && text.length >= (NO_DIGIT.test(text) ? PLAINLY_FAST : NO_AMOUNT));

const givenUp = (wedge: Wedge, run: Run): Wedge => {
  const released = isKept(run) ? run.released : run.text.length;
  return { ...wedge, run: null, before: { ...run, released } };
};

/** What a keypad of amounts takes; nothing has to be taken back of what it passed over. */
const KEYED = /[\d.+=]/;

function scanned(run: Run, before: Run | null, affixes: Affixes): Outcome[] {
  const start = startOfScan(run) ?? 0;
  const lost = start === 0 && before !== null ? lostStart(before, run) : null;
  const head = lost === null || before === null ? '' : before.text.slice(lost);
  const scan = stripped(head + run.text.slice(start), affixes);
  if (run.inField) {
    const since = lost === null ? run.times[start] : before?.times[lost];
    return [{ kind: 'scan', ...scan, restore: since ?? null }];
  }
  // A person's keys before the scan go to the keypad; it takes back what it got of the scan.
  const keyed = [...run.text.slice(run.released, start)];
  const given = head + run.text.slice(start, run.released);
  const taken = [...given].filter((key) => KEYED.test(key)).length;
  return [
    ...keyed.map((key): Outcome => ({ kind: 'key', key })),
    ...(taken > 0 ? [{ kind: 'take-back', keys: taken } as const] : []),
    { kind: 'scan', ...scan, restore: null },
  ];
}

/**
 * Where in the run before a scan began of which this is the rest, null when it is whole. Only the
 * shape of a known wallet's code tells: without it the first digits would stay in the amount.
 */
function lostStart(before: Run, run: Run): number | null {
  const { text, times, released } = before;
  const [last = 0, previous = LONG_AGO] = times.toReversed();
  const paced = last - previous < SCANNER_GAP && released === text.length;
  const soon = (run.times[0] ?? 0) - last <= HICCUP && before.inField === run.inField;
  if (!paced || !soon || isKnownShape(run.text)) return null;
  const starts = [...times.keys()].filter((i) => isKnownShape(text.slice(i) + run.text));
  return starts[0] ?? null;
}
