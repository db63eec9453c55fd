/** The pages name what there is: commands, files, headings, and every setting once. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  anchorsIn,
  codeOf,
  commandsOf,
  linksOf,
  pages,
  pathsOf,
  scriptsOf,
  settingsAskedFor,
  settingsExplained,
  settingsIn,
} from './support/docs/pages';
import { ROOT } from './support/processes';

const ALL = pages();
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const isThere = (file: string) => existsSync(path.join(ROOT, file));
const readme = read('README.md');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

/** The old name of the same setting, which the row of the new one tells of. */
const ALIAS = 'NEXTAUTH_SECRET';
/** Of the simulator alone, when it is started by itself. */
const OF_THE_SIMULATOR = ['SIMULATOR_STATE'];

describe.each(ALL.map((page) => [page.file, page] as const))('%s', (_file, page) => {
  test('names commands that there are', () => {
    expect(scriptsOf(page).filter((name) => !scripts.includes(name))).toEqual([]);
    const missing = commandsOf(page).filter((name) => !isThere(`server/commands/${name}.ts`));
    expect(missing).toEqual([]);
  });

  test('names files that there are', () => {
    expect(pathsOf(page).filter((file) => !isThere(file))).toEqual([]);
  });

  test('leads to pages and headings that there are', () => {
    const broken = linksOf(page).filter(
      ({ to, anchor }) =>
        !isThere(to) || (anchor !== null && !anchorsIn(read(to)).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  test('names settings that are read', () => {
    const known = [...settingsAskedFor(), ...OF_THE_SIMULATOR];
    expect(settingsIn(page).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('the pages say enough to be looked up', () => {
  const count = (of: (page: (typeof ALL)[number]) => readonly unknown[]) => ALL.flatMap(of).length;
  expect(count(scriptsOf)).toBeGreaterThan(20);
  expect(count(pathsOf)).toBeGreaterThan(40);
  expect(count(linksOf)).toBeGreaterThan(10);
  expect(count(commandsOf)).toBeGreaterThan(2);
});

test('every setting is explained once, and nothing else is', () => {
  const asked = settingsAskedFor().filter((name) => name !== ALIAS);
  expect(settingsExplained(readme).sort()).toEqual(asked);
  expect(readme).toContain(`(\`${ALIAS}\` works too)`);
});

test('every command of package.json is told of somewhere', () => {
  const told = new Set(ALL.flatMap(scriptsOf));
  expect(scripts.filter((name) => !told.has(name))).toEqual([]);
});

test('a service manager waits longer for the end than npm start does', () => {
  const start = read('server/commands/start.mjs');
  const ours = Number(/STOP_WITHIN_MS = (\d+)_000/.exec(start)?.[1]);
  const unit = read('docs/deploy/countertop.service');
  const theirs = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
  expect(ours).toBeGreaterThan(0);
  expect(theirs).toBeGreaterThan(ours);
});

test('what is looked up is found in prose as well as in code', () => {
  const page = { file: 'x.md', text: 'Do `npm run gone -- x`; see `lib/gone.ts`, `lib/…/a.ts`.\n' };
  expect([scriptsOf(page), pathsOf(page)]).toEqual([['gone'], ['lib/gone.ts']]);
  expect(codeOf({ file: 'x.md', text: '```sh\nnpm start\n```\n' })).toEqual(['npm start\n']);
});
