/**
 * What came of trying a scanner, once for people and once for programs. Pure: it decides by the
 * same rules as the till, and nothing that passes through it is charged, sent or kept.
 */
import { readScan, type Symbology } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { acceptFrame, isPaymentShaped, NOTHING_SEEN, type RefusedKind } from '../scan/acceptance';
import type { Reading } from '../scan/engine';
import type { FrameRead } from '../scan/pipeline';

export type Source = 'hand' | 'camera' | 'file';

export type Verdict =
  /** A till would charge it. */
  | 'payment-code'
  /** A payment code that was read minutes ago: a wallet would have made a new one by now. */
  | 'old-code'
  | RefusedKind
  | 'nothing'
  /** Two payment codes in one picture: a till takes neither. */
  | 'two-codes'
  /** The file is no picture that this browser opens. */
  | 'no-picture'
  | 'no-reader';

/** Which step of the pipeline read it; a hand scanner's own are its keys. */
type Step = NonNullable<FrameRead['stage']> | 'keys';

/**
 * One line of `data-testid="scan-result"`. The element's text is JSON:
 * `{ "pending": 0, "count": 2, "last": Trial | null, "results": Trial[] }`, the oldest first; the
 * fields of the last one stand beside `last` as well, for whoever tries one thing at a time.
 */
export type Trial = {
  /** From 1, in the order in which things were tried. */
  readonly number: number;
  readonly source: Source;
  /** The picture's name. */
  readonly file: string | null;
  readonly verdict: Verdict;
  /** The payment code, when that is what was read; null for everything else. */
  readonly text: string | null;
  readonly format: Symbology | null;
  /** Whose it looks like: a hint for an icon, never a reason. */
  readonly wallet: Wallet | null;
  readonly step: Step | null;
  /** In the decoder's thread, the grab of the pixels included; for a hand scanner its typing. */
  readonly ms: number | null;
  /** Everything that was read in that picture, whatever it means. */
  readonly seen: readonly { readonly content: string; readonly format: Symbology | null }[];
};

export type Outcome = Omit<Trial, 'number' | 'source' | 'file'>;

const NOTHING: Outcome = {
  verdict: 'nothing',
  text: null,
  format: null,
  wallet: null,
  step: null,
  ms: null,
  seen: [],
};

const seenIn = (readings: readonly Reading[]): Outcome['seen'] =>
  readings.map(({ text, symbology }) => ({ content: text, format: symbology }));

/** A picture stands still, so the two looks that stripes need are two looks at the same. */
export function outcomeOfStill({ readings, stage, ms }: FrameRead & { ms: number }): Outcome {
  const first = acceptFrame(NOTHING_SEEN, readings, 0);
  const verdict = first.verdict ?? acceptFrame(first.next, readings, 1).verdict;
  const read = { ...NOTHING, ms, seen: seenIn(readings) };
  if (verdict?.kind === 'code') {
    const { code, hint, symbology } = verdict;
    const of = { text: code, format: symbology, wallet: hint };
    return { ...read, ...of, verdict: 'payment-code', step: stage };
  }
  if (verdict) return { ...read, verdict: verdict.why, step: 'whole' };
  return readings.some(isPaymentShaped) ? { ...read, verdict: 'two-codes', step: stage } : read;
}

export const unreadable = (verdict: 'no-picture' | 'no-reader'): Outcome => ({
  ...NOTHING,
  verdict,
});

/** What the camera's own acceptance told, with the frame that decided it. */
export function outcomeOfFrame(
  told: { code: string; hint: Wallet | null; symbology: Symbology } | { why: RefusedKind },
  { readings, stage, ms }: FrameRead & { ms: number },
): Outcome {
  const read = { ...NOTHING, ms, seen: seenIn(readings), step: stage };
  if ('why' in told) return { ...read, verdict: told.why, step: 'whole' };
  const { code, hint, symbology } = told;
  return { ...read, verdict: 'payment-code', text: code, format: symbology, wallet: hint };
}

/** A hand scanner's keys; `ms` from its first to its last. */
export function outcomeOfKeys(text: string, format: Symbology | null, ms: number): Outcome {
  const scan = readScan(text, format);
  const read = { ...NOTHING, step: 'keys', ms, seen: [{ content: text, format }] } as const;
  if (scan.kind === 'payment-code') {
    return { ...read, verdict: 'payment-code', text: scan.code, format, wallet: scan.hint };
  }
  return { ...read, format, verdict: scan.kind === 'empty' ? 'unreadable' : scan.kind };
}

/** Wallets show a code for about a minute (protocol.md §7.4); twice that is certainly old. */
const OLD_MS = 120_000;

/** Codes live before a camera or under a scanner; a picture is as old as it is. */
export function agedBy(outcome: Outcome, firstSeen: Map<string, number>, now: number): Outcome {
  if (outcome.text === null) return outcome;
  const first = firstSeen.get(outcome.text) ?? now;
  firstSeen.set(outcome.text, first);
  return now - first > OLD_MS ? { ...outcome, verdict: 'old-code' } : outcome;
}

/** The text of `data-testid="scan-result"`; see `Trial`. */
export function asJson(results: readonly Trial[], pending: number): string {
  const last = results.at(-1) ?? null;
  return JSON.stringify({ pending, count: results.length, ...last, last, results }, null, 1);
}

export type Tally = {
  /** Of the pictures: how many there were, and in how many a payment code was read. */
  readonly pictures: number;
  readonly read: number;
  /** Milliseconds of the pictures. */
  readonly median: number;
  readonly slow: number;
};

/** Null without a picture: a hand scanner's typing is no reading. */
export function tallyOf(results: readonly Trial[]): Tally | null {
  const files = results.filter(({ source, ms }) => source === 'file' && ms !== null);
  const times = files.map(({ ms }) => ms ?? 0).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  if (times.length === 0) return null;
  const read = files.filter(({ text }) => text !== null).length;
  return { pictures: files.length, read, median: at(0.5), slow: at(0.95) };
}
