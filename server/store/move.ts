/**
 * A shop's file of SQLite, moved into an empty PostgreSQL in one transaction: every row of every
 * table, and then proof that nothing is missing and nothing differs, before any of it is kept. The
 * file stays as it is.
 */
import { existsSync, realpathSync } from 'node:fs';
import pg from 'pg';
import { type AuditVerdict, verifyAudit } from './audit';
import { takeLock } from './lock';
import { migratePostgres } from './migrate-postgres';
import { type SqliteDatabase, sqliteEngine } from './open';
import { PEN } from './postgres';
import { clientConfig, rethrown, sessionOver } from './postgres-connection';
import { refusalOf, StoreRefused, sentence } from './refused';
import type { Tables } from './schema';
import { setUpReader } from './sqlite';
import { openStore } from './store';

/** Whatever is pointed at stands before whatever points at it. */
const TABLES: readonly (keyof Tables)[] = [
  ...(['sale', 'payment', 'refund', 'settlement', 'decision', 'request_key'] as const),
  ...(['gateway_call', 'notice', 'audit', 'meta', 'tally', 'setting', 'staff'] as const),
  ...(['staff_session', 'throttle', 'device', 'pairing', 'display', 'display_code'] as const),
  ...(['lease', 'bucket', 'day_close', 'shift', 'taking', 'shift_correction'] as const),
  ...(['payment_note', 'saved_view', 'receipt_print', 'outlet', 'counter_outlet'] as const),
  ...(['staff_outlet', 'comparison', 'difference'] as const),
];
/** Its migrations are its own, and were made just now. */
const LEFT_OUT = /^(schema_migration(_lock)?|sqlite_.*)$/;
const ROWS_AT_ONCE = 500;
/** PostgreSQL's own limit of values in one sentence is 65 535. */
const VALUES_AT_ONCE = 20_000;

export type Move = {
  readonly file: string;
  readonly to: { readonly url: string; readonly name: string };
  readonly log?: ((says: string) => void) | undefined;
};
export type Moved = {
  readonly rows: Readonly<Record<string, number>>;
  readonly audit: Extract<AuditVerdict, { ok: true }>;
};

/** Throws `StoreRefused`, or says what differs; then nothing of the shop is in the new place. */
export async function moveToPostgres({ file, to, log }: Move): Promise<Moved> {
  // A name that was mistyped would become a new, empty shop.
  if (!existsSync(file)) throw new StoreRefused('missing', sentence('missing', file));
  // The newest schema on both sides, and nobody who writes into the file meanwhile.
  (await openStore({ file, log })).close();
  const engine = await sqliteEngine();
  const path = realpathSync(file);
  const unlock = takeLock(engine, path);
  const source = new engine.DatabaseSync(path, { readOnly: true });
  setUpReader(source);
  const client = new pg.Client(clientConfig(to.url, 'migrate'));
  client.on('error', () => {});
  try {
    await migratePostgres({ ...to, log });
    await client.connect().catch(rethrown);
    await client.query(`begin; select pg_advisory_xact_lock(${PEN})`).catch(rethrown);
    await refuseAShop(client, to.name);
    const tables = tablesOf(source);
    for (const table of tables) await copy(source, client, table);
    const moved = await proven(source, client, tables);
    await client.query('commit').catch(rethrown);
    return moved;
  } catch (error) {
    throw refusalOf(error, to.name);
  } finally {
    await client.end().catch(() => {});
    source.close();
    unlock();
  }
}

async function refuseAShop(client: pg.Client, name: string): Promise<void> {
  const some = TABLES.filter((table) => table !== 'tally').map(
    (table) => `exists (select 1 from ${table})`,
  );
  const asked = await client.query<{ full: boolean }>(`select ${some.join(' or ')} as full`);
  if (asked.rows[0]?.full !== true) return;
  throw new StoreRefused('not-empty', sentence('not-empty', name));
}

/** A table that this list does not know must not be left behind unseen. */
function tablesOf(source: SqliteDatabase): readonly string[] {
  const found = source
    .prepare("select name from sqlite_schema where type = 'table'")
    .all()
    .map((row) => String(Object(row).name));
  const missed = found.filter((name) => !LEFT_OUT.test(name) && !TABLES.some((it) => it === name));
  if (missed.length > 0) throw new Error(`nothing moves the table ${missed.join(', ')}`);
  return TABLES;
}

const columnsOf = (source: SqliteDatabase, table: string): string[] =>
  source
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map((row) => String(Object(row).name));

async function copy(source: SqliteDatabase, client: pg.Client, table: string): Promise<void> {
  // What was written in the course of years would not be let in all at once, as sealed shifts.
  await client.query(`alter table ${table} disable trigger user`);
  if (table === 'tally') await client.query('delete from tally');
  const columns = columnsOf(source, table);
  const many = Math.max(1, Math.min(ROWS_AT_ONCE, Math.floor(VALUES_AT_ONCE / columns.length)));
  for (const rows of batches(source, { table, columns, many })) {
    const values = rows.flatMap((row) => columns.map((column) => Object(row)[column]));
    const places = rows.map((_, row) => placesOf(row * columns.length, columns.length));
    const into = columns.map((column) => `"${column}"`).join(', ');
    await client.query(`insert into ${table} (${into}) values ${places.join(', ')}`, values);
  }
  await client.query(`alter table ${table} enable trigger user`);
}

const placesOf = (from: number, count: number): string =>
  `(${Array.from({ length: count }, (_, n) => `$${from + n + 1}`).join(', ')})`;

type Batch = { readonly table: string; readonly columns: readonly string[]; readonly many: number };

/** By what is unique in every table of ours: all its columns, so that no row comes twice. */
function* batches(source: SqliteDatabase, { table, columns, many }: Batch): Generator<unknown[]> {
  const order = keyOf(source, table, columns);
  const page = source.prepare(`select * from ${table} order by ${order} limit ? offset ?`);
  for (let from = 0; ; from += many) {
    const rows = page.all(many, from);
    if (rows.length > 0) yield rows;
    if (rows.length < many) return;
  }
}

function keyOf(source: SqliteDatabase, table: string, columns: readonly string[]): string {
  const key = source
    .prepare(`select name from pragma_table_info('${table}') where pk > 0 order by pk`)
    .all()
    .map((row) => `"${Object(row).name}"`);
  return (key.length > 0 ? key : columns.map((name) => `"${name}"`)).join(', ');
}

/** What is worth comparing beyond the number of rows: whatever is money, or counts. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  sale: ['amount'],
  payment: ['amount', 'refunded', 'reserved', 'settled', 'version', 'changed_seq'],
  refund: ['amount', 'version', 'changed_seq'],
  settlement: ['amount'],
  shift: ['number'],
  taking: ['shift'],
  tally: ['value'],
  audit: ['seq'],
};

async function proven(
  source: SqliteDatabase,
  client: pg.Client,
  tables: readonly string[],
): Promise<Moved> {
  const rows: Record<string, number> = {};
  for (const table of tables) {
    const sums = (SUMS[table] ?? []).map((name) => `coalesce(sum("${name}"), 0) as ${name}`);
    const question = `select ${['count(*) as rows', ...sums].join(', ')} from ${table}`;
    const here = JSON.stringify(source.prepare(question).all()[0]);
    const there = JSON.stringify((await client.query(question)).rows[0]);
    if (here !== there) throw new Error(`${table} differs: ${here} in the file, ${there} there`);
    rows[table] = Number(Object(JSON.parse(here)).rows);
  }
  const audit = await verifyAudit(sessionOver(client));
  if (!audit.ok) throw new Error(`the audit is broken at row ${audit.brokenAt}: look at the file`);
  const last = 'select hash from audit order by seq desc limit 1';
  const seal = Object(source.prepare(last).all()[0]).hash;
  if (seal !== (await client.query(last)).rows[0]?.hash) throw new Error('the audit differs');
  return { rows, audit };
}
