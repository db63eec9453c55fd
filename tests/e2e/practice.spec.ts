/**
 * A shop for practice: nobody takes it for a real one, its lessons are ticked by what the server
 * saw, and the tour over the till comes once and is never in the way.
 */
import type { Locator } from 'playwright/test';
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { enter } from '../support/staff-client';
import { expectState, key, paymentId, STAFF, scan, signIn } from '../support/till';

test.use({ at: '12:00' });

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const lesson = (page: Page, name: string): Locator => page.locator(`[data-lesson=${name}]`);
const expectLesson = (page: Page, name: string, is: string) =>
  expect(lesson(page, name)).toHaveAttribute('data-is', is, { timeout: 10_000 });
const begin = async (page: Page, name: string) => {
  await page.goto(`${stack.till}/practice`);
  // The shop's hour is not this machine's: the tablet has to have heard it.
  await expect(page.getByTestId('network')).toContainText('Online');
  await lesson(page, name).getByRole('link', { name: 'Start on the till' }).click();
  await expect(page.getByTestId('lesson-strip')).toBeVisible();
};
const play = (page: Page) => page.getByRole('button', { name: 'Scan the practice code' }).click();

test('S40 a band says on every screen that no money is real, above what covers a small one', async ({
  page,
}) => {
  const band = page.getByTestId('practice-band');
  await page.goto(`${stack.till}/sign-in`);
  await expect(band).toContainText('PRACTICE – no real money');
  await expect(band).toContainText('練習模式');
  await page.setViewportSize({ width: 400, height: 800 });
  await signIn(page, stack);
  await key(page, '100');
  await page.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expectState(page, 'awaiting');
  const place = await band.boundingBox();
  const top = await page.evaluate(() =>
    document.elementFromPoint(200, 12)?.closest('[data-testid]')?.getAttribute('data-testid'),
  );
  expect([place?.y, top]).toEqual([0, 'practice-band']);
  await page.goto(`${stack.till}/display`);
  await expect(band).toBeVisible();
});

test('lessons are ticked by payments that went their way, not by presses', async ({ page }) => {
  await signIn(page, stack);
  await begin(page, 'refused');
  await expect(page.getByTestId('amount')).toContainText('34.00');
  await page.goto(`${stack.till}/practice`);
  await expectLesson(page, 'refused', 'begun');
  await expectLesson(page, 'qr', 'not-begun');

  await begin(page, 'refused');
  await play(page);
  await expectState(page, 'failed');

  await begin(page, 'qr');
  await page.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expectState(page, 'awaiting');
  await stack.control('pay', { number: await paymentId(page) });
  await expectState(page, 'paid');

  await begin(page, 'password');
  await play(page);
  await expectState(page, 'awaiting');
  await expectState(page, 'paid', 20_000);

  await page.goto(`${stack.till}/practice`);
  for (const name of ['refused', 'qr', 'password']) await expectLesson(page, name, 'done');
  for (const name of ['lost', 'late', 'refund']) await expectLesson(page, name, 'not-begun');
  await expect(page.getByTestId('practice-count')).toHaveText('3 of 6 done');
});

test('late money and a refund: the code is cancelled, paid all the same, and given back', async ({
  page,
}) => {
  await signIn(page, stack);
  await expect(page.getByTestId('tour')).toBeHidden();
  await page.goto(`${stack.till}/practice`);
  await expect(lesson(page, 'refund')).toContainText('Only a manager gives money back');
  await begin(page, 'refund');
  await page.goto(`${stack.till}/practice`);
  await begin(page, 'late');
  await play(page);
  await expectState(page, 'awaiting');
  const number = await paymentId(page);
  await page.getByRole('button', { name: 'Cancel payment' }).click();
  await expectState(page, 'closed', 25_000);
  // The customer was quicker than half a minute.
  await stack.control('pay', { number, force: true });
  await expect(page.getByTestId('late-money')).toBeVisible();
  const manager = await enter(stack.till, 'manager');
  const isConfirmed = async () => {
    const { body } = await manager.call('GET', `/api/payments/${number}`);
    return (body.payment as { readonly confirmed: boolean }).confirmed;
  };
  await expect.poll(isConfirmed).toBe(true);
  const body = { amount: 5_600, reason: 'Came too late', pin: STAFF.manager.pin };
  const path = `/api/payments/${number}/refunds`;
  const back = await manager.call('POST', path, { body, key: `lesson-${Date.now()}` });
  expect(back.status).toBe(201);
  await page.goto(`${stack.till}/practice`);
  for (const name of ['late', 'refund']) await expectLesson(page, name, 'done');
});

/** As somebody comes to a tablet for the first time. */
async function arrive(page: Page): Promise<void> {
  await page.goto(`${stack.till}/sign-in`);
  await page.getByLabel('Staff code').fill(STAFF.cashier.code);
  await page.getByLabel('PIN', { exact: true }).fill(STAFF.cashier.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('network')).toContainText('Online');
}

test('the tour comes at the first sign-in, by keyboard too, and not again', async ({ page }) => {
  const tour = page.getByTestId('tour');
  await page.addInitScript(() => {
    if (localStorage.getItem('countertop.counter') === null) {
      localStorage.setItem('countertop.counter', 'Tour');
    }
  });
  await arrive(page);
  await tour.getByRole('button', { name: 'Show me round' }).click();
  await expect(tour.getByRole('heading', { name: 'Key the amount' })).toBeFocused();
  await expect(page.locator('[data-toured]')).toHaveAttribute('data-tour', 'amount');
  // From the title on: leave, then on.
  for (const press of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(press);
  await expect(tour).toHaveAttribute('data-step', 'wallets');
  for (const step of ['scan', 'colours', 'help', 'sales']) {
    await tour.getByRole('button', { name: 'Next' }).click();
    await expect(tour).toHaveAttribute('data-step', step);
  }
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();
  await expect(page.locator('[data-toured]')).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('network')).toContainText('Online');
  await expect(tour).toBeHidden();

  const again = async () => {
    await page.getByTestId('person').click();
    await page.getByRole('link', { name: 'Show the tour of the till' }).click();
    await expect(tour).toBeVisible();
  };
  await again();
  await page.keyboard.press('7');
  await expect(tour).toBeHidden();
  await expect(page.getByTestId('amount')).toContainText('0.07');
  await page.keyboard.press('Delete');
  await again();
  await scan(page, '139900990100000001');
  await expect(tour).toBeHidden();
  await expect(page.getByTestId('scan-refused')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('network')).toContainText('Online');
  await expect(tour).toBeHidden();
});

test('the tour waits while money is in flight', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('countertop.counter', 'Flight'));
  const cashier = await enter(stack.till);
  const body = { amount: 900, payType: '800201', counter: 'Flight' };
  const { body: made } = await cashier.call('POST', '/api/payments', {
    ...{ body, key: `flight-${Date.now()}` },
  });
  await arrive(page);
  await expectState(page, 'awaiting');
  await expect(page.getByTestId('tour')).toBeHidden();
  const { id } = (made as { payment: { id: string } }).payment;
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  await expect(page.getByTestId('tour')).toBeHidden();
});
