/**
 * Money going back for one payment. The machine is the payment's in small: states only move up,
 * except that a refund which was called failed may still turn out done.
 */
import type { PaymentId } from './payment';

/** A refund's own `out_trade_no`; it shares the number space of payments. */
export type RefundId = string & { readonly __brand: 'RefundId' };

export const REFUND_STATES = [
  'requested',
  'sending',
  'processing',
  'unknown',
  'deferred',
  'failed',
  'done',
] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export const REFUND_RANK: Record<RefundState, 0 | 1 | 2 | 3 | 4> = {
  requested: 0,
  sending: 1,
  processing: 2,
  unknown: 2,
  deferred: 2,
  failed: 3,
  done: 4,
};

export type RefundOf = { readonly refund: RefundId; readonly payment: PaymentId };
