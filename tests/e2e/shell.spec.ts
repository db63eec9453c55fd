/**
 * The till as an app: what its worker keeps and never keeps, what it shows while the server is
 * away, what it says after a deploy, and what it does where the address is not secure.
 */

import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { LANGUAGE_COOKIE, LANGUAGES } from '@/lib/messages/language';
import { certificateFiles } from '@/server/certificate-place';
import { issue, newAuthority } from '@/server/commands/authority';
import { newScreen, pairAt } from '../support/customers-screen';
import { giveEyes, look } from '../support/screen-look';
import { type Stack, startStack } from '../support/stack';
import { expectState, freshCode, key, paymentId, scan, signIn } from '../support/till';

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 120_000 });

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.stop());
test.beforeEach(async () => {
  await stack.restartApp();
  await stack.control('reset', {});
});

/** Until the worker has everything and stands between this page and the server. */
const controlled = (page: Page) =>
  page.evaluate(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (serviceWorker.controller !== null) return;
    await new Promise((go) => serviceWorker.addEventListener('controllerchange', go));
  });

const showQr = async (page: Page) => {
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  return paymentId(page);
};

/** What the worker has on its shelves: each address, and what it would answer. */
const shelves = (page: Page) =>
  page.evaluate(async () => {
    const kept: { path: string; body: string }[] = [];
    for (const name of await caches.keys()) {
      const shelf = await caches.open(name);
      for (const request of await shelf.keys()) {
        const body = (await (await shelf.match(request))?.text()) ?? '';
        kept.push({ path: new URL(request.url).pathname, body });
      }
    }
    return kept;
  });

/** `network error`, or the status of whatever answered. */
const asked = (page: Page, path: string) =>
  page.evaluate(
    (where) =>
      fetch(where).then(
        ({ status }) => String(status),
        () => 'network error',
      ),
    path,
  );

test('the worker never answers about money, not even what it was just asked', async ({ page }) => {
  await signIn(page, stack);
  await controlled(page);
  const id = await showQr(page);
  const questions = [`/api/payments/${id}`, '/api/payments', '/api/session', '/api/health'];
  for (const path of questions) expect([path, await asked(page, path)]).toEqual([path, '200']);
  await page.goto(`${stack.till}/history/${id}`);
  await expect(page.getByTestId('timeline')).toBeVisible();
  await page.goto(stack.till);
  await expectState(page, 'awaiting');

  const kept = await shelves(page);
  expect(kept.some(({ path }) => path.endsWith('.js'))).toBe(true);
  const strange = kept.filter(({ path }) => !/^\/(_next\/static\/.+|offline)$/.test(path));
  expect(strange).toEqual([]);
  expect(kept.filter(({ body }) => body.includes(id)).map(({ path }) => path)).toEqual([]);

  await stack.endApp();
  for (const path of questions) {
    expect([path, await asked(page, path)]).toEqual([path, 'network error']);
  }
  await page.reload();
  await expect(page.getByTestId('offline')).toContainText('Nothing about money is shown');
  expect(await page.locator('body').innerText()).not.toMatch(/48\.50|\d{6}/);
  expect(new URL(page.url()).pathname).toBe('/');
  // It is dressed although the server that has its clothes is away.
  const background = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  expect(background).toContain('Segoe UI');
  await stack.restartApp();
  await expectState(page, 'awaiting', 30_000);
  expect(await paymentId(page)).toBe(id);
});

test('a screen of the old build is told, never beside a payment, and a press loads the new one', async ({
  page,
  context,
}) => {
  await signIn(page, stack);
  await controlled(page);
  const desk = await context.newPage();
  await desk.goto(`${stack.till}/history`);
  await expect(desk.getByTestId('network')).toContainText('Online');
  await showQr(page);
  await stack.restartApp({ COUNTERTOP_BUILD: 'another' });
  const notice = page.getByTestId('update');
  await expect(desk.getByTestId('update')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('network')).toContainText('Online', { timeout: 30_000 });
  await expectState(page, 'awaiting');
  await expect(notice).toHaveCount(0);
  await stack.control('pay', { number: await paymentId(page) });
  await expectState(page, 'paid');
  await expect(notice).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(notice).toContainText('A new version of the till is ready');
  await page.keyboard.press('7');
  await expect(notice).toHaveCount(0);
  await page.keyboard.press('Delete');
  await notice.getByRole('button', { name: 'Load it now' }).click();
  await expect(page.getByTestId('amount')).toBeVisible();
  await expect(page.getByTestId('network')).toContainText('Online');
  await expect.poll(() => builds(page)).toEqual(['another']);
  await expect(notice).toHaveCount(0);
});

/** Of which builds the worker still has anything. */
const builds = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    return names.map((name) => /^countertop-shell-(.+)-en$/.exec(name)?.[1]);
  });

test('the customer’s screen takes up the new build by itself, between customers', async ({
  page,
  browser,
}) => {
  await signIn(page, stack);
  const screen = await newScreen(browser, stack);
  await pairAt(page, screen);
  await expect(screen.getByTestId('moment')).toHaveAttribute('data-at', 'idle');
  await screen.evaluate(() => Object.assign(window, { before: true }));
  await stack.restartApp({ COUNTERTOP_BUILD: 'another' });
  await expect
    .poll(() => screen.evaluate(() => 'before' in window).catch(() => true), { timeout: 30_000 })
    .toBe(false);
  await expect(screen.getByTestId('moment')).toHaveAttribute('data-at', 'idle');
  await screen.context().close();
});

/** Every origin that the context asks for anything. */
function origins(context: BrowserContext): Set<string> {
  const found = new Set<string>();
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol)) found.add(origin);
  });
  return found;
}

test('no request leaves the server’s own origin, and the till can be installed', async ({
  page,
  context,
}) => {
  const found = origins(context);
  await signIn(page, stack, 'owner');
  await controlled(page);
  await showQr(page);
  for (const path of ['/history', '/reports', '/settings', '/display', '/trust', '/offline']) {
    await page.goto(stack.till + path);
    await expect(page.locator('main').first()).toBeVisible();
  }
  expect([...found]).toEqual([stack.till]);

  const link = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await page.request.get(`${stack.till}${link}`)).json();
  expect(manifest).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone' });
  const pictures = await page.evaluate(
    (icons: { src: string; sizes: string }[]) =>
      Promise.all(
        icons.map(async ({ src, sizes }) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return sizes === 'any' || sizes === `${image.naturalWidth}x${image.naturalHeight}`;
        }),
      ),
    manifest.icons,
  );
  expect(pictures).toEqual([true, true, true, true]);
  const purposes = manifest.icons.map(({ purpose }: { purpose?: string }) => purpose);
  expect(purposes).toContain('maskable');
});

test('where the address is not secure the till says so, and the hand scanner charges all the same', async ({
  page,
}) => {
  const till = stack.till.replace('127.0.0.1', 'shop.test');
  await signIn(page, { till });
  expect(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator])).toEqual([
    ...[false, false],
  ]);
  const says = page.getByTestId('no-camera-here');
  await expect(says).toContainText('needs a secure address');
  await expect(page.getByRole('button', { name: 'Scan the customer’s code' })).toHaveCount(0);
  await expect(says.getByRole('link')).toHaveAttribute('href', '/trust');
  await key(page, '4850');
  await scan(page, freshCode());
  await expectState(page, 'paid');
});

test('what a till loads before it can sell is 200 KB at most', async ({ page }) => {
  await signIn(page, stack);
  const html = await (await page.request.get(stack.till)).text();
  // What is marked so is for browsers of before 2018, and no other fetches it.
  const modern = html.replaceAll(/<script[^>]*nomodule[^>]*>/gi, '');
  const needed = new Set(modern.match(/\/_next\/static\/chunks\/[\w./~-]+\.js/g));
  expect(needed.size).toBeGreaterThan(8);
  let sum = 0;
  for (const script of needed) {
    const answer = await page.request.get(stack.till + script);
    sum += gzipSync(await answer.body()).length;
  }
  expect(sum).toBeLessThanOrEqual(200_000);
});

test('a customer’s phone gets no worker', async ({ page }) => {
  await page.goto(`${stack.till}/r/nobody`);
  await expect(page.locator('main')).toBeVisible();
  const registered = () => navigator.serviceWorker.getRegistrations().then(({ length }) => length);
  expect(await page.evaluate(registered)).toBe(0);
});

test('a new tablet is told in three languages how it comes to trust this server', async ({
  browser,
}) => {
  const files = certificateFiles(path.dirname(stack.databaseFile));
  const names = { dns: ['localhost'], addresses: ['127.0.0.1', '10.0.0.4', '192.168.1.20'] };
  const authority = newAuthority('of a test', names, new Date());
  const own = issue(authority, names, { key: null, now: new Date() });
  mkdirSync(files.folder, { recursive: true });
  writeFileSync(files.authority, authority.certificate);
  writeFileSync(files.certificate, own.certificate);
  writeFileSync(files.key, own.key);
  const tls = { TLS_CERT: files.certificate, TLS_KEY: files.key };
  await stack.restartApp({ ...tls, HOST: '0.0.0.0' });
  const context = await browser.newContext({ serviceWorkers: 'block' });
  await giveEyes(context);
  const page = await context.newPage();
  const found: string[] = [];
  for (const language of LANGUAGES) {
    const theme = language === 'zh-Hant' ? 'dark' : 'light';
    await context.addCookies([
      { name: LANGUAGE_COOKIE, value: language, url: stack.till },
      { name: 'theme', value: theme, url: stack.till },
    ]);
    await page.goto(`${stack.till}/trust`);
    await expect(page.locator('[data-testid=trust][data-kind=ours]')).toBeVisible();
    found.push(...(await look(page, { name: 'trust', language, axe: true })));
  }
  expect(found).toEqual([]);
  const { port } = new URL(stack.till);
  const qr = page.getByTestId('qr');
  await expect(qr).toHaveAttribute('data-qr', `http://192.168.1.20:${port}/trust`);
  await expect(qr.locator('path')).toHaveCount(1);
  const secure = page.getByTestId('secure-till');
  await expect(secure).toHaveAttribute('href', `https://192.168.1.20:${port}/`);
  const handed = await page.request.get(
    `${stack.till}${await page.getByTestId('authority').getAttribute('href')}`,
  );
  expect(handed.headers()['content-type']).toBe('application/x-x509-ca-cert');
  expect(new X509Certificate(await handed.body()).fingerprint256).toBe(
    await page.getByTestId('sha256').innerText(),
  );
  await context.close();
});
