/** A shop that outgrew its one server: its file, moved into PostgreSQL. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moveToPostgres } from '@/server/store';
import { sqliteEngine } from '@/server/store/open';
import { openStore } from '@/server/store/store';
import { cleanEnvironment, startNode } from '../../support/processes';
import {
  aFolder,
  aNote,
  aPayment,
  aRefund,
  giveBack,
  NOON,
  paymentId,
  recordSale,
  update,
  updateRefund,
} from '../store/support';
import { aDatabase, aServer, asked, urlOf } from './shops';

/** Of everything something: sales, money given back, sealed shifts, people, notes, settings. */
async function aShopInAFile(): Promise<string> {
  const file = join(aFolder(), 'countertop.db');
  const shop = await openStore({ file, now: () => NOON });
  for (let n = 1; n <= 12; n += 1) {
    await recordSale(shop, aPayment(n, { state: 'awaiting', counter: n % 2 ? 'Front' : '後面' }));
    if (n % 3 !== 0) await update(shop, aPayment(n, { state: 'paid', paidAt: NOON + n }));
  }
  await giveBack(shop, aRefund(1));
  await updateRefund(shop, aRefund(1, { state: 'done', doneAt: NOON }));
  await shop.shifts.close({ id: 1, key: 'z', staff: '3000', at: NOON, currency: 'HKD' });
  await recordSale(shop, aPayment(20));
  await shop.staff.insertStaff({
    ...{ code: '1000', name: 'Ms Chan 陳', role: 'owner', pinHash: 'h' },
    ...{ disabledAt: null, createdAt: NOON },
  });
  await shop.notes.add({ paymentId: paymentId(1), at: NOON, staff: '1000', says: 'ok' });
  await shop.settings.put({ key: 'wallets', value: '[]', at: NOON, by: '1000' });
  await shop.meta.once('money', () => 'real');
  for (let n = 1; n <= 5; n += 1) {
    await shop.store.transaction((records) => records.note(aNote(n)));
  }
  shop.close();
  return file;
}

const to = (database: string) => ({ url: urlOf(database), name: 'the new place' });

test('everything arrives, is proven, and the shop goes on there', async () => {
  const file = await aShopInAFile();
  const database = await aDatabase('nothing');
  const { rows, audit } = await moveToPostgres({ file, to: to(database) });
  expect(rows).toMatchObject({ sale: 13, payment: 13, refund: 1, shift: 3, staff: 1, setting: 1 });
  const [there, here] = [await aServer(database), await openStore({ file })];
  for (const n of [1, 2, 3, 20]) {
    const [mine, theirs] = [here.store.read, there.store.read];
    expect(await theirs.payment(paymentId(n))).toEqual(await mine.payment(paymentId(n)));
    expect(await theirs.timeline(paymentId(n))).toEqual(await mine.timeline(paymentId(n)));
    expect(await theirs.refundsOf(paymentId(n))).toEqual(await mine.refundsOf(paymentId(n)));
  }
  expect(await there.reads.changes(0, 100)).toEqual(await here.reads.changes(0, 100));
  expect(await there.shifts.shift(1)).toEqual(await here.shifts.shift(1));
  expect(await there.staff.people()).toEqual(await here.staff.people());
  expect(await there.meta.get('money')).toBe('real');
  here.close();
  // The next numbers follow the last ones, and the guards are awake again.
  expect(await recordSale(there as never, aPayment(30))).toBe(true);
  expect((await there.reads.changes(0, 100)).at(-1)).toMatchObject({ seq: 13 + 8 + 2 * 2 + 1 });
  await there.store.transaction((records) => records.note(aNote(6)));
  expect(await there.verifyAudit()).toEqual({ ok: true, rows: audit.rows + 1 });
  const sunk = asked(urlOf(database), "update payment set state = 'failed', rank = 3");
  await expect(sunk).rejects.toThrow(/never sinks/);
  const late = asked(urlOf(database), "insert into taking values (1, 'K9', 'payment', 1)");
  await expect(late).rejects.toThrow(/sealed shift/);
});

test('nothing is moved over a shop that is there already', async () => {
  const file = await aShopInAFile();
  const database = await aDatabase();
  await (await aServer(database)).meta.once('money', () => 'real');
  const moving = moveToPostgres({ file, to: to(database) });
  await expect(moving).rejects.toMatchObject({ code: 'not-empty' });
});

test('a file that is not there is not made', async () => {
  const file = join(aFolder(), 'mistyped.db');
  const moving = moveToPostgres({ file, to: to(await aDatabase()) });
  await expect(moving).rejects.toMatchObject({ code: 'missing' });
  expect(existsSync(file)).toBe(false);
});

test('while a server has the file nothing is moved', async () => {
  const file = await aShopInAFile();
  const shop = await openStore({ file });
  const database = await aDatabase();
  const moving = moveToPostgres({ file, to: to(database) });
  await expect(moving).rejects.toMatchObject({ code: 'locked' });
  shop.close();
});

test('of a shop whose audit is broken nothing is kept', async () => {
  const file = await aShopInAFile();
  const { DatabaseSync } = await sqliteEngine();
  const door = new DatabaseSync(file);
  door.exec("drop trigger audit_stays_itself; update audit set actor = 'x' where seq = 2");
  door.close();
  const database = await aDatabase();
  await expect(moveToPostgres({ file, to: to(database) })).rejects.toThrow(/broken at row 2/);
  expect(await asked(urlOf(database), 'select id from sale')).toEqual([]);
});

test('npm run migrate brings a database up to date, moves a file, and is audited', async () => {
  const file = await aShopInAFile();
  const database = await aDatabase('nothing');
  const run = async (command: string, ...words: string[]) => {
    const script = ['--import', 'tsx', `server/commands/${command}.ts`, ...words];
    const program = startNode(script, { ...cleanEnvironment(), DATABASE_URL: urlOf(database) });
    await program.ended;
    return { code: program.exit()?.code, says: program.output() };
  };
  expect(await run('migrate')).toMatchObject({
    code: 0,
    says: expect.stringMatching(/0001-foundation[\s\S]*steps were made/),
  });
  expect((await run('migrate')).says).toMatch(/is up to date/);
  const moved = await run('migrate', '--from', `file:${file}`);
  expect(moved).toMatchObject({ code: 0, says: expect.stringMatching(/payment: 13/) });
  expect(moved.says).toMatch(/AUTH_SECRET.*auth-secret/);
  expect(await run('migrate', '--from', `file:${file}`)).toMatchObject({
    code: 2,
    says: expect.stringMatching(/holds a shop already/),
  });
  expect((await run('audit')).says).toMatch(/^All \d+ rows of the audit are as they were written/);
});
