/**
 * The sockets of everything outside this room. Whoever implements one promises what its comments
 * say; this room promises to hold no transaction open while it awaits the gateway.
 */
import type { Currency } from '@/lib/money';
import type {
  ChargeEvidence,
  CloseEvidence,
  Facts,
  Payment,
  PaymentId,
  QueryEvidence,
  SaleId,
} from '@/lib/payment';
import type { Refund, RefundAnswer, RefundFacts, RefundId, RefundQueryAnswer } from '@/lib/refund';
import type { KeyedSettlement, Settlement } from '@/lib/settlement';
import type {
  Bucket,
  CallIntent,
  CallOutcome,
  DayClose,
  Decision,
  Lease,
  LeaseName,
  NewTimelineEntry,
  NoticeRow,
  PaidWindow,
  RequestKey,
  Sale,
  TimelineEntry,
} from './kept';

export type * from './compared';
export type * from './kept';

/**
 * The acquirer, in our words. No method ever rejects and none retries: silence, rubbish and
 * refusals all come back as evidence. `outlet` is the `mchid`, null when none was assigned.
 */
export interface Gateway {
  charge(order: ChargeOrder): Promise<ChargeEvidence>;
  /** What the gateway knows of one number, over the whole calendar month(s) around `createdAt`. */
  ask(order: AskOrder): Promise<QueryEvidence>;
  /**
   * One call about several numbers of one outlet, at most `MOST_ASKED`. Null when it went
   * unanswered, or the gateway does not take lists; a number it does not show is `none`.
   */
  askMany(orders: readonly AskOrder[]): Promise<ReadonlyMap<PaymentId, QueryEvidence> | null>;
  /** Every row of a time window (wall ms), all pages, split per calendar month. */
  sweep(window: SweepWindow): Promise<SweepAnswer>;
  /** Asks the gateway to stop an unpaid order: close for MPM, reversal for CPM. */
  close(order: CloseOrder): Promise<CloseEvidence>;
  /** Gives back part or all of a payment, once. */
  refund(order: RefundOrder): Promise<RefundAnswer>;
  /** What the gateway knows of one refund, over the calendar month(s) around its making. */
  askRefund(order: AskRefundOrder): Promise<RefundQueryAnswer>;
  /** The gateway's clock less our wall, ms; null before it answered anything. */
  clockOffset(): number | null;
}

/** Numbers that fit one question: `out_trade_no` is String(128) (protocol.md §7.9). */
export const MOST_ASKED = 8;

export type ChargeOrder = {
  readonly id: PaymentId;
  readonly payType: string;
  readonly amount: number;
  readonly currency: Currency;
  /** The customer's code (CPM). Lives in memory only, for this one call. */
  readonly authCode: string | null;
  /** Wall ms; becomes `txdtm`. */
  readonly createdAt: number;
  readonly counter: string;
  readonly outlet: string | null;
};
export type AskOrder = Pick<ChargeOrder, 'id' | 'createdAt' | 'outlet' | 'currency'>;
export type CloseOrder = Omit<ChargeOrder, 'authCode'> & {
  readonly mode: 'MPM' | 'CPM';
  readonly qfpayNumber: string | null;
};
export type SweepWindow = {
  readonly from: number;
  readonly to: number;
  readonly outlet: string | null;
  /** Asked before each page after the first; false ends the sweep as `complete: false`. */
  readonly mayAskAgain: () => Promise<boolean>;
  /** Told after each page how many rows it brought. */
  readonly onPage?: (rows: number) => void;
};
export type SweepRow = {
  readonly number: string;
  readonly evidence: QueryEvidence;
};
/** A row about money going back; `facts.payment` is QFPay's number of the payment. */
export type RefundRow = {
  readonly number: string;
  readonly evidence: RefundQueryAnswer;
  /** What the row says of itself, whatever its code; null when it cannot be read. */
  readonly facts: RefundFacts | null;
};
/** `complete` is false when any page went unanswered: absence then proves nothing. */
export type SweepAnswer = {
  readonly complete: boolean;
  readonly rows: readonly SweepRow[];
  readonly refunds: readonly RefundRow[];
};

export type RefundOrder = {
  readonly id: RefundId;
  /** QFPay's number of the payment. */
  readonly paymentNumber: string;
  readonly amount: number;
  readonly currency: Currency;
  /** Of the refund, wall ms; becomes `txdtm`. */
  readonly createdAt: number;
  readonly counter: string;
  /** The outlet that took the payment; another one may not give it back (§11.16). */
  readonly outlet: string | null;
};
export type AskRefundOrder = Pick<RefundOrder, 'id' | 'createdAt' | 'outlet' | 'currency'>;

/**
 * A notification whose signature held, in our words. `payment` is QFPay's number of the payment
 * that a refund gives back, where the notification names it.
 */
export type VerifiedNotice = {
  readonly kind: 'payment' | 'refund' | 'other';
  readonly respcd: string;
  readonly facts: Facts;
  readonly payment: string | null;
};
/** Reads the raw bytes of a notification; null when the signature does not hold. Pure. */
export type ReadNotification = (raw: Uint8Array, signature: string | null) => VerifiedNotice | null;

/**
 * The shared allowance of calls to the gateway, and the breaker in front of it. Charges and refunds
 * go first, then closes, then questions. While the breaker is open only a probing question passes.
 */
export interface Budget {
  /** Resolves true when a call may be made now, false when none came free within `waitMs`. */
  take(kind: CallKind, waitMs: number): Promise<boolean>;
  /** The breaker is open and nobody asks: somebody should, so that it can close. */
  wantsProbe(): boolean;
  /** The gateway said 429: slow down for everybody. */
  limited(): void;
}
export type CallKind = 'charge' | 'refund' | 'close' | 'query' | 'tail';

export interface Clock {
  /** Ms UTC as the machine believes; may jump. For records, numbers and what people read. */
  wall(): number;
  /** Starts equal to wall at boot and then never jumps. For every deadline and schedule. */
  steady(): number;
  sleep(ms: number): Promise<void>;
}

export interface Ids {
  /** A fresh `out_trade_no`: installation prefix, 50 random bits, check character. */
  paymentNumber(): PaymentId;
  refundNumber(): RefundId;
  /** Whether a number bears this installation's prefix and its check character is right. */
  isOurs(number: string): boolean;
  saleId(): SaleId;
  /** A keyed fingerprint of a secret text (payment code, request body), hex. Not reversible. */
  fingerprint(text: string): string;
  sha256(raw: Uint8Array): string;
}

/** Told after a commit; must not throw. */
export interface Out {
  /** A payment changed, or one of its refunds did. */
  changed(payment: Payment): void;
  alert(alert: Alert): void;
}
export type Alert = {
  readonly kind:
    | 'late-money'
    | 'review'
    | 'bad-signature'
    | 'set-up'
    | 'forged-notice'
    | 'stuck'
    | 'day-differs';
  readonly paymentId: PaymentId | null;
  readonly says: string;
};

/** A named place where a crash is interesting. Does nothing in production. */
export type Fault = (point: string) => void;

/** Everything durable. `transaction` is all or nothing, and nobody else writes meanwhile. */
export interface Store {
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>;
  readonly read: Reads;
}

export interface Reads {
  payment(id: PaymentId): Promise<Payment | null>;
  sale(id: SaleId): Promise<Sale | null>;
  paymentsOfSale(id: SaleId): Promise<Payment[]>;
  /** Payments whose `nextCheckAt` has come, oldest first. */
  due(now: number, limit: number): Promise<Payment[]>;
  /** Payments of ranks 0 to 2, oldest first. */
  open(limit: number): Promise<Payment[]>;
  timeline(id: PaymentId): Promise<TimelineEntry[]>;
  /** The earliest `nextCheckAt` of all payments and refunds, or null. */
  nextDue(): Promise<number | null>;
  paymentByQfpayNumber(number: string): Promise<Payment | null>;
  /** Paid payments by creation, `from` included and `to` not, oldest first, at most `limit`. */
  paidBetween(window: PaidWindow): Promise<Payment[]>;
  refund(id: RefundId): Promise<Refund | null>;
  /** Oldest first. */
  refundsOf(id: PaymentId): Promise<Refund[]>;
  /** Oldest first. */
  settlementsOf(id: PaymentId): Promise<Settlement[]>;
  settlementOfKey(key: string): Promise<KeyedSettlement | null>;
  /** Refunds whose `nextCheckAt` has come, oldest first. */
  dueRefunds(now: number, limit: number): Promise<Refund[]>;
  /** Wall ms of the last thing that was written down; null in a new shop. */
  lastNoteAt(): Promise<number | null>;
  lease(name: LeaseName): Promise<Lease | null>;
  /** The last day (Hong Kong, `YYYY-MM-DD`) that was closed for an outlet; null when none was. */
  lastDayClose(outlet: string | null): Promise<DayClose | null>;
}

export interface Records extends Reads {
  insertSale(sale: Sale): Promise<void>;
  /** Refuses (false) when the sale has a live payment or the code's fingerprint is known. */
  insertPayment(payment: Payment, codeFingerprint: string | null): Promise<boolean>;
  paymentOfCode(codeFingerprint: string): Promise<PaymentId | null>;
  key(key: string): Promise<RequestKey | null>;
  insertKey(key: string, target: RequestKey): Promise<void>;
  /**
   * Compare and set: writes `payment` only over `payment.version`, stores version + 1 and the next
   * number of the change feed. Null when somebody else was faster or the rank would sink.
   */
  update(payment: Payment): Promise<Payment | null>;
  /** The intent row (I6): committed before the first byte leaves. Answers its id. */
  insertCall(call: CallIntent): Promise<number>;
  answerCall(id: number, outcome: CallOutcome): Promise<void>;
  callsOf(number: PaymentId | RefundId): Promise<readonly CallIntent[]>;
  /**
   * R1, the check and the reservation in one conditional write: false when the payment is not paid
   * or the refunds that have not failed would exceed it. A refund made elsewhere (`origin`
   * `outside`) is a fact and is always kept. Every write of a refund also makes the payment's
   * `refunded` and `reserved` anew and gives it its next version and place in the change feed.
   */
  insertRefund(refund: Refund): Promise<boolean>;
  /** Compare and set, as `update`. */
  updateRefund(refund: Refund): Promise<Refund | null>;
  /**
   * The check and the record in one conditional write: false when the payment is not paid, or the
   * refunds that have not failed and the settlements together would exceed it. It also makes the
   * payment's `settled` anew, as a refund does.
   */
  insertSettlement(settlement: KeyedSettlement): Promise<boolean>;
  insertDecision(decision: Decision): Promise<void>;
  /** False when the epoch would sink, or stay while the holder changes. */
  putLease(name: LeaseName, lease: Lease): Promise<boolean>;
  bucket(name: string): Promise<Bucket | null>;
  putBucket(name: string, bucket: Bucket): Promise<void>;
  putDayClose(close: DayClose): Promise<void>;
  /** False when the very same body was kept before. */
  insertNotice(notice: NoticeRow): Promise<boolean>;
  note(entry: NewTimelineEntry): Promise<void>;
}
