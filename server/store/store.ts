/**
 * The memory of the shop. A transaction is kept whole or not at all, and what was answered to
 * anybody survives a power cut; one server at a time has the file. It remembers and never decides.
 */
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { Comparisons, Store } from '@/server/payments/ports';
import { type AuditVerdict, verifyAudit } from './audit';
import { createComparisons } from './comparison';
import { nodeSqlite, straightOn } from './dialect';
import { createDifferences } from './difference';
import { createHistory } from './history';
import { keepPrivate, takeLock } from './lock';
import { createMeta, createSettings } from './meta';
import { bringUpToDate } from './migrate';
import { type SqliteDatabase, sqliteEngine } from './open';
import { createOutlets, createStaffOutlets } from './outlet';
import { type Session, sessionOn, type Transact } from './prepared';
import { readsOn, recordsOn } from './records';
import { refusalOf, StoreRefused, sentence } from './refused';
import type { Tables } from './schema';
import { finishWriter, SQLITE, setUpReader, setUpWriter } from './sqlite';
import { createStaff } from './staff';

export type OpenedStore = {
  readonly store: Store;
  readonly reads: ReturnType<typeof createHistory>;
  readonly meta: ReturnType<typeof createMeta>;
  readonly settings: ReturnType<typeof createSettings>;
  readonly staff: ReturnType<typeof createStaff>;
  readonly outlets: ReturnType<typeof createOutlets>;
  readonly staffOutlets: ReturnType<typeof createStaffOutlets>;
  readonly comparisons: Comparisons;
  readonly differences: ReturnType<typeof createDifferences>;
  /** Walks the whole audit chain. */
  verifyAudit(): Promise<AuditVerdict>;
  /** `ok`, or the first thing that is wrong. Reads the whole file and blocks meanwhile. */
  integrity(): 'ok' | string;
  /** At once and for good; an unfinished transaction leaves nothing behind. */
  close(): void;
};

export type OpenSetting = {
  readonly file: string;
  readonly log?: ((says: string) => void) | undefined;
};

/** Throws `StoreRefused` when the file cannot be used; then it is left as it was found. */
export async function openStore({ file, log }: OpenSetting): Promise<OpenedStore> {
  const engine = await sqliteEngine();
  const toClose: (() => void)[] = [];
  // The last opened is closed first: the writer has to be the last on the file to tidy it up.
  const close = () => {
    for (let end = toClose.pop(); end !== undefined; end = toClose.pop()) end();
  };
  const open = (path: string, readOnly: boolean): SqliteDatabase => {
    const database = new engine.DatabaseSync(path, { readOnly });
    toClose.push(() => database.close());
    return database;
  };
  try {
    const path = settled(file);
    toClose.push(takeLock(engine, path));
    if (!keepPrivate(path)) log?.(`others on this machine may be able to read ${file}`);
    const writing = open(path, false);
    toClose.push(() => finishWriter(writing));
    setUpWriter(writing);
    refuseDamage(writing, file);
    const words = new Kysely<Tables>({ dialect: nodeSqlite(writing) });
    await bringUpToDate(words, { words: SQLITE, file, log });
    const reading = open(path, true);
    setUpReader(reading);
    const sessions = {
      reader: { words, run: straightOn(reading) },
      writer: sessionOn(words, words),
      inTransaction: { words, run: straightOn(writing) },
    };
    return { ...repositories(words, sessions), integrity: () => integrityOf(reading), close };
  } catch (error) {
    close();
    throw refusalOf(error, file);
  }
}

function repositories(
  words: Kysely<Tables>,
  { reader, writer, inTransaction }: Record<'reader' | 'writer' | 'inTransaction', Session>,
): Omit<OpenedStore, 'integrity' | 'close'> {
  const records = recordsOn(inTransaction);
  const transact: Transact = (work) => words.transaction().execute(() => work(inTransaction));
  return {
    store: {
      read: readsOn(reader),
      // While one transaction runs the writing connection is its own, and nobody else's.
      transaction: (work) => words.transaction().execute(() => work(records)),
    },
    reads: createHistory(reader),
    meta: createMeta(reader, writer),
    settings: createSettings(reader, writer),
    staff: createStaff(reader, writer),
    outlets: createOutlets(reader, transact),
    staffOutlets: createStaffOutlets(reader, transact),
    comparisons: createComparisons(reader, transact),
    differences: createDifferences(reader, transact),
    verifyAudit: () => verifyAudit(reader),
  };
}

/** One name for one file, whatever links lead to it; its folder made, for its owner alone. */
function settled(file: string): string {
  const path = resolve(file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

function refuseDamage(database: SqliteDatabase, file: string): void {
  const [found] = database.prepare('pragma quick_check(1)').all();
  const says = onlyValue(found);
  if (says !== 'ok') throw new StoreRefused('damaged', sentence('damaged', file, ` (${says})`));
}

function integrityOf(database: SqliteDatabase): string {
  const [orphan] = database.prepare('pragma foreign_key_check').all();
  if (orphan !== undefined) return `foreign key: ${JSON.stringify(orphan)}`;
  return onlyValue(database.prepare('pragma integrity_check(1)').all()[0]);
}

const onlyValue = (row: unknown): string => String(Object.values(row ?? {})[0]);
