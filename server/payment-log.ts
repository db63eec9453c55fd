/**
 * One line of the log for each thing that became of a payment, under the payment's number: what a
 * person would call news, and not every question that was asked in between.
 */
import type { Payment, PaymentId } from '@/lib/payment';
import type { Refund, RefundId } from '@/lib/refund';
import type { LogFields } from './log';
import type { CallReport } from './qfpay/call';

/** More payments than are ever open together; what is older may be told twice and no worse. */
const MOST_KNOWN = 10_000;

type Tell = (event: string, fields: LogFields) => void;

export function createPaymentLog(tell: Tell): (payment: Payment) => void {
  const known = new Map<PaymentId, string>();
  return (payment) => {
    const { id, state, review, late, reserved, refunded, failure } = payment;
    const now = [state, review, late, reserved, refunded].join(' ');
    if (known.get(id) === now) return;
    known.delete(id);
    known.set(id, now);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    tell('payment', {
      ...{ paymentId: id, saleId: payment.saleId, qfpayNumber: payment.qfpayNumber, state },
      ...{ payType: payment.payType, counter: payment.counter, staff: payment.staff },
      ...{ code: failure?.code, respcd: failure?.respcd, review },
      ...(reserved > 0 ? { reserved, refunded } : {}),
    });
  };
}

export type Named = Pick<LogFields, 'paymentId' | 'refundId' | 'numbers'>;
type FindRefund = (id: RefundId) => Promise<Refund | null>;

/**
 * Of what a call to QFPay was about. A refund has a number of its own, and its line names the
 * payment as well; never rejects.
 */
export async function namesOf(
  { endpoint, number }: Pick<CallReport, 'endpoint' | 'number'>,
  refund: FindRefund,
): Promise<Named> {
  if (number === null) return {};
  if (number.includes(',')) return { numbers: number };
  const maybe = endpoint === 'refund' || endpoint === 'query';
  const found = maybe ? await refund(number as RefundId).catch(() => null) : null;
  return found === null ? { paymentId: number } : { paymentId: found.paymentId, refundId: number };
}
