/**
 * What crosses the wire about money that goes back and about what a manager decides: the shapes of
 * requests, checked at the door, and of answers.
 */
import { z } from 'zod';
import type { TimelineView } from './contract';
import { LARGEST_AMOUNT, type PaymentView, type RefundView, type SaleView } from './contract';
import { CHOICES, type Choice, MATTERS, type Matter, type Outcome } from './matters';
import type { Currency } from './money';
import type { RefundOutlook } from './refund-rules';
import { SETTLED_BY, type SettledBy } from './settlement';

const pin = z.string().max(64).default('');
const reason = z.string().trim().min(1).max(200);
const approver = z.strictObject({ staffCode: z.string().min(1).max(16), pin }).optional();

/** `POST /api/payments/{id}/settlements` */
export const newSettlementSchema = z.strictObject({
  amount: z.int().min(1).max(LARGEST_AMOUNT),
  how: z.enum(SETTLED_BY),
  reason,
  proof: z.string().trim().min(1).max(100),
  pin,
  approver,
});
export type NewSettlement = z.infer<typeof newSettlementSchema>;

/** `POST /api/payments/{id}/decide`; `matter` is what the manager was shown. */
export const decideSchema = z.strictObject({
  choice: z.enum(CHOICES),
  reason,
  pin,
  matter: z.enum(MATTERS).optional(),
  counter: z
    .string()
    .regex(/^[\p{L}\p{N} _-]{1,24}$/u)
    .optional(),
});
export type Decide = z.infer<typeof decideSchema>;

export type SettlementView = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly how: SettledBy;
  readonly reason: string;
  readonly proof: string;
  readonly staff: string;
  readonly approver: string | null;
  readonly createdAt: string;
};
export type SettlementAnswer = {
  readonly settlement: SettlementView;
  readonly payment: PaymentView;
};

export type RefundOutlookView = Omit<RefundOutlook, 'until' | 'sendsAt' | 'takingsSince'> & {
  readonly until: string | null;
  readonly sendsAt: string | null;
  readonly takingsSince: string;
  /** What this till took since then at that outlet, less what it gave back; minor units. */
  readonly takings: number;
  /** What is left to settle by other means, where QFPay gives nothing back. */
  readonly left: number;
  /** Above so many minor units a second manager agrees; null where none has to. */
  readonly limit: number | null;
};

/** `GET /api/payments/{id}/refunds`: all that is known before the tap. */
export type RefundDesk = {
  readonly payment: PaymentView;
  readonly sale: SaleView;
  readonly refunds: readonly RefundView[];
  readonly settlements: readonly SettlementView[];
  readonly outlook: RefundOutlookView;
};

/** `GET /api/refunds`, newest first. */
export type RefundPage = {
  readonly refunds: readonly RefundRecord[];
  readonly next: string | null;
};
/** `GET /api/refunds/{id}` */
export type RefundRecord = { readonly refund: RefundView; readonly payment: PaymentView };

/** `GET /api/test-money`: paid with real money in the test environment and not given back yet. */
export type TestMoney = {
  /** False everywhere else: then there is nothing to remind of. */
  readonly applies: boolean;
  readonly count: number;
  /** Minor units of `currency` that have not gone back. */
  readonly amount: number;
  readonly currency: Currency;
  readonly payments: readonly PaymentView[];
  /** There are more than are counted here. */
  readonly more: boolean;
};

/** What QFPay said last, as far as it was written down. */
export type HeardView = {
  readonly at: string;
  readonly source: string;
  readonly says: string;
  readonly respcd: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
};

export type DecisionView = {
  readonly at: string;
  readonly choice: Outcome;
  readonly reason: string;
  readonly staff: string;
  readonly counter: string | null;
};

/** One card of the inbox. A settled one bears its decision, an open one its choices. */
export type MatterView = {
  readonly key: string;
  readonly matter: Matter;
  readonly at: string;
  readonly payment: PaymentView;
  readonly sale: SaleView;
  /** The other payments of the sale. */
  readonly others: readonly PaymentView[];
  readonly refunds: readonly RefundView[];
  readonly heard: HeardView | null;
  /** The last entries of its story, oldest first. */
  readonly excerpt: readonly TimelineView[];
  readonly choices: readonly Choice[];
  readonly decision: DecisionView | null;
};
/** `GET /api/inbox?state=open|settled&cursor=` */
export type InboxPage = { readonly cards: readonly MatterView[]; readonly next: string | null };
/** `GET /api/payments/{id}/matter`: what is open about it. */
export type MatterAnswer = { readonly matter: MatterView | null };
/** `GET /api/inbox/count`; `more`: there are more than were counted. */
export type InboxCount = { readonly open: number; readonly more: boolean };
