/** Opens the shop's memory, wherever DATABASE_URL says that it is, and what hangs on the choice. */
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Environment } from './env';
import type { Clock } from './payments/ports';
import { secretBeside } from './staff/secret';
import { type OpenedStore, openPostgres, openStore } from './store';

export function openMemory(
  { database }: Pick<Environment, 'database'>,
  log: (says: string) => void,
): Promise<OpenedStore> {
  if (database.kind === 'sqlite') return openStore({ file: database.file, log });
  return openPostgres({ url: database.url, name: database.name, log });
}

/** Beside the file, made at first start; of several servers nobody can guess, so they are told. */
export function secretOf({ authSecret, database }: Environment): string {
  if (authSecret !== null) return authSecret;
  if (database.kind === 'sqlite') return secretBeside(dirname(database.file));
  throw new Error('AUTH_SECRET is not set');
}

/**
 * By which name this server takes the watch. One server has a file, so a new process is always the
 * same server started anew; a database has as many as there are machines and ports.
 */
export const serverName = ({ database, port }: Environment): string =>
  database.kind === 'sqlite' ? 'the-only-one' : `${hostname()}:${port}`;

/**
 * Steady time starts at the shop's time and then only runs: no jump of the clock reaches it. The
 * shop's time is this machine's, and where there are several machines their database's.
 */
export function shopClock({ others }: Pick<OpenedStore, 'others'>): Clock {
  const wall = () => Date.now() + (others?.clockLead() ?? 0);
  const startedAt = wall() - performance.now();
  return {
    wall,
    steady: () => Math.round(startedAt + performance.now()),
    sleep: (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms).unref();
      }),
  };
}
