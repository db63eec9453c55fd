/**
 * What a comparison with QFPay may find: a number that one side does not have, or that both have
 * otherwise. A difference is a question to a manager; it never changes a payment.
 */
import type { Currency } from './money';

export const DIFFERENCE_KINDS = [
  'only-ours',
  'only-theirs',
  'amount',
  'currency',
  'state',
  'refund-only-ours',
  'refund-only-theirs',
  'refund-amount',
  'refund-state',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/**
 * Why nobody has to decide it here. `in-flight`: we are still asking about it. `orphan`: a restored
 * copy had forgotten it, and it was taken in for a manager. `review`: its payment waits for one.
 */
const EXPLANATIONS = ['in-flight', 'orphan', 'review'] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** What one side says of a number. `state` is ours, or what QFPay's row comes to. */
export type SideFacts = {
  /** Minor units of `currency`; null where the side does not say. */
  readonly amount: number | null;
  readonly currency: Currency | null;
  readonly state: string;
  /** Wall ms UTC. */
  readonly at: number | null;
  readonly qfpayNumber: string | null;
  readonly payType: string | null;
};

/** One line of a comparison. `number` is ours where there is one. */
export type DifferenceLine = {
  readonly number: string;
  readonly kind: DifferenceKind;
  readonly explained: Explanation | null;
  /** The payment of ours that it is about. */
  readonly paymentId: string | null;
  readonly ours: SideFacts | null;
  readonly theirs: SideFacts | null;
};

/** The reason under which a later comparison closes what it does not find any more. */
export const GONE = 'gone';

const COMPARISON_STATES = ['running', 'done', 'stopped', 'failed'] as const;
export type ComparisonState = (typeof COMPARISON_STATES)[number];

/** Paid and given back of one side, sums in minor units. */
export type DayTotals = {
  readonly paid: number;
  readonly paidSum: number;
  readonly refunds: number;
  readonly refundSum: number;
};
