import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SqliteDatabase } from '@/server/store/open';
import { aBackDoor, aNote, aShop, type Shop } from './support';

async function aStory(rows: number): Promise<{ shop: Shop; door: SqliteDatabase }> {
  const shop = await aShop();
  await shop.store.transaction(async (records) => {
    for (let n = 1; n <= rows; n += 1) await records.note(aNote(n));
  });
  const door = await aBackDoor(shop.file);
  // Somebody with the file and a tool: the triggers are no obstacle to them.
  door.exec('drop trigger audit_stays_itself; drop trigger audit_is_kept');
  return { shop, door };
}

test('an untouched chain holds, over more rows than are read at once', async () => {
  const { shop } = await aStory(2_345);
  expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 2_345 });
});

test('S62 a change of any column of any row is found, and the row is named', async () => {
  const { shop, door } = await aStory(12);
  const changes = [
    'at = at + 1',
    "payment_id = 'K7other'",
    'payment_id = null',
    "sale_id = 'other'",
    "kind = 'answer'",
    "actor = '3001'",
    "state = 'paid'",
    'state = null',
    "detail = replace(detail, '8800', '88')",
    "prev_hash = replace(prev_hash, substr(prev_hash, 1, 1), 'x')",
    "hash = replace(hash, substr(hash, 1, 1), 'x')",
  ];
  const change = fc.record({
    seq: fc.integer({ min: 1, max: 12 }),
    what: fc.constantFrom(...changes),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ seq, what }) => {
      door.exec('create table kept as select * from audit');
      door.exec(`update audit set ${what} where seq = ${seq}`);
      const verdict = await shop.verifyAudit();
      door.exec('delete from audit; insert into audit select * from kept; drop table kept');
      expect(verdict).toEqual({ ok: false, brokenAt: seq });
    }),
    { numRuns: 60 },
  );
  expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 12 });
});

test('a row that was changed and sealed again does not fit the one behind it', async () => {
  const { shop, door } = await aStory(5);
  const [row] = door.prepare('select * from audit where seq = 2').all();
  const { at, payment_id, sale_id, kind, state, detail, prev_hash } = Object(row);
  const canonical = JSON.stringify([2, at, payment_id, sale_id, kind, '3001', state, detail]);
  const sealed = createHash('sha256').update(`${prev_hash}\n${canonical}`).digest('hex');
  door.exec(`update audit set actor = '3001', hash = '${sealed}' where seq = 2`);
  expect(await shop.verifyAudit()).toEqual({ ok: false, brokenAt: 3 });
});

test('S62 a row taken out is missed: in the middle, at the beginning, at the end', async () => {
  for (const seq of [5, 1, 9]) {
    const { shop, door } = await aStory(9);
    door.exec(`delete from audit where seq = ${seq}`);
    expect(await shop.verifyAudit()).toEqual({ ok: false, brokenAt: seq });
  }
});

test('two rows that change places are found', async () => {
  const { shop, door } = await aStory(6);
  door.exec('update audit set seq = 99 where seq = 3');
  door.exec('update audit set seq = 3 where seq = 4; update audit set seq = 4 where seq = 99');
  expect(await shop.verifyAudit()).toEqual({ ok: false, brokenAt: 3 });
});

test('nothing is added behind a row that is gone', async () => {
  const { shop, door } = await aStory(3);
  door.exec('delete from audit where seq = 3');
  const adding = shop.store.transaction((records) => records.note(aNote(4)));
  await expect(adding).rejects.toThrow('audit row 3 is missing');
});
