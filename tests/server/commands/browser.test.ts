import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../server/commands/browser.mjs';

let root = '';
const program = (name: string, mode = 0o755) => {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
};
const none = async () => null;
const pathOf = (...folders: string[]) => folders.map((name) => path.join(root, name)).join(':');

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countertop-browser-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the browser of the tests', () => {
  test('is the one that CHROMIUM_PATH names, before all others', async () => {
    const mine = program('mine/browser');
    program('bin/chromium');
    expect(await findBrowser({ CHROMIUM_PATH: mine, PATH: pathOf('bin') }, none)).toBe(mine);
  });

  test('is never another one when CHROMIUM_PATH is wrong', async () => {
    program('bin/chromium');
    const env = { CHROMIUM_PATH: path.join(root, 'absent'), PATH: pathOf('bin') };
    await expect(findBrowser(env, none)).rejects.toThrow(/CHROMIUM_PATH names no program/);
  });

  test('is Chromium on the PATH, without windows where it is there, then Google Chrome', async () => {
    const chrome = program('a/google-chrome');
    expect(await findBrowser({ PATH: pathOf('a', 'b') }, none)).toBe(chrome);
    const chromium = program('b/chromium');
    expect(await findBrowser({ PATH: pathOf('a', 'b') }, none)).toBe(chromium);
    const headless = program('b/chromium-headless-shell');
    expect(await findBrowser({ PATH: pathOf('a', 'b') }, none)).toBe(headless);
  });

  test('is Playwright’s own when the PATH has none', async () => {
    program('bin/chromium', 0o644);
    const own = async () => '/playwright/chrome';
    expect(await findBrowser({ PATH: pathOf('bin') }, own)).toBe('/playwright/chrome');
    expect(await findBrowser({ PATH: pathOf('bin') }, none)).toBe(null);
  });
});
