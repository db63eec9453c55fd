/** The shop's records: whole, private, with room to grow, and copied not long ago. */
import { existsSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { type Database, ownFolder } from '@/server/env-database';
import { isDatabaseFault, readCopy, readPostgresAudit, StoreRefused } from '@/server/store';
import { told } from './copies';
import type { Finding } from './findings';

const MIB = 1024 * 1024;
/** A year of a busy shop; and what SQLite needs to commit at all. */
const ROOMY = 1024 * MIB;
const CRAMPED = 64 * MIB;
const DAY_MS = 86_400_000;
const OLD_MS = 2 * DAY_MS;

export async function lookAtDatabase(database: Database, now: number): Promise<Finding[]> {
  if (database.kind === 'postgresql') return [await shared(database)];
  const { file } = database;
  if (!existsSync(file)) {
    const says = `there is none at ${file} yet: npm start makes it`;
    return [{ what: 'database', is: 'doubtful', says }];
  }
  return [await records(file), ...privacy(file), room(ownFolder(database)), copies(file, now)];
}

/** Of a database that several servers share: its disk and its copies are its own keeper's. */
async function shared(database: Extract<Database, { kind: 'postgresql' }>): Promise<Finding> {
  try {
    const audit = await readPostgresAudit(database);
    const rows = audit.ok ? `${audit.rows.toLocaleString('en')} audit rows` : 'a broken audit';
    const says = `${database.name}: ${rows}; copies are made with pg_dump`;
    return { what: 'database', is: audit.ok ? 'good' : 'wrong', says };
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    const says = error instanceof Error ? error.message : String(error);
    const named = error instanceof StoreRefused ? says : `${database.name} fails: ${says}`;
    return { what: 'database', is: 'wrong', says: named };
  }
}

async function records(file: string): Promise<Finding> {
  try {
    const read = await readCopy(file);
    return read.auditRows === null
      ? { what: 'database', is: 'wrong', says: 'its audit is broken: npm run audit names the row' }
      : { what: 'database', is: 'good', says: `${file}: ${told(read)}` };
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    return { what: 'database', is: 'wrong', says: error.message };
  }
}

function privacy(file: string): Finding[] {
  const open = (statSync(file).mode & 0o077) !== 0;
  const says = `others on this machine may read ${file}: chmod 600 it and its folder`;
  return open ? [{ what: 'database', is: 'doubtful', says }] : [];
}

function room(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const says = `${Math.floor(free / MIB).toLocaleString('en')} MiB are free where the records are`;
  if (free < CRAMPED) return { what: 'disk', is: 'wrong', says: `${says}: make room now` };
  return free < ROOMY
    ? { what: 'disk', is: 'doubtful', says: `${says}: make room` }
    : { what: 'disk', is: 'good', says };
}

const noteOf = (file: string): string => `${file}.last-backup`;

/** Leaves a note beside the database, for the doctor. */
export function noteBackup(file: string, to: string, now: number): void {
  writeFileSync(noteOf(file), `${new Date(now).toISOString()} ${to}\n`, { mode: 0o600 });
}

function copies(file: string, now: number): Finding {
  const advice = 'npm run backup -- FILE, every night, onto another disk';
  if (!existsSync(noteOf(file))) {
    return { what: 'copies', is: 'doubtful', says: `none was ever taken: ${advice}` };
  }
  const [at = '', ...rest] = readFileSync(noteOf(file), 'utf8').trim().split(' ');
  const to = rest.join(' ');
  const days = Math.floor((now - Date.parse(at)) / DAY_MS);
  if (!(now - Date.parse(at) < OLD_MS)) {
    return { what: 'copies', is: 'doubtful', says: `the last is ${days} days old: ${advice}` };
  }
  return { what: 'copies', is: 'good', says: `the last is ${to}, of ${at}` };
}
