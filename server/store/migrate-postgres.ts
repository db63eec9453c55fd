/**
 * The schema of a PostgreSQL database, brought up to date while servers run. A migration only adds,
 * so servers that do not know it yet go on beside it; one that takes something away names itself in
 * `meta` under `SCHEMA_FLOOR`, and older servers do not start any more.
 */
import { Kysely, Migrator, sql } from 'kysely';
import { TABLE } from './migrate';
import { migrations } from './migrations';
import { POSTGRES, ShopPostgresDialect } from './postgres';
import { faultOf, openPool } from './postgres-connection';
import { DatabaseFault, StoreRefused, sentence } from './refused';

export const SCHEMA_FLOOR = 'schema-floor';

export type MigrateSetting = {
  readonly url: string;
  /** What the database is called in sentences; without a password. */
  readonly name: string;
  readonly log?: ((says: string) => void) | undefined;
};

/** Others read a table that has to change: they are let through, and the migration comes again. */
const MOST_TRIES = 6;
const LOCK_NOT_AVAILABLE = '55P03';
const WAIT_MS = 1_000;

/** The names of the migrations that were missing. Throws `StoreRefused`, or a `DatabaseFault`. */
export async function migratePostgres(setting: MigrateSetting): Promise<string[]> {
  const pool = openPool(setting.url, 'migrate');
  const db = new Kysely<unknown>({ dialect: new ShopPostgresDialect({ pool }) });
  try {
    await refuseUnsuitable(db, setting.name);
    for (let tries = 1; ; tries += 1) {
      try {
        return await bringForward(db, setting);
      } catch (error) {
        const fault = faultOf(error);
        const isBusy = fault instanceof DatabaseFault && fault.code === LOCK_NOT_AVAILABLE;
        if (!isBusy || tries >= MOST_TRIES) throw fault;
      }
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  } finally {
    await pool.end();
  }
}

async function bringForward(db: Kysely<unknown>, setting: MigrateSetting): Promise<string[]> {
  const known = migrations(POSTGRES);
  const names = Object.keys(known);
  const done = await doneMigrations(db);
  const newer = done.filter((name) => !names.includes(name));
  if (newer.length > 0) await refuseWhatWeWouldSpoil(db, { names, newer, setting });
  if (names.every((name) => done.includes(name))) return [];
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  const made = results.map(({ migrationName }) => migrationName);
  for (const name of made) setting.log?.(`database brought to ${name}`);
  return made;
}

type Newer = {
  readonly names: readonly string[];
  readonly newer: readonly string[];
  readonly setting: MigrateSetting;
};

async function refuseWhatWeWouldSpoil(
  db: Kysely<unknown>,
  { names, newer, setting }: Newer,
): Promise<void> {
  const found = await sql<{ value: string }>`
    select value from meta where key = ${SCHEMA_FLOOR}`.execute(db);
  const floor = found.rows[0]?.value;
  if (floor === undefined || names.includes(floor)) return;
  const says = sentence('newer-schema', setting.name, ` (${newer[0]})`);
  throw new StoreRefused('newer-schema', says);
}

async function doneMigrations(db: Kysely<unknown>): Promise<string[]> {
  const found = await sql<{ known: string | null }>`
    select to_regclass(${TABLE})::text as known`.execute(db);
  if (found.rows[0]?.known == null) return [];
  const done = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db);
  return done.rows.map((row) => row.name);
}

type Suits = { version: number; encoding: string; standby: number };
const OLDEST = 13;

async function refuseUnsuitable(db: Kysely<unknown>, name: string): Promise<void> {
  const found = await sql<Suits>`
    select current_setting('server_version_num')::int / 10000 as version,
      current_setting('server_encoding') as encoding,
      pg_is_in_recovery()::int as standby`
    .execute(db)
    .catch((error: unknown) => {
      throw faultOf(error);
    });
  const [suits] = found.rows;
  if (suits === undefined) return;
  const because = whyNot(suits);
  if (because === null) return;
  throw new StoreRefused('unsuitable', sentence('unsuitable', name, `: ${because}`));
}

function whyNot({ version, encoding, standby }: Suits): string | null {
  if (version < OLDEST) return `it is PostgreSQL ${version}, and ${OLDEST} is needed`;
  if (encoding !== 'UTF8') return `its encoding is ${encoding}, and UTF8 is needed`;
  return standby === 1 ? 'it is a standby, which only reads' : null;
}
