/** A payment as the outside sees it: public names, ISO times, words in the reader's language. */
import type { FailureView, PaymentView, SaleView } from './contract';
import type { Language } from './messages/language';
import { failureText } from './messages/problems';
import { NO_ANSWER, resultText } from './messages/results';
import type { Currency } from './money';
import { type Failure, isLive, type Payment, type PaymentState } from './payment';
import { result } from './results';
import { isoWithOffset } from './time';
import { payType, walletOf } from './wallets';

export type Reader = { readonly language: Language; readonly timeZone: string };

export function paymentView(payment: Payment, reader: Reader): PaymentView {
  const { id, saleId, state, mode, amount, currency, qrCode, qfpayNumber, walletNumber } = payment;
  const { confirmed, late, review, counter, staff, version } = payment;
  const iso = (ms: number | null) => (ms === null ? null : isoWithOffset(ms, reader.timeZone));
  const wallet = walletOf(payment.usedPayType ?? '') ?? walletOf(payment.payType);
  const blocked = refundBlock(payment);
  return {
    ...{ id, saleId, state, mode, payType: payment.payType, wallet, amount, currency, qrCode },
    qrExpiresAt: iso(payableUntil(payment)),
    ...{ qfpayNumber, walletNumber, confirmed, late, review },
    refundedAmount: 0,
    refundableAmount: blocked === null ? amount : 0,
    refundBlockedBy: blocked,
    failure: payment.failure === null ? null : failureView(payment.failure, state, reader.language),
    ...{ counter, staff },
    createdAt: isoWithOffset(payment.createdAt, reader.timeZone),
    paidAt: iso(payment.paidAt),
    nextCheckAt: iso(payment.nextCheckAt),
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

function refundBlock(payment: Payment): string | null {
  if (payment.state !== 'paid') return 'not-paid';
  const rule = payType(payment.usedPayType ?? payment.payType)?.refund;
  return rule?.allowed === 'no' ? 'wallet-cannot-refund' : null;
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
