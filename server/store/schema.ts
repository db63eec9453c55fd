/** The tables as Kysely knows them. Times are ms UTC, yes and no are 1 and 0, JSON is text. */
import type { ColumnType } from 'kysely';
import type { ComparisonState, DifferenceKind, Explanation } from '@/lib/difference';
import type { Currency } from '@/lib/money';
import type {
  FailureCode,
  Mode,
  PaymentId,
  PaymentState,
  ReviewReason,
  SaleId,
} from '@/lib/payment';
import type { Refund, RefundId, RefundReview, RefundState } from '@/lib/refund';
import type {
  CallIntent,
  LeaseName,
  NewTimelineEntry,
  NoticeRow,
  RequestKey,
} from '@/server/payments/ports';

import type {
  DecisionRow,
  DeviceRow,
  DisplayCodeRow,
  DisplayRow,
  PairingRow,
  PaymentNoteRow,
  ReceiptPrintRow,
  SavedViewRow,
  SettingRow,
  SettlementRow,
  ShiftCorrectionRow,
  ShiftRow,
  StaffRow,
  StaffSessionRow,
  TakingRow,
  ThrottleRow,
} from './schema-desk';

export type Flag = 0 | 1;

export type SaleRow = {
  id: SaleId;
  amount: number;
  currency: Currency;
  note: string | null;
  counter: string;
  staff: string;
  created_at: number;
};

export type PaymentRow = {
  id: PaymentId;
  sale_id: SaleId;
  mode: Mode;
  pay_type: string;
  amount: number;
  currency: Currency;
  state: PaymentState;
  rank: number;
  qr_code: string | null;
  qr_expires_at: number | null;
  used_pay_type: string | null;
  qfpay_number: string | null;
  wallet_number: string | null;
  confirmed: Flag;
  late: Flag;
  review: ReviewReason | null;
  failure_code: FailureCode | null;
  failure_respcd: string | null;
  counter: string;
  staff: string;
  outlet: string | null;
  created_at: number;
  paid_at: number | null;
  witnesses: string;
  next_check_at: number | null;
  abandoned_by: string | null;
  version: number;
  /** This payment's last number in the change feed. */
  changed_seq: number;
  code_fingerprint: string | null;
  refunded: number;
  reserved: number;
  settled: number;
  late_seen: Flag;
};

/** Nothing is given back before there is a refund. */
type Sum = ColumnType<number, never, number>;
type Sums = 'refunded' | 'reserved' | 'settled';
type PaymentTable = Omit<PaymentRow, Sums> & Record<Sums, Sum>;

export type RefundRow = {
  id: RefundId;
  payment_id: PaymentId;
  origin: Refund['origin'];
  amount: number;
  currency: Currency;
  payment_number: string;
  reason: string;
  state: RefundState;
  rank: number;
  qfpay_number: string | null;
  respcd: string | null;
  confirmed: Flag;
  review: RefundReview | null;
  staff: string;
  approver: string | null;
  counter: string;
  outlet: string | null;
  created_at: number;
  done_at: number | null;
  witnesses: string;
  next_check_at: number | null;
  version: number;
  /** This refund's last number in the change feed, which it shares with payments. */
  changed_seq: number;
  withdrawn_by: string | null;
};

export type LeaseRow = { name: LeaseName; holder: string; epoch: number; expires_at: number };

export type BucketRow = {
  name: string;
  arrival: number;
  questions: number;
  held_until: number;
  slowed: number;
  hold_ms: number;
};

export type DayCloseRow = {
  /** Empty where no outlet was assigned: a key has no null. */
  outlet: string;
  day: string;
  at: number;
  ours: string;
  theirs: string;
  differences: string;
};

export type RequestKeyRow = {
  key: string;
  kind: RequestKey['kind'];
  body_fingerprint: string;
  target_id: string;
};

export type GatewayCallRow = {
  id: number;
  kind: CallIntent['kind'];
  number: string;
  seq: number;
  at: number;
  says: string | null;
  respcd: string | null;
  ms: number | null;
};

export type NoticeTableRow = {
  sha256: string;
  raw: string;
  at: number;
  verdict: NoticeRow['verdict'];
  number: string | null;
};

export type AuditRow = {
  seq: number;
  at: number;
  payment_id: PaymentId | null;
  sale_id: SaleId | null;
  kind: NewTimelineEntry['kind'];
  actor: string;
  state: PaymentState | null;
  detail: string;
  prev_hash: string;
  hash: string;
};

export type MetaRow = { key: string; value: string };

/** Numbers that only grow; taking the next one orders the transactions that take it. */
export type TallyRow = { name: 'feed' | 'audit' | 'call' | 'shift' | 'z'; value: number };

/** Empty where no mchid was assigned: what is unique has no null. */
export type OutletRow = {
  id: string;
  name: string;
  mchid: string;
  active: Flag;
  created_at: number;
};
export type CounterOutletRow = { counter: string; outlet_id: string };
export type StaffOutletRow = { staff_code: string; outlet_id: string };

export type ComparisonRow = {
  id: string;
  /** The mchid; empty where none was assigned, as in `day_close`. */
  outlet: string;
  day: string;
  server: string;
  state: ComparisonState;
  started_at: number;
  started_by: string;
  ended_at: number | null;
  pages: number;
  rows: number;
  ours: string | null;
  theirs: string | null;
  found: number;
  explained: number;
};

export type DifferenceRow = {
  id: string;
  outlet: string;
  day: string;
  number: string;
  kind: DifferenceKind;
  explained: Explanation | null;
  payment_id: string | null;
  ours: string | null;
  theirs: string | null;
  found_at: number;
  /** The last comparison that found it. */
  comparison_id: string;
  settled_at: number | null;
  settled_by: string | null;
  reason: string | null;
};

export type Tables = {
  sale: SaleRow;
  payment: PaymentTable;
  refund: RefundRow;
  request_key: RequestKeyRow;
  gateway_call: GatewayCallRow;
  notice: NoticeTableRow;
  audit: AuditRow;
  meta: MetaRow;
  tally: TallyRow;
  setting: SettingRow;
  staff: StaffRow;
  staff_session: StaffSessionRow;
  throttle: ThrottleRow;
  device: DeviceRow;
  pairing: PairingRow;
  display: DisplayRow;
  display_code: DisplayCodeRow;
  lease: LeaseRow;
  bucket: BucketRow;
  day_close: DayCloseRow;
  settlement: SettlementRow;
  decision: DecisionRow;
  shift: ShiftRow;
  taking: TakingRow;
  shift_correction: ShiftCorrectionRow;
  payment_note: PaymentNoteRow;
  saved_view: SavedViewRow;
  receipt_print: ReceiptPrintRow;
  outlet: OutletRow;
  counter_outlet: CounterOutletRow;
  staff_outlet: StaffOutletRow;
  comparison: ComparisonRow;
  difference: DifferenceRow;
};
