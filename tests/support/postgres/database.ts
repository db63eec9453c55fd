/** Stands in for `@/tests/support/database`: other ways into a shop's database. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { SqliteDatabase } from '../../../server/store/open';
import { openPool, sessionOver } from '../../../server/store/postgres-connection';
import { guardsInPostgres } from '../../../server/store/postgres-guards';
import type { Session } from '../../../server/store/prepared';
import { databaseOf, urlOf } from './databases';

const nothing = (): void => {};
/** What is said of SQLite alone is no sentence here. */
export const onSqlite = Object.assign(nothing, { each: () => nothing });

/** Answers at once, as the other one does, by a program of its own for each sentence. */
export async function aBackDoor(file: string): Promise<SqliteDatabase> {
  const url = urlOf(await databaseOf(file));
  const psql = join(inject('postgres').programs, 'psql');
  const run = (sql: string): string => {
    const words = [
      '-X',
      '-q',
      '-A',
      '-t',
      '-v',
      'ON_ERROR_STOP=1',
      '-d',
      url,
      '-c',
      inOurWords(sql),
    ];
    try {
      return execFileSync(psql, words, { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      throw new Error(String(Object(error).stderr), { cause: error });
    }
  };
  return {
    exec: (sql) => void run(sql),
    prepare: (sql) => ({
      all: () => JSON.parse(run(`select coalesce(json_agg(it), '[]') from (${sql}) it`)),
      run: () => ({
        changes: Number(run(`with it as (${sql} returning 1) select count(*) from it`)),
      }),
    }),
    close: () => {},
  };
}

/** Whatever somebody finds who copies the database. */
export async function everythingKept(file: string): Promise<string> {
  const url = urlOf(await databaseOf(file));
  const program = join(inject('postgres').programs, 'pg_dump');
  return execFileSync(program, ['--data-only', '-d', url], { encoding: 'utf8', stdio: 'pipe' });
}

/** The few sentences that the tests say in SQLite's own words. */
function inOurWords(sql: string): string {
  if (sql.startsWith('create trigger')) return guardsInPostgres({ it: [sql] }).it.join('; ');
  return sql
    .replace(/^pragma .*/, 'select 1')
    .replaceAll(
      /pragma_table_info\('(\w+)'\)/g,
      `(select column_name as name from information_schema.columns
        where table_name = '$1' order by ordinal_position) as it`,
    )
    .replaceAll(
      /drop trigger (?:if exists )?(\w+)/g,
      `do $$$$ begin execute coalesce((select format('drop trigger %I on %s', tgname,
        tgrelid::regclass) from pg_trigger where tgname = '$1'), 'select 1'); end $$$$`,
    );
}

/** Reads what is committed, on a line of its own. */
export async function aReadingSession(file: string): Promise<Session> {
  const pool = openPool(urlOf(await databaseOf(file)), 'read');
  onTestFinished(() => pool.end());
  return sessionOver(pool);
}
