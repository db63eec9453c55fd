/** The customer's screen beside a till: paired by its code, and what stands on it. */
import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from 'playwright/test';
import { giveEyes } from './screen-look';
import type { Stack } from './stack';
import { STAFF, signIn } from './till';

/** Another tablet, which is nobody's yet and silent until touched. Its clock can be moved. */
export async function newScreen(browser: Browser, { till }: Pick<Stack, 'till'>): Promise<Page> {
  const context = await browser.newContext();
  await context.addInitScript(silentUntilTouched);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`${till}/display`);
  return page;
}

/** A browser that nobody watches lets every page sound; a tablet's does not. */
const silentUntilTouched = () => {
  class Shy extends AudioContext {
    constructor() {
      super();
      void this.suspend();
    }
  }
  Object.assign(window, { AudioContext: Shy });
};

const atCounter = (context: BrowserContext, counter: string) =>
  context.addInitScript((name) => localStorage.setItem('countertop.counter', name), counter);

type Beside = Pick<Stack, 'till'> & { readonly counter: string; readonly clock?: boolean };

/** A till, and the customer's screen as its second window; with `clock` theirs can be moved. */
export async function tillAndScreen(browser: Browser, { till: url, counter, clock }: Beside) {
  const context = await browser.newContext();
  await giveEyes(context);
  await atCounter(context, counter);
  const [till, screen] = [await context.newPage(), await context.newPage()];
  for (const page of clock === true ? [till, screen] : []) await page.clock.install();
  await signIn(till, { till: url });
  await screen.goto(`${url}/display?counter=${encodeURIComponent(counter)}`);
  await expect(shown(screen)).toBeVisible();
  return { till, screen, context };
}

/** Types the code that `screen` shows at a till whose cashier is signed in. */
export async function pairAt(till: Page, screen: Page): Promise<void> {
  const code = await screen.getByTestId('display-code').innerText();
  await till.getByTitle('Change the counter').click();
  await till.getByLabel('Code on that screen').fill(code.toLowerCase());
  await till.getByLabel('Your PIN', { exact: true }).fill(STAFF.cashier.pin);
  await till.getByRole('button', { name: 'Pair that screen' }).click();
  await expect(till.getByText('That screen now belongs to counter')).toBeVisible();
  await till.keyboard.press('Escape');
  await expect(shown(screen)).toBeVisible();
}

export const shown = (screen: Page): Locator => screen.getByTestId('moment');

export const expectMoment = (screen: Page, at: string, timeout = 10_000): Promise<void> =>
  expect(shown(screen)).toHaveAttribute('data-at', at, { timeout });

/** So many seconds without a line, by the screen's own clock; `meanwhile` happens elsewhere. */
export async function cutFor(
  screen: Page,
  seconds: number,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const context: BrowserContext = screen.context();
  await context.setOffline(true);
  await expect(screen.getByTestId('display-line')).toHaveAttribute('data-cut', 'true');
  await screen.clock.fastForward(seconds * 1_000);
  await meanwhile();
  await expect(screen.getByTestId('display-line')).toHaveAttribute('data-cut', 'true');
}

/**
 * Brings the line back and answers how long it took until that moment stood there, as the page saw
 * it: a look from outside comes late.
 */
export async function healedIn(screen: Page, at: string): Promise<number> {
  const right = screen.evaluate(untilShown, at);
  const back = performance.now();
  await screen.context().setOffline(false);
  await right;
  return performance.now() - back;
}

/** What a few answers take on this machine just now, so that a busy one is no defect. */
export async function patience(page: Page): Promise<number> {
  const asked = performance.now();
  await page.evaluate(async () => (await fetch('/api/health')).text());
  return 1_000 + (performance.now() - asked) * 10;
}

/** Runs in a page, of either, which sees it at once: a look from outside comes a second late. */
export const untilShown = (wanted: string) =>
  new Promise<void>((resolve) => {
    const look = () => {
      const till = document.querySelector('[data-testid="payment-state"]');
      const screen = document.querySelector('[data-testid="moment"]');
      const now = till?.getAttribute('data-state') ?? screen?.getAttribute('data-at');
      if (now === wanted) resolve();
    };
    look();
    const all = { attributes: true, childList: true, subtree: true };
    new MutationObserver(look).observe(document.body, all);
  });
