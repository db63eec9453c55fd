/** What both halves of a comparison share: the two ledgers, and how a side's facts are written. */
import type { DayTotals, DifferenceLine, Explanation } from '@/lib/difference';
import type { Currency } from '@/lib/money';
import { type Facts, isLive, type Payment } from '@/lib/payment';
import type { DaySpan, Follower } from './compare-sweep';
import type { World } from './evidence';

export type Side = { -readonly [K in keyof DayTotals]: number };
export type Books = {
  readonly ours: Side;
  readonly theirs: Side;
  readonly lines: DifferenceLine[];
};
export type Comparing = {
  readonly world: World;
  readonly span: DaySpan;
  readonly books: Books;
  readonly follower: Follower;
  /** When QFPay was begun to be read, wall ms. */
  readonly sweptAt: number;
  /** Questions about single numbers that are left. */
  asksLeft: number;
};

export const isOfDay = ({ from, to }: DaySpan, at: number): boolean => at >= from && at < to;

/** In the books of another outlet; what was sold before there were outlets is in everybody's. */
export const isElsewhere = (span: DaySpan, { outlet }: Pick<Payment, 'outlet'>): boolean =>
  outlet !== null && outlet !== span.outlet;

/** Somebody is told of it already, or nobody needs to be yet. */
export function explain(payment: Payment): Explanation | null {
  if (payment.review !== null) return payment.review === 'orphan' ? 'orphan' : 'review';
  const isOpen = isLive(payment.state) || (payment.state === 'paid' && !payment.confirmed);
  return isOpen ? 'in-flight' : null;
}

export const theirFacts = (facts: Facts, state: string) => ({
  ...{ amount: facts.amount, currency: facts.currency as Currency | null, state },
  ...{ at: facts.paidAt, qfpayNumber: facts.qfpayNumber, payType: facts.payType },
});
