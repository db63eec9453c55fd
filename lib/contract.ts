/**
 * What crosses the wire between a tablet and this server: the shapes of requests, checked with
 * zod at the door, and of answers. Public names; nothing here is renamed without keeping the old.
 */
import { z } from 'zod';
import { CURRENCIES, type Currency } from './money';
import type { FailureCode, Mode, PaymentState, ReviewReason } from './payment';

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
  readonly review: ReviewReason | null;
  readonly refundedAmount: number;
  readonly refundableAmount: number;
  readonly refundBlockedBy: string | null;
  readonly failure: FailureView | null;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: string;
  readonly paidAt: string | null;
  /** When the server asks QFPay next, while the payment is open. */
  readonly nextCheckAt: string | null;
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
/** `GET /api/payments/{id}` */
export type PaymentDetail = PaymentAnswer & {
  readonly refunds: readonly never[];
  readonly timeline: readonly TimelineView[];
};
/** `GET /api/payments` */
export type PaymentPage = {
  readonly payments: readonly PaymentView[];
  readonly next: string | null;
};

/** What the till needs to know of its shop and its staff, handed over with the first picture. */
export type TillSetting = {
  readonly shop: string;
  readonly environment: 'simulator' | 'sandbox' | 'test' | 'prod';
  readonly currency: Currency;
  readonly timeZone: string;
  readonly staff: { readonly code: string; readonly name: string; readonly role: Role };
  /** Where the customer's wallet page is, in `simulator` only. */
  readonly walletPage: string | null;
};

/** Every refusal, RFC 9457. `code` is stable; `says` is in the reader's language. */
export const PROBLEM_CODES = {
  'not-signed-in': 401,
  'wrong-pin': 401,
  'too-many-tries': 429,
  'not-allowed': 403,
  'foreign-origin': 403,
  'not-json': 415,
  'body-too-large': 413,
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
  'sale-has-live-payment': 409,
  'code-used': 409,
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
  /** Which fields of the body were refused. */
  readonly fields?: readonly string[];
};
