import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installMissing } from '../../../server/commands/install.mjs';

let root = '';
let installs = 0;
const say = () => undefined;
const write = (name: string, value: object) => {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), JSON.stringify(value));
};
const lock = (zod: string) => ({
  packages: {
    '': { name: 'countertop' },
    'node_modules/zod': { version: zod },
    'node_modules/swc-for-another-machine': { version: '1.0.0', optional: true },
  },
});
const npm = async () => {
  installs += 1;
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  return { code: 0, output: '' };
};
const start = () => installMissing({ say, root, npm });

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countertop-install-'));
  installs = 0;
  write('package-lock.json', lock('4.0.0'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('packages are installed', () => {
  test('when there are none, and then no more', async () => {
    expect(await start()).toBe(true);
    expect(await start()).toBe(false);
    expect(installs).toBe(1);
  });

  test('again when the lock file changed', async () => {
    await start();
    write('package-lock.json', lock('4.0.1'));
    expect(await start()).toBe(true);
  });

  test('again when node_modules is gone', async () => {
    await start();
    rmSync(path.join(root, 'node_modules'), { recursive: true });
    expect(await start()).toBe(true);
  });

  test('not when somebody installed the same by hand', async () => {
    const there = { packages: { 'node_modules/zod': { version: '4.0.0' } } };
    write('node_modules/.package-lock.json', there);
    expect(await start()).toBe(false);
    expect(installs).toBe(0);
  });

  test('when somebody installed something else by hand, or only a part', async () => {
    write('node_modules/.package-lock.json', {
      packages: { 'node_modules/zod': { version: '4.0.1' } },
    });
    expect(await start()).toBe(true);
    rmSync(path.join(root, 'node_modules'), { recursive: true });
    write('node_modules/.package-lock.json', { packages: {} });
    expect(await start()).toBe(true);
  });

  test('again after npm failed, whose words are shown', async () => {
    const failing = async () => ({ code: 1, output: 'npm error network' });
    await expect(installMissing({ say, root, npm: failing })).rejects.toThrow(/npm error network/);
    expect(existsSync(path.join(root, 'node_modules/.countertop-lock-hash'))).toBe(false);
    expect(await start()).toBe(true);
  });
});
