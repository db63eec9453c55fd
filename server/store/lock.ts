/**
 * One server per database file. The lock is a file lock of the kernel, taken by an exclusive
 * transaction on a second, empty SQLite database: it goes when its holder dies, and only then.
 */
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import type { SqliteDatabase, SqliteEngine } from './open';
import { StoreRefused, sentence } from './refused';

/** File locks belong to a process, so inside one process a list has to keep the second out. */
const HELD: unique symbol = Symbol.for('countertop.store.held');

function held(): Map<string, SqliteDatabase> {
  const world: typeof globalThis & { [HELD]?: Map<string, SqliteDatabase> } = globalThis;
  world[HELD] ??= new Map();
  return world[HELD];
}

/** Throws `StoreRefused` `locked` when somebody has it. `file` is an absolute, real path. */
export function takeLock(engine: SqliteEngine, file: string): () => void {
  const path = `${file}.lock`;
  const locks = held();
  if (locks.has(path)) throw new StoreRefused('locked', sentence('locked', file));
  keepPrivate(path);
  const lock = new engine.DatabaseSync(path);
  try {
    lock.exec('pragma busy_timeout = 0');
    // Nothing is ever written, so no journal of it needs to survive.
    lock.exec('pragma journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw error;
  }
  locks.set(path, lock);
  return () => {
    if (locks.get(path) !== lock) return;
    locks.delete(path);
    lock.close();
  };
}

/**
 * Makes the file readable by its owner alone before anything is written to it; false where the
 * file system does not let us. It is never opened here once it exists: closing it would drop the
 * kernel's locks of the whole process. And no permission is added that somebody took away.
 */
export function keepPrivate(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const mode = statSync(path).mode & 0o777;
  try {
    if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EPERM') return false;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
