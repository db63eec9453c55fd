/**
 * What may be given back, said before anything is sent: by the wallet's own rules (protocol.md
 * §7.7, the table in wallets.ts) and by what is left. The gateway may still refuse.
 */
import type { Payment } from './payment';
import { payType, type RefundRule } from './wallets';

/** Why nothing of a payment may be given back. */
export type RefundBlock =
  | 'not-paid'
  | 'wallet-cannot-refund'
  | 'too-old'
  | 'refunded-outside'
  | 'nothing-left';

export type RefundSetting = {
  /** Wall ms. */
  readonly now: number;
  /** QFPay said in writing that this merchant may give FPS back (protocol.md §10.13). */
  readonly fpsRefunds: boolean;
};

/** WeChat's own limit (research A4); nobody names another. */
export const MOST_REFUNDS = 50;

const DAY_MS = 86_400_000;
/** Where a merchant may at all: 91APP, protocol.md §7.7. */
const FPS: RefundRule = { allowed: 'yes', days: 29, partial: 'unknown' };

/** Null when at least one cent may be given back. */
export function refundBlock(
  payment: Payment,
  { now, fpsRefunds }: RefundSetting,
): RefundBlock | null {
  if (payment.state !== 'paid') return 'not-paid';
  const rule = ruleOf(payment, fpsRefunds);
  if (rule.allowed === 'no') return 'wallet-cannot-refund';
  const age = now - (payment.paidAt ?? payment.createdAt);
  if (rule.days !== null && age > rule.days * DAY_MS) return 'too-old';
  // It was reversed elsewhere, and nobody knows by how much: a manager looks first.
  if (payment.review === 'reversed-outside') return 'refunded-outside';
  return refundable(payment) > 0 ? null : 'nothing-left';
}

/** Minor units that are neither given back nor promised. */
export const refundable = (payment: Pick<Payment, 'amount' | 'reserved'>): number =>
  Math.max(0, payment.amount - payment.reserved);

/** How long to wait between two refunds of one payment, in ms (protocol.md §7.7; research A4). */
export function refundSpacing(payment: Payment): number {
  const wallet = payType(payment.usedPayType ?? payment.payType)?.wallet;
  return wallet === 'wechat' ? 60_000 : 3_000;
}

function ruleOf(payment: Payment, fpsRefunds: boolean): RefundRule {
  const type = payType(payment.usedPayType ?? payment.payType) ?? payType(payment.payType);
  if (type?.wallet === 'fps' && fpsRefunds) return FPS;
  return type?.refund ?? { allowed: 'unknown', days: null, partial: 'unknown' };
}
