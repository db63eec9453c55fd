/**
 * One attempt to collect a sale. This file promises that a payment's state only ever moves up
 * the ladder of RANK, that one good witness makes it paid and two make it unpaid, and that no
 * clock ends it. It never asks anybody anything: `advance` is handed what was heard.
 */
import type { Currency } from './money';

/** Our `out_trade_no`: chosen before the call, unique for ever. */
export type PaymentId = string & { readonly __brand: 'PaymentId' };
export type SaleId = string & { readonly __brand: 'SaleId' };

export const PAYMENT_STATES = [
  'created',
  'sending',
  'awaiting',
  'unknown',
  'cancelling',
  'failed',
  'closed',
  'paid',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
export type Mode = 'MPM' | 'CPM';

export const RANK: Record<PaymentState, 0 | 1 | 2 | 3 | 4> = {
  created: 0,
  sending: 1,
  awaiting: 2,
  unknown: 2,
  cancelling: 2,
  failed: 3,
  closed: 3,
  paid: 4,
};

/** The customer can still pay it, or may have: nobody may charge this sale again. */
export const isLive = (state: PaymentState): boolean => RANK[state] < 3;

/** Why a payment ended unpaid, or what makes an open one doubtful. */
export type FailureCode =
  | 'refused'
  | 'expired'
  | 'cancelled'
  | 'never-sent'
  | 'never-arrived'
  | 'gateway-busy'
  | 'gateway-unreachable'
  | 'no-answer';
export type Failure = { readonly code: FailureCode; readonly respcd: string | null };

export type ReviewReason =
  | 'answer-differs'
  | 'paid-then-denied'
  | 'reversed-outside'
  | 'paid-twice'
  | 'unresolved-for-a-day'
  | 'orphan'
  | 'refunded-outside'
  | 'refund-in-doubt'
  | 'refunded-too-much';

export type Payment = {
  readonly id: PaymentId;
  readonly saleId: SaleId;
  readonly mode: Mode;
  readonly payType: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly state: PaymentState;
  readonly qrCode: string | null;
  /** When the QR on the screen stops being offered; wall time, ms UTC. */
  readonly qrExpiresAt: number | null;
  /** The pay type that the gateway says was really used (`800008` routes). */
  readonly usedPayType: string | null;
  readonly qfpayNumber: string | null;
  readonly walletNumber: string | null;
  /** False while only a notification vouches for the money. */
  readonly confirmed: boolean;
  /** Paid after the till had said that it was not. */
  readonly late: boolean;
  readonly review: ReviewReason | null;
  readonly failure: Failure | null;
  readonly counter: string;
  readonly staff: string;
  readonly outlet: string | null;
  /** Wall times, ms UTC. */
  readonly createdAt: number;
  readonly paidAt: number | null;
  readonly witnesses: Witnesses;
  /** When to ask next, on the steady clock; null when nobody needs to. */
  readonly nextCheckAt: number | null;
  readonly abandonedBy: string | null;
  /** Minor units given back, and promised or given back; kept by the store with the refunds. */
  readonly refunded: number;
  readonly reserved: number;
  /** Minor units given back by other means than QFPay; kept by the store with the settlements. */
  readonly settled: number;
  /** A manager has looked at the late money. */
  readonly lateSeen: boolean;
  readonly version: number;
};

/** What the ladder needs to remember. Times are on the steady clock, which never jumps. */
export type Witnesses = {
  /** When bytes of the charge could last have left; moved up at every start of the server. */
  readonly sentAt: number | null;
  /** From here on the till asks to stop; a deadline never closes anything by itself. */
  readonly deadlineAt: number | null;
  /** After this the gateway itself should have let the order expire. */
  readonly gatewayExpiresAt: number | null;
  readonly checks: number;
  /** Negative witnesses so far: the charge's refusal, a query's refusal. */
  readonly refusals: number;
  readonly noneCount: number;
  readonly noneSince: number | null;
  /** A sweep of the time window around the charge did not show it either. */
  readonly windowNone: boolean;
  /** The gateway has acknowledged the order at least once. */
  readonly seen: boolean;
  readonly stoppedBy: 'cashier' | 'deadline' | null;
  readonly closeAcceptedAt: number | null;
  readonly closeTries: number;
  readonly nextCloseAt: number | null;
  /** When a manager last settled what was to be looked at; wall ms. */
  readonly decidedAt: number | null;
};

export const NO_WITNESSES: Witnesses = {
  sentAt: null,
  deadlineAt: null,
  gatewayExpiresAt: null,
  checks: 0,
  refusals: 0,
  noneCount: 0,
  noneSince: null,
  windowNone: false,
  seen: false,
  stoppedBy: null,
  closeAcceptedAt: null,
  closeTries: 0,
  nextCloseAt: null,
  decidedAt: null,
};

/** What a message says about the order it speaks of; null where it does not say. */
export type Facts = {
  readonly number: string | null;
  /** Minor units of `currency`. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly outlet: string | null;
  readonly qfpayNumber: string | null;
  readonly walletNumber: string | null;
  readonly payType: string | null;
  /** Wall time, ms UTC. */
  readonly paidAt: number | null;
  /** The row says that the money went back or the order was cancelled (protocol.md §4.3). */
  readonly reversed: boolean;
};

/** Why an answer decides nothing. */
export type Unclear =
  | 'timeout'
  | 'connection'
  | 'http-status'
  | 'not-json'
  | 'no-code'
  | 'bad-signature'
  | 'contradiction'
  | 'code';

type Heard<S, W> = {
  readonly source: S;
  readonly says: W;
  readonly respcd: string;
  readonly facts: Facts;
};

export type ChargePaid = Heard<'charge', 'paid'>;
export type ChargeCreated = Heard<'charge', 'created'> & { readonly qrCode: string | null };
export type ChargePending = Heard<'charge', 'pending'>;
type ChargeRefused = Heard<'charge', 'refused'>;
type ChargeUnclear = {
  readonly source: 'charge';
  readonly says: 'unclear';
  readonly respcd: string | null;
  readonly why: Unclear;
};
/** Not one byte of the request was written, or the gateway says it did not look at it (429). */
type ChargeNotSent = {
  readonly source: 'charge';
  readonly says: 'not-sent';
  readonly why: 'unreachable' | 'limited';
};
export type ChargeEvidence =
  | ChargePaid
  | ChargeCreated
  | ChargePending
  | ChargeRefused
  | ChargeUnclear
  | ChargeNotSent;

export type QueryPaid = Heard<'query', 'paid'>;
type QueryPending = Heard<'query', 'pending'>;
type QueryRefused = Heard<'query', 'refused'>;
type QueryClosed = Heard<'query', 'closed'>;
/** The question was answered, and the order was not among the rows. */
type QueryNone = {
  readonly source: 'query';
  readonly says: 'none';
  readonly by: 'number' | 'window';
};
type QueryUnclear = {
  readonly source: 'query';
  readonly says: 'unclear';
  readonly respcd: string | null;
  readonly why: Unclear | 'not-sent';
};
export type QueryEvidence =
  | QueryPaid
  | QueryPending
  | QueryRefused
  | QueryClosed
  | QueryNone
  | QueryUnclear;

export type NotificationEvidence = Heard<'notification', 'paid'>;

export type CloseEvidence = {
  readonly source: 'close';
  readonly says: 'closed' | 'paid' | 'refused' | 'unclear';
  readonly respcd: string | null;
};

export type StopEvidence = {
  readonly source: 'stop';
  readonly says: 'stop';
  readonly by: 'cashier' | 'deadline';
  /** Our record may be older than the charge: what it calls unsent is asked about first. */
  readonly doubtful: boolean;
};

export type Evidence =
  | ChargeEvidence
  | QueryEvidence
  | NotificationEvidence
  | CloseEvidence
  | StopEvidence;

/** What a sale of `amount` still owes, in minor units: less what its payments brought. */
export function amountDue(
  amount: number,
  payments: readonly Pick<Payment, 'state' | 'amount'>[],
): number {
  const paid = payments.filter((each) => each.state === 'paid');
  return paid.reduce((due, each) => due - each.amount, amount);
}
