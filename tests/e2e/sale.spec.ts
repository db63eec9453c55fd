/** The first sale, told by a cashier with a browser and a customer with a wallet. */
import { HAND_COOKIE } from '@/components/ui/preference';
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import {
  charges,
  expectState,
  freshCode,
  gatewayWorld,
  key,
  moment,
  paymentId,
  scan,
  signIn,
} from '../support/till';

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const showQr = async (page: Page, digits = '4850') => {
  await key(page, digits);
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
};

test('a QR is shown with a countdown, the customer pays on the wallet page, the till is green', async ({
  page,
  browser,
}) => {
  await signIn(page, stack);
  await showQr(page);
  await expectState(page, 'awaiting');
  await expect(page.getByTestId('time-left')).toContainText(/4:\d\d/);
  const qr = await page.getByTestId('qr').getAttribute('data-qr');
  const id = await paymentId(page);
  const order = (await gatewayWorld(stack)).orders.find((each) => each.number === id);
  expect(order).toMatchObject({ state: 'open', amount: 4850 });
  expect(qr).toMatch(/^weixin:\/\//);

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await phone.goto(stack.wallet);
  await phone.getByRole('button', { name: /^Pay/ }).first().click();
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
  await expect(moment(page)).toContainText('WeChat Pay');
  await expect(moment(page)).toContainText(/\d\d:\d\d:\d\d/);
  await phone.close();
});

test("in the specification's envelope, whose SUCCESS on a QR order means nothing, the end is the same", async ({
  page,
}) => {
  await stack.control('config', { shape: 'envelope', unpaidStatus: 'SUCCESS' });
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  await signIn(page, stack);
  await showQr(page);
  const asked = async () => (await gatewayWorld(stack)).calls.counts.query ?? 0;
  await expect.poll(asked).toBeGreaterThanOrEqual(2);
  await expectState(page, 'awaiting');
  await stack.control('pay', { number: await paymentId(page) });
  await expectState(page, 'paid');
  await key(page, '990');
  await scan(page, freshCode());
  await expect(moment(page)).toContainText('HK$9.90');
  await expectState(page, 'paid');
  expect(await charges(stack)).toEqual({ asked: 2, moved: 2 });
});

for (const held of ['across', 'upright', 'across, the keys on the right'] as const) {
  test(`green shows all of itself on a tablet held ${held}`, async ({ page }) => {
    const [width, height] = held === 'upright' ? [800, 1280] : [1280, 800];
    await page.setViewportSize({ width, height });
    const hand = held.endsWith('right') ? 'keys-right' : 'keys-left';
    await page.context().addCookies([{ name: HAND_COOKIE, value: hand, url: stack.till }]);
    await signIn(page, stack);
    await key(page, '4850');
    await scan(page, freshCode());
    await expectState(page, 'paid');
    for (const turned of [false, true]) {
      if (turned) await page.setViewportSize({ width: height, height: width });
      const green = moment(page);
      for (const part of ['Paid with WeChat Pay', 'HK$48.50', /^\d\d:\d\d:\d\d$/, 'Done']) {
        await expect(green.getByText(part).first()).toBeInViewport({ ratio: 1 });
      }
    }
  });
}

test('the next digit starts the next sale; a scan needs no wallet', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await scan(page, freshCode());
  await expectState(page, 'paid');
  await key(page, '9');
  await expect(page.getByTestId('amount')).toContainText('0.09');
  await key(page, '90');
  await scan(page, freshCode());
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$9.90');
  expect(await charges(stack)).toEqual({ asked: 2, moved: 2 });
});

test('F63 a reload in the middle is where it was, with the same QR and no second charge', async ({
  page,
}) => {
  await signIn(page, stack);
  await showQr(page);
  const qr = await page.getByTestId('qr').getAttribute('data-qr');
  await page.reload();
  await expect(page.getByTestId('qr')).toHaveAttribute('data-qr', qr ?? '');
  await stack.control('pay', { number: await paymentId(page) });
  await expectState(page, 'paid');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('F57 a double tap on a wallet is one charge', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await page.getByRole('button', { name: 'Alipay', exact: true }).dblclick();
  await expect(page.getByTestId('qr')).toBeVisible();
  expect((await charges(stack)).asked).toBe(1);
});

test('two tabs of one counter show one payment, and neither can charge it again', async ({
  page,
  context,
}) => {
  await signIn(page, stack);
  const second = await context.newPage();
  await second.goto(stack.till);
  await expect(second.getByTestId('network')).toContainText('Online');
  await showQr(page);
  const id = await paymentId(page);
  await expectState(second, 'awaiting');
  expect(await paymentId(second)).toBe(id);
  await expect(second.getByRole('button', { name: '4', exact: true })).toBeDisabled();
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  await expectState(second, 'paid');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('another tablet that stands at the same counter is asked before it charges the same amount', async ({
  page,
  browser,
}) => {
  await signIn(page, stack);
  const counter = await page.evaluate(() => localStorage.getItem('countertop.counter'));
  const other = await browser.newPage();
  await signIn(other, stack);
  await other.evaluate((name) => localStorage.setItem('countertop.counter', name ?? ''), counter);
  await other.reload();
  await showQr(page);
  await expect(other.getByTestId('recent-sale').first()).toHaveAttribute('data-state', 'awaiting');
  await key(other, '4850');
  await other.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(other.getByText('Another HK$48.50 is still open')).toBeVisible();
  expect((await charges(stack)).asked).toBe(1);
  await other.close();
});

test('cancelling is a request, and afterwards no money can come', async ({ page }) => {
  await signIn(page, stack);
  await showQr(page);
  const id = await paymentId(page);
  await page.getByRole('button', { name: 'Cancel payment' }).click();
  await expectState(page, 'closed');
  await expect(moment(page)).toContainText('No money taken');
  const order = (await gatewayWorld(stack)).orders.find((each) => each.number === id);
  expect(order?.state).toBe('closed');
});

test('the last five sales show their verified state', async ({ page }) => {
  await signIn(page, stack);
  for (const digits of ['100', '200', '300', '400', '500', '600']) {
    await key(page, digits);
    await scan(page, freshCode());
    await expectState(page, 'paid');
  }
  const rows = page.getByTestId('recent-sale');
  await expect(rows).toHaveCount(5);
  await expect(rows.first()).toContainText('HK$6.00');
  for (const row of await rows.all()) await expect(row).toHaveAttribute('data-state', 'paid');
});

test('below HK$2 one hint says that wallets may refuse', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '199');
  await expect(page.getByTestId('amount-hint')).toContainText('HK$2.00');
  await key(page, '0');
  await expect(page.getByTestId('amount-hint')).not.toContainText('HK$2.00');
});

test('the history finds a sale by its number and tells its story', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await scan(page, freshCode());
  await expectState(page, 'paid');
  const id = await paymentId(page);
  await page.goto(`${stack.till}/history`);
  await page.getByLabel('Search').fill(id);
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /48\.50/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/history/${id}`));
  await expect(page.getByText('Asked the wallet for the money')).toBeVisible();
  await expect(page.getByText('Answer: paid').first()).toBeVisible();
});

for (const [language, waiting] of [
  ['繁體中文', '請顧客以微信支付掃描'],
  ['简体中文', '请顾客用微信支付扫描'],
] as const) {
  test(`the till speaks ${language}`, async ({ page }) => {
    await signIn(page, stack);
    await page.getByLabel('Language').selectOption({ label: language });
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh-/);
    await key(page, '4850');
    await page.getByRole('button', { name: /微信支付/ }).click();
    await expect(page.getByTestId('qr')).toBeVisible();
    expect(await moment(page).innerText()).toContain(waiting.slice(0, 3));
    await stack.control('pay', { number: await paymentId(page) });
    await expectState(page, 'paid');
  });
}

test('when the stream falls silent the till says so, asks by itself and still turns green', async ({
  page,
}) => {
  await signIn(page, stack);
  await showQr(page);
  await page.route('**/api/events', (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  const id = await paymentId(page);
  await page.reload();
  await expect(page.getByTestId('network')).not.toContainText('Online', { timeout: 15_000 });
  await stack.control('pay', { number: id });
  await expectState(page, 'paid', 15_000);
});
