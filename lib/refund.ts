/**
 * Money going back for one payment. The machine is the payment's in small: a state only moves up,
 * one good witness makes it done, a refusal needs a second one, and a refund that was called
 * failed may still turn out done.
 */
import type { Moment } from './ladder';
import type { Currency } from './money';
import type { PaymentId } from './payment';

/** A refund's own `out_trade_no`; it shares the number space of payments. */
export type RefundId = string & { readonly __brand: 'RefundId' };

export const REFUND_STATES = [
  'requested',
  'sending',
  'processing',
  'unknown',
  'deferred',
  'failed',
  'done',
] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export const REFUND_RANK: Record<RefundState, 0 | 1 | 2 | 3 | 4> = {
  requested: 0,
  sending: 1,
  processing: 2,
  unknown: 2,
  deferred: 2,
  failed: 3,
  done: 4,
};

export type Refund = {
  readonly id: RefundId;
  readonly paymentId: PaymentId;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: Currency;
  readonly state: RefundState;
  readonly qfpayNumber: string | null;
  readonly respcd: string | null;
  /** False while only a notification vouches for it. */
  readonly confirmed: boolean;
  readonly review: 'answer-differs' | 'done-after-failed' | null;
  /** Steady ms: nothing is sent before it while `deferred`. */
  readonly wakesAt: number | null;
  readonly refusals: number;
  readonly deferrals: number;
  /** Empty answers since it became `unknown`, and when the first one came (steady ms). */
  readonly noneCount: number;
  readonly noneSince: number | null;
};

/** What a message says about a refund; `amount` in minor units, null where it does not say. */
export type RefundWord = {
  readonly number: string | null;
  readonly amount: number | null;
  readonly qfpayNumber: string | null;
};
export type RefundHeard =
  | {
      readonly source: 'refund' | 'refund-query';
      readonly says: 'done' | 'processing' | 'refused';
      readonly respcd: string;
      readonly facts: RefundWord;
    }
  | { readonly source: 'refund-notice'; readonly says: 'done'; readonly facts: RefundWord }
  /** 1265, or our own clock says that QFPay refunds nothing now; `wakesAt` is the end of it. */
  | { readonly source: 'refund' | 'clock'; readonly says: 'deferred'; readonly wakesAt: number }
  | { readonly source: 'refund' | 'refund-query'; readonly says: 'unclear' | 'not-sent' }
  | { readonly source: 'refund-query'; readonly says: 'none' }
  | { readonly source: 'claim'; readonly says: 'sending' };

const NONE_COUNT = 3;
const NONE_SPREAD_MS = 120_000;

/** The only place where a refund's state changes (money.md §2.6). Pure. */
export function advanceRefund(refund: Refund, heard: RefundHeard, at: Moment): Refund {
  if (refund.state === 'done') return confirm(refund, heard);
  switch (heard.says) {
    case 'done':
      return hearDone(refund, heard);
    case 'sending':
      return maySend(refund, at)
        ? { ...refund, state: 'sending', noneCount: 0, noneSince: null }
        : refund;
    case 'deferred':
      return defer(refund, heard);
    case 'refused':
      return hearRefusal(refund, heard.respcd);
    case 'processing':
      return isOpen(refund) ? { ...refund, state: 'processing', refusals: 0 } : refund;
    case 'unclear':
    case 'not-sent':
      return refund.state === 'sending' ? { ...refund, state: 'unknown' } : refund;
    case 'none':
      return refund.state === 'unknown' ? countNone(refund, at) : refund;
  }
}

/**
 * R2, R7, R8: a first send; the same number again after the gateway has denied it long enough; or
 * a deferred one whose hour has come.
 */
export function maySend(refund: Refund, at: Moment): boolean {
  if (refund.state === 'requested') return true;
  if (refund.state === 'deferred') return at.steady >= (refund.wakesAt ?? 0);
  if (refund.state !== 'unknown' || refund.noneSince === null) return false;
  return refund.noneCount >= NONE_COUNT && at.steady - refund.noneSince >= NONE_SPREAD_MS;
}

const isOpen = (refund: Refund): boolean => REFUND_RANK[refund.state] < 3;

function hearDone(refund: Refund, heard: { source: string; facts: RefundWord }): Refund {
  const { number, amount, qfpayNumber } = heard.facts;
  const differs =
    (number !== null && number !== refund.id) || (amount !== null && amount !== refund.amount);
  if (differs || amount === null) {
    const kept = refund.state === 'sending' ? ({ ...refund, state: 'unknown' } as const) : refund;
    return differs ? { ...kept, review: kept.review ?? 'answer-differs' } : kept;
  }
  return {
    ...refund,
    state: 'done',
    respcd: null,
    qfpayNumber: refund.qfpayNumber ?? qfpayNumber,
    confirmed: heard.source !== 'refund-notice',
    // Its share was given free: together the refunds may now exceed what was paid (R12).
    review: refund.state === 'failed' ? 'done-after-failed' : refund.review,
  };
}

const confirm = (refund: Refund, heard: RefundHeard): Refund =>
  heard.source === 'refund-query' && heard.says === 'done' && !refund.confirmed
    ? { ...refund, confirmed: true }
    : refund;

/** R8: the reservation is kept. A second 1265 outside the hour is a refusal like any other. */
function defer(refund: Refund, heard: { source: string; wakesAt: number }): Refund {
  if (REFUND_RANK[refund.state] > 1 && refund.state !== 'deferred') return refund;
  const deferrals = refund.deferrals + (heard.source === 'refund' ? 1 : 0);
  if (deferrals > 1) return hearRefusal({ ...refund, deferrals }, '1265');
  return { ...refund, state: 'deferred', deferrals, wakesAt: heard.wakesAt };
}

/** R9: the first refusal leaves it unknown; a question that agrees ends it. */
function hearRefusal(refund: Refund, respcd: string): Refund {
  if (!isOpen(refund)) return refund;
  const refusals = refund.refusals + 1;
  return { ...refund, respcd, refusals, state: refusals >= 2 ? 'failed' : 'unknown' };
}

const countNone = (refund: Refund, at: Moment): Refund => ({
  ...refund,
  noneCount: refund.noneCount + 1,
  noneSince: refund.noneSince ?? at.steady,
});
