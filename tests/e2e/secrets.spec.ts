/** Planted secrets are looked for wherever a customer, a cashier or a thief could read. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/processes';
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

test('neither the client key nor a payment code is in a bundle, a page, a log or the database', async ({
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

test('the browser asks this server and nobody else', async ({ page }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await signIn(page, stack);
  await key(page, '4850');
  await scan(page, freshCode());
  await expectState(page, 'paid');
  expect([...hosts]).toEqual([new URL(stack.till).host]);
});

test('nothing on a page breaks its own security policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|violates/i.test(message.text())) broken.push(message.text());
  });
  await signIn(page, stack);
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  await page.goto(`${stack.till}/history`);
  expect(broken).toEqual([]);
});
