/**
 * What a customer is shown: one payment, the time and the line become one moment. Green is for
 * `paid` alone; a QR that ran out is never shown; while the line is cut nothing is shown that may
 * have changed meanwhile, and what has come to its end stays true.
 */
import type { DisplayPayment, Keyed } from './contract-display';
import { isLive } from './payment';

export type MomentName = Moment['at'];
export type Moment =
  | { readonly at: 'idle' }
  /** The cashier keys what is to be paid. */
  | { readonly at: 'amount'; readonly keyed: Keyed }
  /** A payment runs, and nobody here can know what has become of it. */
  | { readonly at: 'cut' }
  | {
      readonly at:
        | 'preparing'
        | 'confirm'
        | 'checking'
        | 'expired'
        | 'stopping'
        | 'unpaid'
        | 'stopped';
      readonly payment: DisplayPayment;
    }
  | { readonly at: 'paid'; readonly payment: DisplayPayment }
  | { readonly at: 'scan'; readonly payment: DisplayPayment; readonly qrCode: string };

/** So long the end of a payment is shown before the shop's name stands there again. */
export const SHOWN_MS = { paid: 12_000, receipt: 45_000, unpaid: 20_000, stopped: 8_000 } as const;
/** A payment in doubt for longer is the cashier's matter; the next customer stands here now. */
export const LONGEST_MS = 15 * 60_000;
/** One that was over before this screen heard of it is shown only while it is this young. */
const STILL_NEWS_MS = 60_000;

/** `endedAt`: when it ended as far as this screen knows, server ms; null while it runs. */
export type Followed = { readonly payment: DisplayPayment | null; readonly endedAt: number | null };

/** One more picture of the counter's payment; what is older than what is known changes nothing. */
export function follow(
  known: Followed | null,
  payment: DisplayPayment | null,
  now: number,
): Followed {
  const was = known?.payment ?? null;
  if (known !== null && was !== null && payment !== null && isOlder(payment, was)) return known;
  if (payment === null || isLive(payment.state)) return { payment, endedAt: null };
  if (was === null || was.id !== payment.id) return { payment, endedAt: endOf(payment, now) };
  return { payment, endedAt: was.state === payment.state ? (known?.endedAt ?? now) : now };
}

function isOlder(heard: DisplayPayment, known: DisplayPayment): boolean {
  if (heard.id === known.id) return heard.version < known.version;
  return Date.parse(heard.createdAt) < Date.parse(known.createdAt);
}

/** Of a payment that was over when it was first heard of. */
function endOf({ paidAt, createdAt }: DisplayPayment, now: number): number {
  const began = Date.parse(createdAt);
  if (paidAt !== null) return Math.max(began, Date.parse(paidAt));
  return now - began < STILL_NEWS_MS ? now : began;
}

/** `now`: server ms. `cut`: the server is not heard. `keyed`: what stands on the till. */
export type Circumstances = {
  readonly now: number;
  readonly cut: boolean;
  readonly keyed?: Keyed | null;
};

export function momentOf(followed: Followed, circumstances: Circumstances): Moment {
  const { payment } = followed;
  const open = payment !== null && (isLive(payment.state) || payment.doubted);
  const next = open ? null : keyedAfter(payment, circumstances);
  return next === null ? momentOfPayment(followed, circumstances) : { at: 'amount', keyed: next };
}

/** So long an amount stands there that nobody goes on with. */
const KEYED_MS = 120_000;
/** A last digit and the tap that charges it may overtake each other on their way. */
const SLACK_MS = 2_000;

/** The amount of the next sale: what was keyed for the payment that has just ended is not. */
function keyedAfter(
  payment: DisplayPayment | null,
  { now, cut, keyed = null }: Circumstances,
): Keyed | null {
  if (cut || keyed === null || keyed.amount === 0) return null;
  const at = Date.parse(keyed.at);
  const began = payment === null ? 0 : Date.parse(payment.createdAt);
  return now - at < KEYED_MS && at > began + SLACK_MS ? keyed : null;
}

function momentOfPayment({ payment, endedAt }: Followed, { now, cut }: Circumstances): Moment {
  if (payment === null) return { at: 'idle' };
  const open = isLive(payment.state) || payment.doubted;
  if (open) {
    if (now - Date.parse(payment.createdAt) > LONGEST_MS) return { at: 'idle' };
    return cut ? { at: 'cut' } : openMoment(payment, now);
  }
  const since = now - (endedAt ?? 0);
  if (payment.state === 'paid') {
    const shown = payment.receiptUrl === null ? SHOWN_MS.paid : SHOWN_MS.receipt;
    // No next sale can be heard of, so the last word stands.
    return since < shown || (cut && since < LONGEST_MS) ? { at: 'paid', payment } : { at: 'idle' };
  }
  const at = payment.state === 'failed' ? 'unpaid' : 'stopped';
  return since < SHOWN_MS[at] ? { at, payment } : { at: 'idle' };
}

function openMoment(payment: DisplayPayment, now: number): Moment {
  const { state, mode, qrCode, qrExpiresAt, doubted } = payment;
  if (doubted || state === 'unknown') return { at: 'checking', payment };
  if (state === 'cancelling') return { at: 'stopping', payment };
  if (state !== 'awaiting') return { at: 'preparing', payment };
  if (mode === 'CPM') return { at: 'confirm', payment };
  if (qrCode === null) return { at: 'preparing', payment };
  const over = qrExpiresAt !== null && Date.parse(qrExpiresAt) <= now;
  return over ? { at: 'expired', payment } : { at: 'scan', payment, qrCode };
}
