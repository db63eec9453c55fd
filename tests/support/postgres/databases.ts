/** A database for each shop of a test file, emptied and used again when its shop is gone. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { urlIn } from './server';
import { TEMPLATE } from './setup';

const { folder } = inject('postgres');
export const EMPTIED = `
  set session_replication_role = replica;
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public'
      and tablename not like 'schema_migration%' and tablename <> 'tally' loop
      execute format('delete from %I', name);
    end loop;
  end $$;
  update tally set value = 0;
  set session_replication_role = origin`;

export const urlOf = (database: string): string => urlIn(folder, database);

/** By the file that the same shop would have on SQLite. */
const databases = new Map<string, string>();
let made = 0;

/** The rows of the last sentence. */
export async function asked<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

export async function databaseOf(file: string): Promise<string> {
  const known = databases.get(file);
  if (known !== undefined) return known;
  const name = (await left()) ?? (await fresh());
  databases.set(file, name);
  return name;
}

/** Of a shop whose folder was thrown away. */
async function left(): Promise<string | null> {
  for (const [file, name] of databases) {
    if (existsSync(dirname(file))) continue;
    databases.delete(file);
    await cutOff(name);
    await asked(urlOf(name), EMPTIED);
    return name;
  }
  return null;
}

export async function fresh(template = TEMPLATE): Promise<string> {
  made += 1;
  const name = `shop_${process.pid}_${made}_${Date.now().toString(36)}`;
  await asked(urlOf('postgres'), `create database ${name} template ${template}`);
  return name;
}

/** As if every server of this shop had been killed at this moment. */
export const cutOff = (database: string): Promise<unknown> =>
  asked(
    urlOf('postgres'),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
  );

afterAll(async () => {
  for (const name of databases.values()) {
    await asked(urlOf('postgres'), `drop database if exists ${name} with (force)`);
  }
});
