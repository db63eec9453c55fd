/**
 * The disk under the till: full, read-only, damaged, or put back from yesterday. What cannot be
 * written down is not sent, and what was lost is found at the gateway again.
 */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import { until } from '../support/processes';
import { mayMount, obedient, quota, smallDisk } from './disks';
import { codeTap, openShop, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
}, 300_000);
afterAll(() => shop.close());
beforeEach(() => shop.calm());
afterEach(() => shop.booksAgree(), 20_000);

const shown = () => shop.shown();
/** Taps until one is not written down; answers how many were. */
const tapUntilFull = async () => {
  for (let n = 0; n < 400; n += 1) {
    const tap = codeTap();
    const { status } = await shop.tap(tap);
    if (status !== 201) return tap;
  }
  throw new Error('the disk never became full');
};
/** Nothing can be written: a sale is refused before anything is sent, and reading goes on. */
const refusesLoudly = async (id: string) => {
  const before = await shop.arrived('payment');
  const refused = await shop.tap(codeTap());
  expect(refused).toMatchObject({ status: 503, body: { code: 'database-failed' } });
  expect(await shop.arrived('payment')).toBe(before);
  expect((await shop.payment(id)).state).toBe('awaiting');
  expect((await shop.manager.call('GET', '/api/payments')).status).toBe(200);
};

describe('a full disk', () => {
  test('F30 (a quota): sales are refused before they are sent; with room again they go on', async () => {
    const { id } = await shown();
    await shop.stack.endApp();
    const room = statSync(shop.stack.databaseFile).size + 200_000;
    await shop.stack.restartApp({}, quota(room));
    const half = await tapUntilFull();
    await refusesLoudly(id);
    await shop.stack.endApp();
    await shop.stack.restartApp();
    await shop.comes((await shop.whatBecameOf(half)).id, 'paid');
    await shop.stack.control('pay', { number: id });
    await shop.comes(id, 'paid');
  });

  // Only root may mount; the quota above holds everywhere.
  for (const kind of mayMount() ? ['a small disk'] : []) {
    test(`F30 (${kind}): the same, and with room again they go on by themselves`, async () => {
      const disk = smallDisk(path.join(mkdtempSync(path.join(tmpdir(), 'countertop-')), 'disk'));
      onTestFinished(disk.remove);
      const { id } = await shown();
      await shop.stack.endApp();
      const home = path.dirname(shop.stack.databaseFile);
      const file = path.join(disk.folder, 'countertop.db');
      copyFileSync(path.join(home, 'auth-secret'), path.join(disk.folder, 'auth-secret'));
      copyFileSync(shop.stack.databaseFile, file);
      await shop.stack.restartApp({ DATABASE_URL: `file:${file}` });
      disk.fill();
      const half = await tapUntilFull();
      await refusesLoudly(id);
      disk.free();
      await shop.comes((await shop.whatBecameOf(half)).id, 'paid');
      await shop.stack.control('pay', { number: id });
      await shop.comes(id, 'paid');
      await shop.stack.endApp();
      copyFileSync(file, shop.stack.databaseFile);
      await shop.stack.restartApp();
    });
  }
});

describe('a disk that may not be written', () => {
  test('F32 the server does not start, and says which permission it lacks', async () => {
    await shop.stack.endApp();
    const { databaseFile } = shop.stack;
    const folder = path.dirname(databaseFile);
    chmodSync(databaseFile, 0o400);
    chmodSync(folder, 0o500);
    const app = shop.stack.launchApp({}, obedient());
    await app.ended;
    chmodSync(folder, 0o700);
    chmodSync(databaseFile, 0o600);
    expect(app.exit()?.code).toBe(1);
    expect(app.output()).toContain(`may not write ${databaseFile}`);
    await shop.stack.restartApp();
  });
});

describe('a damaged disk', () => {
  test('F33 the server does not start, and names the command that restores a backup', async () => {
    await shop.whatBecameOf(codeTap());
    await shop.stack.endApp();
    const { databaseFile } = shop.stack;
    const whole = `${databaseFile}.whole`;
    copyFileSync(databaseFile, whole);
    const file = openSync(databaseFile, 'r+');
    const pages = statSync(databaseFile).size / 4_096;
    for (let page = 1; page < pages; page += 3) {
      writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, page * 4_096 + 8);
    }
    closeSync(file);
    const app = shop.stack.launchApp();
    await app.ended;
    expect(app.exit()?.code).toBe(1);
    expect(app.output()).toMatch(/is damaged.*npm run restore -- FILE/);
    copyFileSync(whole, databaseFile);
    rmSync(whole);
    await shop.stack.restartApp();
  });
});

test("F34 yesterday's copy is put back: what it forgot is found, marked, and charged no more", async () => {
  const { id: waiting } = await shown();
  await shop.stack.endApp();
  const { databaseFile } = shop.stack;
  const copy = `${databaseFile}.copy`;
  copyFileSync(databaseFile, copy);
  await shop.stack.restartApp();
  const tap = codeTap();
  const { id, amount } = await shop.whatBecameOf(tap);
  await shop.stack.control('pay', { number: waiting });
  await shop.comes(waiting, 'paid');
  await shop.stack.endApp();
  for (const end of ['', '-wal', '-shm']) rmSync(databaseFile + end, { force: true });
  copyFileSync(copy, databaseFile);
  await shop.stack.restartApp();
  const known = async () => (await shop.payments()).some((payment) => payment.id === id);
  await until(known, { withinMs: 20_000 });
  expect(await shop.payment(id)).toMatchObject({ state: 'paid', amount, review: 'orphan' });
  await shop.comes(waiting, 'paid');
  const fresh = await shop.whatBecameOf(codeTap());
  expect(fresh.id).not.toBe(id);
});
