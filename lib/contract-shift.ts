/** What crosses the wire about shifts. Amounts are minor units of `currency`; times ISO 8601. */
import { z } from 'zod';
import type { Currency } from './money';
import type { PaymentState } from './payment';
import type { RefundState } from './refund';
import type { OtherCurrency, Takings, WalletTakings } from './takings';

const counter = z.string().regex(/^[\p{L}\p{N} _-]{1,24}$/u);

/** `POST /api/shifts` */
export const openShiftSchema = z.strictObject({ counter });
/** `POST /api/shifts/{id}/close`: a cashier says at which counter they stand. */
export const closeShiftSchema = z.strictObject({ counter: counter.optional() });
export type CloseShift = z.infer<typeof closeShiftSchema>;
/** `POST /api/shifts/{id}/correct` */
export const correctShiftSchema = z.strictObject({ reason: z.string().trim().min(1).max(200) });

type LatePaymentView = {
  readonly id: string;
  readonly wallet: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: string;
  /** When the shop heard of the money. */
  readonly arrivedAt: string;
};
type OpenPaymentView = {
  readonly id: string;
  readonly state: PaymentState;
  readonly wallet: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: string;
};
type OpenRefundView = {
  readonly id: string;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: string;
};

/** At most a hundred are named; `count` and `amount` are of all of them. */
type Listed<T> = { readonly count: number; readonly amount: number; readonly named: readonly T[] };

export type ShiftFiguresView = {
  readonly currency: Currency;
  readonly takings: Takings;
  readonly wallets: readonly WalletTakings[];
  /** Of other currencies; no part of the rest. */
  readonly others: readonly OtherCurrency[];
  /** Part of the takings: money of sales that were begun in an earlier shift. */
  readonly late: Listed<LatePaymentView>;
  /** No part of the takings: nobody knows yet how they end. */
  readonly openPayments: Listed<OpenPaymentView>;
  readonly openRefunds: Listed<OpenRefundView>;
};

type CorrectionView = {
  readonly at: string;
  readonly staff: string;
  readonly reason: string;
};

export type ShiftView = {
  readonly id: string;
  readonly counter: string;
  readonly state: 'open' | 'closed';
  /** Of the Z; counted up without a gap in one installation. */
  readonly number: number | null;
  /** The business day in which it was opened. */
  readonly day: string;
  readonly openedAt: string;
  /** A staff code, or `server`. */
  readonly openedBy: string;
  /** The first charge opened it, or money that arrived when no shift was open. */
  readonly openedItself: boolean;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly figures: ShiftFiguresView;
  /** When the figures were added up: now for an X, the closing for a Z. */
  readonly figuresAt: string;
  readonly corrections: readonly CorrectionView[];
};

/** `GET /api/shifts`, newest first. */
export type ShiftPage = { readonly shifts: readonly ShiftView[]; readonly next: string | null };
/** `GET /api/shifts/{id}`, `POST /api/shifts`, `POST /api/shifts/{id}/correct` */
export type ShiftAnswer = { readonly shift: ShiftView };
/** `yours`: this call sealed it; else somebody was faster, and this is their Z. */
export type CloseAnswer = ShiftAnswer & { readonly yours: boolean };
