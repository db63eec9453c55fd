/** What managers decide: money given back by other means, and matters that somebody looked at. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function decisionTables(db: Db, words: Words): Promise<void> {
  const zero = (of: string) => (it: ColumnDefinitionBuilder) =>
    must(it).defaultTo(0).check(sql.raw(of));
  const payment = () => db.schema.alterTable('payment');
  await payment().addColumn('settled', words.whole, zero('settled >= 0')).execute();
  await payment().addColumn('late_seen', words.whole, zero('late_seen in (0, 1)')).execute();
  await db.schema.alterTable('refund').addColumn('withdrawn_by', 'text').execute();
  await db.schema
    .createTable('settlement')
    .addColumn('id', 'text', key)
    .addColumn('payment_id', 'text', must)
    .addColumn('amount', words.whole, (it) => must(it).check(sql`amount > 0`))
    .addColumn('currency', 'text', (it) => must(it).check(sql`length(currency) = 3`))
    .addColumn('how', 'text', must)
    .addColumn('reason', 'text', must)
    .addColumn('proof', 'text', must)
    .addColumn('staff', 'text', must)
    .addColumn('approver', 'text')
    .addColumn('created_at', words.whole, must)
    .addColumn('client_key', 'text', (it) => must(it).unique())
    .addColumn('body_fingerprint', 'text', must)
    .addForeignKeyConstraint('settlement_payment', ['payment_id'], 'payment', ['id'])
    .modifyEnd(words.endOfTable)
    .execute();
  await db.schema
    .createTable('decision')
    .addColumn('id', 'text', key)
    .addColumn('payment_id', 'text', must)
    .addColumn('matter', 'text', must)
    .addColumn('choice', 'text', must)
    .addColumn('reason', 'text', must)
    .addColumn('staff', 'text', must)
    .addColumn('counter', 'text')
    .addColumn('at', words.whole, must)
    .addForeignKeyConstraint('decision_payment', ['payment_id'], 'payment', ['id'])
    .modifyEnd(words.endOfTable)
    .execute();
}

export async function decisionIndexes(db: Db): Promise<void> {
  await db.schema
    .createIndex('payment_matter')
    .on('payment')
    .columns(['created_at', 'id'])
    // The very words of the list that walks it (server/store/matters.ts).
    .where(sql<boolean>`review is not null or late > late_seen`)
    .execute();
  await db.schema.createIndex('refund_time').on('refund').columns(['created_at', 'id']).execute();
  await db.schema
    .createIndex('settlement_of_payment')
    .on('settlement')
    .columns(['payment_id', 'created_at', 'id'])
    .execute();
  await db.schema.createIndex('decision_time').on('decision').columns(['at', 'id']).execute();
  await db.schema
    .createIndex('decision_of_payment')
    .on('decision')
    .columns(['payment_id', 'at', 'id'])
    .execute();
}
