import { type Kysely, Migrator, sql } from 'kysely';
import { migrations } from './migrations';
import { StoreRefused, sentence } from './refused';
import type { Tables } from './schema';
import type { Words } from './sqlite';

export const TABLE = 'schema_migration';

type Setting = {
  readonly words: Words;
  readonly file: string;
  readonly log?: ((says: string) => void) | undefined;
};

/** All missing migrations in one transaction. Refuses a database that knows more than we do. */
export async function bringUpToDate(db: Kysely<Tables>, setting: Setting): Promise<void> {
  const known = migrations(setting.words);
  const done = await refuseNewer(db, setting);
  if (done.length === Object.keys(known).length) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  for (const { migrationName } of results) setting.log?.(`database brought to ${migrationName}`);
}

/** Answers what was done. Throws StoreRefused when some of it is of a later version than this. */
export async function refuseNewer(
  db: Kysely<Tables>,
  { words, file }: Pick<Setting, 'words' | 'file'>,
): Promise<readonly string[]> {
  const known = migrations(words);
  const done = await doneMigrations(db);
  const newer = done.find((name) => !(name in known));
  if (newer === undefined) return done;
  throw new StoreRefused('newer-schema', sentence('newer-schema', file, ` (${newer})`));
}

async function doneMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === TABLE)) return [];
  const found = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db);
  return found.rows.map((row) => row.name);
}
