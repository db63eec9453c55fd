/**
 * What crosses the wire between a tablet and this server: the shapes of requests, checked with
 * zod at the door, and of answers. Public names; nothing here is renamed without keeping the old.
 */
import { z } from 'zod';
import type { NoteView } from './contract-history';
import type { SettlementView } from './contract-refunds';
import type { ShopChoices } from './contract-staff';
import { CURRENCIES, type Currency } from './money';
import type { FailureCode, Mode, PaymentState, ReviewReason } from './payment';
import type { Refund, RefundReview, RefundState } from './refund';
import type { RefundBlock } from './refund-rules';

export const STAFF_ROLES = ['cashier', 'manager', 'owner'] as const;
export type Role = (typeof STAFF_ROLES)[number];

/** The largest amount of one sale, in minor units: HK$9,999,999.99. */
export const LARGEST_AMOUNT = 999_999_999;

export const newPaymentSchema = z.strictObject({
  amount: z.int().min(1).max(LARGEST_AMOUNT),
  currency: z.enum(CURRENCIES).optional(),
  payType: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  authCode: z.string().min(1).max(130).optional(),
  saleId: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    .optional(),
  note: z.string().max(200).optional(),
  counter: z
    .string()
    .regex(/^[\p{L}\p{N} _-]{1,24}$/u)
    .optional(),
});
export type NewPayment = z.infer<typeof newPaymentSchema>;

/** Left out, a PIN is wrong, not malformed: whoever forgot it is asked for it (403). */
const pin = z.string().max(64).default('');
const staffCode = z.string().min(1).max(16);

export const newRefundSchema = z.strictObject({
  amount: z.int().min(1).max(LARGEST_AMOUNT),
  reason: z.string().trim().min(1).max(200),
  pin,
  approver: z.strictObject({ staffCode, pin }).optional(),
});
export type NewRefund = z.infer<typeof newRefundSchema>;

/** `staffCode` is left out by a manager who is signed in; the reason may be. */
export const overrideSchema = z.strictObject({
  staffCode: staffCode.optional(),
  pin,
  reason: z.string().trim().max(200).optional(),
});
export type Override = z.infer<typeof overrideSchema>;

export const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{1,64}$/;

export type Next = 'try-again' | 'other-wallet' | 'wait' | 'call-manager';

export type FailureView = {
  readonly code: FailureCode;
  readonly respcd: string | null;
  readonly says: string;
  readonly next: Next;
};

export type PaymentView = {
  readonly id: string;
  readonly saleId: string;
  readonly state: PaymentState;
  readonly mode: Mode;
  readonly payType: string;
  readonly wallet: string | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly qrCode: string | null;
  readonly qrExpiresAt: string | null;
  readonly qfpayNumber: string | null;
  readonly walletNumber: string | null;
  readonly confirmed: boolean;
  readonly late: boolean;
  /** A manager has looked at the late money. */
  readonly lateSeen: boolean;
  readonly review: ReviewReason | null;
  readonly refundedAmount: number;
  /** Given back by other means than QFPay. */
  readonly settledAmount: number;
  readonly refundableAmount: number;
  readonly refundBlockedBy: RefundBlock | null;
  /** The sale was paid twice: what a manager is proposed to give back of this payment. */
  readonly proposedRefund: number | null;
  readonly failure: FailureView | null;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: string;
  readonly paidAt: string | null;
  /** When the server asks QFPay next, while the payment is open. */
  readonly nextCheckAt: string | null;
  /** A manager let the customer pay another way; this payment stays watched. */
  readonly abandoned: boolean;
  readonly version: number;
};

export type SaleView = {
  readonly id: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  /** What is still owed: the amount less what its payments brought. */
  readonly due: number;
  readonly paid: boolean;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: string;
};

/** `withdrawn`: somebody took it back before it was sent. */
export type RefundFailureView = Omit<FailureView, 'code'> & {
  readonly code: FailureCode | 'withdrawn';
};

export type RefundView = {
  readonly id: string;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amount: number;
  readonly currency: Currency;
  readonly reason: string;
  readonly qfpayNumber: string | null;
  readonly failure: RefundFailureView | null;
  /** It has not been sent: it can be taken back. */
  readonly withdrawable: boolean;
  readonly staff: string;
  /** The second manager, where one was needed. */
  readonly approver: string | null;
  /** `outside`: somebody gave it back elsewhere. */
  readonly origin: Refund['origin'];
  readonly review: RefundReview | null;
  readonly createdAt: string;
  readonly doneAt: string | null;
  /** When a deferred refund is sent. */
  readonly wakesAt: string | null;
  readonly version: number;
};

export type TimelineView = {
  readonly seq: number;
  readonly at: string;
  readonly kind: 'state' | 'call' | 'answer' | 'notification' | 'person' | 'review';
  readonly actor: string;
  readonly state: PaymentState | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** `POST /api/payments` */
export type PaymentAnswer = { readonly payment: PaymentView; readonly sale: SaleView };
/** What QFPay said when it was asked about a payment, and when. */
export type ToldView = {
  readonly at: string;
  readonly says: 'paid' | 'pending' | 'refused' | 'closed' | 'none' | 'unclear';
  readonly respcd: string | null;
};
/** `POST /api/payments/{id}/check`; `told` is null where QFPay could not be asked just now. */
export type CheckAnswer = PaymentAnswer & { readonly told: ToldView | null };
/** `POST /api/payments/{id}/refunds` */
export type RefundAnswer = { readonly refund: RefundView; readonly payment: PaymentView };
/** `GET /api/payments/{id}` */
export type PaymentDetail = PaymentAnswer & {
  readonly refunds: readonly RefundView[];
  readonly settlements: readonly SettlementView[];
  readonly timeline: readonly TimelineView[];
  /** Oldest first. */
  readonly notes: readonly NoteView[];
  /** The names behind the staff codes of all of it, as far as they are known. */
  readonly people: Readonly<Record<string, string>>;
};
/**
 * `GET /api/payments`. A page of what is rare may hold less than asked for, even nothing, and still
 * have a `next`: it looked as far back as `reached`, and the next page goes on from there.
 */
export type PaymentPage = {
  readonly payments: readonly PaymentView[];
  readonly next: string | null;
  readonly reached: string | null;
};

/** What the till needs to know of its shop and its staff, handed over with the first picture. */
export type TillSetting = ShopChoices & {
  readonly shop: string;
  readonly environment: 'simulator' | 'sandbox' | 'test' | 'prod';
  readonly currency: Currency;
  readonly timeZone: string;
  readonly staff: { readonly code: string; readonly name: string; readonly role: Role };
  /** Where the customer's wallet page is, in `simulator` only. */
  readonly walletPage: string | null;
  /** Nobody touched this screen for too long: it opens with a PIN. */
  readonly locked: boolean;
};

/** Every refusal, RFC 9457. `code` is stable; `says` is in the reader's language. */
export const PROBLEM_CODES = {
  'not-signed-in': 401,
  'wrong-pin': 401,
  'too-many-tries': 429,
  'not-allowed': 403,
  /** A manager or owner may lend a hand: their code and PIN come with the call. */
  'leave-needed': 403,
  locked: 423,
  /** The customer's screen belongs to no counter, or nobody is signed in beside it. */
  'display-unpaired': 401,
  'display-code-wrong': 403,
  'not-paired': 403,
  'pairing-code-wrong': 403,
  'setup-code-wrong': 403,
  'pin-too-simple': 422,
  'staff-code-taken': 409,
  'last-owner': 409,
  'last-device': 409,
  'pair-first': 409,
  'foreign-origin': 403,
  'step-up-required': 403,
  'second-manager-required': 403,
  'not-json': 415,
  'body-too-large': 413,
  'body-too-slow': 408,
  malformed: 400,
  'key-missing': 400,
  'key-reused': 409,
  invalid: 422,
  'currency-not-accepted': 422,
  'pay-type-not-accepted': 422,
  'code-missing': 422,
  'product-code': 422,
  'merchant-code': 422,
  'unreadable-code': 422,
  'card-number': 422,
  'amount-not-due': 422,
  'refund-not-paid': 422,
  'refund-wallet': 422,
  'refund-too-old': 422,
  'refund-too-large': 422,
  'refund-too-many': 422,
  'refunded-outside': 409,
  'refund-unconfirmed': 409,
  'refund-sent': 409,
  'nothing-to-decide': 409,
  'another-matter': 409,
  'choice-not-open': 409,
  'override-not-open': 409,
  'shift-open': 409,
  'counter-without-outlet': 409,
  'counter-elsewhere': 403,
  'comparison-running': 409,
  'difference-settled': 409,
  'outlet-mchid-taken': 409,
  'outlet-name-taken': 409,
  'outlet-has-payments': 409,
  'outlet-last': 409,
  'outlet-owner': 409,
  'sale-has-live-payment': 409,
  'not-live': 409,
  'code-used': 409,
  'view-name-taken': 409,
  'too-many-views': 409,
  'too-many-notes': 409,
  'receipt-not-paid': 422,
  'too-many-prints': 409,
  'not-found': 404,
  'too-many-sales': 429,
  starting: 503,
  'database-failed': 503,
  fault: 500,
} as const satisfies Record<string, number>;
export type ProblemCode = keyof typeof PROBLEM_CODES;

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly says: string;
  readonly next: Next;
  readonly moneyMayHaveMoved: boolean;
  /** `sale-has-live-payment` and `code-used` name the payment. */
  readonly paymentId?: string;
  /** `refund-too-large` says what can still be given back, in minor units. */
  readonly refundableAmount?: number;
  /** `counter-without-outlet` and `counter-elsewhere` name the counter. */
  readonly counter?: string;
  /** `too-many-tries`: how long to wait. */
  readonly seconds?: number;
  /** Which fields of the body were refused. */
  readonly fields?: readonly string[];
  /** `fault` and `database-failed`: the same word stands in the server's log. */
  readonly reference?: string;
};
