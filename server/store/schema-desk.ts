/** The tables of people, shifts and what the desk writes; times and flags as in `schema.ts`. */

import type { Currency } from '@/lib/money';
import type { PaymentId } from '@/lib/payment';
import type { Paper, PrintWay } from '@/lib/receipt-paper';
import type { Settlement, SettlementId } from '@/lib/settlement';
import type { Decision } from '@/server/payments/ports';
import type { Flag } from './schema';

export type SettingRow = {
  key: string;
  value: string;
  changed_at: number;
  changed_by: string;
};

export type ReceiptPrintRow = {
  payment_id: PaymentId;
  number: number;
  at: number;
  staff: string;
  way: PrintWay;
  paper: Paper;
  press_key: string;
};

export type StaffRow = {
  code: string;
  name: string;
  role: 'cashier' | 'manager' | 'owner';
  pin_hash: string;
  pin_params: string | null;
  disabled_at: number | null;
  created_at: number;
};

export type StaffSessionRow = {
  id_hash: string;
  staff_code: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  ended_at: number | null;
  counter: string | null;
  device: string | null;
  active_at: number | null;
  carries: string | null;
  spent_at: number | null;
};

export type DeviceRow = {
  id: string;
  name: string;
  secret_hash: string;
  paired_at: number;
  paired_by: string;
  last_seen_at: number;
  revoked_at: number | null;
};

/** A customer's screen that belongs to a counter. */
export type DisplayRow = {
  id: string;
  counter: string;
  secret_hash: string;
  paired_at: number;
  paired_by: string;
  last_seen_at: number;
  revoked_at: number | null;
};
/** One that shows a code and waits until somebody types it at a till. */
export type DisplayCodeRow = { code_hash: string; secret_hash: string; expires_at: number };

export type PairingRow = { code_hash: string; name: string; made_by: string; expires_at: number };

export type ThrottleRow = {
  key: string;
  failures: number;
  blocked_until: number;
  updated_at: number;
};

export type ShiftRow = {
  id: number;
  counter: string;
  opened_at: number;
  opened_by: string;
  opened_itself: Flag;
  closed_at: number | null;
  closed_by: string | null;
  /** Of the Z. */
  number: number | null;
  /** The figures of the Z, as they were when it was sealed. */
  sealed: string | null;
  close_key: string | null;
};

/** To which shift a paid payment or a done refund belongs: the one in which the news came. */
export type TakingRow = {
  shift: number;
  number: string;
  what: 'payment' | 'refund';
  /** When the news came, which may be long after the customer paid. */
  at: number;
};

export type ShiftCorrectionRow = {
  shift: number;
  seq: number;
  at: number;
  staff: string;
  reason: string;
};

export type PaymentNoteRow = {
  payment_id: PaymentId;
  /** From 1, in the order of writing. */
  number: number;
  at: number;
  staff: string;
  says: string;
};

export type SavedViewRow = {
  staff: string;
  number: number;
  name: string;
  search: string;
  changed_at: number;
};

export type SettlementRow = {
  id: SettlementId;
  payment_id: PaymentId;
  amount: number;
  currency: Currency;
  how: Settlement['how'];
  reason: string;
  proof: string;
  staff: string;
  approver: string | null;
  created_at: number;
  client_key: string;
  body_fingerprint: string;
};

export type DecisionRow = {
  id: string;
  payment_id: PaymentId;
  matter: Decision['matter'];
  choice: Decision['choice'];
  reason: string;
  staff: string;
  counter: string | null;
  at: number;
};
