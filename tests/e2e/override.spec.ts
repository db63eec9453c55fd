/**
 * A manager lets the customer pay another way while the first payment is still in doubt. It stays
 * watched, belongs to the same sale, and money from both is said aloud.
 */
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { enter } from '../support/staff-client';
import { charges, expectState, key, moment, paymentId, STAFF, signIn } from '../support/till';

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const tile = (page: Page, wallet: string) =>
  page.getByRole('button', { name: wallet, exact: true }).click();
const ask = (page: Page) =>
  page.getByRole('button', { name: 'Let this customer pay another way' }).click();
const allow = (page: Page) => page.getByRole('button', { name: 'Allow another payment' }).click();

/** Neither the question nor the request to stop gets a clear answer: the QR stays payable. */
const inDoubt = async (page: Page): Promise<string> => {
  await key(page, '4850');
  await tile(page, 'WeChat Pay');
  await expect(page.getByTestId('qr')).toBeVisible();
  const id = await paymentId(page);
  const unclear = { kind: 'respcd', respcd: '1254', times: 0 };
  await stack.control('fault', { ...unclear, endpoint: 'query', inner: true, number: id });
  await stack.control('fault', { ...unclear, endpoint: 'close', stage: 'before' });
  await page.getByRole('button', { name: 'Cancel payment' }).click();
  await expectState(page, 'cancelling');
  return id;
};
const allowed = async (page: Page): Promise<string> => {
  const first = await inDoubt(page);
  await ask(page);
  await page.getByLabel('Manager’s code').fill(STAFF.manager.code);
  await page.getByLabel('Manager’s PIN').fill(STAFF.manager.pin);
  await allow(page);
  await expect(page.getByTestId('owed')).toContainText('HK$48.50 is still to be paid');
  return first;
};
const saleOf = async (page: Page, id: string): Promise<string> => {
  const answer = await page.request.get(`${stack.till}/api/payments/${id}`);
  return (await answer.json()).sale.id;
};
const pay = (number: string) => stack.control('pay', { number });

test('both end paid: the banner says so and proposes to give one back', async ({ page }) => {
  await signIn(page, stack);
  const first = await allowed(page);
  await expect(page.getByTestId('amount')).toContainText('48.50');
  const strip = page.locator(`[data-testid="recent-sale"][data-payment-id="${first}"]`);
  await expect(strip).toContainText('Watched');
  // No question whether this is a different customer: it is the same sale.
  await tile(page, 'Alipay');
  await expect(page.getByTestId('qr')).toBeVisible();
  const second = await paymentId(page);
  expect(second).not.toBe(first);
  expect(await saleOf(page, second)).toBe(await saleOf(page, first));
  await pay(second);
  await expectState(page, 'paid');
  await pay(first);
  const banner = page.locator(`[data-testid="review"][data-payment-id="${first}"]`);
  await expect(banner).toContainText('A manager must look · HK$48.50');
  await expect(banner).toContainText('This sale was paid twice.');
  await expect(banner).toContainText('Refund proposed: HK$48.50. A manager opens the sale.');
  expect(await charges(stack)).toEqual({ asked: 2, moved: 2 });
});

test('a wrong PIN frees nothing, empties the field and is kept nowhere', async ({ page }) => {
  await signIn(page, stack);
  const first = await inDoubt(page);
  await ask(page);
  const says = page.getByTestId('override-says');
  await allow(page);
  await expect(says).toContainText('Enter the manager’s code and PIN.');
  await page.getByLabel('Manager’s code').fill(STAFF.manager.code);
  await page.getByLabel('Manager’s PIN').fill('200201');
  await allow(page);
  await expect(says).toContainText('PIN is missing or wrong');
  await expect(page.getByLabel('Manager’s PIN')).toHaveValue('');
  await expectState(page, 'cancelling');
  expect(await paymentId(page)).toBe(first);
  await page.getByLabel('Manager’s code').fill(STAFF.cashier.code);
  await page.getByLabel('Manager’s PIN').fill(STAFF.cashier.pin);
  await allow(page);
  await expect(says).toContainText('Your role does not allow this');
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toMatch(/200201|300300/);
  expect(stack.logs()).not.toMatch(/200201|300300/);
});

test('a manager who is signed in gives only the PIN', async ({ page }) => {
  await signIn(page, stack, 'manager');
  await inDoubt(page);
  await ask(page);
  await expect(page.getByLabel('Manager’s code')).toHaveCount(0);
  await page.getByLabel('Your PIN').fill(STAFF.manager.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('owed')).toBeVisible();
});

test('paid after all before another is charged: it comes in front, and nothing is owed', async ({
  page,
}) => {
  await signIn(page, stack);
  const first = await allowed(page);
  await pay(first);
  await expectState(page, 'paid');
  expect(await paymentId(page)).toBe(first);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByTestId('owed')).toHaveCount(0);
  await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '0');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('paid after all while the next QR is shown: the cashier is told to cancel it', async ({
  page,
}) => {
  await signIn(page, stack);
  const first = await allowed(page);
  await tile(page, 'Alipay');
  await expect(page.getByTestId('qr')).toBeVisible();
  await pay(first);
  await expect(moment(page).getByTestId('paid-meanwhile')).toContainText(
    'The first payment has come in: HK$48.50 with WeChat Pay. Cancel this one.',
  );
  await fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
  await page.getByRole('button', { name: 'Cancel payment' }).click();
  await expectState(page, 'paid', 20_000);
  expect(await paymentId(page)).toBe(first);
  expect(await charges(stack)).toEqual({ asked: 2, moved: 1 });
});

test('a reload forgets neither the sale nor that it is the same one', async ({ page }) => {
  await signIn(page, stack);
  const first = await allowed(page);
  await page.reload();
  await expect(page.getByTestId('owed')).toContainText('HK$48.50');
  await expect(moment(page)).toHaveCount(0);
  await tile(page, 'Alipay');
  await expect(page.getByTestId('qr')).toBeVisible();
  expect(await saleOf(page, await paymentId(page))).toBe(await saleOf(page, first));
});

test('the door wants a manager’s code and PIN, and a payment that is still in doubt', async ({
  page,
}) => {
  await signIn(page, stack);
  const first = await inDoubt(page);
  const cashier = await enter(stack.till);
  const manager = await enter(stack.till, 'manager');
  const path = `/api/payments/${first}/override`;
  const codeOf = async (body: object, who = cashier) => {
    const { status, body: said } = await who.call('POST', path, { body });
    return [status, said.code ?? (said.payment as { abandoned: boolean }).abandoned];
  };
  expect(await codeOf({})).toEqual([403, 'step-up-required']);
  expect(await codeOf({ pin: STAFF.cashier.pin })).toEqual([403, 'not-allowed']);
  expect(await codeOf({ staffCode: '2000', pin: '1' })).toEqual([403, 'step-up-required']);
  expect(await codeOf({ pin: '200200', surprise: 1 })).toEqual([422, 'invalid']);
  expect(await codeOf({ pin: STAFF.manager.pin, reason: 'Queue' }, manager)).toEqual([200, true]);
  await pay(first);
  await expectState(page, 'paid');
  const again = { staffCode: '2000', pin: STAFF.manager.pin };
  expect(await codeOf(again)).toEqual([409, 'override-not-open']);
});
