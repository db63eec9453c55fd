/** A chain of two outlets: a day compared with QFPay on the screen, and each outlet for itself. */
import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { newKey, openShop, refund, type Shop } from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { signIn } from '../support/till';

/** Where pictures of the screens go, when somebody wants to look at them. */
const SHOTS = process.env.COUNTERTOP_SHOTS ?? null;

let shop: Shop;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const noon = hour('12:00');
  const stack = await startStack({ env: { ...noon.env, QFPAY_SIMULATOR_MCHID: 'M100' } });
  await noon.set(stack);
  await stack.control('account', { mchids: ['M100', 'M200'] });
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());

type Paid = { readonly payment: { readonly id: string; readonly state: string } };
const wordsOf = (body: Record<string, unknown>) => String(body.says);

async function charge(counter: string, amount: number) {
  const { code } = (await shop.stack.control('issue-code', { wallet: 'alipay-hk' })) as {
    code: string;
  };
  const body = { amount, authCode: code, counter };
  return shop.cashier.call('POST', '/api/payments', { body, key: newKey() });
}

async function sold(counter: string, amount: number): Promise<string> {
  const answer = await charge(counter, amount);
  expect(answer.status).toBe(201);
  const { payment } = answer.body as Paid;
  expect(payment.state).toBe('paid');
  return payment.id;
}

async function mchidOf(number: string): Promise<string | null> {
  const found = await shop.stack.control(`order?number=${number}`);
  return (found as { order: { mchid: string | null } }).order.mchid;
}

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === null) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const [width, height] of [
    [1280, 800],
    [800, 1280],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function today(): Promise<string> {
  return String((await shop.manager.call('GET', '/api/compare')).body.today);
}

test('a day is compared while one looks on, and what differs is settled with a PIN', async ({
  page,
}) => {
  const { stack } = shop;
  await sold('Front', 4_850);
  await stack.control('foreign-order', { number: 'TERMINAL-7', amount: 7_700, mchid: 'M100' });
  await stack.control('fault', { kind: 'delay', endpoint: 'query', ms: 1_500, times: 0 });
  await signIn(page, stack, 'manager');
  await page.goto(`${stack.till}/reports/compare`);
  // One outlet: nobody is asked which.
  await expect(page.getByLabel('Day', { exact: true })).toBeVisible();
  await expect(page.getByText('Outlet', { exact: true })).toHaveCount(0);
  await page.getByLabel('Day', { exact: true }).fill(await today());
  await page.getByRole('button', { name: 'Compare with QFPay' }).click();
  await expect(page.getByTestId('compare-progress')).toContainText('QFPay has answered');
  await picture(page, 'running');
  const result = page.getByTestId('comparison');
  await expect(result).toHaveAttribute('data-state', 'done', { timeout: 20_000 });
  await fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
  const totals = page.getByTestId('totals');
  await expect(totals).toContainText('HK$48.50');
  await expect(totals).toContainText('HK$125.50');
  await expect(totals).toContainText('Difference -HK$77.00');
  const card = page.getByTestId('difference');
  await expect(card).toHaveCount(1);
  await expect(card).toHaveAttribute('data-number', 'TERMINAL-7');
  await expect(card).toContainText('Paid at QFPay, and not by this till');
  const waiting = async () => (await shop.manager.call('GET', '/api/inbox/count')).body;
  expect(await waiting()).toEqual({ open: 1, more: false });
  await picture(page, 'done');
  await card.getByRole('button', { name: 'Settle HK$77.00' }).click();
  await card.getByLabel('Reason').fill('Made on the terminal');
  await card.getByLabel('Your PIN').fill('200201');
  await card.getByRole('button', { name: 'Settle HK$77.00' }).click();
  await expect(card.getByRole('alert')).not.toBeEmpty();
  await expect(card.getByLabel('Reason')).toHaveValue('Made on the terminal');
  await card.getByLabel('Your PIN').fill('200200');
  await picture(page, 'settling');
  await card.getByRole('button', { name: 'Settle HK$77.00' }).click();
  await expect(card).toHaveAttribute('data-settled', 'true');
  await expect(card).toContainText('Made on the terminal');
  expect(await waiting()).toEqual({ open: 0, more: false });
  await page.goto(`${stack.till}/reports/compare`);
  await expect(page.getByText('Nothing is waiting.')).toBeVisible();
  await picture(page, 'days');
  expect(stack.logs()).not.toMatch(/200200|200201/);
});

test('a cashier compares nothing, on no screen and by no door', async ({ page }) => {
  const day = await today();
  const asked = await shop.cashier.call('POST', '/api/compare', { body: { day } });
  expect(asked).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  const read = await shop.cashier.call('GET', '/api/differences?open=1');
  expect(read.status).toBe(403);
  const tomorrow = await shop.manager.call('POST', '/api/compare', { body: { day: '2099-01-01' } });
  expect(tomorrow).toMatchObject({ status: 422, body: { code: 'invalid', fields: ['day'] } });
  await signIn(page, shop.stack, 'cashier');
  const response = await page.goto(`${shop.stack.till}/reports/compare`);
  expect(response?.status()).toBe(404);
});

test('the owner adds a second outlet, and each counter takes money for its own', async ({
  page,
}) => {
  const { stack } = shop;
  await signIn(page, stack, 'owner');
  await page.goto(`${stack.till}/settings/outlets`);
  await expect(page.getByText('This shop has one outlet')).toBeVisible();
  await picture(page, 'one-outlet');
  const form = page.getByRole('form', { name: 'Add an outlet' });
  await form.getByLabel('Name').fill('Mong Kok');
  await form.getByLabel('mchid from QFPay').fill('not one');
  await form.getByRole('button', { name: 'Add an outlet' }).click();
  await expect(form).toContainText('At most 16 letters and digits');
  await form.getByLabel('mchid from QFPay').fill('M200');
  await form.getByRole('button', { name: 'Add an outlet' }).click();
  const outlets = page.getByTestId('outlet');
  await expect(outlets).toHaveCount(2);
  for (const [place, counter] of [
    [outlets.nth(0), 'Front'],
    [outlets.nth(1), 'Back'],
  ] as const) {
    await place.getByLabel('Name of a counter').fill(counter);
    await place.getByRole('button', { name: 'Assign' }).click();
    await expect(place.getByRole('button', { name: `Take counter ${counter} out` })).toBeVisible();
  }
  await expect(outlets.nth(0)).toContainText('Payments were taken with it, so it stays.');
  await picture(page, 'two-outlets');
  await page.getByRole('checkbox', { name: 'Mei works at Mong Kok' }).scrollIntoViewIfNeeded();
  await picture(page, 'staff');

  expect(await mchidOf(await sold('Front', 1_100))).toBe('M100');
  expect(await mchidOf(await sold('Back', 2_200))).toBe('M200');
  const nowhere = await charge('Roof', 3_300);
  expect(nowhere).toMatchObject({ status: 409, body: { code: 'counter-without-outlet' } });
  expect(wordsOf(nowhere.body)).toContain('Counter Roof belongs to no outlet');
});

test('S33 whoever is limited to an outlet sees, charges, refunds and compares only there', async ({
  page,
}) => {
  const { stack, owner, manager, cashier } = shop;
  const front = await sold('Front', 5_500);
  const back = await sold('Back', 6_600);
  const { body } = await owner.call('GET', '/api/outlets');
  const [, second] = body.outlets as readonly { readonly id: string }[];
  for (const staffCode of ['2000', '3000']) {
    const limits = { staffCode, outlets: [second?.id] };
    const done = await owner.call('POST', '/api/outlets/staff', { body: limits });
    expect(done.status).toBe(200);
  }
  for (const who of [cashier, manager]) {
    expect((await who.call('GET', `/api/payments/${front}`)).status).toBe(404);
    expect((await who.call('GET', `/api/payments/${back}`)).status).toBe(200);
    expect((await who.call('POST', `/api/payments/${front}/check`)).status).toBe(404);
    const list = await who.call('GET', '/api/payments?limit=50');
    const counters = (list.body.payments as readonly { counter: string }[]).map((it) => it.counter);
    expect([...new Set(counters)]).toEqual(['Back']);
  }
  expect(await charge('Front', 7_700)).toMatchObject({
    status: 403,
    body: { code: 'counter-elsewhere' },
  });
  expect((await refund(shop, front, { amount: 100 })).status).toBe(404);
  expect((await refund(shop, back, { amount: 100 })).status).toBe(201);
  expect((await refund(shop, front, { amount: 100, who: 'owner' })).status).toBe(201);
  // The comparison of the other outlet is not theirs either.
  const seen = await manager.call('GET', '/api/compare');
  expect(seen.body).toMatchObject({ comparisons: [] });
  await signIn(page, stack, 'manager');
  await page.goto(`${stack.till}/history`);
  await expect(page.getByTestId('sale-row')).toHaveCount(2);
  // Of the night's own comparisons, and of the one made by hand, the first outlet has all.
  const all = (await owner.call('GET', '/api/compare')).body.comparisons as readonly {
    readonly outlet: { readonly name: string };
  }[];
  expect(new Set(all.map(({ outlet }) => outlet.name))).toEqual(new Set(['Countertop']));
});
