/**
 * Ways into a shop's database past everything that the room does. Test files that run on PostgreSQL
 * too find tests/support/postgres/database.ts in its place.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Kysely } from 'kysely';
import { onTestFinished, test } from 'vitest';
import { nodeSqlite } from '@/server/store/dialect';
import { type SqliteDatabase, sqliteEngine } from '@/server/store/open';
import { type Session, sessionOn } from '@/server/store/prepared';
import type { Tables } from '@/server/store/schema';

/** What is said of SQLite alone. */
export const onSqlite: typeof test = test;

export async function aBackDoor(file: string): Promise<SqliteDatabase> {
  const { DatabaseSync } = await sqliteEngine();
  const database = new DatabaseSync(file);
  let open = true;
  const close = () => {
    if (open) database.close();
    open = false;
  };
  onTestFinished(close);
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare(sql),
    close,
  };
}

/** Reads what is committed, on a connection of its own. */
export async function aReadingSession(file: string): Promise<Session> {
  const words = new Kysely<Tables>({ dialect: nodeSqlite(await aBackDoor(file)) });
  return sessionOn(words, words);
}

/** Whatever somebody finds who copies the database. */
export async function everythingKept(file: string): Promise<string> {
  const log = `${file}-wal`;
  return readFileSync(file, 'latin1') + (existsSync(log) ? readFileSync(log, 'latin1') : '');
}
