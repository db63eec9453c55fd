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
import { createGauges } from './gauges';
import { createHistory } from './history';
import { keepPrivate, takeLock } from './lock';
import { createMatters } from './matters';
import { createMeta, createSettings } from './meta';
import { bringUpToDate } from './migrate';
import { createNotes } from './note';
import { type SqliteDatabase, sqliteEngine } from './open';
import { createOutlets, createStaffOutlets } from './outlet';
import { createPeople } from './people';
import type { createNews } from './postgres-news';
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
  readonly gauges: ReturnType<typeof createGauges>;
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
  /** What other servers of the shop do; null where there can be none. */
  readonly others: Others | null;
  /** At once and for good; an unfinished transaction leaves nothing behind. */
  close(): void;
};

type Others = Pick<ReturnType<typeof createNews>, 'listen' | 'refresh'> & {
  /** How far the clock that all servers go by is ahead of this machine's, ms. */
  readonly clockLead: () => number;
};

export type OpenedFile = OpenedStore & {
  /** `ok`, or the first thing that is wrong. Reads the whole file and blocks meanwhile. */
  integrity(): 'ok' | string;
};

export type OpenSetting = {
  readonly file: string;
  readonly log?: ((says: string) => void) | undefined;
  /** Wall ms UTC; the machine's own clock where nobody hands over another. */
  readonly now?: () => number;
};

/** Throws `StoreRefused` when the file cannot be used; then it is left as it was found. */
export async function openStore({ file, log, now = Date.now }: OpenSetting): Promise<OpenedFile> {
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
    // While one transaction runs the writing connection is its own, and nobody else's.
    const inTransaction = { words: sqliteWords, run: straightOn(writing) };
    const sessions = {
      reader: { words: sqliteWords, run: straightOn(reading) },
      writer: sessionOn(sqliteWords, writer),
      within: (work) => writer.transaction().execute(() => work(inTransaction)),
    } satisfies Sessions;
    const rooms = repositories(sessions, now);
    return { ...rooms, others: null, integrity: () => integrityOf(reading), close };
  } catch (error) {
    close();
    throw refusalOf(error, file);
  }
}

export type Sessions = {
  readonly reader: Session;
  readonly writer: Session;
  /** One transaction of its own, while nobody else writes. */
  readonly within: Transact;
};

/** What a store consists of, whatever the database. */
export function repositories(
  { reader, writer, within }: Sessions,
  now: () => number,
): Omit<OpenedStore, 'others' | 'close'> {
  const records = onceFor((session) => recordsOn(session, now));
  const rights = onceFor(rightsOn);
  return {
    store: {
      read: readsOn(reader),
      transaction: (work) => within((session) => work(records(session))),
    },
    reads: createHistory(reader),
    matters: createMatters(reader),
    meta: createMeta(reader, writer),
    settings: createSettings(reader, writer),
    shifts: createShifts(reader, within),
    reports: createReports(reader),
    gauges: createGauges(reader),
    staff: {
      ...staffOn(reader, writer),
      change: (work) => within((session) => work(rights(session))),
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

/** Made when a session is first seen, and forgotten with it. */
function onceFor<T>(make: (session: Session) => T): (session: Session) => T {
  const made = new WeakMap<Session, T>();
  return (session) => {
    const known = made.get(session) ?? make(session);
    made.set(session, known);
    return known;
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
