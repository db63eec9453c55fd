/**
 * Every screen in three languages and both orientations, in a shop on its fullest day: no text is
 * cut, none is in another language, and axe finds nothing grave.
 */
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import {
  DISPLAY_LANGUAGE_COOKIE,
  LANGUAGE_COOKIE,
  LANGUAGES,
  type Language,
} from '@/lib/messages/language';
import { type Crowd, crowd, WORDS } from '../support/crowded-shop';
import { openShop, type Shop } from '../support/money-back';
import { giveEyes, look, PAPERS, SIZES } from '../support/screen-look';
import { STEPS } from '../support/screen-steps';
import { screensInSource } from '../support/screens';
import { hour } from '../support/shop-clock';
import { type Stack, startStack } from '../support/stack';
import { signIn } from '../support/till';
import { TILL_STATES } from '../support/till-states';

test.describe.configure({ timeout: 300_000 });
// What it finds are sentences; a film of so many pages would take longer than the looking.
test.use({ trace: 'off', screenshot: 'off' });

let shop: Shop;
let full: Crowd;
/** A shop in which nobody works yet. */
let empty: Stack;
let page: Page;
let stranger: Page;
test.beforeAll(async ({ browser }) => {
  const noon = hour('12:00');
  const env = { ...noon.env, QFPAY_SIMULATOR_MCHID: 'M100', SHOP_NAME: WORDS.shop };
  const own = { QFPAY_APPCODE: 'EMPTYSHOP', QFPAY_KEY: 'EMPTYSHOPKEY' };
  const [stack, other] = await Promise.all([
    startStack({ env }),
    startStack({ env: { QFPAY_ENV: 'test', ...own }, simulatorEnv: own }),
  ]);
  empty = other;
  await noon.set(stack);
  await stack.control('account', { mchids: ['M100', 'M200'] });
  shop = await openShop(stack);
  full = await crowd(shop);
  page = await opened(await browser.newContext());
  stranger = await opened(await browser.newContext());
  await signIn(page, stack, 'owner');
});
test.afterAll(() => Promise.all([shop.stack.stop(), empty.stop()]));

async function opened(context: BrowserContext, counter: string = WORDS.counters[0]) {
  await giveEyes(context);
  await context.addInitScript((name) => {
    localStorage.setItem('countertop.counter', name);
  }, counter);
  return context.newPage();
}

type Visit = {
  readonly by?: 'stranger' | 'nobody yet';
  /** What goes into the holes of the address. */
  readonly id?: (crowd: Crowd) => string;
  /** Is there once the screen shows what it is made for. */
  readonly shows: string;
  /** A paper for the customer. */
  readonly theirs?: boolean;
};

const SLIP: Visit = {
  ...{ id: ({ refund }) => refund, shows: '[data-testid=slip]', theirs: true },
};

const VISITS: Readonly<Record<string, Visit>> = {
  '/': { shows: '[data-testid=recent-sale]' },
  '/sign-in': { by: 'stranger', shows: 'form' },
  '/pair': { by: 'stranger', shows: 'form' },
  '/display': { by: 'stranger', shows: '[data-testid=display-code]', theirs: true },
  '/setup': { by: 'nobody yet', shows: 'form' },
  '/r/[token]': {
    ...{ by: 'stranger', id: ({ token }) => token, theirs: true },
    shows: '[data-testid=receipt]',
  },
  '/history': { shows: '[data-testid=sale-row]' },
  '/history/[id]': { id: ({ sale }) => sale, shows: '[data-testid=timeline]' },
  '/refunds': { shows: '[data-testid=refund-row]' },
  '/refunds/[id]': { id: ({ sale }) => sale, shows: '[data-testid=refund-progress]' },
  '/refund-slip/[id]': SLIP,
  '/inbox': { shows: '[data-testid=matter]' },
  '/shift': { shows: '[data-testid=shift-row]' },
  '/reports': { shows: '[data-testid=wallet-chart] svg' },
  '/reports/compare': { shows: '[data-testid=difference]' },
  '/reports/compare/[id]': {
    id: ({ comparison }) => comparison,
    shows: '[data-testid=difference]',
  },
  '/staff': { shows: '[data-testid=person-row]' },
  '/staff/acts': { shows: '[data-testid=act-row]' },
  '/staff/rights': { shows: 'td' },
  '/staff/devices': { shows: '[data-testid=device-row]' },
  '/settings': { shows: '[data-testid=setting-wallets]' },
  '/settings/outlets': { shows: '[data-testid=outlet]' },
  '/settings/scanner': { shows: '[data-testid=scan-result]' },
};

test('every page is looked at: a new one needs its line in VISITS', () => {
  expect(Object.keys(VISITS).sort()).toEqual(screensInSource());
});

const addressOf = (route: string, id?: (crowd: Crowd) => string) =>
  route.replace(/\[.+\]/, id?.(full) ?? '');

/** Chinese is looked at in the dark, so that each appearance has its turn. */
const speaks = (on: Page, url: string, language: Language) =>
  on.context().addCookies([
    { name: LANGUAGE_COOKIE, value: language, url },
    { name: DISPLAY_LANGUAGE_COOKIE, value: language, url },
    { name: 'theme', value: language === 'zh-Hant' ? 'dark' : 'light', url },
  ]);
/** Two of three are enough for axe: one in the light, one in the dark. */
const withAxe = (language: Language) => language !== 'zh-Hans';

async function visit(route: string, how: Visit, language: Language) {
  const { by, id, shows, theirs = false } = how;
  const on = by === undefined ? page : stranger;
  const { till } = by === 'nobody yet' ? empty : shop.stack;
  await speaks(on, till, language);
  await on.goto(till + addressOf(route, id));
  await expect(on.locator(shows).first()).toBeVisible();
  return look(on, { name: route, language, theirs, axe: withAxe(language) });
}

async function every<T>(
  things: readonly T[],
  see: (each: T, language: Language) => Promise<string[]>,
) {
  const found: string[] = [];
  for (const language of LANGUAGES) {
    for (const each of things) found.push(...(await see(each, language)));
  }
  return found;
}

test('no screen cuts a text or says it in another language, and axe finds nothing grave', async () => {
  const found = await every(Object.entries(VISITS), ([route, how], language) =>
    visit(route, how, language),
  );
  expect(found).toEqual([]);
});

test('nor does what stands behind a press', async () => {
  const found = await every(STEPS, async ({ name, route, id, reach, theirs = false }, language) => {
    await speaks(page, shop.stack.till, language);
    await page.setViewportSize(SIZES[0]);
    await page.goto(shop.stack.till + addressOf(route, id));
    await reach(page, language);
    return look(page, { name: `${name} of ${route}`, language, theirs, axe: withAxe(language) });
  });
  expect(found).toEqual([]);
});

test('nor does what is printed, on 80 mm and on A4', async () => {
  await page.emulateMedia({ media: 'print' });
  const printed: readonly ({ readonly route: string } & Visit)[] = [
    { route: '/refund-slip/[id]', ...SLIP },
    { route: '/shift', shows: '[data-slip]' },
  ];
  const found = await every(printed, async ({ route, id, shows, theirs = false }, language) => {
    await speaks(page, shop.stack.till, language);
    await page.goto(shop.stack.till + addressOf(route, id));
    await expect(page.locator(shows).first()).toBeVisible();
    return look(page, { name: `print of ${route}`, language, sizes: PAPERS, theirs });
  });
  await page.emulateMedia({ media: null });
  expect(found).toEqual([]);
});

test('nor does the till in any of its states', async ({ browser }) => {
  const { stack } = shop;
  const till = await opened(await browser.newContext(), WORDS.counters[2]);
  await signIn(till, stack);
  const found: string[] = [];
  const speak = async (language: Language) => {
    await till.setViewportSize(SIZES[0]);
    await speaks(till, stack.till, language);
    await till.locator('header select').selectOption(language);
    await expect(till.locator('html')).toHaveAttribute('lang', language);
  };
  for (const { name, reach } of TILL_STATES) {
    await reach({ page: till, stack });
    for (const language of ['zh-Hans', 'zh-Hant', 'en'] as const) {
      await speak(language);
      const axe = withAxe(language);
      found.push(...(await look(till, { name: `till, ${name}`, language, axe })));
    }
    await till.setViewportSize(SIZES[0]);
  }
  expect(found).toEqual([]);
});
