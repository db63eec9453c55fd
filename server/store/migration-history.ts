/**
 * The third migration: notes on payments, saved views, and how a history is found. Two indexes lead
 * to what is rare; both are partial, so that a plain sale writes into neither. The index by time
 * grows wider instead: it knows whatever a list may be restricted by, so that a walk along it
 * looks at a payment only when that payment is wanted.
 */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

export async function historyTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('payment_note')
    .addColumn('payment_id', 'text', must)
    .addColumn('number', words.whole, (it) => must(it).check(sql`number > 0`))
    .addColumn('at', words.whole, must)
    .addColumn('staff', 'text', must)
    .addColumn('says', 'text', (it) => must(it).check(sql`length(says) between 1 and 500`))
    .addPrimaryKeyConstraint('payment_note_once', ['payment_id', 'number'])
    .addForeignKeyConstraint('payment_note_payment', ['payment_id'], 'payment', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  await db.schema
    .createTable('saved_view')
    .addColumn('staff', 'text', must)
    .addColumn('number', words.whole, (it) => must(it).check(sql`number > 0`))
    .addColumn('name', 'text', must)
    .addColumn('search', 'text', must)
    .addColumn('changed_at', words.whole, must)
    .addPrimaryKeyConstraint('saved_view_once', ['staff', 'number'])
    .addUniqueConstraint('saved_view_name', ['staff', 'name'])
    .addForeignKeyConstraint('saved_view_staff', ['staff'], 'staff', ['code'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
}

export async function historyIndexes(db: Db): Promise<void> {
  await db.schema.dropIndex('payment_time').execute();
  const wishes = ['state', 'pay_type', 'used_pay_type', 'counter', 'staff', 'amount'];
  const remarks = ['refunded', 'late', 'review'];
  await db.schema
    .createIndex('payment_time')
    .on('payment')
    .columns(['created_at', 'id', ...wishes, ...remarks])
    .execute();
  // What the gateway routed to another pay type than the till had asked for.
  await db.schema
    .createIndex('payment_routed')
    .on('payment')
    .columns(['used_pay_type', 'created_at', 'id'])
    .where(sql<boolean>`used_pay_type <> pay_type`)
    .execute();
  await db.schema
    .createIndex('payment_remarkable')
    .on('payment')
    .columns(['created_at', 'id'])
    .where(sql<boolean>`refunded > 0 or late = 1 or review is not null`)
    .execute();
}
