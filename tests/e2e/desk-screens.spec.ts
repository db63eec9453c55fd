/**
 * Screens that change hands: another person, a lock, a PIN before each sale. Money that runs on one
 * of them is never lost by it. The tests are chapters of one story, in their order.
 */
import { expect, type Page, test } from 'playwright/test';
import { hour } from '../support/shop-clock';
import { type Stack, startStack } from '../support/stack';
import { enter, type StaffClient } from '../support/staff-client';
import { confirm, entered, type Who } from '../support/staff-pages';
import { expectState, key, moment, paymentId, STAFF } from '../support/till';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const NOON = hour('12:00');
let stack: Stack;
let owner: StaffClient;
test.beforeAll(async () => {
  stack = await startStack({ env: NOON.env });
  await NOON.set(stack);
  owner = await enter(stack.till, 'owner');
});
test.afterAll(() => stack.stop());

const setting = (body: object) =>
  owner.call('PUT', '/api/settings', { body: { ...body, pin: STAFF.owner.pin } });

test('another person goes on with the amount, and then with the live payment', async ({
  browser,
}) => {
  const page = await entered(browser, stack, { who: 'manager', counter: 'Front' });
  const change = async (who: Who) => {
    await page.getByTitle('Change the person').click();
    const dialog = page.getByRole('dialog', { name: 'Who goes on here?' });
    await dialog.getByLabel('Staff code').fill(STAFF[who].code);
    await dialog.getByLabel('PIN', { exact: true }).fill(STAFF[who].pin);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
  };
  await key(page, '4850');
  await change('cashier');
  await expect(page.getByTestId('person')).toHaveText('Mei');
  await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '4850');
  await page.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expectState(page, 'awaiting');
  const id = await paymentId(page);
  await change('manager');
  await expect(page.getByTestId('person')).toHaveText('Ka Ming');
  await change('cashier');
  await expect(page.getByTestId('person')).toHaveText('Mei');
  await expectState(page, 'awaiting');
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  await page.context().close();
});

test('a cashier goes on with another cashier’s live payment, and with no other one', async () => {
  const body = { code: '3001', name: 'Ling', role: 'cashier', newPin: '739105', pin: '100100' };
  expect((await owner.call('POST', '/api/staff', { body })).status).toBe(201);
  const till = await enter(stack.till);
  const started = async (counter: string) => {
    const order = { amount: 1_000, payType: '800201', counter };
    const made = await till.call('POST', '/api/payments', { body: order, key: `s-${counter}` });
    return (made.body.payment as { id: string }).id;
  };
  const [here, there] = [await started('Here'), await started('There')];
  const { csrfToken } = (await (await till.send('/api/auth/csrf')).json()) as { csrfToken: string };
  const before = new Map(till.cookies);
  const form = { csrfToken, staffCode: '3001', pin: '739105', counter: 'Here', json: 'true' };
  const next = await till.send('/api/auth/callback/staff', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  expect(next.status).toBe(200);
  const seen = async (id: string) => (await till.call('GET', `/api/payments/${id}`)).status;
  expect([await seen(here), await seen(there)]).toEqual([200, 404]);
  const jar = [...before].map(([name, value]) => `${name}=${value}`).join('; ');
  const old = await fetch(`${stack.till}/api/payments`, { headers: { cookie: jar } });
  expect(old.status).toBe(401);
  // A screen waits for its person's customers, wherever they stand.
  for (const id of [here, there]) await stack.control('pay', { number: id });
});

test('S13 an idle screen locks and asks for a PIN, but never while a customer is paying', async ({
  browser,
}) => {
  expect((await setting({ 'idle-lock-minutes': 1 })).status).toBe(200);
  const page = await entered(browser, stack, { who: 'cashier', counter: 'Idle' });
  await key(page, '8800');
  await page.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expectState(page, 'awaiting');
  const id = await paymentId(page);
  const later = async (minutes: number) => {
    const shift = Number(NOON.env.TEST_CLOCK_SHIFT_MS) + minutes * 60_000;
    await stack.control('clock', { now: Date.now() + shift, speed: 1 });
    await stack.restartApp({ TEST_CLOCK_SHIFT_MS: String(shift) });
    await page.reload();
    await expect(page.getByTestId('network')).toContainText('Online');
  };
  const lock = page.getByTestId('lock');
  await later(2);
  await expectState(page, 'awaiting');
  await expect(lock).toBeHidden();
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$88.00');
  await expect(lock).toBeHidden();
  await later(4);
  await expect(lock).toBeVisible();
  await expect(lock.getByLabel('PIN', { exact: true })).toBeFocused();
  const behind = (where: string, init: RequestInit) =>
    page.evaluate(
      async ([path, given]) => {
        const answer = await fetch(path, given as RequestInit);
        return [answer.status, ((await answer.json()) as { code?: string }).code];
      },
      [where, init] as const,
    );
  const json = { 'content-type': 'application/json', 'idempotency-key': 'locked' };
  const charge = { method: 'POST', headers: json, body: '{"amount":100,"payType":"800201"}' };
  expect(await behind('/api/payments', charge)).toEqual([423, 'locked']);
  expect(await behind('/api/session/active', { method: 'POST' })).toEqual([423, 'locked']);
  expect((await behind('/api/payments', {}))[0]).toBe(200);
  await page.keyboard.press('Escape');
  await expect(lock).toBeVisible();
  await lock.getByLabel('PIN', { exact: true }).fill('000000');
  await page.keyboard.press('Enter');
  await expect(lock.getByTestId('person-says')).toContainText('wrong');
  await lock.getByLabel('PIN', { exact: true }).fill(STAFF.cashier.pin);
  await page.keyboard.press('Enter');
  await expect(lock).toBeHidden();
  await key(page, '12');
  await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '12');
  await page.context().close();
});

test('where each sale asks for a PIN, the sale belongs to who entered it', async ({ browser }) => {
  owner = await enter(stack.till, 'owner');
  expect((await setting({ 'pin-mode': 'always', wallets: ['fps', 'alipay'] })).status).toBe(200);
  const page = await entered(browser, stack, { who: 'manager', counter: 'Shared' });
  await expect(page.getByRole('button', { name: 'WeChat Pay', exact: true })).toBeHidden();
  const gate = page.getByTestId('pin-gate');
  const sell = async () => {
    await key(page, '500');
    await page.getByRole('button', { name: 'Alipay', exact: true }).click();
    await expect(gate).toBeVisible();
    await gate.getByLabel('Staff code').fill(STAFF.cashier.code);
    await gate.getByLabel('PIN', { exact: true }).fill(STAFF.cashier.pin);
    await page.keyboard.press('Enter');
    await expectState(page, 'awaiting');
    const id = await paymentId(page);
    await stack.control('pay', { number: id });
    await expectState(page, 'paid');
    return id;
  };
  for (const id of [await sell(), await sell()]) {
    const { body } = await owner.call('GET', `/api/payments/${id}`);
    expect(body.payment).toMatchObject({ staff: '3000' });
  }
  const till = await enter(stack.till);
  const order = { amount: 1_000, payType: '800201' };
  const charge = (name: string) =>
    till.call('POST', '/api/payments', { body: order, key: `always-${name}` });
  expect((await charge('1')).status).toBe(201);
  expect((await charge('1')).status).toBe(201);
  expect(await charge('2')).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
  await page.context().close();
});

test('somebody who may agrees in place, for one call, and the audit names both', async () => {
  const cashier = await enter(stack.till);
  const body = { amount: 100, reason: 'Wrong size', pin: STAFF.cashier.pin };
  const ask = (leave?: string) =>
    cashier.call('POST', '/api/payments/nobody/refunds', {
      body,
      key: 'leave',
      headers: leave === undefined ? {} : { 'x-leave-of': leave },
    });
  for (const leave of [undefined, '2000:000000', '3001:739105']) {
    expect(await ask(leave)).toMatchObject({ status: 403, body: { code: 'leave-needed' } });
  }
  expect(await ask('2000:200200')).toMatchObject({ status: 404 });
  expect((await setting({ 'pin-mode': 'never' })).status).toBe(200);
  expect((await ask('2000:200200')).body.code).toBe('not-allowed');
  const { acts } = (await owner.call('GET', '/api/staff/acts')).body as {
    acts: { actor: string; detail: object }[];
  };
  expect(acts[1]).toMatchObject({
    actor: '2000',
    detail: { did: 'leave-given', person: '3000', may: 'refund' },
  });
  expect(acts[0]?.detail).toEqual({
    ...{ did: 'setting-changed', setting: 'pin-mode' },
    ...{ before: '"always"', after: '"never"' },
  });
  expect(stack.logs()).not.toMatch(/739105|200200|100100|300300/);
});

test('an owner orders one outlet’s wallets and sets quick amounts; its till sells by them at once', async ({
  browser,
}) => {
  const six = ['alipay', 'wechat', 'unionpay', 'payme', 'fps', 'octopus'];
  expect((await setting({ 'idle-lock-minutes': 0, wallets: six })).status).toBe(200);
  const body = { name: 'Mong Kok', mchid: 'M200' };
  const made = await owner.call('POST', '/api/outlets', { body });
  const [first] = made.body.outlets as readonly { readonly id: string; readonly name: string }[];
  const placed = { counter: 'Peak', outlet: first?.id };
  const there = await owner.call('POST', '/api/outlets/counters', { body: placed });
  expect([made.status, there.status]).toEqual([201, 200]);
  const desk = await entered(browser, stack, { who: 'owner', counter: 'Office' });
  const [till, other] = [
    await entered(browser, stack, { who: 'cashier', counter: 'Peak' }),
    await entered(browser, stack, { who: 'manager', counter: 'Elsewhere' }),
  ];
  const tiles = (page: Page) =>
    page.getByRole('region', { name: 'Charge by showing a QR' }).getByRole('button');
  await expect(tiles(till)).toHaveCount(6);
  await till.evaluate(() => Object.assign(window, { neverReloaded: true }));

  await desk.goto(`${stack.till}/settings`);
  const save = async (name: string) => {
    const group = desk.getByTestId(`setting-${name}`);
    await group.getByRole('button', { name: 'Save' }).click();
    await confirm(desk);
    await expect(group.getByText('Saved.')).toBeVisible();
  };
  await desk
    .getByTestId('setting-wallets')
    .getByLabel('For')
    .selectOption(first?.name ?? '');
  const wallets = desk.getByTestId('setting-outlet-wallets');
  await wallets.getByText('A list of its own').click();
  await wallets.getByText('FPS', { exact: true }).click();
  // By keys alone: whoever moves a row up keeps it in hand, and is stopped at the top.
  await wallets.getByRole('button', { name: 'Move Octopus up' }).focus();
  for (let press = 0; press < 6; press += 1) await desk.keyboard.press('Enter');
  await wallets.getByRole('button', { name: 'Move Alipay down' }).focus();
  await desk.keyboard.press('Enter');
  await expect(wallets.getByRole('button', { name: 'Move Alipay down' })).toBeFocused();
  await save('outlet-wallets');
  await expect(tiles(till)).toHaveText(['Octopus', 'WeChat Pay', 'Alipay', 'UnionPay', 'PayMe']);
  await expect(tiles(other)).toHaveText([
    ...['Alipay', 'WeChat Pay', 'UnionPay', 'PayMe', 'FPS', 'Octopus'],
  ]);

  const amounts = desk.getByTestId('setting-quick-amounts');
  for (const written of ['20', '48.50', '48.50']) {
    await amounts.getByLabel('Another amount (HKD)').fill(written);
    await desk.keyboard.press('Enter');
  }
  await expect(amounts).toContainText('HK$48.50 is there already.');
  await amounts.getByRole('button', { name: 'Move HK$48.50 up' }).click();
  await save('quick-amounts');
  const quick = till.locator('[data-testid=quick-amount][data-from=shop]');
  await expect(quick).toHaveText(['48.50', '20']);
  await key(till, '7');
  await quick.nth(1).click();
  await expect(till.getByTestId('amount')).toHaveAttribute('data-minor', '2000');
  await quick.first().click();
  await expect(till.getByTestId('amount')).toHaveAttribute('data-minor', '4850');
  await till.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expectState(till, 'awaiting');
  await expect(quick.first()).toBeDisabled();
  await stack.control('pay', { number: await paymentId(till) });
  await expectState(till, 'paid');
  await expect(moment(till)).toContainText('HK$48.50');
  // The next customer’s amount yields the green, as a digit does.
  await quick.nth(1).click();
  await expect(till.getByTestId('amount')).toHaveAttribute('data-minor', '2000');
  expect(await till.evaluate(() => 'neverReloaded' in window)).toBe(true);
  await desk.goto(`${stack.till}/staff/acts`);
  await expect(desk.getByRole('main')).toContainText(
    `Wallets of an outlet, ${first?.name}: from As in the whole shop to Octopus, WeChat Pay`,
  );
  for (const page of [desk, till, other]) await page.context().close();
});

test('a browser that has chosen no language speaks the shop’s, and so do the doors', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const refusal = async (cookie: string) => {
    const answer = await fetch(`${stack.till}/api/payments`, { headers: { cookie } });
    return ((await answer.json()) as { says: string }).says;
  };
  await page.goto(`${stack.till}/sign-in`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect((await setting({ 'staff-language': 'zh-Hant' })).status).toBe(200);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  expect([await refusal(''), await refusal('language=en')]).toEqual([
    expect.stringMatching(/\p{Script=Han}/u),
    expect.stringMatching(/^\P{Script=Han}+$/u),
  ]);
  const own = { name: 'language', value: 'zh-Hans', url: stack.till };
  await context.addCookies([own]);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await context.close();
});
