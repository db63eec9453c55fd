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
  PaymentState,
  QueryEvidence,
  SaleId,
} from '@/lib/payment';

/**
 * The acquirer, in our words. No method ever rejects and none retries: silence, rubbish and
 * refusals all come back as evidence. `outlet` is the `mchid`, null when none was assigned.
 */
export interface Gateway {
  charge(order: ChargeOrder): Promise<ChargeEvidence>;
  /** What the gateway knows of one number, over the whole calendar month(s) around `createdAt`. */
  ask(order: AskOrder): Promise<QueryEvidence>;
  /** Every payment row of a time window (wall ms), all pages, split per calendar month. */
  sweep(window: SweepWindow): Promise<SweepAnswer>;
  /** Asks the gateway to stop an unpaid order: close for MPM, reversal for CPM. */
  close(order: CloseOrder): Promise<CloseEvidence>;
}

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
};
export type SweepRow = {
  readonly number: string;
  readonly evidence: QueryEvidence;
};
/** `complete` is false when any page went unanswered: absence then proves nothing. */
export type SweepAnswer = { readonly complete: boolean; readonly rows: readonly SweepRow[] };

/** A notification whose signature held, in our words; null for kinds that are not ours. */
export type VerifiedNotice = {
  readonly kind: 'payment' | 'refund' | 'other';
  readonly respcd: string;
  readonly facts: Facts;
};
/** Reads the raw bytes of a notification; null when the signature does not hold. Pure. */
export type ReadNotification = (raw: Uint8Array, signature: string | null) => VerifiedNotice | null;

/** The shared allowance of calls to the gateway. Charges go first, then closes, then questions. */
export interface Budget {
  /** Resolves true when a call may be made now, false when none came free within `waitMs`. */
  take(kind: CallKind, waitMs: number): Promise<boolean>;
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
  saleId(): SaleId;
  /** A keyed fingerprint of a secret text (payment code, request body), hex. Not reversible. */
  fingerprint(text: string): string;
  sha256(raw: Uint8Array): string;
}

/** Told after a commit; must not throw. */
export interface Out {
  changed(payment: Payment): void;
  alert(alert: Alert): void;
}
export type Alert = {
  readonly kind: 'late-money' | 'review' | 'bad-signature' | 'set-up' | 'forged-notice' | 'stuck';
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
  /** The earliest `nextCheckAt` of all, or null. */
  nextDue(): Promise<number | null>;
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
  callsOf(id: PaymentId): Promise<readonly CallIntent[]>;
  /** False when the very same body was kept before. */
  insertNotice(notice: NoticeRow): Promise<boolean>;
  note(entry: NewTimelineEntry): Promise<void>;
}

export type Sale = {
  readonly id: SaleId;
  readonly amount: number;
  readonly currency: Currency;
  readonly note: string | null;
  readonly counter: string;
  readonly staff: string;
  readonly createdAt: number;
};
export type RequestKey = {
  readonly kind: 'payment' | 'refund';
  readonly bodyFingerprint: string;
  readonly targetId: string;
};
export type CallIntent = {
  readonly kind: 'charge' | 'close' | 'refund';
  readonly number: string;
  readonly seq: number;
  readonly at: number;
};
export type CallOutcome = {
  readonly says: string;
  readonly respcd: string | null;
  readonly ms: number;
};
export type NoticeRow = {
  readonly sha256: string;
  readonly raw: string;
  readonly at: number;
  readonly verdict: 'applied' | 'mismatch' | 'unknown-number' | 'ignored';
  readonly number: string | null;
};
/** What happened to a payment, in order. Never changed or deleted; hash-chained in the store. */
export type NewTimelineEntry = {
  readonly at: number;
  readonly paymentId: PaymentId | null;
  readonly saleId: SaleId | null;
  readonly kind: 'state' | 'call' | 'answer' | 'notification' | 'person' | 'review';
  /** `server`, or the staff code of the person who did it. */
  readonly actor: string;
  readonly state: PaymentState | null;
  /** Flat facts for people: respcd, ms, what was asked. Never a secret or a payment code. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};
export type TimelineEntry = NewTimelineEntry & { readonly seq: number };
