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
  const done = await doneMigrations(db);
  const newer = done.find((name) => !(name in known));
  if (newer !== undefined) {
    const says = sentence('newer-schema', setting.file, ` (${newer})`);
    throw new StoreRefused('newer-schema', says);
  }
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

async function doneMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === TABLE)) return [];
  const found = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db);
  return found.rows.map((row) => row.name);
}
