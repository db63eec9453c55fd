/**
 * What of all that the camera read is told to the till. Pure: the time is handed in. It promises
 * that a payment code is told once, that a stripe code, and whatever a second opinion alone has
 * read, is told only when two frames agree on it, and that a product or a shop's own QR never
 * hides a customer's code in the same frame.
 */
import { readScan, type Scan, type Symbology } from '@/lib/payment-code';
import type { Reading } from './engine';

export type RefusedKind = Exclude<Scan['kind'], 'payment-code' | 'empty'>;
type Payment = Extract<Scan, { kind: 'payment-code' }>;

export type Verdict =
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly hint: Payment['hint'];
      readonly symbology: Symbology;
    }
  /** `again`: the same thing is still in view; a till shows it, and need not buzz once more. */
  | { readonly kind: 'refused'; readonly why: RefusedKind; readonly again: boolean };

export type Acceptance = {
  /** A code that needs a second frame to agree. */
  readonly waiting: { readonly code: string; readonly at: number } | null;
  /** The code told last, and when it was last in view. */
  readonly told: { readonly code: string; readonly seenAt: number } | null;
  /** Refusable texts of the last frame that had any. */
  readonly strange: { readonly texts: readonly string[]; readonly at: number } | null;
  readonly refused: { readonly text: string; readonly at: number; readonly seenAt: number } | null;
};

export const NOTHING_SEEN: Acceptance = { waiting: null, told: null, strange: null, refused: null };

/** How long a code, once told, is not told again after it was last in view; ms. */
const SAME_CODE_REST = 5000;
/** At most one refusal in this time; ms. */
const REFUSAL_REST = 2000;
/** Two frames further apart than this are not two looks at one thing; ms. */
const ONE_LOOK = 2000;

/** The shape that wallets use. Other printable text is charged too, but must be seen twice. */
const DIGITS = /^\d{16,32}$/;

type Seen = Pick<Reading, 'symbology' | 'alone'> & { readonly scan: Payment };

export type FrameVerdict = { readonly next: Acceptance; readonly verdict: Verdict | null };

/** Whether the search of a frame may stop here: nobody prints such a code on a box. */
export const isPaymentShaped = (reading: Reading): boolean => {
  const scan = readScan(reading.text, reading.symbology);
  return scan.kind === 'payment-code' && DIGITS.test(scan.code);
};

/** One frame's readings at time `at` (ms on any clock that does not jump). */
export function acceptFrame(
  state: Acceptance,
  readings: readonly Reading[],
  at: number,
): FrameVerdict {
  const payments: Seen[] = [];
  const strange: { text: string; why: RefusedKind }[] = [];
  for (const { text, symbology, alone } of readings) {
    const scan = readScan(text, symbology);
    if (scan.kind === 'payment-code') payments.push({ scan, symbology, ...(alone && { alone }) });
    else if (scan.kind !== 'empty') strange.push({ text, why: scan.kind });
  }
  const shaped = payments.filter(({ scan }) => DIGITS.test(scan.code));
  const candidates = shaped.length > 0 ? shaped : payments;
  if (candidates.length > 0) return acceptPayment(state, candidates, at);
  if (strange.length > 0) return acceptRefusal(state, strange, at);
  return { next: state, verdict: null };
}

function acceptPayment(state: Acceptance, seen: readonly Seen[], at: number): FrameVerdict {
  const best = seen.find(({ symbology }) => symbology === 'qr') ?? seen[0];
  // Two customers' codes in one frame, or one misread: the next frame will say.
  if (!best || seen.some(({ scan }) => scan.code !== best.scan.code)) {
    return { next: state, verdict: null };
  }
  const { code, hint } = best.scan;
  const { told, waiting } = state;
  if (told && told.code === code && at - told.seenAt < SAME_CODE_REST) {
    return { next: { ...state, waiting: null, told: { code, seenAt: at } }, verdict: null };
  }
  const atOnce = best.symbology === 'qr' && best.alone !== true && DIGITS.test(code);
  const agreed = waiting !== null && waiting.code === code && at - waiting.at < ONE_LOOK;
  if (!atOnce && !agreed) return { next: { ...state, waiting: { code, at } }, verdict: null };
  return {
    next: { ...state, waiting: null, told: { code, seenAt: at } },
    verdict: { kind: 'code', code, hint, symbology: best.symbology },
  };
}

function acceptRefusal(
  state: Acceptance,
  strange: readonly { readonly text: string; readonly why: RefusedKind }[],
  at: number,
): FrameVerdict {
  const before = state.strange && at - state.strange.at < ONE_LOOK ? state.strange.texts : [];
  const seenTwice = strange.find(({ text }) => before.includes(text));
  const next = { ...state, strange: { texts: strange.map(({ text }) => text), at } };
  if (!seenTwice) return { next, verdict: null };
  const { refused } = state;
  const inView = refused !== null && refused.text === seenTwice.text;
  if (refused && at - refused.at < REFUSAL_REST) {
    return {
      next: inView ? { ...next, refused: { ...refused, seenAt: at } } : next,
      verdict: null,
    };
  }
  const again = inView && at - refused.seenAt < REFUSAL_REST;
  return {
    next: { ...next, refused: { text: seenTwice.text, at, seenAt: at } },
    verdict: { kind: 'refused', why: seenTwice.why, again },
  };
}
