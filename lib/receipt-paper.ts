/** A receipt before it is drawn, the papers it is drawn for, and which payments have one. */
import type { Payment, ReviewReason } from './payment';

export type ReceiptLine =
  /** A sentence in the middle; `loud` is the amount, `mark` is what must not be overlooked. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly size: 'small' | 'plain' | 'large' | 'loud' | 'mark';
    }
  | { readonly kind: 'pair'; readonly name: string; readonly value: string; readonly bold?: true }
  | { readonly kind: 'rule' }
  | { readonly kind: 'qr'; readonly text: string };

/** What is drawn, and in which way of writing Chinese characters. */
export type ReceiptPaper = {
  readonly face: 'zh-Hant' | 'zh-Hans';
  readonly lines: readonly ReceiptLine[];
};

/** Dots across, of 203 to the inch: what printers of 58 and 80 mm can print (8 dots to the mm). */
export const PAPERS = { 58: 384, 80: 576 } as const;
export type Paper = keyof typeof PAPERS;
/** By the browser's own printing, or straight to the printer. */
export const PRINT_WAYS = ['browser', 'usb', 'serial'] as const;
export type PrintWay = (typeof PRINT_WAYS)[number];

/** A manager has to say first what these payments are: nobody is told that they are paid. */
const DOUBTS: readonly ReviewReason[] = [
  'answer-differs',
  'paid-then-denied',
  'reversed-outside',
  'orphan',
];
export const isDoubted = ({ review }: Pick<Payment, 'review'>): boolean =>
  review !== null && DOUBTS.includes(review);
export const hasReceipt = (payment: Pick<Payment, 'state' | 'review'>): boolean =>
  payment.state === 'paid' && !isDoubted(payment);
