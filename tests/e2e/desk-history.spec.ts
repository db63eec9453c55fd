/**
 * The history as a manager and a cashier use it. The shop has three hundred old sales, whose facts
 * are arithmetic of their number (tests/support/many-payments.ts), and a few fresh ones.
 */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { amountOf, fillWithPayments, MANY, numberOf, staffOf } from '../support/many-payments';
import { openShop, paidSale, type Shop } from '../support/money-back';
import { startStack } from '../support/stack';
import { signIn } from '../support/till';

const OLD = 300;
const FAILED = Math.floor(OLD / MANY.failed);

let shop: Shop;
test.beforeAll(async () => {
  const stack = await startStack({ env: { SHOP_NAME: '阿明茶餐廳' } });
  await stack.endApp();
  // An hour ago at the latest, a minute apart.
  const newestAt = Date.now() - 3_600_000;
  await fillWithPayments(stack.databaseFile, { count: OLD, newestAt, everyMs: 60_000 });
  await stack.restartApp();
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());

const rows = (page: Page) => page.getByTestId('sale-row');
const idOf = (n: number) => numberOf(n);

async function asManager(page: Page, path = '/history'): Promise<void> {
  await signIn(page, shop.stack, 'manager');
  await page.goto(shop.stack.till + path);
  await expect(rows(page).first()).toBeVisible();
}

test('the filters stand in the address, keep the chosen sale, and a link shows the same', async ({
  page,
}) => {
  await asManager(page, `/history/${idOf(7)}`);
  await expect(page.getByTestId('detail')).toBeVisible();
  await page.getByLabel('State', { exact: true }).selectOption('failed');
  await expect(rows(page)).toHaveCount(FAILED);
  await expect(page).toHaveURL(`${shop.stack.till}/history/${idOf(7)}?state=failed`);
  await expect(page.getByTestId('detail')).toBeVisible();
  await page.getByLabel('Amount to').fill('50');
  const small = Array.from({ length: OLD }, (_, n) => n).filter(
    (n) => n % MANY.failed === MANY.failed - 1 && amountOf(n) <= 5_000,
  );
  expect(small.length).toBeGreaterThan(0);
  await expect(rows(page)).toHaveCount(small.length);
  await expect(page).toHaveURL(/state=failed&max=5000$/);
  await page.reload();
  await expect(rows(page)).toHaveCount(small.length);
  await expect(page.getByLabel('Amount to')).toHaveValue('50.00');
  await page.getByLabel('Amount to').fill('5x');
  await expect(page.getByText('Write an amount such as 48.50.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(rows(page)).toHaveCount(50);
  await page.getByLabel('Staff', { exact: true }).selectOption(staffOf(5));
  await expect(rows(page)).toHaveCount(OLD / MANY.staff);
  await page.goto(`${shop.stack.till}/history?min=1.5`);
  await expect(page.getByText('cannot be read: min')).toBeVisible();
});

test('a number is found as it is pasted, and the keys lead through the list', async ({ page }) => {
  await asManager(page);
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search')).toBeFocused();
  await page.keyboard.insertText(` ${idOf(42).slice(0, 5)} ${idOf(42).slice(5).toLowerCase()} `);
  await expect(rows(page)).toHaveCount(1);
  await page.getByLabel('Search').fill('');
  await expect(rows(page)).toHaveCount(50);
  await page.getByLabel('Search').blur();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const second = await rows(page).nth(1).getAttribute('data-payment-id');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${shop.stack.till}/history/${second}`);
  await page.getByRole('link', { name: 'Older' }).click();
  const third = await rows(page).nth(2).getAttribute('data-payment-id');
  await expect(page).toHaveURL(`${shop.stack.till}/history/${third}`);
});

test('a sale that is tapped while the search is still settling is opened', async ({ page }) => {
  const now = Date.now();
  await page.clock.install({ time: now });
  await asManager(page);
  const id = String(await rows(page).nth(2).getAttribute('data-payment-id'));
  // From here on the page's time stands still, so the search has not settled when the tap comes.
  await page.clock.pauseAt(now + 60_000);
  const isOfSale = (url: URL) => url.pathname === `/history/${id}`;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(isOfSale, async (route) => {
    await answered;
    await route.continue();
  });
  const asked = page.waitForRequest((request) => isOfSale(new URL(request.url())));
  await page.getByLabel('Search').fill(id);
  await page.locator(`[data-payment-id="${id}"] a`).click();
  await asked;
  await page.clock.runFor(300);
  answer();
  await page.clock.resume();
  await expect(page.getByTestId('detail')).toBeVisible();
  await expect(page).toHaveURL((url) => isOfSale(url));
});

test('a view is saved, opened, renamed and deleted', async ({ page }) => {
  await asManager(page, '/history?state=closed');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByLabel('Name of the view').fill('Closed ones');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(50);
  await page.getByLabel('Saved views').selectOption('Closed ones');
  await expect(page).toHaveURL(/\?state=closed$/);
  await page.getByRole('button', { name: 'Rename Closed ones' }).click();
  await page.getByLabel('Name of the view').fill('完結');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Saved views').locator('option:checked')).toHaveText('完結');
  await page.getByRole('button', { name: 'Delete 完結' }).click();
  await page.getByRole('button', { name: 'Delete 完結' }).click();
  await expect(page.getByLabel('Saved views')).toHaveCount(0);
  expect((await shop.manager.call('GET', '/api/views')).body).toEqual({ views: [] });
});

test('new sales are counted while somebody reads further down, and appear at the top', async ({
  page,
}) => {
  await asManager(page);
  const first = await paidSale(shop, 1_111);
  await expect(rows(page).first()).toHaveAttribute('data-payment-id', first);
  await rows(page).nth(40).scrollIntoViewIfNeeded();
  // The page learns with its next picture that the reader has left the top.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  const top = await rows(page).first().getAttribute('data-payment-id');
  const second = await paidSale(shop, 2_222);
  const third = await paidSale(shop, 3_333);
  await expect(page.getByTestId('news')).toContainText('2 new sales');
  await expect(rows(page).first()).toHaveAttribute('data-payment-id', top ?? '');
  await page.getByTestId('news').click();
  await expect(rows(page).first()).toHaveAttribute('data-payment-id', third);
  await expect(rows(page).nth(1)).toHaveAttribute('data-payment-id', second);
  await expect(page.getByTestId('news')).toHaveCount(0);
  // It belongs to no list of what failed.
  await page.getByLabel('State', { exact: true }).selectOption('failed');
  await expect(rows(page)).toHaveCount(FAILED);
});

test('a note stays with its writer and its time; the story says how long QFPay took', async ({
  page,
}) => {
  const id = await paidSale(shop, 4_444);
  await asManager(page, `/history/${id}`);
  await page.getByLabel('Add a note').fill('4111 1111 1111 1111');
  await expect(page.getByText('looks like a card number')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add note' })).toBeDisabled();
  await page.getByLabel('Add a note').fill('=Called the customer');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByTestId('note')).toContainText('=Called the customer');
  await expect(page.getByTestId('note')).toContainText('Ka Ming');
  await expect(page.getByTestId('timeline')).toContainText(/took \d+\.\d{3} s/);
  await expect(page.getByTestId('timeline')).toContainText('Mei');
  const refund = page.getByRole('link', { name: 'Refund', exact: true });
  await expect(refund).toHaveAttribute('href', `/refunds/${id}`);
  const path = `/api/payments/${id}/notes`;
  const card = await shop.manager.call('POST', path, { body: { says: '4111111111111111' } });
  expect(card).toMatchObject({ status: 422, body: { code: 'card-number' } });
  const long = await shop.manager.call('POST', path, { body: { says: 'x'.repeat(501) } });
  expect(long).toMatchObject({ status: 422, body: { code: 'invalid', fields: ['says'] } });
});

test('the export says how many sales it holds, and holds them', async ({ page }) => {
  await asManager(page, '/history?state=failed');
  await expect(page.getByTestId('export-count')).toHaveText(`Export ${FAILED} sales`);
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: /: CSV$/ }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^阿明茶餐廳 \d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(FAILED + 1);
  expect(lines[1]).toContain('"Not paid","failed"');
  const answer = await shop.manager.send('/api/payments/export?format=xlsx&state=failed');
  expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
  expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 4)).toEqual(
    Buffer.from('PK\u0003\u0004'),
  );
  const wrong = await shop.manager.call('GET', '/api/payments/export?format=pdf');
  expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid', fields: ['format'] } });
});

test('a cashier sees their own sales and has no export', async ({ page }) => {
  const own = await paidSale(shop, 5_555);
  await signIn(page, shop.stack, 'cashier');
  await page.goto(`${shop.stack.till}/history?staff=${staffOf(1)}`);
  await expect(rows(page).first()).toHaveAttribute('data-payment-id', own);
  const shown = await rows(page).evaluateAll((all) => all.map((row) => row.textContent));
  expect(shown.every((text) => text?.includes('Mei'))).toBe(true);
  await expect(page.getByTestId('export-count')).toHaveCount(0);
  await expect(page.getByLabel('Staff', { exact: true })).toHaveCount(0);
  await page.goto(`${shop.stack.till}/history/${idOf(1)}`);
  await expect(page.getByText('There is no such payment.')).toBeVisible();
  for (const path of ['/api/payments/export?format=csv', '/api/payments/count']) {
    expect(await shop.cashier.call('GET', path)).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
  }
  const note = { body: { says: 'x' } };
  const path = `/api/payments/${idOf(1)}/notes`;
  expect((await shop.cashier.call('POST', path, note)).body.code).toBe('not-found');
});
