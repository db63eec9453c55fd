/** A payment as the outside sees it: public names, ISO times, words in the reader's language. */
import { isHeld } from './advance-refund';
import type {
  FailureView,
  Next,
  PaymentView,
  RefundFailureView,
  RefundView,
  SaleView,
} from './contract';
import type { SettlementView } from './contract-refunds';
import type { Language } from './messages/language';
import { failureText } from './messages/problems';
import {
  NO_ANSWER,
  NO_REFUND_ANSWER,
  REFUND_REFUSED,
  REFUND_WITHDRAWN,
  resultText,
} from './messages/results';
import type { Currency } from './money';
import { type Failure, isLive, type Payment, type PaymentState } from './payment';
import type { Refund } from './refund';
import { refundable, refundBlock } from './refund-rules';
import { result } from './results';
import type { Settlement } from './settlement';
import { isoWithOffset } from './time';
import { walletOf } from './wallets';

/** `now` is wall ms; `fpsRefunds`: whether this shop's FPS payments can be given back. */
export type Reader = {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: number;
  readonly fpsRefunds: boolean;
};

export function paymentView(payment: Payment, reader: Reader): PaymentView {
  const { id, saleId, state, mode, amount, currency, qrCode, qfpayNumber, walletNumber } = payment;
  const { confirmed, late, review, counter, staff, version } = payment;
  const iso = (ms: number | null) => (ms === null ? null : isoWithOffset(ms, reader.timeZone));
  const wallet = walletOf(payment.usedPayType ?? '') ?? walletOf(payment.payType);
  const blocked = refundBlock(payment, reader);
  const left = blocked === null ? refundable(payment) : 0;
  return {
    ...{ id, saleId, state, mode, payType: payment.payType, wallet, amount, currency, qrCode },
    qrExpiresAt: iso(payableUntil(payment)),
    ...{ qfpayNumber, walletNumber, confirmed, late, lateSeen: payment.lateSeen, review },
    refundedAmount: payment.refunded,
    settledAmount: payment.settled,
    refundableAmount: left,
    refundBlockedBy: blocked,
    proposedRefund: review === 'paid-twice' && left > 0 ? left : null,
    failure: payment.failure === null ? null : failureView(payment.failure, state, reader.language),
    ...{ counter, staff },
    createdAt: isoWithOffset(payment.createdAt, reader.timeZone),
    paidAt: iso(payment.paidAt),
    nextCheckAt: iso(payment.nextCheckAt),
    abandoned: payment.abandonedBy !== null,
    version,
  };
}

/**
 * How long the QR is offered; once it is being cancelled, how long the gateway itself may still
 * take it, which for a wallet that ignores our expiry is longer (protocol.md §7.3).
 */
function payableUntil({ state, qrExpiresAt, witnesses }: Payment): number | null {
  if (qrExpiresAt === null || state !== 'cancelling') return qrExpiresAt;
  return Math.max(qrExpiresAt, witnesses.gatewayExpiresAt ?? qrExpiresAt);
}

/**
 * A code's own words are for the moment it is heard. Once two witnesses agreed that nothing was
 * paid, "wait, we are checking" would be wrong, so such codes give way to plain words.
 */
function failureView(failure: Failure, state: PaymentState, language: Language): FailureView {
  const { code, respcd } = failure;
  const open = isLive(state);
  if (code === 'no-answer') {
    const says = respcd === null ? NO_ANSWER[language] : resultText(respcd, language);
    return { code, respcd, says, next: 'wait' };
  }
  const heard = code === 'refused' && respcd !== null ? result(respcd) : null;
  if (heard !== null && respcd !== null && (open || heard.next !== 'wait')) {
    return { code, respcd, says: resultText(respcd, language), next: open ? 'wait' : heard.next };
  }
  const next = open || code === 'gateway-busy' ? 'wait' : 'try-again';
  return { code, respcd, says: failureText(code, language), next };
}

export function refundView(refund: Refund, reader: Reader): RefundView {
  const { id, paymentId, state, amount, currency, reason, qfpayNumber, staff, version } = refund;
  const { approver, origin, review, createdAt, doneAt, nextCheckAt } = refund;
  const iso = (ms: number | null) => (ms === null ? null : isoWithOffset(ms, reader.timeZone));
  return {
    ...{ id, paymentId, state, amount, currency, reason, qfpayNumber },
    failure: refundFailure(refund, reader.language),
    withdrawable: isHeld(refund),
    ...{ staff, approver, origin, review },
    createdAt: isoWithOffset(createdAt, reader.timeZone),
    doneAt: iso(doneAt),
    wakesAt: state === 'deferred' ? iso(nextCheckAt) : null,
    version,
  };
}

/** Only some refusals leave something to do: wait for takings, or give back the whole amount. */
const AFTER_REFUSAL: Readonly<Record<string, Next>> = {
  '1124': 'wait',
  '1269': 'wait',
  '1270': 'try-again',
  '1271': 'try-again',
};

/** Its own words say that it is being checked, which is over once two witnesses agree. */
const SAYS_CHECKING: readonly string[] = ['1251'];

/** A refusal counts from its first witness on, but while it is open nobody is to try again. */
function refundFailure(refund: Refund, language: Language): RefundFailureView | null {
  const { state, respcd, witnesses } = refund;
  if (state === 'failed' && refund.withdrawnBy !== null) {
    const says = REFUND_WITHDRAWN[language];
    return { code: 'withdrawn', respcd: null, says, next: 'try-again' };
  }
  if (state === 'failed' || (state === 'unknown' && witnesses.refusals > 0)) {
    const stale = respcd === null || (state === 'failed' && SAYS_CHECKING.includes(respcd));
    const says = stale ? REFUND_REFUSED[language] : resultText(respcd, language, 'refund');
    const next = AFTER_REFUSAL[respcd ?? ''] ?? 'call-manager';
    return { code: 'refused', respcd, says, next: state === 'failed' ? next : 'wait' };
  }
  if (state !== 'unknown') return null;
  return { code: 'no-answer', respcd: null, says: NO_REFUND_ANSWER[language], next: 'wait' };
}

export function settlementView(settlement: Settlement, reader: Reader): SettlementView {
  const createdAt = isoWithOffset(settlement.createdAt, reader.timeZone);
  return { ...settlement, createdAt };
}

type SaleRecord = {
  readonly id: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: number;
};

/** `due`: minor units still owed, from `amountDue`. */
export function saleView(sale: SaleRecord, due: number, reader: Reader): SaleView {
  const createdAt = isoWithOffset(sale.createdAt, reader.timeZone);
  return { ...sale, due, paid: due <= 0, createdAt };
}
