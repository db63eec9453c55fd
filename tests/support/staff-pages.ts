/** Screens of a shop's people: signed in, confirmed by a PIN, each in a browser of its own. */
import { type Browser, expect, type Page } from 'playwright/test';
import type { Stack } from './stack';
import { STAFF } from './till';
import { hadTour } from './toured';

export type Who = keyof typeof STAFF;
type Till = Pick<Stack, 'till'>;

export async function entered(
  browser: Browser,
  { till }: Till,
  { who, counter = who }: { who: Who; counter?: string },
): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript((name) => {
    localStorage.setItem('countertop.counter', name);
  }, counter);
  await hadTour(context, [STAFF[who].code]);
  const page = await context.newPage();
  await page.goto(`${till}/sign-in`);
  await signInOn(page, who);
  return page;
}

/** Sends the form; whether it lets anybody in is for the test to say. */
export async function trySignIn(page: Page, who: Who): Promise<void> {
  await page.getByLabel('Staff code').fill(STAFF[who].code);
  await page.getByLabel('PIN', { exact: true }).fill(STAFF[who].pin);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signInOn(page: Page, who: Who): Promise<void> {
  await trySignIn(page, who);
  await expect(page.getByTestId('amount')).toBeVisible();
  await expect(page.getByTestId('network')).toContainText('Online');
}

/** The owner's own PIN, with the call itself. */
export async function confirm(page: Page): Promise<void> {
  const dialog = page.getByTestId('pin-dialog').filter({ visible: true });
  await dialog.getByLabel('Your PIN').fill(STAFF.owner.pin);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}
