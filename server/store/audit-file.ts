/**
 * The audit of a shop's database, read beside the server that writes it: the file is opened for
 * reading alone, so it needs no lock and changes nothing, whoever else has it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { Kysely } from 'kysely';
import { type AuditVerdict, rowAt, verifyAudit } from './audit';
import { nodeSqlite, straightOn } from './dialect';
import { type SqliteDatabase, sqliteEngine } from './open';
import { openPool, sessionOver } from './postgres-connection';
import type { Session } from './prepared';
import { DatabaseFault, refusalOf, StoreRefused, sentence } from './refused';
import type { Tables } from './schema';
import { setUpReader } from './sqlite';

export type AuditReading =
  | Extract<AuditVerdict, { ok: true }>
  | {
      readonly ok: false;
      readonly brokenAt: number;
      /** What stands there now; null when the row is gone. */
      readonly row: { readonly at: number; readonly kind: string } | null;
    };

/** Throws `StoreRefused` when there is no such file or it is no database of a shop. */
export async function readAudit(file: string): Promise<AuditReading> {
  if (!existsSync(file)) throw new StoreRefused('missing', sentence('missing', file));
  const engine = await sqliteEngine();
  let database: SqliteDatabase | null = null;
  try {
    database = new engine.DatabaseSync(realpathSync(file), { readOnly: true });
    setUpReader(database);
    const words = new Kysely<Tables>({ dialect: nodeSqlite(database) });
    return await readingOf({ words, run: straightOn(database) });
  } catch (error) {
    // A database, but nobody's shop.
    if (/no such table/.test(String(error))) {
      throw new StoreRefused('missing', sentence('missing', file), { cause: error });
    }
    throw refusalOf(error, file);
  } finally {
    database?.close();
  }
}

/** The same of a database that several servers share. */
export async function readPostgresAudit(database: {
  readonly url: string;
  /** What sentences call it. */
  readonly name: string;
}): Promise<AuditReading> {
  const { url, name } = database;
  const pool = openPool(url, 'read');
  try {
    return await readingOf(sessionOver(pool));
  } catch (error) {
    if (error instanceof DatabaseFault && error.code === NO_SUCH_TABLE) {
      throw new StoreRefused('missing', sentence('missing', name), { cause: error });
    }
    throw refusalOf(error, name);
  } finally {
    await pool.end();
  }
}

const NO_SUCH_TABLE = '42P01';

async function readingOf(session: Session): Promise<AuditReading> {
  const verdict = await verifyAudit(session);
  if (verdict.ok) return verdict;
  return { ...verdict, row: await rowAt(session, verdict.brokenAt) };
}
