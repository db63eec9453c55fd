/**
 * A PostgreSQL of the tests' own: in memory where there is such a folder, over a socket that nobody
 * else sees, without the syncs that only a power cut would miss unless it is to be `durable`. It
 * ends with whoever started it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export type PostgresServer = {
  /** The address of one of its databases. */
  readonly url: (database: string) => string;
  /** Where `psql` is. */
  readonly programs: string;
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

const SETTINGS = `
listen_addresses = ''
max_connections = 300
shared_buffers = 64MB
`;
const WITHOUT_SYNCS = `
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
`;
const START_MS = 60_000;

type Person = { readonly uid: number; readonly gid: number };

/** It does not run as root, so there it becomes somebody who may do little. */
function somebodyElse(): Person | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string, name: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and there is nobody else on this machine');
}

export function urlIn(folder: string, database: string): string {
  return `postgres:///${database}?host=${encodeURIComponent(folder)}&user=postgres`;
}

/** A `durable` one lies on the disk and syncs as it would in a shop. */
export async function startPostgres(
  programs: string,
  { durable = false }: { readonly durable?: boolean } = {},
): Promise<PostgresServer> {
  const parent = !durable && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'countertop-pg-'));
  const person = somebodyElse();
  if (person !== null) chownSync(folder, person.uid, person.gid);
  const data = join(folder, 'data');
  // A language of people, so that nothing leans on the order in which this database sorts.
  const language = ['--locale-provider=icu', '--icu-locale=en-US'];
  const make = (more: readonly string[]) =>
    execFileSync(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N', ...more],
      { stdio: 'pipe', cwd: folder, ...person },
    );
  try {
    make(language);
  } catch {
    rmSync(data, { recursive: true, force: true });
    make([]);
  }
  const settings = `${SETTINGS}${durable ? '' : WITHOUT_SYNCS}`;
  appendFileSync(join(data, 'postgresql.conf'), `${settings}unix_socket_directories='${folder}'\n`);
  const log = join(folder, 'log');
  // The pipe to its standard input closes with us, however we end; then it is told to stop.
  const script = '"$0" "$@" >>log 2>&1 & pid=$!; cat >/dev/null; kill -INT "$pid"; wait "$pid"';
  const words = ['-c', script, join(programs, 'postgres'), '-D', data];
  const child = spawn('sh', words, {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...person,
  });
  await answering(folder, { child, log });
  return {
    url: (database) => urlIn(folder, database),
    programs,
    folder,
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Started = { readonly child: ChildProcess; readonly log: string };

async function answering(folder: string, { child, log }: Started): Promise<void> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: urlIn(folder, 'postgres') });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) {
        const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
        throw new Error(`PostgreSQL did not start: ${said}`, { cause: error });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
