/**
 * The memory of the shop. A transaction is kept whole or not at all, and what was answered to
 * anybody survives a power cut; one server at a time has the file. It remembers and never decides.
 */
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Kysely } from 'kysely';
import type { Comparisons, Store } from '@/server/payments/ports';
import type { HealthStore, TakingStore, UsualStore } from '@/server/reports/ports';
import type { RightsRecords } from '@/server/staff/ports';
import { createActs, noteAct } from './act';
import { type AuditVerdict, verifyAudit } from './audit';
import { createComparisons } from './comparison';
import { createDevices } from './device';
import { nodeSqlite, sqliteWords, straightOn } from './dialect';
import { createDifferences } from './difference';
import { createDisplays } from './display';
import { createHistory } from './history';
import { keepPrivate, takeLock } from './lock';
import { createMatters } from './matters';
import { createMeta, createSettings } from './meta';
import { bringUpToDate } from './migrate';
import { createNotes } from './note';
import { type SqliteDatabase, sqliteEngine } from './open';
import { createOutlets, createStaffOutlets } from './outlet';
import { createPeople } from './people';
import { type Session, sessionOn, type Transact } from './prepared';
import { createReceiptPrints } from './receipt-print';
import { readsOn, recordsOn } from './records';
import { refusalOf, StoreRefused, sentence } from './refused';
import { createReports } from './report';
import { createSavedViews } from './saved-view';
import type { Tables } from './schema';
import { createShifts } from './shift';
import { finishWriter, SQLITE, setUpReader, setUpWriter } from './sqlite';
import { createStaff } from './staff';

export type OpenedStore = {
  readonly store: Store;
  readonly reads: ReturnType<typeof createHistory>;
  readonly matters: ReturnType<typeof createMatters>;
  readonly meta: ReturnType<typeof createMeta>;
  readonly settings: ReturnType<typeof createSettings>;
  readonly shifts: ReturnType<typeof createShifts>;
  readonly reports: TakingStore & HealthStore & UsualStore;
  readonly staff: ReturnType<typeof staffOn> & {
    /** What changes rights, its audit rows included: all or nothing. */
    change<T>(work: (rights: RightsRecords) => Promise<T>): Promise<T>;
  };
  readonly notes: ReturnType<typeof createNotes>;
  readonly savedViews: ReturnType<typeof createSavedViews>;
  readonly receiptPrints: ReturnType<typeof createReceiptPrints>;
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
  /** Wall ms UTC; the machine's own clock where nobody hands over another. */
  readonly now?: () => number;
};

/** Throws `StoreRefused` when the file cannot be used; then it is left as it was found. */
export async function openStore({ file, log, now = Date.now }: OpenSetting): Promise<OpenedStore> {
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
    const writer = new Kysely<Tables>({ dialect: nodeSqlite(writing) });
    await bringUpToDate(writer, { words: SQLITE, file, log });
    const reading = open(path, true);
    setUpReader(reading);
    const sessions = {
      reader: { words: sqliteWords, run: straightOn(reading) },
      writer: sessionOn(sqliteWords, writer),
      inTransaction: { words: sqliteWords, run: straightOn(writing) },
    };
    return { ...repositories(writer, sessions, now), integrity: () => integrityOf(reading), close };
  } catch (error) {
    close();
    throw refusalOf(error, file);
  }
}

function repositories(
  writing: Kysely<Tables>,
  { reader, writer, inTransaction }: Record<'reader' | 'writer' | 'inTransaction', Session>,
  now: () => number,
): Omit<OpenedStore, 'integrity' | 'close'> {
  const records = recordsOn(inTransaction, now);
  const within: Transact = (work) => writing.transaction().execute(() => work(inTransaction));
  const rights = rightsOn(inTransaction);
  return {
    store: {
      read: readsOn(reader),
      // While one transaction runs the writing connection is its own, and nobody else's.
      transaction: (work) => within(() => work(records)),
    },
    reads: createHistory(reader),
    matters: createMatters(reader),
    meta: createMeta(reader, writer),
    settings: createSettings(reader, writer),
    shifts: createShifts(reader, within),
    reports: createReports(reader),
    staff: {
      ...staffOn(reader, writer),
      change: (work) => within(() => work(rights)),
    },
    notes: createNotes(reader, within),
    savedViews: createSavedViews(reader, within),
    receiptPrints: createReceiptPrints(reader, within),
    outlets: createOutlets(reader, within),
    staffOutlets: createStaffOutlets(reader, within),
    comparisons: createComparisons(reader, within),
    differences: createDifferences(reader, within),
    verifyAudit: () => verifyAudit(reader),
  };
}

const staffOn = (reader: Session, writer: Session) => ({
  ...createStaff(reader, writer),
  ...createPeople(reader, writer),
  ...createDevices(reader, writer),
  ...createDisplays(reader, writer),
  ...createActs(reader),
});

function rightsOn(session: Session): RightsRecords {
  const { get, put } = createSettings(session, session);
  return {
    ...staffOn(session, session),
    setting: get,
    putSetting: put,
    note: (act) => noteAct(session, act),
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
