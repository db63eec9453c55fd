/**
 * Every screen in three languages and both orientations, in a shop on its fullest day: no text is
 * cut, none is in another language, and axe finds nothing at all.
 */
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { WHOLE } from '@/lib/messages/dictionary';
import {
  DISPLAY_LANGUAGE_COOKIE,
  LANGUAGE_COOKIE,
  LANGUAGES,
  type Language,
} from '@/lib/messages/language';
import { type Crowd, crowd, WORDS } from '../support/crowded-shop';
import { openShop, type Shop } from '../support/money-back';
import { speakPseudo } from '../support/pseudo-language';
import { giveEyes, look, PAPERS, SIZES } from '../support/screen-look';
import { STEPS } from '../support/screen-steps';
import { SLIP, VISITS, type Visit } from '../support/screen-visits';
import { screensInSource } from '../support/screens';
import { hour } from '../support/shop-clock';
import { type Stack, startStack } from '../support/stack';
import { key, STAFF, signIn } from '../support/till';

test.describe.configure({ timeout: 300_000 });
// What it finds are sentences; a film of so many pages would take longer than the looking.
test.use({ trace: 'off', screenshot: 'off' });

let shop: Shop;
let full: Crowd;
/** A shop in which nobody works yet. */
let empty: Stack;
let page: Page;
let stranger: Page;
const noon = hour('12:00');
test.beforeAll(async ({ browser }) => {
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

async function opens(route: string, how: Visit, language: Language): Promise<Page> {
  const { by, id, shows } = how;
  const on = by === undefined ? page : stranger;
  const { till } = by === 'nobody yet' ? empty : shop.stack;
  await speaks(on, till, language);
  await on.goto(till + addressOf(route, id));
  await expect(on.locator(shows).first()).toBeVisible();
  return on;
}

async function visit(route: string, how: Visit, language: Language) {
  const on = await opens(route, how, language);
  return look(on, { name: route, language, theirs: how.theirs ?? false, axe: withAxe(language) });
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

test('no screen cuts a text or says it in another language, and axe finds nothing', async () => {
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

type Size = { readonly width: number; readonly height: number };
type Grown = {
  readonly name: string;
  /** Of every screen; and beside them of those that a cashier or a customer holds upright. */
  readonly all: readonly Size[];
  readonly upright?: readonly Size[];
  readonly before?: (on: Page) => Promise<unknown>;
};
/** The tables of the desk are for a screen with room; the rest is for a hand as well. */
const UPRIGHT = ['/', '/sign-in', '/pair', '/display', '/setup', '/r/[token]'];
/** What scrolls by itself cuts nothing: a row of sections, a table of a report. */
const SCROLLS_BY_ITSELF = />\sscrolls sideways/;

/** Of the three languages English takes most room. */
async function grown({ name, all, upright = [], before }: Grown): Promise<string[]> {
  const found: string[] = [];
  for (const [route, visited] of Object.entries(VISITS)) {
    // A slip has the size of its paper.
    if (route === '/refund-slip/[id]') continue;
    const on = await opens(route, visited, 'en');
    const sizes = UPRIGHT.includes(route) ? [...all, ...upright] : all;
    const how = { sizes, ...(before === undefined ? {} : { before }) };
    const looked = await look(on, {
      ...how,
      name: `${route} ${name}`,
      language: 'en',
      theirs: true,
    });
    found.push(...looked.filter((each) => !SCROLLS_BY_ITSELF.test(each)));
  }
  return found;
}

test('nor is anything cut when the browser is zoomed to twice the size', async () => {
  // So much of a page is left of 1280 × 800 and of 800 × 1280.
  const all = [{ width: 640, height: 400 }];
  const upright = [{ width: 400, height: 640 }];
  expect(await grown({ name: 'zoomed', all, upright })).toEqual([]);
});

test('nor when somebody chose text of twice the size for the tablet', async () => {
  const larger = (value: string) =>
    Promise.all(
      [page, stranger].map((on) =>
        on
          .context()
          .addCookies(
            [shop.stack.till, empty.till].map((url) => ({ name: 'text-size', value, url })),
          ),
      ),
    );
  await larger('text-200');
  const found = await grown({ name: 'larger', all: [SIZES[0]], upright: [SIZES[1]] });
  await larger('text-100');
  expect(found).toEqual([]);
});

test('nor in a language that takes three tenths more room than English', async () => {
  let texts = 0;
  const before = async (on: Page) => {
    texts += await speakPseudo(on);
  };
  expect(await grown({ name: 'pseudo', all: SIZES, before })).toEqual([]);
  expect(texts).toBeGreaterThan(500);
});

test('nor does what asks for a PIN: a manager in place, each sale, and the lock', async ({
  browser,
}) => {
  const { stack, owner } = shop;
  const till = await opened(await browser.newContext(), WORDS.counters[2]);
  await signIn(till, stack);
  const found: string[] = [];
  const see = async (name: string, language: Language) => {
    found.push(...(await look(till, { name, language, axe: withAxe(language) })));
    await till.setViewportSize(SIZES[0]);
  };
  const ask = async (mode: string) => {
    const body = { 'pin-mode': mode, pin: STAFF.owner.pin };
    expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
  };
  await ask('restricted');
  for (const language of LANGUAGES) {
    await speaks(till, stack.till, language);
    await till.goto(stack.till + addressOf('/history/[id]', ({ matter }) => matter));
    const form = till.getByTestId('decide-form');
    await form.getByRole('radio').first().check();
    await form.getByRole('textbox').first().fill(WORDS.reason);
    await see('a matter without a PIN', language);
    await form.getByRole('button').last().click();
    await expect(till.getByTestId('pin-gate')).toBeVisible();
    await see('a manager in place', language);
  }
  await ask('always');
  for (const language of LANGUAGES) {
    await speaks(till, stack.till, language);
    await till.goto(stack.till);
    await key(till, '12');
    const wallets = till.getByRole('region', { name: WHOLE[language]['wallets.label'] });
    await wallets.getByRole('button').first().click();
    await expect(till.getByTestId('pin-gate')).toBeVisible();
    await see('a PIN before the sale', language);
  }
  await ask('never');
  await idle(stack, 20);
  for (const route of ['/', '/history']) {
    for (const language of LANGUAGES) {
      await speaks(page, stack.till, language);
      await page.goto(stack.till + route);
      await expect(page.getByTestId('lock')).toBeVisible();
      found.push(...(await look(page, { name: `lock of ${route}`, language, axe: true })));
    }
  }
  expect(found).toEqual([]);
});

/** So many minutes later nobody has touched anything. Nothing else is looked at after it. */
async function idle(stack: Stack, minutes: number): Promise<void> {
  const shift = Number(noon.env.TEST_CLOCK_SHIFT_MS) + minutes * 60_000;
  await stack.control('clock', { now: Date.now() + shift, speed: 1 });
  await stack.restartApp({ TEST_CLOCK_SHIFT_MS: String(shift) });
}
