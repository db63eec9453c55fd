/** The sixth migration: several outlets of one shop, and what comparisons with QFPay found. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function outletTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('outlet')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', must)
    // Empty where none was assigned: there is one such outlet at most.
    .addColumn('mchid', 'text', (it) => must(it).unique())
    .addColumn('active', words.whole, (it) => must(it).check(sql`active in (0, 1)`))
    .addColumn('created_at', words.whole, must)
    .modifyEnd(words.endOfTable)
    .execute();
  await db.schema
    .createTable('counter_outlet')
    .addColumn('counter', 'text', key)
    .addColumn('outlet_id', 'text', must)
    .addForeignKeyConstraint('counter_outlet_outlet', ['outlet_id'], 'outlet', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  await db.schema
    .createTable('staff_outlet')
    .addColumn('staff_code', 'text', must)
    .addColumn('outlet_id', 'text', must)
    .addPrimaryKeyConstraint('staff_outlet_once', ['staff_code', 'outlet_id'])
    .addForeignKeyConstraint('staff_outlet_outlet', ['outlet_id'], 'outlet', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  // A shop to which no mchid was assigned pays nothing for it.
  await db.schema
    .createIndex('payment_outlet')
    .on('payment')
    .columns(['outlet', 'created_at', 'id'])
    .where(sql.ref('outlet'), 'is not', null)
    .execute();
}

export async function comparisonTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('comparison')
    .addColumn('id', 'text', key)
    .addColumn('outlet', 'text', must)
    .addColumn('day', 'text', must)
    .addColumn('server', 'text', must)
    .addColumn('state', 'text', (it) =>
      must(it).check(sql`state in ('running', 'done', 'stopped', 'failed')`),
    )
    .addColumn('started_at', words.whole, must)
    .addColumn('started_by', 'text', must)
    .addColumn('ended_at', words.whole)
    .addColumn('pages', words.whole, must)
    .addColumn('rows', words.whole, must)
    .addColumn('ours', 'text')
    .addColumn('theirs', 'text')
    .addColumn('found', words.whole, must)
    .addColumn('explained', words.whole, must)
    .modifyEnd(words.endOfTable)
    .execute();
  await db.schema
    .createIndex('comparison_of_day')
    .on('comparison')
    .columns(['outlet', 'day', 'started_at'])
    .execute();
}

export async function differenceTable(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('difference')
    .addColumn('id', 'text', key)
    .addColumn('outlet', 'text', must)
    .addColumn('day', 'text', must)
    .addColumn('number', 'text', must)
    .addColumn('kind', 'text', must)
    .addColumn('explained', 'text')
    .addColumn('payment_id', 'text')
    .addColumn('ours', 'text')
    .addColumn('theirs', 'text')
    .addColumn('found_at', words.whole, must)
    .addColumn('comparison_id', 'text', must)
    .addColumn('settled_at', words.whole)
    .addColumn('settled_by', 'text')
    .addColumn('reason', 'text')
    .addCheckConstraint(
      'difference_settled',
      sql`(settled_at is null) = (settled_by is null)
        and (settled_at is null) = (reason is null)`,
    )
    .modifyEnd(words.endOfTable)
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('difference');
  await index('difference_once')
    .unique()
    .columns(['outlet', 'day', 'number', 'kind'])
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
  await index('difference_of_day').columns(['outlet', 'day', 'found_at', 'id']).execute();
  await index('difference_of_number').columns(['outlet', 'day', 'number']).execute();
  await index('difference_open')
    .columns(['found_at', 'id'])
    .where(sql.ref('settled_at'), 'is', null)
    .where(sql.ref('explained'), 'is', null)
    .execute();
}
