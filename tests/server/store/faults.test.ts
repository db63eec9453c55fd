import {
  copyFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Records } from '@/server/payments/ports';
import { isDatabaseFault, openStore } from '@/server/store';
import { sqliteEngine } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import { anotherServer } from './another-server';
import {
  aBackDoor,
  aFolder,
  aNote,
  aPayment,
  aRefund,
  aSale,
  aShop,
  giveBack,
  opening,
  paymentId,
  recordSale,
  refundId,
  type Shop,
} from './support';

/** What a machine that stops now leaves on its disk; the log cut off where it is said. */
function theDiskOf(shop: Shop, logBytes?: number): string {
  const copy = join(aFolder(), 'countertop.db');
  copyFileSync(shop.file, copy);
  if (existsSync(`${shop.file}-wal`)) copyFileSync(`${shop.file}-wal`, `${copy}-wal`);
  if (logBytes !== undefined) truncateSync(`${copy}-wal`, logBytes);
  return copy;
}

const logOf = (shop: Shop): number => statSync(`${shop.file}-wal`).size;

/** One sale, paid, with a refund and its line in the audit. */
async function aWholeSale(records: Records, n: number): Promise<void> {
  await records.insertSale(aSale(n));
  await records.insertPayment(aPayment(n, { state: 'paid' }), null);
  await records.insertRefund(aRefund(n));
  await records.note(aNote(n));
}

/** How many whole sales there are; that none of them is half is checked here. */
async function wholeSales(file: string): Promise<number> {
  const shop = await opening(file);
  const verdict = await shop.verifyAudit();
  expect(shop.integrity()).toBe('ok');
  const count = verdict.ok ? verdict.rows : Number.NaN;
  for (let n = 1; n <= count + 1; n += 1) {
    const payment = await shop.store.read.payment(paymentId(n));
    const refunds = await shop.store.read.refundsOf(paymentId(n));
    if (n > count) expect([payment, refunds]).toEqual([null, []]);
    else expect([payment?.reserved, refunds.length]).toEqual([1_000, 1]);
  }
  expect(await shop.store.read.sale(aSale(count + 1).id)).toBeNull();
  // Three numbers of the feed for each, the refund's and twice the payment's; and it goes on.
  expect(await shop.reads.lastChange()).toBe(count * 3);
  await shop.store.transaction((records) => aWholeSale(records, count + 1));
  shop.close();
  return count;
}

test('F26 a kill in the middle of a transaction leaves the books of before', async () => {
  const shop = await aShop();
  await shop.store.transaction((records) => aWholeSale(records, 1));
  const before = logOf(shop);
  const kills: string[] = [];
  await shop.store.transaction(async (records) => {
    await aWholeSale(records, 2);
    kills.push(theDiskOf(shop));
    // So much that SQLite has to write to the log before the commit.
    for (let n = 0; n < 60; n += 1) {
      const raw = `${n}`.padEnd(100_000, 'x');
      const sha256 = `${n}`.padStart(64, '0');
      await records.insertNotice({ sha256, raw, at: n, verdict: 'ignored', number: null });
    }
    expect(logOf(shop)).toBeGreaterThan(before + 1_000_000);
    kills.push(theDiskOf(shop));
  });
  kills.push(theDiskOf(shop));
  const found: number[] = [];
  for (const file of kills) found.push(await wholeSales(file));
  expect(found).toEqual([1, 1, 2]);
});

describe('F29 after a power cut', () => {
  test('every commit that was answered is there, and of the next one nothing', async () => {
    const shop = await aShop();
    const ends: number[] = [];
    for (let n = 1; n <= 5; n += 1) {
      await shop.store.transaction((records) => aWholeSale(records, n));
      ends.push(logOf(shop));
    }
    expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
    // The log was written through at each commit, so that it can only be cut behind the last one.
    const cuts = ends.flatMap((end, n) => [
      { at: end, whole: n + 1 },
      { at: end - 1, whole: n },
      { at: end - 4_096, whole: n },
      ...(n === 4 ? [] : [{ at: end + 5_000, whole: n + 1 }]),
    ]);
    for (const { at, whole } of cuts)
      expect(await wholeSales(theDiskOf(shop, at)), `${at}`).toBe(whole);
  });

  test('that is so because the log is written through before anybody is answered', async () => {
    const { DatabaseSync } = await sqliteEngine();
    const database = new DatabaseSync(join(aFolder(), 'a.db'));
    setUpWriter(database);
    expect(database.prepare('pragma synchronous').all()).toEqual([{ synchronous: 2 }]);
    expect(database.prepare('pragma journal_mode').all()).toEqual([{ journal_mode: 'wal' }]);
    database.close();
  });
});

test('F31 when somebody else holds the file too long, a sale fails and nothing is half', async () => {
  const shop = await aShop();
  await shop.store.transaction((records) => aWholeSale(records, 1));
  const other = await aBackDoor(shop.file);
  other.exec('begin immediate');
  const begun = performance.now();
  const late = shop.store.transaction((records) => aWholeSale(records, 2));
  const fault: unknown = await late.catch((error: unknown) => error);
  expect(String(fault)).toMatch(/database is locked/);
  expect(isDatabaseFault(fault)).toBe(true);
  // Patience comes first: a backup or a curious person may be done in a moment.
  expect(performance.now() - begun).toBeGreaterThan(4_900);
  // Reading goes on meanwhile.
  expect(await shop.store.read.refundsOf(paymentId(1))).toHaveLength(1);
  other.exec('rollback');
  expect(await recordSale(shop, aPayment(3))).toBe(true);
  expect(await shop.store.read.sale(aSale(2).id)).toBeNull();
  expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 1 });
});

test('F33 one wrong byte at the head of any page, and the shop does not start', async () => {
  const shop = await aShop();
  for (let n = 1; n <= 40; n += 1) {
    await recordSale(shop, aPayment(n, { state: 'paid' }));
    await giveBack(shop, aRefund(n, { id: refundId(n) }));
  }
  shop.close();
  const bytes = readFileSync(shop.file);
  const copy = join(aFolder(), 'countertop.db');
  const pages = bytes.length / 4_096;
  expect(pages).toBeGreaterThan(40);
  for (let page = 0; page < pages; page += 1) {
    const head = page === 0 ? 100 : page * 4_096;
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(head) ^ 0x40, head);
    writeFileSync(copy, damaged);
    const opens = openStore({ file: copy });
    await expect(opens, `page ${page}`).rejects.toMatchObject({ code: 'damaged' });
    await expect(opens).rejects.toThrow(/npm run restore/);
    expect(readFileSync(copy).equals(damaged), 'it is left as it was found').toBe(true);
  }
  writeFileSync(copy, bytes);
  await opening(copy);
});

test('F35 a copy taken while sales are written is whole, and goes on from there', async () => {
  const folder = aFolder();
  const file = join(folder, 'countertop.db');
  const server = anotherServer('write', file);
  expect(await server.line()).toBe('open');
  const door = await aBackDoor(file);
  for (const time of [1, 2, 3]) {
    let promised = 0;
    for (let heard = 0; heard < 25; heard += 1) {
      promised = Number((await server.line())?.replace('kept ', ''));
    }
    const copy = join(folder, `copy-${time}.db`);
    door.exec(`vacuum into '${copy}'`);
    const shop = await opening(copy);
    expect(shop.integrity()).toBe('ok');
    const kept = await shop.reads.lastChange();
    expect(kept).toBeGreaterThanOrEqual(promised);
    expect(await shop.verifyAudit()).toEqual({ ok: true, rows: kept });
    for (const n of [1, promised, kept]) {
      expect(await shop.store.read.payment(paymentId(n))).toEqual(aPayment(n));
    }
    expect(await shop.store.read.sale(aSale(kept + 1).id)).toBeNull();
    expect(await recordSale(shop, aPayment(kept + 1))).toBe(true);
  }
  // Whoever was writing never noticed.
  expect(await server.line()).toMatch(/^kept \d+$/);
});
