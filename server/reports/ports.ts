/** What this room needs of the store. Times are wall ms UTC; amounts minor units. */
import type { Currency } from '@/lib/money';
import type { Counted } from '@/lib/takings';
import type { LastGood, RecentTry, UsualWait } from '@/lib/wallet-health';

/** `from` is included, `to` is not. */
export type Span = { readonly from: number; readonly to: number };

/** Payments or refunds that agree in all of this, counted together. */
export type TakingCell = Counted & {
  readonly counter: string;
  readonly staff: string;
  readonly outlet: string | null;
  /** Whole hours since the moment that was handed over as `base`. */
  readonly hour: number;
};
/** Paid payments that took the same whole seconds from beginning to paid; never below 0. */
export type WaitCell = Pick<Counted, 'payType' | 'usedPayType' | 'count'> & {
  readonly seconds: number;
};
/** Payments that have ended, begun in a span. */
export type EndCell = Pick<Counted, 'payType' | 'usedPayType' | 'count'> & {
  readonly isPaid: boolean;
};

/** Each reads the rows of its span alone, and groups them where they lie. */
export interface TakingStore {
  /** By the moment at which they were paid. */
  paid(span: Span, base: number): Promise<TakingCell[]>;
  /** Refunds by the moment at which they were done. */
  done(span: Span, base: number): Promise<TakingCell[]>;
  waits(span: Span): Promise<WaitCell[]>;
  ends(span: Span): Promise<EndCell[]>;
}

/** How often one amount was paid in a span. */
export type AmountCell = {
  readonly outlet: string | null;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: number;
  readonly count: number;
};
export interface UsualStore {
  /** By the moment at which they were paid. */
  amounts(span: Span): Promise<AmountCell[]>;
}

/** What tells how the wallets do. Each walks an index, and no more rows than it is told. */
export interface HealthStore {
  /** Begun in the span, the newest first, at most `limit`. */
  tries(span: Span, limit: number): Promise<RecentTry[]>;
  /** When a payment of each kind was last paid, among those that were paid in the span. */
  lastGood(span: Span): Promise<LastGood[]>;
  waits(span: Span): Promise<UsualWait[]>;
}
