import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanEnvironment, startNode } from '../../support/processes';
import { aBackDoor, aFolder, aNote, aShop, NOON, type Shop } from '../store/support';

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const command = ['--import', 'tsx', 'server/commands/audit.ts', ...args];
  const program = startNode(command, { ...cleanEnvironment(), ...env });
  await program.ended;
  return { code: program.exit()?.code, says: program.output().trim() };
}
/** As `npm run audit` finds it: by its address, while the server runs. */
const auditOf = (shop: Shop) => run([], { DATABASE_URL: `file:${shop.file}` });

async function aStory(rows: number) {
  const shop = await aShop();
  await shop.store.transaction(async (records) => {
    for (let n = 1; n <= rows; n += 1) await records.note(aNote(n));
  });
  const tamper = async (sql: string) => {
    const door = await aBackDoor(shop.file);
    door.exec('drop trigger if exists audit_stays_itself; drop trigger if exists audit_is_kept');
    door.exec(sql);
    door.close();
  };
  return { shop, tamper };
}

test('an untouched audit is counted while the server runs, and goes on afterwards', async () => {
  const { shop } = await aStory(7);
  const all = { code: 0, says: 'All 7 rows of the audit are as they were written.' };
  expect(await auditOf(shop)).toEqual(all);
  await shop.store.transaction((records) => records.note(aNote(8)));
  expect((await auditOf(shop)).says).toContain('All 8 rows');
});

test('S62 one row edited with plain SQL is named with its kind and time', async () => {
  const { shop, tamper } = await aStory(7);
  await tamper("update audit set actor = '1000' where seq = 5");
  const { code, says } = await auditOf(shop);
  expect(code).toBe(1);
  expect(says).toContain('broken at row 5');
  expect(says).toContain(`kind ${aNote(5).kind}, ${new Date(aNote(5).at).toISOString()}`);
  expect(new Date(aNote(5).at).getTime()).toBeGreaterThanOrEqual(NOON);
});

test('one row deleted is missed', async () => {
  const { shop, tamper } = await aStory(7);
  await tamper('delete from audit where seq = 3');
  expect(await auditOf(shop)).toMatchObject({
    code: 1,
    says: expect.stringContaining('broken at row 3 (it is missing)'),
  });
});

test('two rows that changed places are found at the first of them', async () => {
  const { shop, tamper } = await aStory(7);
  await tamper(`update audit set seq = 99 where seq = 2; update audit set seq = 2 where seq = 4;
    update audit set seq = 4 where seq = 99`);
  const { code, says } = await auditOf(shop);
  expect([code, says.includes('broken at row 2 (kind')]).toEqual([1, true]);
});

test('a copy is read where it lies; what is no shop is said to be none', async () => {
  const { shop } = await aStory(3);
  const copy = join(shop.folder, 'copy.db');
  const door = await aBackDoor(shop.file);
  door.exec(`vacuum into '${copy}'`);
  expect(await run([copy])).toMatchObject({ code: 0 });
  const nowhere = await run([join(aFolder(), 'nothing.db')]);
  expect(nowhere).toMatchObject({
    code: 2,
    says: expect.stringContaining('no database of a shop'),
  });
  const wrong = await run([], { DATABASE_URL: 'mysql://x' });
  expect(wrong).toMatchObject({ code: 2, says: expect.stringContaining('DATABASE_URL') });
});
