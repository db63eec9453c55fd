import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '@/server/store';
import { cleanEnvironment, startNode } from '../../support/processes';
import {
  aBackDoor,
  aFolder,
  aNote,
  aPayment,
  aShop,
  opening,
  paymentId,
  recordSale,
  type Shop,
} from '../store/support';

type Given = { readonly file: string; readonly env?: Record<string, string> };

async function run(command: 'backup' | 'restore', args: readonly string[], { file, env }: Given) {
  const program = startNode(['--import', 'tsx', `server/commands/${command}.ts`, ...args], {
    ...cleanEnvironment(),
    ...{ DATABASE_URL: `file:${file}`, ...env },
  });
  await program.ended;
  return { code: program.exit()?.code, says: program.output().trim() };
}

/** A shop that has sold twice; its server keeps the file open. */
async function aShopThatSold(): Promise<Shop> {
  const shop = await aShop();
  writeFileSync(join(shop.folder, 'auth-secret'), 'a'.repeat(64), { mode: 0o600 });
  for (const n of [1, 2]) {
    await recordSale(shop, aPayment(n));
    await shop.store.transaction((records) => records.note(aNote(n)));
  }
  return shop;
}
const paymentsIn = async (file: string): Promise<number> => {
  const door = await aBackDoor(file);
  const [row] = door.prepare('select count(*) as n from payment').all() as { n: number }[];
  door.close();
  return row?.n ?? -1;
};

describe('npm run backup', () => {
  test('F35 copies whole sales while the shop goes on selling', async () => {
    const shop = await aShopThatSold();
    const to = join(aFolder(), 'copy.db');
    let selling = true;
    const sales = (async () => {
      for (let n = 3; selling; n += 1) {
        await recordSale(shop, aPayment(n));
        await shop.store.transaction((records) => records.note(aNote(n)));
        // Each sale in a turn of its own, as requests come.
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { code, says } = await run('backup', [to], shop);
    selling = false;
    await sales;
    expect([code, says]).toEqual([0, expect.stringMatching(/[\d,]+ payments, 0 refunds and/)]);
    const copied = await paymentsIn(to);
    expect(copied).toBeGreaterThanOrEqual(2);
    expect(copied).toBeLessThan(await paymentsIn(shop.file));
    expect(says).toContain(`${copied.toLocaleString('en')} payments`);
    // Nobody else on the machine reads them (S55).
    for (const file of [to, `${to}.auth-secret`]) expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(`${to}.auth-secret`, 'utf8')).toBe('a'.repeat(64));
    expect(readdirSync(join(to, '..')).sort()).toEqual(['copy.db', 'copy.db.auth-secret']);
  });

  test('overwrites nothing, and needs a name and a shop', async () => {
    const shop = await aShopThatSold();
    const to = join(aFolder(), 'copy.db');
    writeFileSync(to, 'what somebody else keeps here');
    const taken = await run('backup', [to], shop);
    expect(taken).toMatchObject({ code: 2, says: expect.stringContaining('nothing is overwr') });
    expect(readFileSync(to, 'utf8')).toBe('what somebody else keeps here');
    expect(await run('backup', [], shop)).toMatchObject({
      code: 2,
      says: expect.stringContaining('npm run backup -- /media/usb/countertop.db'),
    });
    const nowhere = join(aFolder(), 'nothing.db');
    expect(await run('backup', [`${to}.2`], { file: nowhere })).toMatchObject({
      code: 2,
      says: expect.stringContaining('no database of a shop'),
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  test('S61 S62 copies a shop whose audit was tampered with, and says so; it is not put back', async () => {
    const shop = await aShopThatSold();
    const door = await aBackDoor(shop.file);
    door.exec("drop trigger audit_stays_itself; update audit set actor = '9999' where seq = 1");
    door.close();
    const copy = join(aFolder(), 'copy.db');
    const { code, says } = await run('backup', [copy], shop);
    expect([code, says]).toEqual([1, expect.stringContaining('a broken audit')]);
    expect(await paymentsIn(copy)).toBe(2);
    shop.close();
    const back = await run('restore', [copy], shop);
    expect(back).toMatchObject({ code: 2, says: expect.stringContaining('its audit is broken') });
  });
});

describe('npm run restore', () => {
  async function aCopy() {
    const shop = await aShopThatSold();
    const copy = join(aFolder(), 'copy.db');
    expect((await run('backup', [copy], shop)).code).toBe(0);
    await recordSale(shop, aPayment(3));
    return { shop, copy };
  }

  test('waits for nobody: while a server has the file nothing is changed', async () => {
    const { shop, copy } = await aCopy();
    const { code, says } = await run('restore', [copy], shop);
    expect([code, says]).toEqual([2, expect.stringContaining('Stop that one first')]);
    expect(await shop.store.read.payment(paymentId(3))).not.toBeNull();
  });

  test('S61 puts the copy in place and keeps what was there', async () => {
    const { shop, copy } = await aCopy();
    shop.close();
    const { code, says } = await run('restore', [copy], shop);
    expect([code, says]).toEqual([0, expect.stringContaining('now holds 2 payments')]);
    const restored = await opening(shop.file);
    expect(await restored.store.read.payment(paymentId(2))).not.toBeNull();
    expect(await restored.store.read.payment(paymentId(3))).toBeNull();
    restored.close();
    const aside = readdirSync(shop.folder).find((name) => name.includes('.before-')) ?? '';
    expect(says).toContain(aside);
    expect(await paymentsIn(join(shop.folder, aside))).toBe(3);
  });

  test('onto an empty machine brings the secret along', async () => {
    const { copy } = await aCopy();
    const folder = aFolder();
    const file = join(folder, 'data', 'countertop.db');
    expect((await run('restore', [copy], { file })).code).toBe(0);
    expect(readFileSync(join(folder, 'data', 'auth-secret'), 'utf8')).toBe('a'.repeat(64));
    expect(statSync(file).mode & 0o077).toBe(0);
    const opened = await openStore({ file });
    opened.close();
  });

  test('refuses a copy without its secret, unless the settings hold one', async () => {
    const { shop } = await aCopy();
    const lonely = join(aFolder(), 'lonely.db');
    const door = await aBackDoor(shop.file);
    door.exec(`vacuum into '${lonely}'`);
    door.close();
    const file = join(aFolder(), 'countertop.db');
    const refused = await run('restore', [lonely], { file });
    expect(refused).toMatchObject({
      code: 2,
      says: expect.stringContaining('auth-secret is missi'),
    });
    expect(existsSync(file)).toBe(false);
    const env = { AUTH_SECRET: 'b'.repeat(32) };
    expect((await run('restore', [lonely], { file, env })).code).toBe(0);
  });

  test('S61 refuses a copy of which one byte is not as it was written', async () => {
    const { shop, copy } = await aCopy();
    shop.close();
    const bytes = readFileSync(copy);
    const place =
      bytes.indexOf('{"did"') > 0 ? bytes.indexOf('{"did"') : bytes.indexOf(aNote(1).actor);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(copy, bytes);
    const { code, says } = await run('restore', [copy], shop);
    expect([code, says]).toEqual([2, expect.stringContaining('is not whole')]);
    expect(await paymentsIn(shop.file)).toBe(3);
  });
});
