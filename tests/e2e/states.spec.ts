/**
 * Every state of a payment on the till, on the customer's screen and on the customer's phone at
 * once: in three languages and both orientations with a picture of each, and through half a minute
 * without a line. The pictures lie in test-results/states.
 */
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from 'playwright/test';
import { LANGUAGE_COOKIE, type Language } from '@/lib/messages/language';
import { WORDS } from '../support/crowded-shop';
import { expectMoment, shown } from '../support/customers-screen';
import { until } from '../support/processes';
import { giveEyes, look, SIZES } from '../support/screen-look';
import { type Stack, startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  expectOffline,
  expectState,
  freshCode,
  key,
  magicCode,
  moment,
  paymentId,
  scan,
  signIn,
} from '../support/till';
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

const atCounter = (context: BrowserContext, counter: string) =>
  context.addInitScript((name) => localStorage.setItem('countertop.counter', name), counter);

/** A till, and the customer's screen as its second window. */
async function tillAndScreen(browser: Browser, counter: string, clock = false) {
  const context = await browser.newContext();
  await giveEyes(context);
  await atCounter(context, counter);
  const [till, screen] = [await context.newPage(), await context.newPage()];
  for (const page of clock ? [till, screen] : []) await page.clock.install();
  await signIn(till, stack);
  await screen.goto(`${stack.till}/display?counter=${encodeURIComponent(counter)}`);
  await expect(shown(screen)).toBeVisible();
  return { till, screen, context };
}

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
  const { till, screen } = await tillAndScreen(browser, COUNTER);
  const found: string[] = [];
  const seen = new Set<string>();
  let phone: Page | null = null;
  for (const [place, { name, reach }] of TILL_STATES.entries()) {
    await reach({ page: till, stack });
    const id = (await moment(till).count()) > 0 ? await paymentId(till).catch(() => '') : '';
    const at = `${await shown(screen).getAttribute('data-at')}`;
    const isNew = !seen.has(at);
    seen.add(at);
    if (id !== '' && isNew) {
      await phone?.context().close();
      phone = await phoneOf(browser, id);
    }
    const called = `${String(place + 1).padStart(2, '0')} ${name}`;
    // Axe takes its time: once for each state and screen, by turns in the dark and in the light.
    const see = async (page: Page, side: string, change: (language: Language) => Promise<void>) => {
      for (const language of ['zh-Hans', 'zh-Hant', 'en'] as const) {
        await page.bringToFront();
        await change(language);
        const axe = language === (place % 2 === 0 ? 'zh-Hant' : 'en');
        const how = { language, axe, album: ALBUM, theirs: side !== 'till' };
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

type Cut = {
  readonly name: string;
  /** Brings the till into the state. */
  readonly reach: (till: Page) => Promise<void>;
  readonly meanwhile: (id: string) => Promise<unknown>;
  readonly after: { readonly state: string; readonly moment: string };
};

const wechat = (till: Page) => till.getByRole('button', { name: 'WeChat Pay', exact: true });
const showQr = async (till: Page) => {
  await key(till, '4850');
  await wechat(till).click();
  await expect(till.getByTestId('qr')).toBeVisible();
};
const unclear = async () => {
  const fault = { kind: 'respcd', respcd: '1254', times: 0 };
  await stack.control('fault', { ...fault, endpoint: 'query' });
  await stack.control('fault', { ...fault, endpoint: 'close', stage: 'before' });
};
const pay = (id: string) => stack.control('pay', { number: id, force: true });
const clear = () => fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
const PAID = { state: 'paid', moment: 'paid' };

const CUTS: readonly Cut[] = [
  {
    name: 'a charge on its way, which is answered meanwhile',
    reach: async (till) => {
      await stack.control('fault', { kind: 'delay', ms: 5_000, endpoint: 'payment', times: 1 });
      await key(till, '4850');
      await scan(till, freshCode());
      await expectState(till, 'sending');
    },
    meanwhile: async () => undefined,
    after: PAID,
  },
  { name: 'a QR that is paid meanwhile', reach: showQr, meanwhile: pay, after: PAID },
  {
    name: 'a QR that somebody else stops',
    reach: showQr,
    meanwhile: async (id) => (await enter(stack.till)).call('POST', `/api/payments/${id}/cancel`),
    after: { state: 'closed', moment: 'stopped' },
  },
  {
    name: 'a customer who confirms meanwhile',
    reach: async (till) => {
      await key(till, '4850');
      await scan(till, magicCode('10'));
      await expectState(till, 'awaiting');
    },
    meanwhile: pay,
    after: PAID,
  },
  {
    name: 'a stop that is not confirmed, and paid after all',
    reach: async (till) => {
      await showQr(till);
      await unclear();
      await till.getByRole('button', { name: 'Cancel payment' }).click();
      await expectState(till, 'cancelling');
    },
    meanwhile: async (id) => {
      await pay(id);
      await clear();
    },
    after: PAID,
  },
  {
    name: 'nobody knows, and QFPay answers again',
    reach: async (till) => {
      await stack.control('fault', {
        kind: 'respcd',
        respcd: '9999',
        endpoint: 'payment',
        times: 1,
      });
      await unclear();
      await key(till, '4850');
      await scan(till, magicCode('01'));
      await expectState(till, 'unknown');
    },
    meanwhile: clear,
    after: PAID,
  },
];

test('half a minute without a line in each: nothing is called paid meanwhile, then both are right', async ({
  browser,
}) => {
  const { till, screen, context } = await tillAndScreen(browser, 'Cut', true);
  const elsewhere = await enter(stack.till);
  for (const { name, reach, meanwhile, after } of CUTS) {
    await stack.control('reset', {});
    await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
    await reach(till);
    const id = await paymentId(till);
    const before = await moment(till).getAttribute('data-state');
    await context.setOffline(true);
    await Promise.all([till, screen].map((page) => page.clock.fastForward(30_000)));
    await expectOffline(till);
    await expectMoment(screen, 'cut');
    await meanwhile(id);
    await until(async () => {
      const { body } = await elsewhere.call('GET', `/api/payments/${id}`);
      return (body.payment as { state: string }).state === after.state;
    });
    expect([name, await moment(till).getAttribute('data-state')]).toEqual([name, before]);
    await expectMoment(screen, 'cut');
    const right = [
      till.evaluate(untilShown, after.state),
      screen.evaluate(untilShown, after.moment),
    ];
    const back = performance.now();
    await context.setOffline(false);
    const took = await Promise.all(right.map((it) => it.then(() => performance.now() - back)));
    const asked = performance.now();
    await till.evaluate(async () => (await fetch('/api/health')).text());
    // A second, and what a few answers take on this machine just now.
    const patience = 1_000 + (performance.now() - asked) * 10;
    expect([name, Math.max(...took) < patience || took]).toEqual([name, true]);
    await expect(till.getByTestId('network')).toHaveAttribute('data-link', 'live');
    await expect(screen.getByTestId('display-line')).toHaveAttribute('data-cut', 'false');
    await till.keyboard.press('Escape');
    await till.keyboard.press('Delete');
  }
  // What has ended stays as it was, on both.
  await showQr(till);
  await pay(await paymentId(till));
  await expectState(till, 'paid');
  await expectMoment(screen, 'paid');
  await context.setOffline(true);
  await Promise.all([till, screen].map((page) => page.clock.fastForward(30_000)));
  await expectOffline(till);
  await expectState(till, 'paid');
  await expectMoment(screen, 'paid');
  // The last sales can still be read, offline is said in one place, and no link leads away.
  await expect(till.getByTestId('recent-sale').first()).toContainText('48.50');
  await till.getByRole('button', { name: 'Done' }).click();
  await till.getByTestId('recent-sale').first().click();
  await expect(till.getByTestId('health')).toContainText('No network to the server.');
  await till.keyboard.press('Escape');
  await expect(till).toHaveURL(`${stack.till}/`);
  await context.setOffline(false);
  await expect(till.getByTestId('network')).toHaveAttribute('data-link', 'live');
  await expectMoment(screen, 'paid');
});

/** Runs in the page, which sees it at once: a look from outside comes a second late. */
const untilShown = (wanted: string) =>
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
