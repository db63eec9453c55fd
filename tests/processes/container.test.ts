/**
 * What the Dockerfile promises, without Docker: its lines name what there is, and the folder that
 * its last stage makes sells, owned by somebody else and run by nobody in particular.
 */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  copies,
  execForm,
  isKeptOut,
  said,
  settingsOf,
  stages,
} from '../support/container/dockerfile';
import { layOut } from '../support/container/image';
import { cleanEnvironment, freePort, ROOT, startNode, until } from '../support/processes';
import { enter } from '../support/staff-client';

const [build, last] = [stages()[0], stages().at(-1)];
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

describe('the Dockerfile', () => {
  test('builds and runs on one version of Node.js, named to the last figure', () => {
    const images = stages().map(({ image }) => image);
    expect(images).toHaveLength(2);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/^node:\d+\.\d+\.\d+-[a-z]+-slim$/);
  });

  test('copies what there is and what .dockerignore lets in', () => {
    const asked = copies(last).filter(({ from }) => from === null);
    const names = [...asked, ...copies(build)].flatMap((copy) => copy.names);
    expect(names).toContain('server');
    for (const name of names.filter((one) => one !== '.')) {
      expect(existsSync(path.join(ROOT, name)), name).toBe(true);
      expect(isKeptOut(name), name).toBe(false);
    }
  });

  test('runs commands that there are', () => {
    const scripts = said(build, 'RUN').flatMap((line) =>
      [...line.matchAll(/npm run (?:-s )?(\w+)/g)].map(([, name = '']) => name),
    );
    expect(scripts).toEqual(['build']);
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(scripts));
    for (const text of [...said(last, 'CMD'), ...said(last, 'HEALTHCHECK')]) {
      const [program, file = ''] = execForm(text);
      expect(program).toBe('node');
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    }
    expect(said(last, 'HEALTHCHECK')).toHaveLength(1);
  });

  test('ends as somebody who is not root, with the records in a volume', () => {
    expect(said(last, 'USER')).toEqual(['node']);
    expect(said(last, 'VOLUME')).toEqual(['/data']);
    expect(settingsOf(last).DATABASE_URL).toBe('file:/data/countertop.db');
  });

  test('holds no secret, and is handed none', () => {
    const names = stages().flatMap((stage) => Object.keys(settingsOf(stage)));
    expect(names.filter((name) => /KEY|SECRET|PIN|APPCODE|PASS/.test(name))).toEqual([]);
    expect(stages().flatMap((stage) => said(stage, 'ARG'))).toEqual([]);
  });

  test.each([
    ...['.env', '.env.local', 'server/.env', '.git/config', 'data/countertop.db', 'shop.db'],
    ...['data/auth-secret', 'data/certificate/authority.key', 'tests/.tmp/x', 'lib/a.db-wal'],
    ...['node_modules/next/package.json', '.next/BUILD_ID', 'lib/key.pem', 'test-results/a.zip'],
  ])('%s stays out of every layer', (file) => {
    expect(isKeptOut(file)).toBe(true);
  });
});

const made = mkdtempSync(path.join(tmpdir(), 'countertop-image-'));
afterAll(() => rmSync(made, { recursive: true, force: true }), 60_000);

test('the image’s folder sells, is only read, and stops when told', async () => {
  const [folder, data] = [path.join(made, 'srv'), path.join(made, 'data')];
  for (const each of [folder, data]) mkdirSync(each);
  for (const each of [made, folder]) chmodSync(each, 0o755);
  layOut(folder);
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const env = {
    ...cleanEnvironment(),
    ...settingsOf(last),
    HOST: '127.0.0.1',
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    DATABASE_URL: `file:${data}/countertop.db`,
    TRUSTED_PROXY: 'yes',
    HOME: '/nonexistent',
  };
  const ids = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const running = { folder, ...(isRoot ? { through: ['setpriv', ...ids] } : {}) };
  const program = (text = '') => startNode(execForm(text).slice(1), env, running);
  const healthy = async () => {
    const asked = program(said(last, 'HEALTHCHECK')[0]);
    await asked.ended;
    return asked.exit()?.code;
  };
  expect(await healthy()).toBe(1);
  const shop = program(said(last, 'CMD')[0]);
  try {
    await until(() => shop.output().includes('Ctrl+C'), { programs: [shop] });
    expect(shop.output()).not.toMatch(/Installing|Building/);
    expect(await healthy()).toBe(0);
    const till = `http://127.0.0.1:${port}`;
    const cashier = await enter(till);
    // The proxy serves HTTPS, so the session must never leave a browser without it.
    expect([...cashier.cookies.keys()]).toContain('__Host-countertop.session');
    const body = { amount: 4_850, authCode: `13${String(Date.now()).padStart(16, '0')}` };
    const sold = await cashier.call('POST', '/api/payments', { body, key: 'container-1' });
    expect(sold).toMatchObject({
      status: 201,
      body: { payment: { state: 'paid', amount: 4_850 } },
    });
    // A page, and what it is drawn with.
    const page = await (await fetch(`${till}/sign-in`)).text();
    const script = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? 'none';
    expect((await fetch(till + script)).status).toBe(200);
  } finally {
    await shop.end('SIGTERM');
  }
  expect(shop.exit()).toEqual({ code: 0, signal: null });
}, 180_000);
