import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStore } from '@/server/store';
import { anotherServer } from './another-server';
import { aFolder, aPayment, aShop, opening, recordSale } from './support';

const locked = { name: 'StoreRefused', code: 'locked' };

test('a second server on the same file is sent away, and told why', async () => {
  const shop = await aShop();
  const second = anotherServer('hold', shop.file);
  expect(await second.line()).toBe('refused locked');
  await second.ended;
  expect(await recordSale(shop, aPayment(1))).toBe(true);
});

test('as soon as the first server is killed the next one opens', async () => {
  const file = join(aFolder(), 'countertop.db');
  const first = anotherServer('hold', file);
  expect(await first.line()).toBe('open');
  await expect(openStore({ file })).rejects.toMatchObject(locked);
  first.signal('SIGKILL');
  await first.ended;
  await opening(file);
});

test('a server that hangs still has the file', async () => {
  const file = join(aFolder(), 'countertop.db');
  const first = anotherServer('hold', file);
  expect(await first.line()).toBe('open');
  first.signal('SIGSTOP');
  await vi.waitFor(() => expect(stateOf(first.pid)).toMatch(/^T/));
  await expect(openStore({ file })).rejects.toMatchObject(locked);
  expect(stateOf(first.pid)).toMatch(/^T/);
});

const stateOf = (pid: number): string =>
  execFileSync('ps', ['-o', 'state=', '-p', `${pid}`], { encoding: 'utf8' }).trim();

test('one process opens a file once, by whatever name it is called', async () => {
  const shop = await aShop();
  await expect(openStore({ file: shop.file })).rejects.toMatchObject(locked);
  await expect(openStore({ file: join(shop.folder, '.', 'countertop.db') })).rejects.toMatchObject(
    locked,
  );
  symlinkSync(shop.file, join(shop.folder, 'other.db'));
  await expect(openStore({ file: join(shop.folder, 'other.db') })).rejects.toMatchObject(locked);
  await expect(openStore({ file: shop.file })).rejects.toThrow(
    /Another Countertop server is using/,
  );
});

test('a second copy of the same code in one process knows of the first', async () => {
  const shop = await aShop();
  vi.resetModules();
  const copy = await import('@/server/store');
  expect(copy.openStore).not.toBe(openStore);
  await expect(copy.openStore({ file: shop.file })).rejects.toMatchObject(locked);
});

test('even a copy that knows of nobody is kept out by the lock of the file', async () => {
  const shop = await aShop();
  const list = Symbol.for('countertop.store.held');
  const known: unknown = Reflect.get(globalThis, list);
  Reflect.deleteProperty(globalThis, list);
  try {
    await expect(openStore({ file: shop.file })).rejects.toMatchObject(locked);
  } finally {
    Reflect.set(globalThis, list, known);
  }
});

test('whoever was sent away does no harm to the lock of the first', async () => {
  const shop = await aShop();
  for (let tries = 0; tries < 3; tries += 1) {
    await expect(openStore({ file: shop.file })).rejects.toMatchObject(locked);
  }
  const second = anotherServer('hold', shop.file);
  expect(await second.line()).toBe('refused locked');
});

test('after closing, the file is free, and closing twice is the same as once', async () => {
  const shop = await aShop();
  shop.close();
  const next = await opening(shop.file);
  shop.close();
  await expect(openStore({ file: shop.file })).rejects.toMatchObject(locked);
  expect(await recordSale(next, aPayment(1))).toBe(true);
});
