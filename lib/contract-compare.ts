/** What crosses the wire about comparisons with QFPay; part of the contract, as `contract.ts`. */
import { z } from 'zod';
import type { ComparisonState, DayTotals, DifferenceKind, Explanation } from './difference';
import type { Currency } from './money';
import { isShopDay } from './time';

/** `outlet` is its id; left out, the only one there is. */
export const newComparisonSchema = z.strictObject({
  day: z.string().max(10).refine(isShopDay),
  outlet: z.string().max(32).optional(),
});
export type NewComparison = z.infer<typeof newComparisonSchema>;

export const settleSchema = z.strictObject({
  reason: z.string().trim().min(1).max(200),
  /** Left out, a PIN is wrong, not malformed: whoever forgot it is asked for it (403). */
  pin: z.string().max(64).default(''),
});
export type Settle = z.infer<typeof settleSchema>;

/** An outlet as a list to choose from shows it. */
export type OutletName = { readonly id: string; readonly name: string };

export type ComparisonView = {
  readonly id: string;
  /** Hong Kong, `YYYY-MM-DD`. */
  readonly day: string;
  readonly outlet: OutletName | null;
  readonly state: ComparisonState;
  readonly startedAt: string;
  /** A staff code; `server` at night. */
  readonly startedBy: string;
  readonly endedAt: string | null;
  /** Answers of QFPay, and the rows in them, so far. */
  readonly pages: number;
  readonly rows: number;
  /** Null until it is done; sums in minor units of `currency`. */
  readonly ours: DayTotals | null;
  readonly theirs: DayTotals | null;
  readonly currency: Currency;
  /** How many lines somebody has to look at, and how many explain themselves. */
  readonly found: number;
  /** How many of them nobody has settled yet. */
  readonly open: number;
  readonly explained: number;
};

export type SideView = {
  readonly amount: number | null;
  readonly currency: Currency | null;
  readonly state: string;
  readonly at: string | null;
  readonly qfpayNumber: string | null;
  readonly payType: string | null;
};
export type DifferenceView = {
  readonly id: string;
  readonly day: string;
  readonly outlet: OutletName | null;
  readonly number: string;
  readonly kind: DifferenceKind;
  readonly explained: Explanation | null;
  readonly paymentId: string | null;
  readonly ours: SideView | null;
  readonly theirs: SideView | null;
  readonly foundAt: string;
  readonly settledAt: string | null;
  /** A staff code; `server` when a later comparison did not find it any more. */
  readonly settledBy: string | null;
  readonly reason: string | null;
};

/** `GET /api/compare`: the latest day first; `outlets` is empty while there is only one. */
export type ComparisonList = {
  readonly today: string;
  readonly outlets: readonly OutletName[];
  readonly comparisons: readonly ComparisonView[];
};
/** `POST /api/compare`, `GET /api/compare/{id}`, `POST /api/compare/{id}/stop` */
export type ComparisonAnswer = { readonly comparison: ComparisonView };
/** `GET /api/differences`, newest first; `POST /api/differences/{id}/settle` */
export type DifferencePage = {
  readonly differences: readonly DifferenceView[];
  readonly next: string | null;
};
export type DifferenceAnswer = { readonly difference: DifferenceView };
