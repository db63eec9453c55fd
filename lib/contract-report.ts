/** What crosses the wire about reports. Amounts are minor units of `currency`. */
import type { Currency } from './money';
import type { OtherCurrency, Takings } from './takings';

/**
 * Of the payments that were begun in the time: how many have ended, and how many of those were
 * paid. And of those that were paid in the time: the median of whole seconds from beginning to
 * paid; null without one.
 */
export type Outcome = {
  readonly ended: number;
  readonly paid: number;
  readonly medianSeconds: number | null;
};

export type Report = {
  /** The first and the last business day, 'YYYY-MM-DD'. */
  readonly from: string;
  readonly to: string;
  /** The instants at which they begin and end; ISO 8601. */
  readonly beginsAt: string;
  readonly endsAt: string;
  /** False while the last day still runs. */
  readonly isOver: boolean;
  readonly currency: Currency;
  readonly takings: Takings;
  /** What went back of a hundred cents taken, in hundredths of a cent; null without a sale. */
  readonly refundRate: number | null;
  readonly outcome: Outcome;
  readonly wallets: readonly (Takings & Outcome & { readonly wallet: string })[];
  /** All 24, '00' to '23', from the hour in which the day begins. */
  readonly hours: readonly (Takings & { readonly hour: string })[];
  readonly days: readonly (Takings & { readonly day: string })[];
  readonly counters: readonly (Takings & { readonly counter: string })[];
  /** Sales by whoever charged, refunds by whoever gave them. */
  readonly staff: readonly (Takings & { readonly staff: string })[];
  readonly outlets: readonly (Takings & { readonly outlet: string | null })[];
  /** Of other currencies; no part of the rest. */
  readonly others: readonly OtherCurrency[];
  /** The same days of an earlier week; `until` where today has not come further yet. */
  readonly before: {
    readonly from: string;
    readonly to: string;
    readonly until: string;
    readonly takings: Takings;
  };
};
