import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { nodeSqlite } from '@/server/store/dialect';

type Tables = { coin: { id: number; worth: number } };

test('a statement with a limit is planned once, whatever the limit and the other values', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('create table coin (id integer primary key, worth integer) strict');
  database.exec('insert into coin values (1, 10), (2, 20), (3, 50)');
  const words = new Kysely<Tables>({ dialect: nodeSqlite(database) });
  // Asked for every table and column of a statement, and only while it is being planned.
  let questions = 0;
  database.setAuthorizer(() => {
    questions += 1;
    return 0;
  });
  const atLeast = async (worth: number, limit: number): Promise<number[]> => {
    const coins = words.selectFrom('coin').select('id').where('worth', '>=', worth);
    return (await coins.orderBy('id').limit(limit).execute()).map(({ id }) => id);
  };
  expect(await atLeast(20, 1)).toEqual([2]);
  const planned = questions;
  expect(planned).toBeGreaterThan(0);
  expect(await atLeast(10, 2)).toEqual([1, 2]);
  expect(await atLeast(10, 10)).toEqual([1, 2, 3]);
  expect(questions).toBe(planned);
  database.close();
});
