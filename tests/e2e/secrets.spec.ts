/** Planted secrets are looked for wherever a customer, a cashier or a thief could read. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/processes';
import { SCREENS } from '../support/screens';
import { expect, test } from '../support/shop-fixture';
import { METRICS_TOKEN, type Stack } from '../support/stack';
import { expectState, freshCode, key, scan, signIn } from '../support/till';

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

test('S56 S58 S59 neither the client key nor a payment code is in a bundle, a page, a log or the database', async ({
  page,
}) => {
  const heard: string[] = [];
  page.on('response', async (response) => {
    const type = response.headers()['content-type'] ?? '';
    if (type.includes('event-stream')) return;
    heard.push(JSON.stringify(response.headers()));
    heard.push((await response.body().catch(() => Buffer.alloc(0))).toString('latin1'));
  });
  page.on('console', (message) => heard.push(message.text()));
  await signIn(page, stack);
  const codes = [freshCode(), freshCode()];
  for (const code of codes) {
    await stack.control('fault', { kind: 'html', endpoint: 'payment', stage: 'after', times: 1 });
    await key(page, '4850');
    await scan(page, code);
    await expectState(page, 'paid', 20_000);
  }
  const authorization = `Bearer ${METRICS_TOKEN}`;
  await fetch(`${stack.till}/api/metrics`, { headers: { authorization } });
  await fetch(`${stack.till}/api/metrics`, { headers: { authorization: `${authorization}x` } });
  await page.goto(`${stack.till}/history`);
  await page.goto(`${stack.till}/no-such-page`);
  const storage = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));

  const secrets = [stack.simulator.key, stack.simulator.appCode, METRICS_TOKEN, ...codes];
  const bundles = filesBelow(path.join(ROOT, '.next/static')).map((file) => readFileSync(file));
  const folder = path.dirname(stack.databaseFile);
  const stored = filesBelow(folder).map((file) => readFileSync(file));
  expect(bundles.length).toBeGreaterThan(5);
  expect(heard.length).toBeGreaterThan(10);
  expect(stored.length).toBeGreaterThan(1);
  for (const secret of secrets) {
    expect(heard.some((text) => text.includes(secret))).toBe(false);
    expect(storage).not.toContain(secret);
    expect(stack.logs()).not.toContain(secret);
    for (const bytes of [...bundles, ...stored]) expect(bytes.includes(secret)).toBe(false);
  }
});

test('S03 S09 every screen asks this server and nobody else, and keeps to its own policy', async ({
  page,
}) => {
  const hosts = new Set<string>();
  const broken: string[] = [];
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('console', (message) => {
    if (/Content Security Policy|violates/i.test(message.text())) broken.push(message.text());
  });
  await signIn(page, stack, 'owner');
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  for (const route of Object.keys(SCREENS).filter((one) => !/\[|\/sign-in/.test(one))) {
    await page.goto(stack.till + route);
    await page.waitForLoadState('load');
  }
  await page.goto(`${stack.till}/no-such-page`);
  expect([...hosts]).toEqual([new URL(stack.till).host]);
  expect(broken).toEqual([]);
});

test('S08 a browser keeps no code, no PIN and no session, and a sign-out clears what it read', async ({
  page,
}) => {
  await signIn(page, stack);
  const code = freshCode();
  await key(page, '4850');
  await scan(page, code);
  await expectState(page, 'paid', 20_000);
  const kept = () =>
    page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(({ name }) => name);
      return JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        databases,
        document.cookie,
      ]);
    });
  const session = (await page.context().cookies()).find(({ name }) => name.endsWith('.session'));
  const before = await kept();
  expect(before).toContain('countertop.counter');
  for (const secret of [code, '300300', session?.value ?? 'no session', '"amount":4850']) {
    expect(before).not.toContain(secret);
  }
  expect(JSON.parse(before)[2]).toEqual([]);
  const left = page.waitForResponse((answer) => answer.url().endsWith('/api/auth/signout'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  expect((await (await left).allHeaders())['clear-site-data']).toBe('"cache"');
  await expect(page).toHaveURL(/\/sign-in/);
  const gone = await page.context().cookies();
  expect(gone.some(({ name, value }) => name.endsWith('.session') && value !== '')).toBe(false);
});
