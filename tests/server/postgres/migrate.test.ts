/** Changing the tables under servers that run, and what a server does not start on. */
import { Kysely, Migrator } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migratePostgres, openPostgres } from '@/server/store';
import { SCHEMA_FLOOR } from '@/server/store/migrate-postgres';
import { migrations } from '@/server/store/migrations';
import { POSTGRES, ShopPostgresDialect } from '@/server/store/postgres';
import { openPool } from '@/server/store/postgres-connection';
import { SQLITE } from '@/server/store/sqlite';
import { aPayment, recordSale, update } from '../store/support';
import { aDatabase, aServer, asked, urlOf } from './shops';

const NAMES = Object.keys(migrations(POSTGRES));
const bringUp = (name: string) => migratePostgres({ url: urlOf(name), name });

/** The schema of an older version, made by its own migrations. */
async function anOlderShop(last: string): Promise<string> {
  const database = await aDatabase('nothing');
  const pool = openPool(urlOf(database), 'migrate');
  const migrator = new Migrator({
    db: new Kysely({ dialect: new ShopPostgresDialect({ pool }) }),
    provider: { getMigrations: async () => migrations(POSTGRES) },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  });
  const { error } = await migrator.migrateTo(last);
  await pool.end();
  expect(error).toBeUndefined();
  return database;
}

const done = async (database: string): Promise<string[]> =>
  (
    await asked<{ name: string }>(
      urlOf(database),
      'select name from schema_migration order by name',
    )
  ).map(({ name }) => name);

describe('migrations', () => {
  test('are made once, however many servers start at once', async () => {
    const database = await aDatabase('nothing');
    const made = await Promise.all([bringUp(database), bringUp(database), bringUp(database)]);
    expect(made.flat().sort()).toEqual(NAMES);
    expect(await bringUp(database)).toEqual([]);
    expect(await done(database)).toEqual(NAMES);
  });

  test('F91 are made beside a server that sells, and no sale of it fails', async () => {
    const database = await anOlderShop('0007-staff');
    // As an old server: everything of it but its look at the schema, which it had when it started.
    const writing = openPool(urlOf(database), 'write');
    const old = await import('@/server/store/postgres-pen').then(async ({ penOf }) => {
      const { recordsOn } = await import('@/server/store/records');
      const within = penOf(writing);
      return {
        transaction: <T>(work: (records: ReturnType<typeof recordsOn>) => Promise<T>) =>
          within((session) => work(recordsOn(session, () => 1))),
      };
    });
    let [stopped, sold] = [false, 0];
    const selling = (async () => {
      while (!stopped) {
        const payment = aPayment(sold);
        const { saleId: id, amount, currency, counter, staff, createdAt } = payment;
        const kept = await old.transaction(async (records) => {
          const sale = { id, amount, currency, note: null, counter, staff, createdAt };
          await records.insertSale(sale);
          return records.insertPayment(payment, null);
        });
        expect(kept).toBe(true);
        sold += 1;
      }
    })();
    expect(await bringUp(database)).toEqual(['0008-receipts', '0009-displays']);
    const before = sold;
    stopped = true;
    await selling;
    expect(before).toBeGreaterThan(0);
    const young = await aServer(database);
    const mine = await young.store.read.payment(aPayment(0).id);
    expect(mine).not.toBeNull();
    // Old and new write in turns, and the ladder holds for both.
    expect(await update(young as never, aPayment(0, { state: 'paid' }))).not.toBeNull();
    const late = old.transaction((records) => records.update(aPayment(0, { version: 2 })));
    expect(await late).toBeNull();
    await writing.end();
  });

  test('wait for whoever reads a table, and come again', async () => {
    const database = await anOlderShop('0003-history');
    const reader = openPool(urlOf(database), 'migrate');
    const reading = await reader.connect();
    await reading.query('begin');
    await reading.query('select * from payment');
    const migrating = bringUp(database);
    // Longer than one try has patience.
    await reading.query('select pg_sleep(3.5)');
    expect(await done(database)).not.toContain('0004-decisions');
    await reading.query('commit');
    reading.release();
    await reader.end();
    expect(await migrating).toContain('0004-decisions');
  });
});

describe('a server', () => {
  test('starts beside a newer one whose schema only added to its own', async () => {
    const database = await aDatabase();
    await asked(
      urlOf(database),
      "insert into schema_migration values ('9999-from-the-future', '2030')",
    );
    const server = await aServer(database);
    expect(await recordSale(server as never, aPayment(1))).toBe(true);
    await asked(
      urlOf(database),
      `insert into meta values ('${SCHEMA_FLOOR}', '9999-from-the-future')`,
    );
    const opens = openPostgres({ url: urlOf(database), name: 'the shop' });
    await expect(opens).rejects.toMatchObject({
      code: 'newer-schema',
      message: expect.stringMatching(/^A newer Countertop.*the shop.*9999-from-the-future/),
    });
  });

  test('does not start on what it cannot use, and says why in a sentence', async () => {
    const database = await aDatabase();
    const opens = (url: string) => openPostgres({ url, name: 'the shop' });
    await expect(opens(urlOf('nobodys'))).rejects.toMatchObject({ code: 'not-let-in' });
    const stranger = urlOf(database).replace('user=postgres', 'user=stranger');
    await expect(opens(stranger)).rejects.toMatchObject({ code: 'not-let-in' });
    const nowhere = `postgres:///${database}?host=/nowhere&user=postgres`;
    await expect(opens(nowhere)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/the shop cannot be reached.*DATABASE_URL/),
    });
  });

  test('does not start on a database whose letters are not UTF-8', async () => {
    const name = `latin_${process.pid}`;
    const admin = urlOf('postgres');
    await asked(
      admin,
      `create database ${name} template template0 encoding 'LATIN1' locale_provider libc locale 'C'`,
    );
    const opens = openPostgres({ url: urlOf(name), name: 'the shop' });
    await expect(opens).rejects.toThrow(
      /^The database the shop cannot be used: its encoding is LATIN1/,
    );
    await asked(admin, `drop database ${name}`);
  });
});

describe('the schema', () => {
  test('has every guard that SQLite has, and none may be walked around by truncate', async () => {
    const database = await aDatabase();
    const found = await asked<{ tgname: string }>(
      urlOf(database),
      'select tgname from pg_trigger where not tgisinternal',
    );
    const names = new Set(found.map(({ tgname }) => tgname));
    const { guards, refundGuards, historyGuards, decisionGuards, shiftGuards, receiptGuards } =
      SQLITE;
    const all = [guards, refundGuards, historyGuards, decisionGuards, shiftGuards, receiptGuards];
    const wanted = all.flat().flatMap((sql) => /^create trigger (\w+)/.exec(sql)?.[1] ?? []);
    expect(wanted.length).toBeGreaterThan(30);
    for (const name of wanted) expect(names).toContain(name);
    for (const table of ['payment', 'audit', 'refund', 'shift', 'lease']) {
      const emptied = asked(urlOf(database), `truncate ${table} cascade`);
      await expect(emptied, table).rejects.toThrow(/never deleted|is kept/);
    }
  });

  test('compares every text by its bytes, whatever the database was made for', async () => {
    const database = await aDatabase();
    const strays = await asked(
      urlOf(database),
      `select table_name, column_name from information_schema.columns
        where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`,
    );
    expect(strays).toEqual([]);
    const [language] = await asked<{ ours: boolean }>(urlOf(database), "select 'a' < 'B' as ours");
    // Or this would prove nothing: as bytes, B comes first.
    expect(language?.ours).toBe(true);
  });
});
