/**
 * What may be given back, said before anything is sent: by the wallet's own rules (protocol.md
 * §7.7, the table in wallets.ts) and by what is left. The gateway may still refuse.
 */
import type { Payment } from './payment';
import type { Refund } from './refund';
import { isRefundHour, refundHourEnds, takingsSince } from './refund-hour';
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
  if (ruleOf(payment, fpsRefunds).allowed === 'no') return 'wallet-cannot-refund';
  if (now > (refundableUntil(payment, fpsRefunds) ?? now)) return 'too-old';
  // It was reversed elsewhere, and nobody knows by how much: a manager looks first.
  if (payment.review === 'reversed-outside') return 'refunded-outside';
  return refundable(payment) > 0 ? null : 'nothing-left';
}

/** Minor units that are neither given back, by whatever means, nor promised. */
export const refundable = (payment: Pick<Payment, 'amount' | 'reserved' | 'settled'>): number =>
  Math.max(0, payment.amount - payment.reserved - payment.settled);

/** How long to wait between two refunds of one payment, in ms (protocol.md §7.7; research A4). */
export function refundSpacing(payment: Payment): number {
  const wallet = payType(payment.usedPayType ?? payment.payType)?.wallet;
  return wallet === 'wechat' ? 60_000 : 3_000;
}

/** The last moment at which its wallet gives it back, wall ms; null where no source names one. */
function refundableUntil(payment: Payment, fpsRefunds: boolean): number | null {
  const { days } = ruleOf(payment, fpsRefunds);
  return days === null ? null : (payment.paidAt ?? payment.createdAt) + days * DAY_MS;
}

/** What of it may go in parts. `no`: the whole amount, or nothing. */
type Parts = 'yes' | 'no' | 'unknown';

/** Refusals that speak of parts: this currency, this payment, a card on its own day. */
const WHOLE_ONLY: readonly string[] = ['1270', '1271', '1124'];

/** What the wallet's table says, and what QFPay itself has answered about this payment. */
function partsOf(payment: Payment, { refunds, setting }: Known): Parts {
  const refused = refunds.some(
    ({ state, respcd }) => state === 'failed' && WHOLE_ONLY.includes(respcd ?? ''),
  );
  const { partial } = ruleOf(payment, setting.fpsRefunds);
  if (partial === 'next-day') {
    const isSameDay = hongKongDay(setting.now) === hongKongDay(payment.paidAt ?? setting.now);
    return isSameDay ? 'no' : 'yes';
  }
  if (refused || partial === 'no') return 'no';
  return partial === 'yes' ? 'yes' : 'unknown';
}

const HONG_KONG_MS = 8 * 3_600_000;
const hongKongDay = (wall: number): number => Math.floor((wall + HONG_KONG_MS) / DAY_MS);

type Known = { readonly refunds: readonly Refund[]; readonly setting: RefundSetting };

export type RefundOutlook = {
  /** Minor units that may go back, and why none may. */
  readonly refundable: number;
  readonly blockedBy: RefundBlock | 'unconfirmed' | 'too-many' | null;
  readonly parts: Parts;
  /** Wall ms. The last moment for this wallet; null where nobody knows one. */
  readonly until: number | null;
  /** Wall ms. When a refund asked for now is sent; null: at once. */
  readonly sendsAt: number | null;
  /** Wall ms. From when the takings count that a refund is taken from. */
  readonly takingsSince: number;
};

/** All that is known before the tap. `setting.now`: QFPay's clock, as well as we know it. */
export function refundOutlook(payment: Payment, known: Known): RefundOutlook {
  const { refunds, setting } = known;
  const { now, fpsRefunds } = setting;
  const blockedBy = refundBlock(payment, setting) ?? laterBlock(payment, refunds);
  return {
    refundable: blockedBy === null ? refundable(payment) : 0,
    blockedBy,
    parts: partsOf(payment, known),
    until: refundableUntil(payment, fpsRefunds),
    sendsAt: isRefundHour(now) ? refundHourEnds(now) : null,
    takingsSince: takingsSince(now),
  };
}

function laterBlock(
  payment: Payment,
  refunds: readonly Refund[],
): 'unconfirmed' | 'too-many' | null {
  if (refunds.length >= MOST_REFUNDS) return 'too-many';
  return payment.confirmed && payment.qfpayNumber !== null ? null : 'unconfirmed';
}

function ruleOf(payment: Payment, fpsRefunds: boolean): RefundRule {
  const type = payType(payment.usedPayType ?? payment.payType) ?? payType(payment.payType);
  if (type?.wallet === 'fps' && fpsRefunds) return FPS;
  return type?.refund ?? { allowed: 'unknown', days: null, partial: 'unknown' };
}
