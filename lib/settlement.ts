/**
 * Money or goods that went back by other means than QFPay, because QFPay could not: a line in the
 * books with a name and a proof, and no call to anybody.
 */
import type { Currency } from './money';
import type { PaymentId } from './payment';

export type SettlementId = string & { readonly __brand: 'SettlementId' };

/** How a manager may say that it went back. */
export const SETTLED_BY = ['cash', 'bank', 'fps', 'goods'] as const;
/** `outside`: somebody had reversed it elsewhere, as a decision says. */
export type SettledBy = (typeof SETTLED_BY)[number] | 'outside';

export type Settlement = {
  readonly id: SettlementId;
  readonly paymentId: PaymentId;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: Currency;
  readonly how: SettledBy;
  readonly reason: string;
  /** A receipt's or a transfer's number, or who signed for it. */
  readonly proof: string;
  readonly staff: string;
  /** The second manager, where one was needed. */
  readonly approver: string | null;
  /** Wall ms UTC. */
  readonly createdAt: number;
};

/** With the key under which it was asked for, so that asking twice records it once. */
export type KeyedSettlement = Settlement & {
  readonly key: string;
  readonly bodyFingerprint: string;
};
