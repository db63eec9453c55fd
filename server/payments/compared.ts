/**
 * What is kept of comparisons with QFPay: the socket of their tables, and their words. Told to the
 * other rooms by `ports.ts`.
 */
import type { ComparisonState, DayTotals, DifferenceLine } from '@/lib/difference';
import type { Refund, RefundId } from '@/lib/refund';

/** One comparison of one day, Hong Kong `YYYY-MM-DD`, of one outlet. Times are wall ms UTC. */
export type Comparison = {
  readonly id: string;
  readonly day: string;
  readonly outlet: string | null;
  readonly state: ComparisonState;
  readonly startedAt: number;
  /** A staff code; `server` at night. */
  readonly startedBy: string;
  readonly endedAt: number | null;
  /** What QFPay has shown so far. */
  readonly pages: number;
  readonly rows: number;
  /** Null until it is done. */
  readonly ours: DayTotals | null;
  readonly theirs: DayTotals | null;
  /** Lines that somebody has to look at, and lines that explain themselves. */
  readonly found: number;
  readonly explained: number;
};

export type DoneRefunds = {
  readonly from: number;
  readonly to: number;
  readonly outlet: string | null;
  readonly after: RefundId | null;
  readonly limit: number;
};

/** Every write is all or nothing. */
export interface Comparisons {
  /** Takes the place of whatever is kept of this day and outlet and did not end well. */
  begin(comparison: Comparison, server: string): Promise<void>;
  /**
   * The end of one. With `lines` (when it is done) the day's open differences become these: known
   * ones stay, new ones are written under `newId`, and those not found any more close themselves.
   * Answers how many of them wait for somebody.
   */
  end(
    comparison: Comparison,
    found: { readonly lines: readonly DifferenceLine[]; readonly newId: () => string } | null,
  ): Promise<number>;
  /** How many of what it found wait for somebody now. */
  openOf(comparison: Comparison): Promise<number>;
  /** A server that starts anew goes on with nothing that it left. */
  abandon(server: string, at: number): Promise<void>;
  byId(id: string): Promise<Comparison | null>;
  /** Refunds that are done, by their making, `from` included and `to` not, oldest first. */
  doneRefunds(window: DoneRefunds): Promise<Refund[]>;
}
