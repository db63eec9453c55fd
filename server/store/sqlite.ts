/**
 * Everything that is said to SQLite alone: how a connection is set up, which words the shared
 * schema takes here, and the triggers that guard money against any SQL, ours included.
 */
import { type RawBuilder, sql } from 'kysely';
import type { SqliteDatabase } from './open';

/** What differs between the databases in a schema that is written once. */
export type Words = {
  /** A whole number of 64 bits. */
  readonly whole: 'integer' | 'bigint';
  /** A number of 64 bits that may have a fraction; never money. */
  readonly fraction: 'real' | 'double precision';
  readonly endOfTable: RawBuilder<unknown>;
  /** The same for short rows that are only ever found by their key. */
  readonly endOfKeyedTable: RawBuilder<unknown>;
  /** Run one by one after the tables are made, those of each migration by its name. */
  readonly guards: readonly string[];
  readonly refundGuards: readonly string[];
  readonly historyGuards: readonly string[];
  /** Of settlements and decisions; refunds are covered by what settlements leave. */
  readonly decisionGuards: readonly string[];
  readonly shiftGuards: readonly string[];
  readonly receiptGuards: readonly string[];
};

export function setUpWriter(database: SqliteDatabase): void {
  setUpReader(database);
  // A file that cannot be written is found out now, and not by the first sale. It takes a write:
  // of a read-only file SQLite begins even an immediate transaction.
  database.exec('begin immediate; create table can_write (it integer) strict; rollback');
  const [mode] = database.prepare('pragma journal_mode = wal').all();
  if (JSON.stringify(mode) !== '{"journal_mode":"wal"}') {
    throw new Error('this file system cannot keep a write-ahead log: use a local disk');
  }
  // An answer to a tablet is a promise: the commit has to survive a power cut.
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  // Without it a `replace` would take a row away behind the backs of the guards.
  database.exec('pragma recursive_triggers = on');
  // From here on the dialect is patient, which does not hold up those who only read.
  database.exec('pragma busy_timeout = 0');
}

export function setUpReader(database: SqliteDatabase): void {
  database.exec('pragma busy_timeout = 5000');
}

/**
 * Leaves one whole file behind. The package engine lets go of a connection only when its prepared
 * statements have been collected, so nothing may be left for that moment to finish.
 */
export function finishWriter(database: SqliteDatabase): void {
  if (database.isTransaction !== false) quietly(database, 'rollback');
  // Without patience: whoever reads the file just now keeps the log, and it is as good.
  quietly(database, 'pragma busy_timeout = 0');
  quietly(database, 'pragma wal_checkpoint(truncate)');
  quietly(database, 'pragma shrink_memory');
}

function quietly(database: SqliteDatabase, sql: string): void {
  try {
    database.exec(sql);
  } catch {
    // What is committed is in the log; there is nothing to lose and nobody left to tell.
  }
}

const refuse = (name: string, when: string, says: string): string =>
  `create trigger ${name} ${when} begin select raise(abort, '${says}'); end`;

const changes = (columns: readonly string[]): string =>
  columns.map((column) => `new.${column} is not old.${column}`).join(' or ');

const MADE_ANOTHER = changes([
  'id',
  'sale_id',
  'mode',
  'pay_type',
  'amount',
  'currency',
  'counter',
  'staff',
  'outlet',
  'created_at',
  'code_fingerprint',
]);

const REFUND_MADE_ANOTHER = changes([
  'id',
  'payment_id',
  'origin',
  'amount',
  'currency',
  'payment_number',
  'reason',
  'staff',
  'approver',
  'counter',
  'outlet',
  'created_at',
]);

/** Of `payment`, in minor units; only what came to nothing is not counted. */
const promised = (payment: string): string =>
  `(select coalesce(sum(amount), 0) from refund where payment_id = ${payment} and rank <> 3)`;
const givenBack = (payment: string): string =>
  `(select coalesce(sum(amount), 0) from refund where payment_id = ${payment} and rank = 4)`;

const settled = (payment: string): string =>
  `(select coalesce(sum(amount), 0) from settlement where payment_id = ${payment})`;

/** Of a refund or a settlement about to be kept: the payment does not bear it any more. */
const UNCOVERED = `not exists (
  select 1 from payment where id = new.payment_id and state = 'paid'
  and new.currency = currency and ${promised('new.payment_id')}
  + ${settled('new.payment_id')} + new.amount <= amount)`;

export const SQLITE: Words = {
  whole: 'integer',
  fraction: 'real',
  // A strict table stores no float and no text where a whole number is due.
  endOfTable: sql`strict`,
  // Kept in the key's own tree: one page less to write and sync in every commit.
  endOfKeyedTable: sql`strict, without rowid`,
  guards: [
    refuse(
      'payment_never_sinks',
      `before update on payment when new.rank < old.rank
        or (old.rank >= 3 and new.state <> old.state and new.state <> 'paid')`,
      'a payment never sinks',
    ),
    refuse(
      'payment_stays_itself',
      `before update on payment when ${MADE_ANOTHER}`,
      'what a payment is for never changes',
    ),
    refuse('payment_is_kept', 'before delete on payment', 'a payment is never deleted'),
    refuse('sale_stays_itself', 'before update on sale', 'a sale never changes'),
    refuse('sale_is_kept', 'before delete on sale', 'a sale is never deleted'),
    refuse('audit_stays_itself', 'before update on audit', 'the audit never changes'),
    refuse('audit_is_kept', 'before delete on audit', 'the audit is never deleted'),
  ],
  refundGuards: [
    refuse(
      'refund_never_sinks',
      // A refund that the gateway has denied long enough goes out again under its number.
      'before update on refund when new.rank < old.rank and not (old.rank = 2 and new.rank = 1)',
      'a refund never sinks',
    ),
    refuse(
      'refund_stays_itself',
      `before update on refund when ${REFUND_MADE_ANOTHER}`,
      'what a refund is for never changes',
    ),
    refuse('refund_is_kept', 'before delete on refund', 'a refund is never deleted'),
    refuse(
      'refund_is_covered',
      `before insert on refund when new.origin <> 'outside' and new.rank < 3 and not exists (
        select 1 from payment where id = new.payment_id and state = 'paid'
        and currency = new.currency and ${promised('new.payment_id')} + new.amount <= amount)`,
      'refunds never exceed what was paid',
    ),
    refuse(
      'refund_number_is_free',
      'before insert on refund when exists (select 1 from payment where id = new.id)',
      'a number is given out once',
    ),
    refuse(
      'payment_number_is_free',
      'before insert on payment when exists (select 1 from refund where id = new.id)',
      'a number is given out once',
    ),
    refuse(
      'payment_knows_its_refunds',
      `before update of refunded, reserved on payment
        when new.refunded <> ${givenBack('new.id')} or new.reserved <> ${promised('new.id')}`,
      'what a payment gave back is the sum of its refunds',
    ),
    refuse(
      'lease_never_sinks',
      `before update on lease when new.name <> old.name or new.epoch < old.epoch
        or (new.epoch = old.epoch and new.holder <> old.holder)`,
      'the epoch of a lease never sinks',
    ),
    refuse('lease_is_kept', 'before delete on lease', 'a lease is never deleted'),
  ],
  historyGuards: [
    refuse('note_stays_itself', 'before update on payment_note', 'a note never changes'),
    refuse('note_is_kept', 'before delete on payment_note', 'a note is never deleted'),
  ],
  decisionGuards: [
    'drop trigger refund_is_covered',
    refuse(
      'refund_is_covered',
      `before insert on refund when new.origin <> 'outside' and new.rank < 3 and ${UNCOVERED}`,
      'refunds never exceed what was paid',
    ),
    refuse(
      'settlement_is_covered',
      `before insert on settlement when ${UNCOVERED}`,
      'settlements never exceed what is left',
    ),
    refuse(
      'payment_knows_its_settlements',
      `before update of settled on payment when new.settled <> ${settled('new.id')}`,
      'what was settled is the sum of the settlements',
    ),
    refuse(
      'late_money_stays_seen',
      'before update of late_seen on payment when new.late_seen < old.late_seen',
      'late money that was looked at stays so',
    ),
    refuse('settlement_stays_itself', 'before update on settlement', 'a settlement never changes'),
    refuse('settlement_is_kept', 'before delete on settlement', 'a settlement is never deleted'),
    refuse('decision_stays_itself', 'before update on decision', 'a decision never changes'),
    refuse('decision_is_kept', 'before delete on decision', 'a decision is never deleted'),
  ],
  shiftGuards: [
    refuse(
      'shift_is_sealed',
      'before update on shift when old.closed_at is not null',
      'a sealed shift never changes',
    ),
    refuse(
      'shift_stays_itself',
      `before update on shift when ${changes(['id', 'counter', 'opened_at', 'opened_by'])}`,
      'what a shift is never changes',
    ),
    refuse('shift_is_kept', 'before delete on shift', 'a shift is never deleted'),
    refuse(
      'shift_numbers_have_no_gap',
      `before update on shift when old.closed_at is null and new.closed_at is not null
        and new.number is not (select coalesce(max(number), 0) + 1 from shift)`,
      'a Z follows the one before',
    ),
    refuse(
      'taking_comes_in_time',
      `before insert on taking
        when not exists (select 1 from shift where id = new.shift and closed_at is null)`,
      'nothing is added to a sealed shift',
    ),
    refuse('taking_stays_itself', 'before update on taking', 'a taking never changes'),
    refuse('taking_is_kept', 'before delete on taking', 'a taking is never deleted'),
    refuse(
      'correction_points_at_a_z',
      `before insert on shift_correction
        when not exists (select 1 from shift where id = new.shift and closed_at is not null)`,
      'only a sealed shift is corrected',
    ),
    refuse(
      'correction_stays_itself',
      'before update on shift_correction',
      'a correction never changes',
    ),
    refuse('correction_is_kept', 'before delete on shift_correction', 'a correction is kept'),
  ],
  receiptGuards: [
    refuse('print_stays_itself', 'before update on receipt_print', 'a print never changes'),
    refuse('print_is_kept', 'before delete on receipt_print', 'a print is never deleted'),
  ],
};
