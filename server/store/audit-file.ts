/**
 * The audit of a shop's database, read beside the server that writes it: the file is opened for
 * reading alone, so it needs no lock and changes nothing, whoever else has it.
 */
import { existsSync, realpathSync } from 'node:fs';
import { Kysely } from 'kysely';
import { type AuditVerdict, rowAt, verifyAudit } from './audit';
import { nodeSqlite, straightOn } from './dialect';
import { type SqliteDatabase, sqliteEngine } from './open';
import { refusalOf, StoreRefused, sentence } from './refused';
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
    const session = { words, run: straightOn(database) };
    const verdict = await verifyAudit(session);
    if (verdict.ok) return verdict;
    return { ...verdict, row: await rowAt(session, verdict.brokenAt) };
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
