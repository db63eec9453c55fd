/**
 * The customer's screen: paired by a code or opened beside the till, never green before the server
 * says so, right again within a second after its line was cut, and good for nothing else.
 */
import type { PaymentView } from '../../lib/contract';
import {
  cutFor,
  expectMoment,
  healedIn,
  newScreen,
  pairAt,
  patience,
  shown,
} from '../support/customers-screen';
import { DISPLAY_DOORS, doorsInSource, knockAt, nameOf } from '../support/doors';
import { until } from '../support/processes';
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  expectState,
  freshCode,
  key,
  magicCode,
  paymentId,
  STAFF,
  scan,
  signIn,
} from '../support/till';

test.describe.configure({ timeout: 120_000 });

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const wallet = (page: Page) => page.getByRole('button', { name: 'WeChat Pay', exact: true });
const showQr = async (till: Page): Promise<string> => {
  await key(till, '4850');
  await wallet(till).click();
  await expect(till.getByTestId('qr')).toBeVisible();
  return paymentId(till);
};
const qrOf = (page: Page) => page.getByTestId('qr').getAttribute('data-qr');
/** Of a payment, as another screen of the shop knows it. */
const reached = async (id: string, state: string): Promise<void> => {
  const elsewhere = await enter(stack.till);
  await until(async () => {
    const { body } = await elsewhere.call('GET', `/api/payments/${id}`);
    return (body.payment as PaymentView).state === state;
  });
};

test('paired by its code: the QR, the customer’s language, a sound and green; then revoked', async ({
  page: till,
  browser,
}) => {
  await signIn(till, stack);
  const screen = await newScreen(browser, stack);
  await screen.evaluate(countTones);
  await expect(screen.getByTestId('display-code')).toBeVisible();
  await screen.getByRole('button', { name: 'Touch to allow sound' }).click();
  await expect(screen.getByTestId('allow-sound')).toHaveCount(0);
  await pairAt(till, screen);
  await expectMoment(screen, 'idle');
  await expect(shown(screen)).toContainText('Welcome');

  const id = await showQr(till);
  await expectMoment(screen, 'scan');
  expect(await qrOf(screen)).toBe(await qrOf(till));
  await expect(screen.getByTestId('display-amount')).toHaveText('HK$48.50');
  const qr = await screen.getByTestId('qr').boundingBox();
  const { width, height } = screen.viewportSize() ?? { width: 0, height: 0 };
  expect(qr?.width).toBeGreaterThan(Math.min(width, height) * 0.45);
  await screen.getByRole('button', { name: '简体中文' }).click();
  await expect(shown(screen).getByRole('heading')).toHaveText('请用微信支付扫描');
  await screen.reload();
  await expect(shown(screen).getByRole('heading')).toHaveText('请用微信支付扫描');
  await expect(till.locator('html')).toHaveAttribute('lang', 'en');
  await screen.evaluate(countTones);
  // Whoever touches a page before it lives touches again.
  await expect(screen.getByTestId('allow-sound')).toBeVisible();
  await screen.getByTestId('moment').click();
  await expect(screen.getByTestId('allow-sound')).toHaveCount(0);

  await stack.control('pay', { number: id });
  await expectMoment(screen, 'paid');
  await expect(shown(screen)).toHaveAttribute('data-payment-id', id);
  await expect(shown(screen).getByRole('heading')).toHaveText('付款成功，谢谢惠顾。');
  await expect(screen.getByTestId('display-amount')).toHaveText('HK$48.50');
  const receipt = (await qrOf(screen)) ?? '';
  expect(receipt).toMatch(/^http:\/\/[\d.:]+\/r\/[A-Z0-9]+$/);
  expect(await (await fetch(receipt)).text()).toContain('48.50');
  await expect.poll(() => screen.evaluate(() => Reflect.get(window, 'tones'))).toBe(2);

  const cookie = (await screen.context().cookies()).find(({ name }) => name.endsWith('.display'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  const headers = { cookie: `${cookie?.name}=${cookie?.value}`, origin: stack.till };
  for (const door of doorsInSource()) {
    if (door.keeper === 'open') continue;
    const stop = new AbortController();
    const init = { method: door.method, headers, signal: stop.signal };
    const { status } = await fetch(stack.till + knockAt(door), init);
    stop.abort();
    const theirs = DISPLAY_DOORS.includes(nameOf(door));
    expect([nameOf(door), status]).toEqual([nameOf(door), theirs ? 200 : 401]);
  }

  const owner = await enter(stack.till, 'owner');
  const { displays } = (await owner.call('GET', '/api/devices')).body as {
    displays: { id: string; counter: string }[];
  };
  const counter = await till.evaluate(() => localStorage.getItem('countertop.counter'));
  const mine = displays.find((display) => display.counter === counter);
  const body = { pin: STAFF.owner.pin };
  const revoked = await owner.call('DELETE', `/api/displays/${mine?.id}`, { body });
  expect(revoked).toMatchObject({ status: 200, body: { counter } });
  await expect(screen.getByTestId('display-code')).toBeVisible();
  for (const path of ['/api/display', '/api/display/events']) {
    const answer = await fetch(stack.till + path, { headers });
    expect([path, answer.status]).toEqual([path, 401]);
  }
  await screen.context().close();
});

/** Runs in the page: how many tones it has made. */
const countTones = () => {
  Object.assign(window, { tones: 0 });
  const { createOscillator } = AudioContext.prototype;
  AudioContext.prototype.createOscillator = function made(this: AudioContext) {
    Object.assign(window, { tones: Number(Reflect.get(window, 'tones')) + 1 });
    return createOscillator.call(this);
  };
};

test('a second window beside the till: confirm on the phone, not paid, stopped, nobody signed in', async ({
  page: till,
  context,
}) => {
  await signIn(till, stack);
  await till.getByTitle('Change the counter').click();
  const opening = context.waitForEvent('page');
  await till.getByRole('button', { name: 'Open it as a second window' }).click();
  const screen = await opening;
  await till.keyboard.press('Escape');
  await expectMoment(screen, 'idle');

  await key(till, '48');
  await expectMoment(screen, 'amount');
  await expect(screen.getByTestId('display-amount')).toHaveText('HK$0.48');
  await key(till, '50');
  await expect(screen.getByTestId('display-amount')).toHaveText('HK$48.50');
  await scan(till, magicCode('10'));
  await expectMoment(screen, 'confirm');
  await expect(shown(screen)).toContainText('Please confirm on your phone');
  await till.getByRole('button', { name: 'Cancel payment' }).click();
  await expectMoment(screen, 'stopped', 30_000);
  await expect(shown(screen)).toContainText('No money was taken');

  await scan(till, magicCode('05'));
  await expectMoment(screen, 'unpaid', 30_000);
  // Why is for the cashier alone: others can read this screen.
  await expect(shown(screen)).toContainText('Not paid');
  expect(await shown(screen).innerText()).not.toMatch(/balance|money in/i);

  await scan(till, freshCode());
  await expectMoment(screen, 'paid');
  await till.getByRole('button', { name: 'Sign out' }).click();
  await expect(screen.getByTestId('no-till')).toBeVisible({ timeout: 30_000 });
  await expect(screen).toHaveURL(/\/display\?counter=/);
});

test('cut for thirty seconds in each state, and through a restart: nothing stale, then right', async ({
  page: till,
  browser,
}) => {
  await signIn(till, stack);
  const screen = await newScreen(browser, stack);
  await pairAt(till, screen);

  const first = await showQr(till);
  await expectMoment(screen, 'scan');
  await cutFor(screen, 30, async () => {
    await expectMoment(screen, 'cut');
    await expect(screen.getByTestId('qr')).toHaveCount(0);
    await stack.control('pay', { number: first });
    await reached(first, 'paid');
    await expectMoment(screen, 'cut');
  });
  expect(await healedIn(screen, 'paid')).toBeLessThan(await patience(screen));

  await cutFor(screen, 30, async () => {
    await expectMoment(screen, 'paid');
    await expectState(till, 'paid');
    await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
    await stack.control('fault', { kind: 'respcd', respcd: '1254', endpoint: 'query', times: 0 });
    await key(till, '4850');
    await scan(till, magicCode('08', 3));
    await expectState(till, 'unknown');
    await expectMoment(screen, 'paid');
  });
  expect(await healedIn(screen, 'checking')).toBeLessThan(await patience(screen));
  const second = await paymentId(till);

  await cutFor(screen, 30, async () => {
    await expectMoment(screen, 'cut');
    await fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
    await reached(second, 'paid');
    await expectMoment(screen, 'cut');
  });
  expect(await healedIn(screen, 'paid')).toBeLessThan(await patience(screen));

  await showQr(till);
  await expectMoment(screen, 'scan');
  const qr = await qrOf(screen);
  await stack.endApp();
  await expectMoment(screen, 'cut');
  await stack.restartApp();
  await expectMoment(screen, 'scan', 2_000);
  expect(await qrOf(screen)).toBe(qr);
  await screen.context().close();
});
