import { join } from 'node:path';
import { Kysely, Migrator } from 'kysely';
import { expect, test } from 'vitest';
import { openStore } from '@/server/store';
import { nodeSqlite } from '@/server/store/dialect';
import { migrations } from '@/server/store/migrations';
import { SQLITE } from '@/server/store/sqlite';
import { aBackDoor, aFolder, aPayment, aRefund, giveBack, NOON, paymentId } from './support';

/** A shop as the first version left it, with one paid and one open payment. */
async function anOldShop(): Promise<string> {
  const file = join(aFolder(), 'countertop.db');
  const door = await aBackDoor(file);
  const db = new Kysely<unknown>({ dialect: nodeSqlite(door) });
  const first = Object.entries(migrations(SQLITE)).slice(0, 1);
  expect(first.map(([name]) => name)).toEqual(['0001-foundation']);
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(first) },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  }).migrateToLatest();
  expect(error).toBeUndefined();
  for (const [n, state, rank] of [
    [1, 'paid', 4],
    [2, 'unknown', 2],
  ] as const) {
    const { id, saleId, nextCheckAt, createdAt } = aPayment(n);
    door.exec(`insert into sale values ('${saleId}', 8800, 'HKD', null, 'Front', '3000', 1)`);
    door.exec(`insert into payment values ('${id}', '${saleId}', 'CPM', '800208', 8800, 'HKD',
      '${state}', ${rank}, null, null, null, null, null, 0, 0, null, null, null, 'Front', '3000',
      null, ${createdAt}, null, '{}', ${nextCheckAt}, null, 1, ${n}, null)`);
  }
  door.exec("update tally set value = 2 where name = 'feed'");
  door.close();
  return file;
}

test('a shop of the first version keeps its payments and can give money back', async () => {
  const file = await anOldShop();
  const said: string[] = [];
  const shop = await openStore({ file, log: (says) => said.push(says) });
  expect(said).toEqual(['database brought to 0002-refunds', 'database brought to 0006-outlets']);
  expect(await shop.store.read.payment(paymentId(1))).toEqual(aPayment(1, { state: 'paid' }));
  expect(await shop.store.read.payment(paymentId(2))).toEqual(aPayment(2, { state: 'unknown' }));
  expect(await shop.reads.lastChange()).toBe(2);
  expect(await shop.store.read.nextDue()).toBe(NOON + 60_001);

  expect(await giveBack(shop, aRefund(1, { amount: 8_800 }))).toBe(true);
  expect(await giveBack(shop, aRefund(2))).toBe(false);
  expect((await shop.reads.changes(2, 9)).map((it) => 'refund' in it)).toEqual([true, false]);
  expect(shop.integrity()).toBe('ok');
  shop.close();
});

test('what guarded an old shop still does, and so does what is new', async () => {
  const file = await anOldShop();
  (await openStore({ file })).close();
  const door = await aBackDoor(file);
  const guards = (of: string) =>
    door
      .prepare(`select name from sqlite_schema where type = 'trigger' and tbl_name = '${of}'`)
      .all().length;
  // As many as in a shop that was made today.
  const today = join(aFolder(), 'today.db');
  (await openStore({ file: today })).close();
  const fresh = await aBackDoor(today);
  const schema = 'select type, name, tbl_name from sqlite_schema order by type, name';
  expect(door.prepare(schema).all()).toEqual(fresh.prepare(schema).all());
  expect(guards('payment')).toBeGreaterThan(3);
  expect(() => door.exec("update payment set state = 'failed', rank = 3 where rank = 4")).toThrow(
    /never sinks/,
  );
});

test('an upgrade that cannot be finished leaves the old shop as it was', async () => {
  const file = await anOldShop();
  const door = await aBackDoor(file);
  door.exec('create table day_close (it text)');
  await expect(openStore({ file })).rejects.toThrow(/day_close/);
  const columns = door.prepare("select name from pragma_table_info('payment')").all();
  expect(columns.map((it) => Object(it).name)).not.toContain('refunded');
  const tables = door.prepare("select name from sqlite_schema where name = 'refund'").all();
  expect(tables).toEqual([]);
  door.exec('drop table day_close');
  door.close();
  const shop = await openStore({ file });
  expect(await giveBack(shop, aRefund(1))).toBe(true);
  shop.close();
});
