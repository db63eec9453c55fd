/**
 * Copies of the shop's database: taken while the server sells, believed only after every page,
 * every reference and the whole audit chain of the copy were read, and put back under the lock that
 * keeps a running server's file from being replaced.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import { fileStamp } from '@/lib/time';
import { verifyAudit } from './audit';
import { nodeSqlite, straightOn } from './dialect';
import { keepPrivate, takeLock } from './lock';
import { refuseNewer } from './migrate';
import { type SqliteDatabase, type SqliteEngine, sqliteEngine } from './open';
import { refusalOf, StoreRefused, sentence } from './refused';
import type { Tables } from './schema';
import { finishWriter, SQLITE, setUpReader } from './sqlite';

export type Copied = {
  readonly payments: number;
  readonly refunds: number;
  /** As they were written; null when the chain is broken, as it then is in the shop's own. */
  readonly auditRows: number | null;
  /** When anything was last written down, wall ms UTC; null in a shop where nothing happened. */
  readonly lastAt: number | null;
  readonly bytes: number;
};
export type Restored = Copied & {
  /** Where the database lies that was there before; null when there was none. */
  readonly aside: string | null;
};

/**
 * One consistent copy of `from`, beside whoever writes it. Nothing stands under `to` unless it is
 * whole; of a shop whose audit is broken there is a copy too, and it says so. Throws StoreRefused.
 */
export async function backUp(from: string, to: string): Promise<Copied> {
  if (!existsSync(from)) throw new StoreRefused('missing', sentence('missing', from));
  if (existsSync(to)) throw new StoreRefused('exists', sentence('exists', to));
  const engine = await sqliteEngine();
  const part = `${to}.part`;
  mkdirSync(dirname(resolve(to)), { recursive: true, mode: 0o700 });
  rmSync(part, { force: true });
  try {
    keepPrivate(part);
    reading(engine, realpathSync(from), (database) => {
      database.prepare('vacuum into ?').run(part);
    });
    const copied = await readCopy(part);
    settle(part, to);
    return copied;
  } catch (error) {
    rmSync(part, { force: true });
    throw refusalOf(error, from);
  }
}

/** Reads all of a copy. Throws StoreRefused when a page or a reference of it is broken. */
export async function readCopy(file: string): Promise<Copied> {
  if (!existsSync(file)) throw new StoreRefused('missing', sentence('missing', file));
  const engine = await sqliteEngine();
  try {
    const database = new engine.DatabaseSync(realpathSync(file), { readOnly: true });
    try {
      setUpReader(database);
      return { ...(await wholeOf(database, file)), bytes: statSync(file).size };
    } finally {
      database.close();
    }
  } catch (error) {
    if (/no such table/.test(String(error))) {
      throw new StoreRefused('missing', sentence('missing', file), { cause: error });
    }
    throw refusalOf(error, file);
  }
}

async function wholeOf(database: SqliteDatabase, file: string): Promise<Omit<Copied, 'bytes'>> {
  const damaged = (what: string) =>
    new StoreRefused('damaged', sentence('bad-copy', file, ` (${what})`));
  const words = new Kysely<Tables>({ dialect: nodeSqlite(database) });
  await refuseNewer(words, { words: SQLITE, file });
  const [checked] = database.prepare('pragma integrity_check(1)').all();
  const says = String(Object.values(checked ?? {})[0]);
  if (says !== 'ok') throw damaged(says);
  const [orphan] = database.prepare('pragma foreign_key_check').all();
  if (orphan !== undefined) throw damaged(`foreign key: ${JSON.stringify(orphan)}`);
  const audit = await verifyAudit({ words, run: straightOn(database) });
  const one = (sql: string): number | null => {
    const [row] = database.prepare(sql).all();
    const value: unknown = Object.values(row ?? {})[0];
    return typeof value === 'number' ? value : null;
  };
  return {
    payments: one('select count(*) from payment') ?? 0,
    refunds: one('select count(*) from refund') ?? 0,
    auditRows: audit.ok ? audit.rows : null,
    lastAt: one('select max(at) from audit'),
  };
}

/**
 * Puts a checked copy where the shop's database is; what was there is kept under another name.
 * Throws StoreRefused, and `locked` while a server has the file.
 */
export async function restore(copy: string, to: string, now: number): Promise<Restored> {
  const copied = await readCopy(copy);
  if (copied.auditRows === null) {
    throw new StoreRefused('damaged', sentence('bad-copy', copy, ' (its audit is broken)'));
  }
  const engine = await sqliteEngine();
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const target = existsSync(to) ? realpathSync(to) : to;
  if (existsSync(target) && realpathSync(copy) === target) {
    throw new StoreRefused('exists', sentence('same-file', target));
  }
  const part = `${target}.part`;
  try {
    const unlock = takeLock(engine, target);
    try {
      rmSync(part, { force: true });
      keepPrivate(part);
      copyFileSync(copy, part);
      const aside = existsSync(target) ? setAside(engine, target, now) : null;
      settle(part, target);
      return { ...copied, aside };
    } finally {
      unlock();
    }
  } catch (error) {
    throw refusalOf(error, target);
  }
}

/** With everything that was committed, where it can still be read. */
function setAside(engine: SqliteEngine, target: string, now: number): string {
  const aside = `${target}.before-${fileStamp(now)}`;
  try {
    const database = new engine.DatabaseSync(target);
    finishWriter(database);
    database.close();
  } catch {
    // It is damaged: it is kept as it is, its log beside it.
  }
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(target + end)) renameSync(target + end, aside + end);
  }
  return aside;
}

function reading(engine: SqliteEngine, file: string, work: (it: SqliteDatabase) => void): void {
  const database = new engine.DatabaseSync(file, { readOnly: true });
  try {
    setUpReader(database);
    work(database);
  } finally {
    database.close();
  }
}

/** On the disk before it has its name, so that a power cut leaves all of it or nothing. */
function settle(part: string, name: string): void {
  const file = openSync(part, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, name);
  const folder = openSync(dirname(resolve(name)), 'r');
  try {
    fsyncSync(folder);
  } catch {
    // Some systems do not sync folders; the file itself is safe.
  }
  closeSync(folder);
}
