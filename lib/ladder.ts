/**
 * The rungs and hand-holds that `advance` climbs by: small pure steps from one record to the next.
 * None of them decides what a message means.
 */
import {
  type Facts,
  type Failure,
  type Payment,
  type PaymentState,
  RANK,
  type ReviewReason,
  type Witnesses,
} from './payment';
import { nextAsk } from './schedule';
import { walletOf } from './wallets';

/** `steady` never jumps and times every rule; `wall` is what people read. Both ms UTC. */
export type Moment = { readonly steady: number; readonly wall: number };

const DAY_MS = 86_400_000;

/** Does a message speak of this very payment? `silent` when it leaves a decisive fact out. */
export function compare(payment: Payment, facts: Facts): 'same' | 'differs' | 'silent' {
  if (facts.number !== null && facts.number !== payment.id) return 'differs';
  if (facts.amount !== null && facts.amount !== payment.amount) return 'differs';
  if (facts.currency !== null && facts.currency !== payment.currency) return 'differs';
  if (payment.outlet !== null && facts.outlet !== null && facts.outlet !== payment.outlet) {
    return 'differs';
  }
  const silent = facts.number === null || facts.amount === null || facts.currency === null;
  return silent ? 'silent' : 'same';
}

export function toCancelling(payment: Payment, at: Moment): Payment {
  const kept: Payment = { ...payment, state: 'cancelling', nextCheckAt: at.steady };
  return witness(kept, { nextCloseAt: at.steady, checks: 0 });
}

export const afterSending = (payment: Payment): PaymentState =>
  payment.witnesses.stoppedBy === null ? 'unknown' : 'cancelling';

/** The charge decided nothing. Somebody has to ask, and nobody may charge again. */
export function doubt(payment: Payment, why: Failure, at: Moment): Payment {
  if (payment.state !== 'sending') return reschedule(payment, at);
  const state = afterSending(payment);
  const doubted: Payment = { ...payment, state, failure: why };
  return state === 'cancelling' ? toCancelling(doubted, at) : reschedule(doubted, at);
}

/** Ends it unpaid. What ended can still turn out paid, so the watch goes on. */
export function end(
  payment: Payment,
  ending: { readonly state: 'failed' | 'closed'; readonly failure: Failure },
  at: Moment,
): Payment {
  return reschedule(witness({ ...payment, ...ending }, { checks: 0 }), at);
}

export function reschedule(payment: Payment, at: Moment): Payment {
  const checks = payment.witnesses.checks + 1;
  // A manager who chose to wait is asked again a day later, not at the next question.
  const since = payment.witnesses.decidedAt ?? payment.createdAt;
  const stuck = RANK[payment.state] === 2 && at.wall - since > DAY_MS;
  const kept = stuck ? review(payment, 'unresolved-for-a-day') : payment;
  return witness({ ...kept, nextCheckAt: nextAsk(payment, at.steady) }, { checks });
}

export const review = (payment: Payment, reason: ReviewReason): Payment =>
  payment.review === null ? { ...payment, review: reason } : payment;

export const witness = (payment: Payment, heard: Partial<Witnesses>): Payment => ({
  ...payment,
  witnesses: { ...payment.witnesses, ...heard },
});

export const failure = (code: Failure['code'], respcd: string | null = null): Failure => ({
  code,
  respcd,
});

export function withNumbers(payment: Payment, facts: Facts): Payment {
  const qfpayNumber = payment.qfpayNumber ?? facts.qfpayNumber;
  const walletNumber = payment.walletNumber ?? facts.walletNumber;
  // A router's code gives way to the wallet that was really used, as soon as somebody names it.
  const known = payment.usedPayType;
  const usedPayType = known !== null && walletOf(known) !== null ? known : (facts.payType ?? known);
  const same =
    qfpayNumber === payment.qfpayNumber &&
    walletNumber === payment.walletNumber &&
    usedPayType === payment.usedPayType;
  return same ? payment : { ...payment, qfpayNumber, walletNumber, usedPayType };
}
