import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '@/server/store';
import { sqliteEngine } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import {
  aBackDoor,
  aFolder,
  aNote,
  aPayment,
  aSale,
  aShop,
  opening,
  paymentId,
  recordSale,
} from './support';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the file of a shop', () => {
  const umask = process.umask();
  afterEach(() => process.umask(umask));

  test.each([0o000, 0o022, 0o077])('is for its owner alone under umask %o', async (mask) => {
    process.umask(mask);
    const folder = join(aFolder(), 'data');
    const file = join(folder, 'countertop.db');
    await recordSale(await opening(file), aPayment(1));
    expect(modeOf(folder)).toBe('700');
    for (const end of ['', '-wal', '-shm', '.lock']) expect(modeOf(file + end), end).toBe('600');
  });

  test('is taken back from others when it was open to them', async () => {
    const shop = await aShop();
    shop.close();
    chmodSync(shop.file, 0o664);
    await opening(shop.file);
    expect(modeOf(shop.file)).toBe('600');
  });

  test('keeps everything over a restart, and needs no second migration', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    shop.close();
    const said: string[] = [];
    const again = await openStore({ file: shop.file, log: (says) => said.push(says) });
    expect(await again.store.read.payment(paymentId(1))).toEqual(aPayment(1));
    expect(said).toEqual([]);
    again.close();
  });

  test('is one whole file once it is closed, even in the middle of something', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const unfinished = shop.store.transaction(async (records) => {
      await records.insertSale(aSale(2));
      shop.close();
      await records.insertSale(aSale(3));
    });
    await expect(unfinished).rejects.toThrow(/not open|closed/);
    const copy = join(aFolder(), 'copy.db');
    copyFileSync(shop.file, copy);
    const found = await opening(copy);
    expect(await found.store.read.payment(paymentId(1))).toEqual(aPayment(1));
    expect(await found.store.read.sale(aSale(2).id)).toBeNull();
    expect(await recordSale(await opening(shop.file), aPayment(2))).toBe(true);
  });

  test('is not touched any more after closing', async () => {
    const shop = await aShop();
    shop.close();
    await expect(shop.store.read.open(1)).rejects.toThrow(/not open/);
    await expect(recordSale(shop, aPayment(1))).rejects.toThrow(/not open/);
  });
});

describe('a promise to a tablet', () => {
  test('is on the disk before it is given: full sync, foreign keys', async () => {
    const { DatabaseSync } = await sqliteEngine();
    const database = new DatabaseSync(join(aFolder(), 'a.db'));
    setUpWriter(database);
    const pragma = (name: string) =>
      Object.values(Object(database.prepare(`pragma ${name}`).all()[0]));
    expect(pragma('journal_mode')).toEqual(['wal']);
    expect(pragma('synchronous')).toEqual([2]);
    expect(pragma('foreign_keys')).toEqual([1]);
    // The turns are patient instead: SQLite's own waiting would stop the whole server.
    expect(pragma('busy_timeout')).toEqual([0]);
    database.close();
  });

  test('costs one durable commit, however much is written in it', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const before = commitsIn(`${shop.file}-wal`);
    await shop.store.transaction(async (records) => {
      await records.insertSale(aSale(2));
      await records.insertPayment(aPayment(2), 'code');
      await records.insertKey('k', { kind: 'payment', bodyFingerprint: 'b', targetId: 'x' });
      await records.insertCall({ kind: 'charge', number: paymentId(2), seq: 1, at: 1 });
      await records.note(aNote(2));
      await records.update(aPayment(2, { state: 'sending' }));
    });
    expect(commitsIn(`${shop.file}-wal`)).toBe(before + 1);
    await shop.store.transaction((records) => records.payment(paymentId(2)));
    await shop.store.read.payment(paymentId(2));
    expect(commitsIn(`${shop.file}-wal`)).toBe(before + 1);
  });
});

/** Frames that end a transaction: https://www.sqlite.org/fileformat.html#the_write_ahead_log */
function commitsIn(wal: string): number {
  const bytes = readFileSync(wal);
  const pageSize = bytes.readUInt32BE(8);
  const salts = bytes.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + 24 + pageSize <= bytes.length; at += 24 + pageSize) {
    const valid = bytes.subarray(at + 8, at + 16).equals(salts);
    if (valid && bytes.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

describe('a database that cannot be trusted is not opened', () => {
  test('when the file is something else', async () => {
    const file = join(aFolder(), 'countertop.db');
    writeFileSync(file, 'minutes of the last meeting\n'.repeat(400));
    const opens = openStore({ file });
    await expect(opens).rejects.toMatchObject({ name: 'StoreRefused', code: 'damaged' });
    await expect(opens).rejects.toThrow(/npm run restore/);
    expect(readFileSync(file, 'utf8')).toMatch(/^minutes of the last meeting\n/);
  });

  test('when a page is damaged', async () => {
    const shop = await aShop();
    for (let n = 1; n <= 60; n += 1) await recordSale(shop, aPayment(n));
    shop.close();
    const bytes = readFileSync(shop.file);
    const page = 4_096 * Math.floor(bytes.length / 4_096 / 2);
    writeFileSync(shop.file, bytes.fill(0xff, page, page + 200));
    await expect(openStore({ file: shop.file })).rejects.toMatchObject({ code: 'damaged' });
  });

  test('when its end is missing', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    shop.close();
    truncateSync(shop.file, statSync(shop.file).size - 4_096 * 3);
    await expect(openStore({ file: shop.file })).rejects.toMatchObject({ code: 'damaged' });
  });

  test('when a newer version has been at it', async () => {
    const shop = await aShop();
    shop.close();
    const door = await aBackDoor(shop.file);
    door.exec("insert into schema_migration values ('9999-from-the-future', '2030')");
    door.close();
    const opens = openStore({ file: shop.file });
    await expect(opens).rejects.toMatchObject({ code: 'newer-schema' });
    await expect(opens).rejects.toThrow(/9999-from-the-future/);
  });

  test('and a refusal lets go of the file', async () => {
    const file = join(aFolder(), 'countertop.db');
    writeFileSync(file, 'x'.repeat(5_000));
    await expect(openStore({ file })).rejects.toMatchObject({ code: 'damaged' });
    truncateSync(file);
    await recordSale(await opening(file), aPayment(1));
  });
});

describe('F32 a database that cannot be written is not opened', () => {
  // Root may write anything, so a test that runs as root steps down for a moment.
  const steppedDown = async (work: () => Promise<void>): Promise<void> => {
    if (process.geteuid?.() !== 0) return work();
    process.seteuid?.(65_534);
    try {
      await work();
    } finally {
      process.seteuid?.(0);
    }
  };
  const readOnly = { name: 'StoreRefused', code: 'read-only' };

  test('when the file is read-only', async () => {
    await steppedDown(async () => {
      const folder = aFolder();
      const file = join(folder, 'countertop.db');
      (await opening(join(folder, 'written.db'))).close();
      // A copy: this process may still have its old way into the file that it wrote.
      copyFileSync(join(folder, 'written.db'), file);
      chmodSync(file, 0o444);
      const opens = openStore({ file });
      await expect(opens).rejects.toMatchObject(readOnly);
      await expect(opens).rejects.toThrow(/may not write/);
      expect(modeOf(file)).toBe('400');
    });
  });

  test('when nothing can be made in its folder', async () => {
    await steppedDown(async () => {
      const folder = join(aFolder(), 'sealed');
      mkdirSync(folder, { mode: 0o500 });
      await expect(openStore({ file: join(folder, 'a.db') })).rejects.toMatchObject(readOnly);
      await expect(openStore({ file: join(folder, 'b', 'a.db') })).rejects.toMatchObject(readOnly);
    });
  });
});

test('integrity tells what is wrong with the file', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  expect(shop.integrity()).toBe('ok');
  const door = await aBackDoor(shop.file);
  door.exec('pragma foreign_keys = off; drop trigger sale_is_kept; delete from sale');
  expect(shop.integrity()).toMatch(/foreign key.*payment/);
});
