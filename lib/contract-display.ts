/**
 * What crosses the wire to the customer's screen: the one payment of its counter, and nothing of
 * who takes it, of other sales or of why a wallet refused.
 */
import { z } from 'zod';
import type { Next, PaymentView, TillSetting } from './contract';
import type { ShopChoices } from './contract-staff';
import { type Currency, LARGEST_KEYED } from './money';

export const counterName = z.string().regex(/^[\p{L}\p{N} _-]{1,24}$/u);

/** `POST /api/displays`: the code that the other screen shows. `pin` is the caller's own. */
export const newDisplaySchema = z.strictObject({
  code: z.string().trim().min(1).max(16),
  counter: counterName,
  pin: z.string().max(64).default(''),
});
export type NewDisplay = z.infer<typeof newDisplaySchema>;

/** `PUT /api/display/amount`: what is being keyed at a counter, in minor units; 0 for nothing. */
export const keyedAmountSchema = z.strictObject({
  counter: counterName,
  amount: z.int().min(0).max(LARGEST_KEYED),
});
export type KeyedAmount = z.infer<typeof keyedAmountSchema>;

/** What the customer of a counter is about to pay; it is no payment yet. */
export type Keyed = {
  readonly amount: number;
  readonly currency: Currency;
  /** When it was keyed. */
  readonly at: string;
};

type Shown =
  | 'id'
  | 'state'
  | 'mode'
  | 'payType'
  | 'wallet'
  | 'amount'
  | 'currency'
  | 'qrCode'
  | 'qrExpiresAt'
  | 'confirmed'
  | 'createdAt'
  | 'paidAt'
  | 'version';
export type DisplayPayment = Pick<PaymentView, Shown> & {
  /** What to do after a refusal; why it was refused is not for everybody's eyes. */
  readonly next: Next | null;
  /** What was heard of it does not agree: it is not called paid before a manager has looked. */
  readonly doubted: boolean;
  /** Where the customer's own phone finds the receipt; a path where the shop has no public name. */
  readonly receiptUrl: string | null;
};

/** `GET /api/display`, and every `picture` of `GET /api/display/events`: all that is shown. */
export type DisplayPicture = {
  readonly shop: string;
  /** Where the shop has several. */
  readonly outlet: string | null;
  readonly counter: string;
  readonly environment: TillSetting['environment'];
  readonly wallets: ShopChoices['wallets'];
  /** The newest of its counter; null when there was none lately. */
  readonly payment: DisplayPayment | null;
  readonly keyed: Keyed | null;
};

/** `POST /api/display/code`: what this screen shows until somebody types it at a till. */
export type DisplayCode = {
  readonly code: string;
  readonly expiresAt: string;
  /** The server's time: a screen that hears no events yet has no other clock to count by. */
  readonly now: string;
};
/** `POST /api/displays` */
export type PairedDisplay = { readonly id: string; readonly counter: string };
