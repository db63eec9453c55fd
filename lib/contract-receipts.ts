/** What crosses the wire about receipts, for the staff and for the customer. */
import { z } from 'zod';
import {
  PAPERS,
  PRINT_WAYS,
  type PrintWay,
  type ReceiptLine,
  type ReceiptPaper,
} from './receipt-paper';

const papers = Object.keys(PAPERS).map(Number);

/** `POST /api/payments/{id}/receipt`: one more print, under the key of its press. */
export const newPrintSchema = z.strictObject({
  paper: z.literal([58, 80]).refine((paper) => papers.includes(paper)),
  way: z.enum(PRINT_WAYS),
});
export type NewPrint = z.infer<typeof newPrintSchema>;

type PrintView = {
  /** 1 is the receipt itself, 2 its first copy. */
  readonly number: number;
  readonly at: string;
  readonly staff: string;
  readonly way: PrintWay;
};

/** `GET /api/payments/{id}/receipt` */
export type ReceiptAnswer = {
  /** `/r/{token}`: where the customer reads it. */
  readonly path: string;
  /** The same with this server's public name; null where none is known. */
  readonly address: string | null;
  readonly endsAt: string;
  /** Oldest first. */
  readonly prints: readonly PrintView[];
  /** What the next print says; null while there is nothing to print. */
  readonly paper: ReceiptPaper | null;
};
/** `POST /api/payments/{id}/receipt` */
export type PrintAnswer = { readonly print: PrintView; readonly paper: ReceiptPaper };

/** Green is `paid` alone. */
export const RECEIPT_LOOKS = ['waiting', 'checking', 'unpaid', 'ask', 'paid', 'back'] as const;

/** `GET /api/receipts/{token}`: for whoever has the address, in their language. */
export type CustomerReceipt = {
  readonly look: (typeof RECEIPT_LOOKS)[number];
  readonly title: string;
  readonly says: string;
  readonly shop: string;
  readonly amount: string;
  readonly wallet: string;
  /** Said where no money moves; else null. */
  readonly practice: string | null;
  /** The receipt; null unless the money arrived. */
  readonly lines: readonly ReceiptLine[] | null;
  /** What the QR on it is. */
  readonly number: string;
  readonly kept: string;
  /** What to say from the next question on that nobody answers. */
  readonly offline: string;
  /** When to ask again, in ms. */
  readonly againMs: number;
};
