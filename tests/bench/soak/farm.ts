/**
 * The servers of one shop as built programs, one on SQLite or several on a PostgreSQL, before one
 * gateway. Each server of a PostgreSQL signs in there under its own name, so that the database can
 * tell whose hand wrote a row.
 */
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { postgresBinaries } from '../../support/postgres/binaries';
import { type PostgresServer, startPostgres } from '../../support/postgres/server';
import { type Stack, startStack } from '../../support/stack';
import { askable, type Memory, memoryOf } from '../../support/vitals';
import { folderOnDisk } from '../scratch';

export type Engine = 'sqlite' | 'postgres';
export type Server = {
  /** How the lease and the database call it. */
  readonly name: string;
  readonly user: string;
  readonly stack: Stack;
  /** After a full collection. */
  readonly memory: () => Promise<Memory>;
};
export type Farm = {
  readonly engine: Engine;
  readonly servers: readonly Server[];
  readonly control: Stack['control'];
  /** Asks the database itself; throws on SQLite. */
  readonly ask: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
};

export async function openFarm(engine: Engine, count: number): Promise<Farm> {
  const folder = folderOnDisk('soak');
  const postgres = engine === 'postgres' ? await openPostgres(count) : null;
  const servers: Server[] = [];
  const stop = async () => {
    for (const { stack } of [...servers].reverse()) await stack.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (let n = 0; n < (postgres === null ? 1 : count); n += 1) {
      const file = path.join(folder, `memory-${n}.json`);
      const user = userOf(n);
      const place = postgres === null ? {} : { DATABASE_URL: as(user, postgres.url('shop')) };
      const env = { AUTH_SECRET: 'the same on every server', ...askable(file), ...place };
      const simulator = servers[0]?.stack.simulator;
      const beside = simulator === undefined ? {} : { simulator };
      const stack = await startStack({ env, ...beside });
      const name = `${hostname()}:${new URL(stack.till).port}`;
      servers.push({ name, user, stack, memory: () => memoryOf(stack.app(), file) });
    }
    const [first] = servers;
    if (first === undefined) throw new RangeError('a shop needs a server');
    return { engine, servers, control: first.stack.control, ask: askerOf(postgres), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const userOf = (n: number): string => `server_${n + 1}`;
const as = (user: string, url: string): string => url.replace('user=postgres', `user=${user}`);

async function openPostgres(servers: number): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  if ('missing' in binaries) throw new RangeError(binaries.missing);
  const postgres = await startPostgres(binaries.folder, { durable: true });
  const admin = new pg.Client({ connectionString: postgres.url('postgres') });
  await admin.connect();
  await admin.query('create database shop');
  for (let n = 0; n < servers; n += 1)
    await admin.query(`create role ${userOf(n)} superuser login`);
  await admin.end();
  return postgres;
}

function askerOf(postgres: PostgresServer | null): Farm['ask'] {
  let open: Promise<pg.Client> | null = null;
  return async (sql) => {
    if (postgres === null) throw new RangeError('a file of SQLite has no other door');
    open ??= (async () => {
      const client = new pg.Client({ connectionString: postgres.url('shop') });
      client.on('error', () => {});
      await client.connect();
      return client;
    })();
    const { rows } = await (await open).query(sql);
    return rows as Record<string, unknown>[];
  };
}
