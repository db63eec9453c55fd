/** The seventh migration: the devices of the shop, what a session stands on, and people's acts. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function deviceTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('device')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', must)
    .addColumn('secret_hash', 'text', (it) => must(it).unique())
    .addColumn('paired_at', words.whole, must)
    .addColumn('paired_by', 'text', must)
    .addColumn('last_seen_at', words.whole, must)
    .addColumn('revoked_at', words.whole)
    .modifyEnd(words.endOfTable)
    .execute();
  await db.schema
    .createTable('pairing')
    .addColumn('code_hash', 'text', key)
    .addColumn('name', 'text', must)
    .addColumn('made_by', 'text', must)
    .addColumn('expires_at', words.whole, must)
    .modifyEnd(words.endOfKeyedTable)
    .execute();
}

export async function sessionColumns(db: Db, words: Words): Promise<void> {
  const session = () => db.schema.alterTable('staff_session');
  await session().addColumn('device', 'text').execute();
  // When somebody last touched the screen; what a screen asks by itself does not count.
  await session().addColumn('active_at', words.whole).execute();
  // Payments of the person before, which this one goes on with.
  await session().addColumn('carries', 'text').execute();
  // When the one sale of this PIN was begun, where each sale asks for one.
  await session().addColumn('spent_at', words.whole).execute();
  await db.schema
    .createIndex('staff_session_open')
    .on('staff_session')
    .column('expires_at')
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
}

export async function actIndexes(db: Db): Promise<void> {
  await db.schema
    .createIndex('audit_of_person')
    .on('audit')
    .columns(['actor', 'seq'])
    .where(sql.ref('kind'), '=', sql.lit('person'))
    .execute();
  // What belongs to no payment is about people, rights and settings: a few rows among many.
  await db.schema
    .createIndex('audit_of_rights')
    .on('audit')
    .column('seq')
    .where(sql.ref('payment_id'), 'is', null)
    .execute();
}
