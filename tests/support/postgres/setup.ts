/** One PostgreSQL for a whole run, and in it an empty shop of which every test takes a copy. */

import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../../server/store/index';
import { postgresBinaries } from './binaries';
import { type PostgresServer, startPostgres } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: { readonly folder: string; readonly programs: string };
  }
}

export const TEMPLATE = 'empty_shop';

let server: PostgresServer | null = null;

export const teardown = async (): Promise<void> => server?.stop();

export async function setup(project: TestProject): Promise<void> {
  const binaries = postgresBinaries();
  if ('missing' in binaries) throw new Error(binaries.missing);
  server = await startPostgres(binaries.folder);
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  await migratePostgres({ url: server.url(TEMPLATE), name: TEMPLATE });
  project.provide('postgres', { folder: server.folder, programs: server.programs });
}
