/**
 * The tablet loses its line, its page, its patience; two fingers tap, two people act at once. The
 * screen never says that it is safe to charge again while the customer can still pay.
 */
import { expect, type Page, test } from 'playwright/test';
import type { PaymentView } from '../../lib/contract';
import { patience, untilShown } from '../support/customers-screen';
import { until } from '../support/processes';
import { type FaultProxy, startProxy } from '../support/proxy/proxy';
import { type Stack, startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  charges,
  expectOffline,
  expectState,
  freshCode,
  key,
  moment,
  paymentId,
  scan,
  signIn,
} from '../support/till';

const CHARGE = '/trade/v1/payment';
const QUERY = '/trade/v1/query';
const CLOSE = '/trade/v1/close';

let stack: Stack;
/** Between the till and its gateway. */
let line: FaultProxy;
test.beforeAll(async () => {
  stack = await startStack({
    through: async (url) => {
      line = await startProxy(url);
      return line.url;
    },
  });
});
test.afterAll(async () => {
  await stack.stop();
  await line.stop();
});
test.beforeEach(async () => {
  await line.heal();
  await stack.control('reset', {});
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
});

const wallet = (page: Page) => page.getByRole('button', { name: 'WeChat Pay', exact: true });
const showQr = async (page: Page) => {
  await key(page, '4850');
  await wallet(page).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  return paymentId(page);
};
/** Every state that the screen has shown from here on, in order. */
const watched = async (page: Page): Promise<() => Promise<string[]>> => {
  await page.evaluate(() => {
    const shown: string[] = [];
    Object.assign(window, { shown });
    const look = () => {
      const state = document.querySelector('[data-testid="payment-state"]');
      const now = state?.getAttribute('data-state') ?? 'nothing';
      if (shown.at(-1) !== now) shown.push(now);
    };
    look();
    const all = { attributes: true, childList: true, subtree: true };
    new MutationObserver(look).observe(document.body, all);
  });
  return () => page.evaluate(() => Reflect.get(window, 'shown') as string[]);
};

test('F56 F61 the customer pays while the cashier cancels: never safe on the screen, then green', async ({
  page,
}) => {
  await signIn(page, stack);
  const id = await showQr(page);
  const shown = await watched(page);
  const held = line.strike({ kind: 'hold-request' }, { on: CLOSE });
  await page.getByRole('button', { name: 'Cancel payment' }).click();
  await until(() => held.struck() === 1);
  await expectState(page, 'cancelling');
  await expect(wallet(page)).toHaveCount(0);
  await stack.control('pay', { number: id });
  held.release();
  await expectState(page, 'paid');
  const states = await shown();
  expect(states.filter((state) => !['awaiting', 'cancelling', 'paid'].includes(state))).toEqual([]);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('F57 two taps five milliseconds apart are one charge', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await wallet(page).evaluate(async (tile) => {
    (tile as HTMLElement).click();
    await new Promise((resolve) => setTimeout(resolve, 5));
    (tile as HTMLElement).click();
  });
  await expect(page.getByTestId('qr')).toBeVisible();
  expect((await charges(stack)).asked).toBe(1);
});

test('F62 offline for three minutes while the customer pays: right within a second of the return', async ({
  page,
  context,
}) => {
  await page.clock.install();
  await signIn(page, stack);
  await showQr(page);
  const id = await paymentId(page);
  await context.setOffline(true);
  await page.clock.fastForward('00:30');
  await expectOffline(page);
  await page.clock.fastForward('02:30');
  await stack.control('pay', { number: id });
  const elsewhere = await enter(stack.till);
  await until(async () => {
    const { body } = await elsewhere.call('GET', `/api/payments/${id}`);
    return (body.payment as PaymentView).state === 'paid';
  });
  await expectState(page, 'awaiting');
  const back = performance.now();
  const green = page.evaluate(untilShown, 'paid');
  await context.setOffline(false);
  await green;
  const ms = performance.now() - back;
  expect(ms).toBeLessThan(await patience(page));
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test.describe('F63 the page is read again at every step of one payment', () => {
  test('while it is sent, shown, stopped: the same payment, and one charge', async ({ page }) => {
    await signIn(page, stack);
    const sending = line.strike({ kind: 'hold-request' }, { on: CHARGE });
    await key(page, '4850');
    await wallet(page).click();
    await until(() => sending.struck() === 1);
    await page.reload();
    await expectState(page, 'sending');
    sending.release();
    await expect(page.getByTestId('qr')).toBeVisible();
    const id = await paymentId(page);
    await page.reload();
    await expect(page.getByTestId('qr')).toBeVisible();
    const stopping = line.strike({ kind: 'hold-request' }, { on: CLOSE });
    await page.getByRole('button', { name: 'Cancel payment' }).click();
    await until(() => stopping.struck() === 1);
    await page.reload();
    await expectState(page, 'cancelling');
    expect(await paymentId(page)).toBe(id);
    stopping.release();
    await expectState(page, 'closed');
    await page.reload();
    await expect(page.getByTestId('recent-sale').first()).toHaveAttribute('data-state', 'closed');
    expect(await charges(stack)).toEqual({ asked: 1, moved: 0 });
  });

  test('while a scanned code is in doubt, and when it is paid', async ({ page }) => {
    await signIn(page, stack);
    line.strike({ kind: 'reset-answer', after: 0 }, { on: CHARGE });
    line.strike({ kind: 'reset-answer', after: 0 }, { on: QUERY, times: 0 });
    await key(page, '4850');
    await scan(page, freshCode());
    await expectState(page, 'unknown');
    const id = await paymentId(page);
    await page.reload();
    await expectState(page, 'unknown');
    expect(await paymentId(page)).toBe(id);
    await expect(moment(page)).toContainText('Do not charge again');
    await line.heal();
    await expectState(page, 'paid', 20_000);
    await page.reload();
    await expect(page.getByTestId('recent-sale').first()).toHaveAttribute('data-state', 'paid');
    expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
  });
});

test('F64 every connection of the tablet falls silent without an end: said so in ten seconds, then asked', async ({
  page,
}) => {
  const tablet = await startProxy(stack.till);
  try {
    await signIn(page, { till: tablet.url });
    const id = await showQr(page);
    const since = Date.now();
    tablet.mute();
    await expect(page.getByTestId('network')).not.toContainText('Online', { timeout: 12_000 });
    expect(Date.now() - since).toBeGreaterThan(5_000);
    await stack.control('pay', { number: id });
    await expectState(page, 'paid', 15_000);
    await expect(page.getByTestId('network')).toContainText('Online', { timeout: 15_000 });
    expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
  } finally {
    await tablet.stop();
  }
});
