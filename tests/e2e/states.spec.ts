/**
 * Every state of a payment on the till, on the customer's screen and on the customer's phone at
 * once, in three languages and both orientations. A picture of each lies in test-results/states.
 */
import path from 'node:path';
import { type Browser, expect, type Page, test } from 'playwright/test';
import { LANGUAGE_COOKIE, type Language } from '@/lib/messages/language';
import { WORDS } from '../support/crowded-shop';
import { expectMoment, shown, tillAndScreen } from '../support/customers-screen';
import { giveEyes, look, SIZES } from '../support/screen-look';
import { type Stack, startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import { moment, paymentId } from '../support/till';
import { TILL_STATES } from '../support/till-states';

test.describe.configure({ timeout: 480_000 });
test.use({ trace: 'off', screenshot: 'off' });

const ALBUM = path.join(import.meta.dirname, '../../test-results/states');
const COUNTER = WORDS.counters[2];

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack({ env: { SHOP_NAME: WORDS.shop } });
});
test.afterAll(() => stack.stop());
test.beforeEach(() => stack.control('reset', {}));

/** The customer's own phone, on the page of one payment. */
async function phoneOf(browser: Browser, payment: string): Promise<Page> {
  const cashier = await enter(stack.till);
  const { body } = await cashier.call('GET', `/api/payments/${payment}/receipt`);
  const context = await browser.newContext();
  await giveEyes(context);
  const phone = await context.newPage();
  await phone.goto(stack.till + String(body.path));
  await expect(phone.getByTestId('receipt-state')).toBeVisible();
  return phone;
}

const speak = async (page: Page, language: Language) => {
  await page.setViewportSize(SIZES[0]);
  await page.context().addCookies([
    { name: LANGUAGE_COOKIE, value: language, url: stack.till },
    { name: 'theme', value: language === 'zh-Hant' ? 'dark' : 'light', url: stack.till },
  ]);
  await page.locator('header select').selectOption(language);
  await expect(page.locator('[lang]').first()).toHaveAttribute('lang', language);
};
const OWN_NAME: Readonly<Record<Language, string>> = {
  ...{ en: 'English', 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文' },
};

test('each is said on all three, cut nowhere, in no other language, and axe finds nothing', async ({
  browser,
}) => {
  const { till, screen } = await tillAndScreen(browser, { till: stack.till, counter: COUNTER });
  const found: string[] = [];
  const seen = new Set<string>();
  let phone: Page | null = null;
  for (const [place, { name, shows, reach }] of TILL_STATES.entries()) {
    await reach({ page: till, stack });
    const id = (await moment(till).count()) > 0 ? await paymentId(till).catch(() => '') : '';
    // It hears of it by a line of its own, and a page behind another is drawn once a second.
    if (shows !== null) await expectMoment(screen, shows);
    const at = `${await shown(screen).getAttribute('data-at')}`;
    const isNew = !seen.has(at);
    seen.add(at);
    if (id !== '' && isNew) {
      await phone?.context().close();
      phone = await phoneOf(browser, id);
    }
    const called = `${String(place + 1).padStart(2, '0')} ${name}`;
    // Axe takes its time: once for each state and screen, by turns in the dark and in the light.
    const before = async (page: Page) => {
      const hidden = await page.evaluate(scrolledAway);
      found.push(...hidden.map((each) => `${called}: “${each}” has to be scrolled to`));
    };
    const see = async (page: Page, side: string, change: (language: Language) => Promise<void>) => {
      for (const language of ['zh-Hans', 'zh-Hant', 'en'] as const) {
        await page.bringToFront();
        await change(language);
        const axe = language === (place % 2 === 0 ? 'zh-Hant' : 'en');
        const how = { language, axe, album: ALBUM, theirs: side !== 'till', before };
        found.push(...(await look(page, { ...how, name: `${called}, ${side}` })));
      }
    };
    if (isNew) {
      // The end of a payment stands there for seconds only.
      await see(screen, 'display', async (language) => {
        await screen.getByRole('button', { name: OWN_NAME[language] }).click();
        await expectMoment(screen, at);
      });
    }
    const page = isNew && id !== '' ? phone : null;
    if (page !== null) await see(page, 'phone', (language) => speak(page, language));
    await see(till, 'till', (language) => speak(till, language));
    await till.setViewportSize(SIZES[0]);
  }
  expect(found).toEqual([]);
  // Nothing of the table was left out on the customer's screen.
  const all = ['amount', 'checking', 'confirm', 'idle', 'paid', 'scan', 'stopped', 'stopping'];
  expect([...seen].sort()).toEqual([...all, 'unpaid']);
});

/** Runs in the page. Nobody scrolls to learn how a payment stands; a manager does in a form. */
function scrolledAway(): string[] {
  const pane = document.querySelector('[data-testid="payment-state"], [data-testid="moment"]');
  if (pane?.querySelector('form')) return [];
  return [pane, ...(pane?.querySelectorAll('*') ?? [])]
    .filter((each) => each !== null)
    .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowY))
    .filter((each) => each.scrollHeight - each.clientHeight > 2)
    .map((each) => each.textContent?.slice(0, 60) ?? '');
}
