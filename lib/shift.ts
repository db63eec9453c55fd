/**
 * What one counter took between opening and closing, in the shop's words. The figures of a shift
 * that is open are added up when somebody looks (X); those of a closed one are sealed (Z).
 */
import type { Currency } from './money';
import type { PaymentState } from './payment';
import type { RefundState } from './refund';
import {
  byWallet,
  type Counted,
  type OtherCurrency,
  otherCurrencies,
  sumUp,
  type Takings,
  type WalletTakings,
} from './takings';

/** Ours, counted up from 1 in one installation; a Z has a number of its own. */
export type Shift = {
  readonly id: number;
  readonly counter: string;
  /** Wall times, ms UTC. */
  readonly openedAt: number;
  /** A staff code, or `server` where money arrived at a counter without a shift. */
  readonly openedBy: string;
  /** Nobody opened it: the first charge did, or money that arrived. */
  readonly openedItself: boolean;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  /** Of the Z; without gaps. */
  readonly number: number | null;
  readonly sealed: ShiftFigures | null;
};

export type Correction = {
  readonly at: number;
  readonly staff: string;
  readonly reason: string;
};

/** A payment that was begun in an earlier shift and paid in this one. Times are ms UTC. */
export type LatePayment = {
  readonly id: string;
  readonly wallet: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: number;
  readonly arrivedAt: number;
};
/** Nobody knows yet how it ends. */
type OpenPayment = {
  readonly id: string;
  readonly state: PaymentState;
  readonly wallet: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: number;
};
type OpenRefund = {
  readonly id: string;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: number;
};

/** At most so many are named; the counts and sums are of all of them. */
export const MOST_NAMED = 100;

type Listed<T> = {
  readonly count: number;
  /** Of the shop's own currency. */
  readonly amount: number;
  readonly named: readonly T[];
};

export type ShiftFigures = {
  readonly currency: Currency;
  readonly takings: Takings;
  readonly wallets: readonly WalletTakings[];
  readonly others: readonly OtherCurrency[];
  /** Part of the takings: what came late, from sales of earlier shifts. */
  readonly late: Listed<LatePayment>;
  /** No part of the takings: carried over to the next shift. */
  readonly openPayments: Listed<OpenPayment>;
  readonly openRefunds: Listed<OpenRefund>;
};

export type ShiftFacts = {
  readonly counted: readonly Counted[];
  readonly late: Listed<LatePayment>;
  readonly openPayments: readonly OpenPayment[];
  readonly openRefunds: readonly OpenRefund[];
};

/** Adds up one shift; `currency` is the shop's own. */
export function shiftFigures(facts: ShiftFacts, currency: Currency): ShiftFigures {
  const own = facts.counted.filter((part) => part.currency === currency);
  return {
    currency,
    takings: sumUp(own),
    wallets: byWallet(own),
    others: otherCurrencies(facts.counted, currency),
    late: facts.late,
    openPayments: listed(facts.openPayments, currency),
    openRefunds: listed(facts.openRefunds, currency),
  };
}

function listed<T extends { readonly amount: number; readonly currency: Currency }>(
  all: readonly T[],
  currency: Currency,
): Listed<T> {
  const own = all.filter((each) => each.currency === currency);
  const amount = own.reduce((sum, each) => sum + each.amount, 0);
  return { count: all.length, amount, named: all.slice(0, MOST_NAMED) };
}
