/**
 * What the store keeps beside payments and refunds, in our words. Told to the other rooms by
 * `ports.ts`.
 */

import type { DayTotals } from '@/lib/difference';
import type { Matter, Outcome } from '@/lib/matters';
import type { Currency } from '@/lib/money';
import type { PaymentId, PaymentState, SaleId } from '@/lib/payment';

export type Sale = {
  readonly id: SaleId;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: number;
};
export type RequestKey = {
  readonly kind: 'payment' | 'refund';
  readonly bodyFingerprint: string;
  readonly targetId: string;
};
export type CallIntent = {
  readonly kind: 'charge' | 'close' | 'refund';
  /** The payment's number, or the refund's own. */
  readonly number: string;
  readonly seq: number;
  readonly at: number;
};
export type CallOutcome = {
  readonly says: string;
  readonly respcd: string | null;
  readonly ms: number;
};
export type NoticeRow = {
  readonly sha256: string;
  readonly raw: string;
  readonly at: number;
  readonly verdict: 'applied' | 'mismatch' | 'unknown-number' | 'ignored';
  readonly number: string | null;
};
/** What happened to a payment, in order. Never changed or deleted; hash-chained in the store. */
export type NewTimelineEntry = {
  readonly at: number;
  readonly paymentId: PaymentId | null;
  readonly saleId: SaleId | null;
  readonly kind: 'state' | 'call' | 'answer' | 'notification' | 'person' | 'review';
  /** `server`, or the staff code of the person who did it. */
  readonly actor: string;
  readonly state: PaymentState | null;
  /** Flat facts for people: respcd, ms, what was asked. Never a secret or a payment code. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};
export type TimelineEntry = NewTimelineEntry & { readonly seq: number };

export type PaidWindow = {
  readonly from: number;
  readonly to: number;
  readonly outlet: string | null;
  readonly after: PaymentId | null;
  readonly limit: number;
};

/** Somebody looked at a matter and said what is to become of it. */
export type Decision = {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly matter: Matter;
  readonly choice: Outcome;
  readonly reason: string;
  readonly staff: string;
  /** Whose sale an adopted order is said to be. */
  readonly counter: string | null;
  /** Wall ms. */
  readonly at: number;
};

/** Who runs a worker. The epoch grows with every change of holder and never sinks (I13). */
export type Lease = {
  readonly holder: string;
  readonly epoch: number;
  /** Wall ms. */
  readonly expiresAt: number;
};
export type LeaseName = 'watch';

/**
 * The limiter's row, shared by every process with the same credentials. Times are ms of the fastest
 * clock that ever wrote it; they never go back.
 */
export type Bucket = {
  /** GCRA's theoretical arrival time of all calls, and of questions alone. */
  readonly arrival: number;
  readonly questions: number;
  readonly heldUntil: number;
  /** 1 at full rate; halved by every 429. */
  readonly slowed: number;
  readonly holdMs: number;
};

/** That a day was compared at night, and with what result; sums in minor units. */
export type DayClose = {
  readonly day: string;
  readonly outlet: string | null;
  readonly at: number;
  readonly ours: DayTotals;
  readonly theirs: DayTotals;
  /** How many lines somebody has to look at; each one is a difference of its own. */
  readonly differences: number;
};
