/**
 * What the customer is told of a payment. Green is only for money that arrived and stayed; while
 * nobody knows, it says so and asks not to pay again.
 */
import type { CustomerReceipt } from '@/lib/contract-receipts';
import type { ReceiptWord } from '@/lib/messages/receipts';
import type { Payment } from '@/lib/payment';
import { isDoubted } from '@/lib/receipt-paper';

type Told = Pick<CustomerReceipt, 'look' | 'againMs'> & {
  readonly title: ReceiptWord;
  readonly says: ReceiptWord;
};

/** The customer stands at the counter and looks. */
const SOON_MS = 2_000;
/** Late money, a refund: nobody stands and waits for it. */
const LATER_MS = 15_000;

export function lookOfReceipt(payment: Payment): Told {
  const { state } = payment;
  if (isDoubted(payment)) return told('ask', 'ask', LATER_MS);
  switch (state) {
    case 'created':
    case 'sending':
      return told('waiting', 'created', SOON_MS);
    case 'awaiting':
      return told('waiting', payment.mode === 'MPM' ? 'waiting' : 'confirm', SOON_MS);
    case 'unknown':
      return told('checking', 'checking', SOON_MS);
    case 'cancelling':
      return told('checking', 'stopping', SOON_MS);
    case 'failed':
    case 'closed':
      return told('unpaid', state, LATER_MS);
    case 'paid':
      return paid(payment);
  }
}

type Page =
  | 'ask'
  | 'created'
  | 'waiting'
  | 'confirm'
  | 'checking'
  | 'stopping'
  | 'failed'
  | 'closed';
const told = (look: Told['look'], page: Page, againMs: number): Told => ({
  ...{ look, againMs },
  title: `page.${page}`,
  says: `page.${page}-says`,
});

function paid({ amount, refunded, settled, confirmed }: Payment): Told {
  const back = refunded + settled;
  if (back > 0) {
    const title = back < amount ? 'partly-refunded' : 'refunded';
    return { look: 'back', title, says: 'page.refunded-says', againMs: LATER_MS };
  }
  const says = confirmed ? 'page.paid-says' : 'page.confirming';
  return { look: 'paid', title: 'paid', says, againMs: confirmed ? LATER_MS : SOON_MS };
}
