/**
 * The schema, written once for every database. A migration that has shipped is never edited: its
 * literals repeat what `lib` said on that day, and a later migration changes them.
 */
import {
  type ColumnDefinitionBuilder,
  type CreateTableBuilder,
  type Kysely,
  type Migration,
  sql,
} from 'kysely';
import { decisionIndexes, decisionTables } from './migration-decisions';
import { displayTables } from './migration-display';
import { historyIndexes, historyTables } from './migration-history';
import { comparisonTables, differenceTable, outletTables } from './migration-outlets';
import { receiptTables } from './migration-receipts';
import { refundColumns, refundTables, workerTables } from './migration-refunds';
import { reportIndexes, shiftTables } from './migration-shifts';
import { actIndexes, deviceTables, sessionColumns } from './migration-staff';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;
type Table = CreateTableBuilder<string, string>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export function migrations(words: Words): Record<string, Migration> {
  return {
    '0001-foundation': {
      up: async (db: Db) => {
        await moneyTables(db, words);
        await paymentIndexes(db);
        await recordTables(db, words);
        await staffTables(db, words);
        await firstTallies(db);
        for (const guard of words.guards) await sql.raw(guard).execute(db);
      },
    },
    '0002-refunds': {
      up: async (db: Db) => {
        await refundColumns(db, words);
        await refundTables(db, words);
        await workerTables(db, words);
        for (const guard of words.refundGuards) await sql.raw(guard).execute(db);
      },
    },
    '0003-history': {
      up: async (db: Db) => {
        await historyTables(db, words);
        await historyIndexes(db);
        for (const guard of words.historyGuards) await sql.raw(guard).execute(db);
      },
    },
    '0004-decisions': {
      up: async (db: Db) => {
        await decisionTables(db, words);
        await decisionIndexes(db);
        for (const guard of words.decisionGuards) await sql.raw(guard).execute(db);
      },
    },
    '0005-shifts': {
      up: async (db: Db) => {
        await shiftTables(db, words);
        await reportIndexes(db);
        for (const guard of words.shiftGuards) await sql.raw(guard).execute(db);
      },
    },
    '0006-outlets': {
      up: async (db: Db) => {
        await outletTables(db, words);
        await comparisonTables(db, words);
        await differenceTable(db, words);
      },
    },
    '0007-staff': {
      up: async (db: Db) => {
        await deviceTables(db, words);
        await sessionColumns(db, words);
        await actIndexes(db);
      },
    },
    '0008-receipts': { up: (db: Db) => receiptTables(db, words) },
    '0009-displays': { up: (db: Db) => displayTables(db, words) },
  };
}

async function firstTallies(db: Db): Promise<void> {
  await db
    .withTables<{ tally: { name: string; value: number } }>()
    .insertInto('tally')
    .values(['feed', 'audit', 'call'].map((name) => ({ name, value: 0 })))
    .execute();
}

const make = (table: Table, words: Words): Promise<void> =>
  table.modifyEnd(words.endOfTable).execute();

const makeKeyed = (table: Table, words: Words): Promise<void> =>
  table.modifyEnd(words.endOfKeyedTable).execute();

async function moneyTables(db: Db, words: Words): Promise<void> {
  const sale = db.schema
    .createTable('sale')
    .addColumn('id', 'text', key)
    .addColumn('amount', words.whole, (it) => must(it).check(sql`amount > 0`))
    .addColumn('currency', 'text', (it) => must(it).check(sql`length(currency) = 3`))
    .addColumn('note', 'text')
    .addColumn('counter', 'text', must)
    .addColumn('staff', 'text', must)
    .addColumn('created_at', words.whole, must);
  await makeKeyed(sale, words);
  const payment = db.schema
    .createTable('payment')
    .addColumn('id', 'text', key)
    .addColumn('sale_id', 'text', must)
    .addColumn('mode', 'text', (it) => must(it).check(sql`mode in ('MPM', 'CPM')`))
    .addColumn('pay_type', 'text', must)
    .addColumn('amount', words.whole, (it) => must(it).check(sql`amount > 0`))
    .addColumn('currency', 'text', (it) => must(it).check(sql`length(currency) = 3`))
    .addColumn('state', 'text', must)
    .addColumn('rank', words.whole, must)
    .addColumn('qr_code', 'text')
    .addColumn('qr_expires_at', words.whole)
    .addColumn('used_pay_type', 'text')
    .addColumn('qfpay_number', 'text')
    .addColumn('wallet_number', 'text')
    .addColumn('confirmed', words.whole, (it) => must(it).check(sql`confirmed in (0, 1)`))
    .addColumn('late', words.whole, (it) => must(it).check(sql`late in (0, 1)`))
    .addColumn('review', 'text')
    .addColumn('failure_code', 'text')
    .addColumn('failure_respcd', 'text')
    .addColumn('counter', 'text', must)
    .addColumn('staff', 'text', must)
    .addColumn('outlet', 'text')
    .addColumn('created_at', words.whole, must)
    .addColumn('paid_at', words.whole)
    .addColumn('witnesses', 'text', must)
    .addColumn('next_check_at', words.whole)
    .addColumn('abandoned_by', 'text')
    .addColumn('version', words.whole, (it) => must(it).check(sql`version >= 0`))
    .addColumn('changed_seq', words.whole, (it) => must(it).unique())
    .addColumn('code_fingerprint', 'text')
    .addForeignKeyConstraint('payment_sale', ['sale_id'], 'sale', ['id'])
    .addCheckConstraint('payment_rank', RANK_OF_STATE)
    .addCheckConstraint('payment_failure', sql`failure_code is not null or failure_respcd is null`);
  await make(payment, words);
}

const RANK_OF_STATE = sql`
  (state = 'created' and rank = 0)
  or (state = 'sending' and rank = 1)
  or (state in ('awaiting', 'unknown', 'cancelling') and rank = 2)
  or (state in ('failed', 'closed') and rank = 3)
  or (state = 'paid' and rank = 4)`;

async function paymentIndexes(db: Db): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('payment');
  // Nobody may start a second payment of a sale while the first can still be paid.
  await index('payment_one_live')
    .unique()
    .column('sale_id')
    .where(sql.ref('rank'), '<', 3)
    .where(sql.ref('abandoned_by'), 'is', null)
    .execute();
  await index('payment_code')
    .unique()
    .column('code_fingerprint')
    .where(sql.ref('code_fingerprint'), 'is not', null)
    .execute();
  await index('payment_due')
    .columns(['next_check_at', 'id'])
    .where(sql.ref('next_check_at'), 'is not', null)
    .execute();
  await index('payment_of_sale').columns(['sale_id', 'created_at', 'id']).execute();
  await index('payment_time').columns(['created_at', 'id']).execute();
  for (const column of ['state', 'pay_type', 'counter', 'staff', 'amount']) {
    await index(`payment_${column}`).columns([column, 'created_at', 'id']).execute();
  }
  for (const column of ['qfpay_number', 'wallet_number']) {
    await index(`payment_${column}`)
      .column(column)
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
}

async function recordTables(db: Db, words: Words): Promise<void> {
  const requestKey = db.schema
    .createTable('request_key')
    .addColumn('key', 'text', key)
    .addColumn('kind', 'text', (it) => must(it).check(sql`kind in ('payment', 'refund')`))
    .addColumn('body_fingerprint', 'text', must)
    .addColumn('target_id', 'text', must);
  await makeKeyed(requestKey, words);
  const call = db.schema
    .createTable('gateway_call')
    .addColumn('id', words.whole, key)
    .addColumn('kind', 'text', (it) => must(it).check(sql`kind in ('charge', 'close', 'refund')`))
    .addColumn('number', 'text', must)
    .addColumn('seq', words.whole, must)
    .addColumn('at', words.whole, must)
    .addColumn('says', 'text')
    .addColumn('respcd', 'text')
    .addColumn('ms', words.whole)
    // The number first, so that the same index finds the calls of a payment.
    .addUniqueConstraint('gateway_call_once', ['number', 'kind', 'seq'])
    .addCheckConstraint('gateway_call_answer', sql`(says is null) = (ms is null)`);
  await make(call, words);
  const notice = db.schema
    .createTable('notice')
    .addColumn('sha256', 'text', key)
    .addColumn('raw', 'text', must)
    .addColumn('at', words.whole, must)
    .addColumn('verdict', 'text', must)
    .addColumn('number', 'text');
  await make(notice, words);
  const audit = db.schema
    .createTable('audit')
    .addColumn('seq', words.whole, key)
    .addColumn('at', words.whole, must)
    .addColumn('payment_id', 'text')
    .addColumn('sale_id', 'text')
    .addColumn('kind', 'text', must)
    .addColumn('actor', 'text', must)
    .addColumn('state', 'text')
    .addColumn('detail', 'text', must)
    .addColumn('prev_hash', 'text', (it) => must(it).check(sql`length(prev_hash) = 64`))
    .addColumn('hash', 'text', (it) => must(it).check(sql`length(hash) = 64`));
  await make(audit, words);
  await db.schema
    .createIndex('audit_of_payment')
    .on('audit')
    .columns(['payment_id', 'seq'])
    .where(sql.ref('payment_id'), 'is not', null)
    .execute();
}

async function staffTables(db: Db, words: Words): Promise<void> {
  const meta = db.schema
    .createTable('meta')
    .addColumn('key', 'text', key)
    .addColumn('value', 'text', must);
  await make(meta, words);
  const tally = db.schema
    .createTable('tally')
    .addColumn('name', 'text', key)
    .addColumn('value', words.whole, must);
  await make(tally, words);
  const setting = db.schema
    .createTable('setting')
    .addColumn('key', 'text', key)
    .addColumn('value', 'text', must)
    .addColumn('changed_at', words.whole, must)
    .addColumn('changed_by', 'text', must);
  await make(setting, words);
  const staff = db.schema
    .createTable('staff')
    .addColumn('code', 'text', key)
    .addColumn('name', 'text', must)
    .addColumn('role', 'text', (it) => must(it).check(sql`role in ('cashier', 'manager', 'owner')`))
    .addColumn('pin_hash', 'text', must)
    .addColumn('pin_params', 'text')
    .addColumn('disabled_at', words.whole)
    .addColumn('created_at', words.whole, must);
  await make(staff, words);
  const session = db.schema
    .createTable('staff_session')
    .addColumn('id_hash', 'text', key)
    .addColumn('staff_code', 'text', must)
    .addColumn('created_at', words.whole, must)
    .addColumn('last_seen_at', words.whole, must)
    .addColumn('expires_at', words.whole, must)
    .addColumn('ended_at', words.whole)
    .addColumn('counter', 'text')
    .addForeignKeyConstraint('staff_session_staff', ['staff_code'], 'staff', ['code']);
  await make(session, words);
  await db.schema
    .createIndex('staff_session_of_staff')
    .on('staff_session')
    .column('staff_code')
    .execute();
  const throttle = db.schema
    .createTable('throttle')
    .addColumn('key', 'text', key)
    .addColumn('failures', words.whole, (it) => must(it).check(sql`failures >= 0`))
    .addColumn('blocked_until', words.whole, must)
    .addColumn('updated_at', words.whole, must);
  await make(throttle, words);
}
