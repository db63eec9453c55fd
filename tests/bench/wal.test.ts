import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { sqliteEngine } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import { emptyFolder } from './scratch';
import { type CommitCounter, countCommits } from './wal';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

async function database() {
  const folder = emptyFolder('wal');
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const { DatabaseSync } = await sqliteEngine();
  const file = `${folder}/it.db`;
  const writer = new DatabaseSync(file);
  closing.push(() => writer.close());
  setUpWriter(writer);
  writer.exec('create table it (id integer primary key, text text) strict');
  const counter: CommitCounter = await countCommits(file);
  closing.push(counter.close);
  const insert = writer.prepare('insert into it (text) values (?)');
  return { writer, counter, insert };
}

test('a row of its own is a commit, many rows in one transaction are one, a rollback is none', async () => {
  const { writer, counter, insert } = await database();
  insert.run('alone');
  insert.run('alone too');
  expect(counter.count()).toBe(2);
  writer.exec('begin immediate');
  for (let row = 0; row < 50; row += 1) insert.run(`together ${row}`);
  writer.exec('commit');
  expect(counter.count()).toBe(3);
  writer.exec('begin immediate');
  insert.run('never');
  writer.exec('rollback');
  writer.exec('begin immediate; commit');
  expect(counter.count()).toBe(3);
});

test('none is missed when the log grows past the point where SQLite would begin it anew', async () => {
  const { counter, insert } = await database();
  const page = 'x'.repeat(20_000);
  for (let row = 0; row < 400; row += 1) insert.run(page);
  expect(counter.count()).toBe(400);
});
