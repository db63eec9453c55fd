/** The ninth migration: the customers' screens. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function displayTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('display')
    .addColumn('id', 'text', key)
    .addColumn('counter', 'text', must)
    .addColumn('secret_hash', 'text', (it) => must(it).unique())
    .addColumn('paired_at', words.whole, must)
    .addColumn('paired_by', 'text', must)
    .addColumn('last_seen_at', words.whole, must)
    .addColumn('revoked_at', words.whole)
    .modifyEnd(words.endOfTable)
    .execute();
  await db.schema
    .createTable('display_code')
    .addColumn('code_hash', 'text', key)
    .addColumn('secret_hash', 'text', (it) => must(it).unique())
    .addColumn('expires_at', words.whole, must)
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  // The list of screens walks those that still belong to the shop.
  await db.schema
    .createIndex('display_in_use')
    .on('display')
    .columns(['counter', 'id'])
    .where(sql.ref('revoked_at'), 'is', null)
    .execute();
}
