/**
 * One screen for both ways to pay: while a QR is up a scan takes over, once that QR's payment has
 * been closed or proved unpaid; and the same amount again shows first what became of the open one.
 */
import { beforeCamera, button, clearAgain, taps, unclear } from '../support/hand';
import { hour } from '../support/shop-clock';
import { expect, type Page, test } from '../support/shop-fixture';
import { type Stack, startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  charges,
  expectState,
  freshCode,
  gatewayWorld,
  key,
  paymentId,
  scan,
  signIn,
} from '../support/till';

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

test.describe('a scan while a QR is up', () => {
  const showQr = async (page: Page) => {
    await signIn(page, stack);
    await key(page, '4850');
    await button(page, 'WeChat Pay').click();
    await expect(page.getByTestId('armed')).toBeVisible();
    return paymentId(page);
  };
  type Told = {
    readonly payment: { readonly saleId: string; readonly createdAt: string };
    readonly timeline: readonly { readonly at: string; readonly state: string | null }[];
  };

  test('closes the QR, proves it unpaid, and only then charges the code: one sale, paid once', async ({
    page,
  }) => {
    const qr = await showQr(page);
    await scan(page, freshCode());
    await expectState(page, 'paid');
    const code = await paymentId(page);
    expect(code).not.toBe(qr);
    const { orders } = await gatewayWorld(stack);
    expect(orders.find(({ number }) => number === qr)?.state).toBe('closed');
    const cashier = await enter(stack.till);
    const told = async (id: string) =>
      (await cashier.call('GET', `/api/payments/${id}`)).body as Told;
    const [first, second] = [await told(qr), await told(code)];
    expect(second.payment.saleId).toBe(first.payment.saleId);
    const closed = first.timeline.find(({ state }) => state === 'closed')?.at ?? '';
    expect(Date.parse(second.payment.createdAt)).toBeGreaterThanOrEqual(Date.parse(closed));
    expect(await charges(stack)).toEqual({ asked: 2, moved: 1 });
  });

  test('waits and says so while nobody knows; a fresher code takes its place', async ({ page }) => {
    await unclear(stack, await showQr(page));
    const notice = page.getByTestId('switching');
    await scan(page, freshCode());
    await expect(notice).toHaveAttribute('data-at', 'stopping');
    await expect(notice).toContainText('charged once the QR is closed and proved unpaid');
    await expectState(page, 'cancelling');
    const fresher = freshCode();
    await scan(page, fresher);
    await expect(notice).toContainText(fresher.slice(-4));
    expect((await charges(stack)).asked).toBe(1);
    await clearAgain(stack);
    await expectState(page, 'paid', 30_000);
    expect(await charges(stack)).toEqual({ asked: 2, moved: 1 });
  });

  test('is thrown away when the customer has paid the QR, and the till says paid', async ({
    page,
  }) => {
    const qr = await showQr(page);
    await unclear(stack, qr);
    await scan(page, freshCode());
    await expectState(page, 'cancelling');
    await stack.control('pay', { number: qr, force: true });
    await clearAgain(stack);
    await expectState(page, 'paid', 30_000);
    await expect(page.getByTestId('switching')).toContainText('The scanned code was not used.');
    expect(await paymentId(page)).toBe(qr);
    expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
  });

  test('of a product says so, and the QR stays up', async ({ page }) => {
    const qr = await showQr(page);
    await scan(page, '4006381333931');
    await expect(page.getByTestId('scan-refused')).toContainText('product barcode');
    await expectState(page, 'awaiting');
    await stack.control('pay', { number: qr });
    await expectState(page, 'paid');
  });
});

test('the camera beside a QR: one tap, and the code takes over from the QR', async () => {
  await beforeCamera({ stack, code: freshCode() }, async (page) => {
    await key(page, '4850');
    await button(page, 'Alipay').click();
    await expect(page.getByTestId('qr')).toBeVisible();
    await taps(page);
    await button(page, 'Scan with the camera').click();
    await expectState(page, 'paid', 30_000);
    expect(await taps(page)).toBe(1);
  });
  expect(await charges(stack)).toEqual({ asked: 2, moved: 1 });
});

test('the same amount again shows what became of the open one first, however long ago it was', async ({
  page,
}) => {
  await signIn(page, stack);
  await key(page, '4850');
  await button(page, 'Alipay').click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const open = await paymentId(page);
  await unclear(stack, open);
  await button(page, 'Cancel payment').click();
  await expectState(page, 'cancelling');
  await button(page, 'Serve the next customer').click();
  await button(page, 'Serve the next customer').click();
  const cashier = await enter(stack.till);
  const counter = await page.evaluate(() => localStorage.getItem('countertop.counter') ?? '');
  for (let n = 0; n < 5; n += 1) {
    const body = { amount: 100 + n, authCode: freshCode(), counter };
    await cashier.call('POST', '/api/payments', { body, key: `aside-${counter}-${n}` });
  }
  const shown = page.locator(`[data-testid=recent-sale][data-payment-id="${open}"]`);
  await expect(shown).toHaveCount(0);
  await key(page, '4850');
  await scan(page, freshCode());
  const card = page.getByTestId('same-amount');
  await expect(card).toContainText('Another HK$48.50 is still open');
  await expect(card).toContainText('Cancelling');
  await expect(card).toContainText(open);
  // Asked by hand while nobody can tell; what comes of it is seen without another press.
  await card.getByRole('button', { name: 'Check now' }).click();
  await expect(card).toContainText('Another HK$48.50 is still open');
  await stack.control('pay', { number: open, force: true });
  await clearAgain(stack);
  await expect(card).toContainText('The open HK$48.50 has just been paid', { timeout: 30_000 });
  await card.getByRole('button', { name: 'Show that payment' }).click();
  await expectState(page, 'paid');
  expect(await paymentId(page)).toBe(open);
  expect((await charges(stack)).asked).toBe(6);
});

test('a code that has waited too long is not sent: the customer must show a new one', async ({
  page,
}) => {
  // A shop of its own whose clock runs: a minute is three seconds.
  const fast = hour('12:00', { speed: 20 });
  const own = await startStack({ env: fast.env });
  await fast.set(own);
  await signIn(page, own);
  await key(page, '4850');
  await button(page, 'WeChat Pay').click();
  await expect(page.getByTestId('armed')).toBeVisible();
  await unclear(own, await paymentId(page));
  await scan(page, freshCode());
  const notice = page.getByTestId('switching');
  await expect(notice).toContainText('has become too old', { timeout: 15_000 });
  await clearAgain(own);
  await expect(notice).toHaveAttribute('data-at', 'too-old', { timeout: 30_000 });
  await expectState(page, 'closed');
  expect((await charges(own)).asked).toBe(1);
  await scan(page, freshCode());
  await expectState(page, 'paid');
  expect(await charges(own)).toEqual({ asked: 2, moved: 1 });
  await own.stop();
});
