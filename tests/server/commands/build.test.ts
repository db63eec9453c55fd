import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildIfChanged } from '../../../server/commands/build.mjs';

let root = '';
let builds = 0;
const file = (name: string) => path.join(root, name);
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
};
const say = () => undefined;
const build = async () => {
  builds += 1;
  write('.next/BUILD_ID', String(builds));
  return { code: 0, output: '' };
};
const start = () => buildIfChanged({ say, root, build });

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'countertop-build-'));
  builds = 0;
  write('app/page.tsx', 'one');
  write('lib/money.ts', 'two');
  write('server/simulator/main.ts', 'three');
  write('tests/house.test.ts', 'four');
  write('package-lock.json', '{}');
  await start();
});
afterEach(() => rmSync(root, { recursive: true }));

describe('the app is built', () => {
  test('at the first start and not at the second', async () => {
    expect(builds).toBe(1);
    expect(await start()).toBe(false);
    expect(builds).toBe(1);
  });

  test.each<[what: string, change: () => void]>([
    ['a source changes', () => write('lib/money.ts', 'too')],
    ['a source comes', () => write('components/ui/key.tsx', '')],
    ['a source goes', () => rmSync(file('lib/money.ts'))],
    ['a source gets another name', () => renameSync(file('lib/money.ts'), file('lib/coins.ts'))],
    ['packages change', () => write('package-lock.json', '{ }')],
    ['the settings of Next.js change', () => write('next.config.ts', '')],
    ['the build is gone', () => rmSync(file('.next/BUILD_ID'))],
    ['nobody knows of what it was made', () => rmSync(file('.next/countertop-hash'))],
  ])('again when %s', async (_what, change) => {
    change();
    expect(await start()).toBe(true);
    expect(await start()).toBe(false);
    expect(builds).toBe(2);
  });

  test.each<[what: string, change: () => void]>([
    ['only dates change', () => utimesSync(file('lib/money.ts'), 1, 2_000_000_000)],
    ['a test changes', () => write('tests/house.test.ts', 'five')],
    ['the simulator changes', () => write('server/simulator/main.ts', 'six')],
    ['a command changes', () => write('server/commands/start.mjs', 'seven')],
    ['a source changes and changes back', () => write('lib/money.ts', 'two')],
  ])('not again when %s', async (_what, change) => {
    change();
    expect(await start()).toBe(false);
  });

  test('again after a build that broke, even if its sources come back', async () => {
    write('lib/money.ts', 'broken');
    const breaking = async () => ({ code: 1, output: 'Type error: money' });
    await expect(buildIfChanged({ say, root, build: breaking })).rejects.toThrow(
      /Type error: money\n.*could not be built/s,
    );
    write('lib/money.ts', 'two');
    expect(await start()).toBe(true);
  });
});
