/**
 * Connections to PostgreSQL: how many, how patient, and what comes over them. A whole number is a
 * safe number or a fault, a fault never repeats a row's values or the address with its password.
 */

import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { postgresWords } from './postgres';
import type { Session } from './prepared';
import { DatabaseFault, StoreRefused } from './refused';

/** With the one that writes and the one that listens: ten for each server. */
const MOST_READING = 8;
/** A sale waits no longer, neither for a connection nor for the pen (money.md F31). */
const PATIENCE_MS = 5_000;
/**
 * A server that stops in the middle of a transaction, or whose network is cut, lets go of the pen
 * before those who wait for it lose their patience.
 */
const LONGEST_PAUSE_MS = 4_000;
const LONGEST_WRITE_MS = 15_000;
/** A part of an export of a large shop on a busy machine. */
const LONGEST_READ_MS = 60_000;
const CONNECT_MS = 5_000;

type Use = 'write' | 'read' | 'listen' | 'migrate';

const SETTINGS: Readonly<Record<Use, Readonly<Record<string, string | number>>>> = {
  write: {
    // An answer to a tablet is a promise: the commit has to survive a power cut.
    synchronous_commit: 'on',
    lock_timeout: PATIENCE_MS,
    statement_timeout: LONGEST_WRITE_MS,
    idle_in_transaction_session_timeout: LONGEST_PAUSE_MS,
  },
  read: { default_transaction_read_only: 'on', statement_timeout: LONGEST_READ_MS },
  listen: {},
  // Who reads a table waits behind a change of it: the change gives way first, and tries again.
  migrate: { lock_timeout: 3_000, synchronous_commit: 'on' },
};

const settingsOf = (use: Use): string =>
  Object.entries({ timezone: 'UTC', ...SETTINGS[use] })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

const INT8 = 20;
/** Only sums are numeric here, and sums are of whole numbers. */
const NUMERIC = 1700;

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('a number in the database is not a safe one');
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC
      ? whole
      : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export function clientConfig(url: string, use: Use): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: `countertop ${use}`,
    options: settingsOf(use),
    types,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    // Beyond what the database itself allows: only a dead line is silent for so long.
    ...(use === 'migrate' ? {} : { query_timeout: LONGEST_READ_MS + PATIENCE_MS }),
  };
}

const SIZES: Readonly<Record<Use, number>> = {
  write: 1,
  read: MOST_READING,
  listen: 1,
  migrate: 1,
};

export function openPool(url: string, use: Use): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url, use),
    max: SIZES[use],
    idleTimeoutMillis: use === 'read' ? 60_000 : 0,
  });
  // A line that breaks while nobody speaks over it is replaced by the next who does.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

type Asked = { query(asked: { text: string; values: unknown[] }): Promise<pg.QueryResult> };

export const sessionOver = (connection: Asked): Session => ({
  words: postgresWords,
  run: async <O>({ sql, parameters }: CompiledQuery<O>) => {
    const asked = { text: sql, values: [...parameters] };
    const { rows } = await connection.query(asked).catch(rethrown);
    return rows as O[];
  },
});

export function rethrown(error: unknown): never {
  throw faultOf(error);
}

/** What went wrong, in the database's own sentence, without the detail that quotes the row. */
export function faultOf(error: unknown): unknown {
  const isSaid = error instanceof DatabaseFault || error instanceof StoreRefused;
  if (isSaid || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return new DatabaseFault(code, error.message);
}
