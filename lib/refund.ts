/**
 * Money going back for one payment, in the shop's words. What happens to it is decided in
 * `advance-refund.ts` alone.
 */
import type { Currency } from './money';
import type { Facts, PaymentId, Unclear } from './payment';

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

export type RefundReview = 'answer-differs' | 'done-after-failed' | 'unresolved-for-a-day';

export type Refund = {
  readonly id: RefundId;
  readonly paymentId: PaymentId;
  /** `outside`: somebody gave it back elsewhere, and a question showed it. */
  readonly origin: 'counter' | 'outside';
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: Currency;
  /** QFPay's number of the payment. */
  readonly paymentNumber: string;
  readonly reason: string;
  readonly state: RefundState;
  readonly qfpayNumber: string | null;
  /** The code of the last refusal, or of the 1265 that put it off. */
  readonly respcd: string | null;
  /** False while only a notification vouches for it. */
  readonly confirmed: boolean;
  readonly review: RefundReview | null;
  /** Who took it back before it was sent; `server` where it was not covered any more. */
  readonly withdrawnBy: string | null;
  readonly staff: string;
  /** The second manager, where one was needed. */
  readonly approver: string | null;
  readonly counter: string;
  readonly outlet: string | null;
  /** Wall times, ms UTC. */
  readonly createdAt: number;
  readonly doneAt: number | null;
  readonly witnesses: RefundWitnesses;
  /** When to send or to ask next, on the steady clock; null when nobody needs to. */
  readonly nextCheckAt: number | null;
  readonly version: number;
};

/** Times are on the steady clock. */
export type RefundWitnesses = {
  /** When bytes could last have left. */
  readonly sentAt: number | null;
  readonly checks: number;
  readonly refusals: number;
  readonly deferrals: number;
  /** Empty answers since it became `unknown`, and when the first one came. */
  readonly noneCount: number;
  readonly noneSince: number | null;
  /** The last try provably did not leave: the same number may go out again at once. */
  readonly unsent: boolean;
  /** When a manager last settled the doubt about it; wall ms. */
  readonly decidedAt: number | null;
};

export const NO_REFUND_WITNESSES: RefundWitnesses = {
  sentAt: null,
  checks: 0,
  refusals: 0,
  deferrals: 0,
  noneCount: 0,
  noneSince: null,
  unsent: false,
  decidedAt: null,
};

/** `qfpayNumber` is the refund's own; `payment` is QFPay's number of what it gives back. */
export type RefundFacts = Facts & { readonly payment: string | null };

type Told = 'done' | 'processing' | 'refused' | 'deferred';
type Spoken<S> = {
  readonly source: S;
  readonly says: Told;
  readonly respcd: string;
  readonly facts: RefundFacts;
};
/** What the call itself answered. `deferred`: 1265, QFPay gives nothing back at this hour. */
export type RefundAnswer =
  | Spoken<'refund'>
  | {
      readonly source: 'refund';
      readonly says: 'unclear';
      readonly respcd: string | null;
      readonly why: Unclear;
    }
  | {
      readonly source: 'refund';
      readonly says: 'not-sent';
      readonly why: 'unreachable' | 'limited';
    };
/** What a question about its number brought. */
export type RefundQueryAnswer =
  | Spoken<'refund-query'>
  | { readonly source: 'refund-query'; readonly says: 'none' }
  | {
      readonly source: 'refund-query';
      readonly says: 'unclear';
      readonly respcd: string | null;
      readonly why: Unclear | 'not-sent';
    };
type RefundNotice = {
  readonly source: 'refund-notice';
  readonly says: 'done';
  readonly respcd: string;
  readonly facts: RefundFacts;
};
export type RefundHeard = RefundAnswer | RefundQueryAnswer | RefundNotice;
