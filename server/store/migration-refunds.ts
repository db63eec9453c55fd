/** The second migration: money that goes back, and what the workers remember between two calls. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function refundColumns(db: Db, words: Words): Promise<void> {
  // Refunds that others made may exceed what was paid, so there is no upper bound to check.
  for (const column of ['refunded', 'reserved']) {
    const sum = (it: ColumnDefinitionBuilder) =>
      must(it)
        .defaultTo(0)
        .check(sql`${sql.ref(column)} >= 0`);
    await db.schema.alterTable('payment').addColumn(column, words.whole, sum).execute();
  }
}

export async function refundTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('refund')
    .addColumn('id', 'text', key)
    .addColumn('payment_id', 'text', must)
    .addColumn('origin', 'text', (it) => must(it).check(sql`origin in ('counter', 'outside')`))
    .addColumn('amount', words.whole, (it) => must(it).check(sql`amount > 0`))
    .addColumn('currency', 'text', (it) => must(it).check(sql`length(currency) = 3`))
    .addColumn('payment_number', 'text', must)
    .addColumn('reason', 'text', must)
    .addColumn('state', 'text', must)
    .addColumn('rank', words.whole, must)
    .addColumn('qfpay_number', 'text')
    .addColumn('respcd', 'text')
    .addColumn('confirmed', words.whole, (it) => must(it).check(sql`confirmed in (0, 1)`))
    .addColumn('review', 'text')
    .addColumn('staff', 'text', must)
    .addColumn('approver', 'text')
    .addColumn('counter', 'text', must)
    .addColumn('outlet', 'text')
    .addColumn('created_at', words.whole, must)
    .addColumn('done_at', words.whole)
    .addColumn('witnesses', 'text', must)
    .addColumn('next_check_at', words.whole)
    .addColumn('version', words.whole, (it) => must(it).check(sql`version >= 0`))
    .addColumn('changed_seq', words.whole, (it) => must(it).unique())
    .addForeignKeyConstraint('refund_payment', ['payment_id'], 'payment', ['id'])
    .addCheckConstraint('refund_rank', RANK_OF_STATE)
    .modifyEnd(words.endOfTable)
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('refund');
  await index('refund_of_payment').columns(['payment_id', 'created_at', 'id']).execute();
  await index('refund_due')
    .columns(['next_check_at', 'id'])
    .where(sql.ref('next_check_at'), 'is not', null)
    .execute();
  await index('refund_qfpay_number')
    .column('qfpay_number')
    .where(sql.ref('qfpay_number'), 'is not', null)
    .execute();
}

const RANK_OF_STATE = sql`
  (state = 'requested' and rank = 0)
  or (state = 'sending' and rank = 1)
  or (state in ('processing', 'unknown', 'deferred') and rank = 2)
  or (state = 'failed' and rank = 3)
  or (state = 'done' and rank = 4)`;

export async function workerTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('lease')
    .addColumn('name', 'text', key)
    .addColumn('holder', 'text', must)
    .addColumn('epoch', words.whole, must)
    .addColumn('expires_at', words.whole, must)
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  await db.schema
    .createTable('bucket')
    .addColumn('name', 'text', key)
    .addColumn('arrival', words.fraction, must)
    .addColumn('questions', words.fraction, must)
    .addColumn('held_until', words.fraction, must)
    .addColumn('slowed', words.fraction, must)
    .addColumn('hold_ms', words.fraction, must)
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  await db.schema
    .createTable('day_close')
    .addColumn('outlet', 'text', must)
    .addColumn('day', 'text', must)
    .addColumn('at', words.whole, must)
    .addColumn('ours', 'text', must)
    .addColumn('theirs', 'text', must)
    .addColumn('differences', 'text', must)
    // The outlet first, so that the key itself finds its last day.
    .addPrimaryKeyConstraint('day_close_once', ['outlet', 'day'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
}
