/**
 * The manager's refund screen and inbox in a browser: money found by its receipt, given back in
 * parts to the exact rest, put off over midnight, taken back, settled another way. What really
 * moved is read from the gateway's own ledger. The shop stands at noon until a test moves it.
 */
import { expect, type Page, test } from 'playwright/test';
import { sqliteEngine } from '../../server/store/open';
import {
  givenBack,
  newKey,
  openShop,
  paidSale,
  refund,
  type Shop,
  told,
} from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import { STAFF, scan, signIn } from '../support/till';

/** One noon for all: who goes back in time finds wrong PINs still to be waited for. */
const NOON = hour('12:00');

let shop: Shop;
test.beforeAll(async () => {
  const stack = await startStack({ env: NOON.env });
  await NOON.set(stack);
  // Its clock jumps by hours: every screen would lock.
  const owner = await enter(stack.till, 'owner');
  const body = { 'idle-lock-minutes': 0, pin: STAFF.owner.pin };
  expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());
test.beforeEach(async () => {
  await shop.stack.control('reset', {});
});

/** A sale paid by a QR. */
async function sold(payType: string): Promise<string> {
  const body = { amount: 10_000, payType, counter: 'Refunds' };
  const made = await shop.cashier.call('POST', '/api/payments', { body, key: newKey() });
  const { id } = made.body.payment as { id: string };
  await shop.stack.control('pay', { number: id });
  await expect.poll(async () => (await told(shop, id)).payment.state).toBe('paid');
  return id;
}

const form = (page: Page) => page.getByTestId('refund-form');
const says = (page: Page) => page.getByTestId('refund-says');
const progress = (page: Page) => page.getByTestId('refund-progress');
const pinField = (page: Page) => form(page).getByLabel(/^Your PIN/);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

type Given = { amount?: string; reason?: string; pin?: string };
async function fill(page: Page, { amount, reason = 'Broken cup', pin = '200200' }: Given) {
  if (amount !== undefined) await form(page).getByLabel('How much goes back').fill(amount);
  await form(page).getByLabel('Why').fill(reason);
  await pinField(page).fill(pin);
}
const open = (page: Page, id: string) => page.goto(`${shop.stack.till}/refunds/${id}`);

test('a receipt is scanned, a part goes back and then the exact rest', async ({ page }) => {
  const id = await paidSale(shop);
  await signIn(page, shop.stack, 'manager');
  await page.goto(`${shop.stack.till}/refunds`);
  await expect(page.getByText('The hand scanner is ready')).toBeVisible();
  // The server drew these words before anything listened.
  await expect(page.getByTestId('network')).toContainText('Online');
  await scan(page, `https://shop.example/r/${id}`);
  await expect(page).toHaveURL(new RegExp(`/refunds/${id}$`));
  await expect(page.getByTestId('outlook')).toContainText('Can go back: HK$100.00 of HK$100.00');
  await fill(page, { amount: '25.50' });
  await button(page, 'Refund HK$25.50').click();
  await expect(progress(page).first()).toHaveAttribute('data-step', 'done');
  await expect(page.getByTestId('outlook')).toContainText('Can go back: HK$74.50 of HK$100.00');
  await expect(pinField(page)).toHaveValue('');
  await fill(page, { reason: 'All of it after all' });
  await button(page, 'Refund HK$74.50').click();
  await expect(progress(page)).toHaveCount(2);
  await expect(progress(page).first()).toHaveAttribute('data-step', 'done', { timeout: 15_000 });
  await expect(page.getByTestId('outlook')).toHaveAttribute('data-blocked', 'nothing-left');
  expect(await givenBack(shop.stack)).toEqual({ asked: 2, movements: 2, sum: 10_000 });
  await page.goto(`${shop.stack.till}/refunds`);
  await expect(page.getByTestId('refund-row')).toHaveCount(2);
  // The customer's slip says what the list says.
  const { refunds } = await told(shop, id);
  await page.goto(`${shop.stack.till}/refund-slip/${refunds[0]?.id}`);
  await expect(page.getByTestId('slip-state')).toHaveText('已退款 Refunded');
  for (const said of ['HK$25.50', id, refunds[0]?.id ?? '', 'Alipay']) {
    await expect(page.getByTestId('slip')).toContainText(said);
  }
});

test('S27 a wrong PIN moves nothing, and a PIN is for one amount', async ({ page }) => {
  const id = await paidSale(shop);
  await signIn(page, shop.stack, 'manager');
  await open(page, id);
  await fill(page, { amount: '100.01' });
  await expect(form(page)).toContainText('At most HK$100.00 can go back.');
  await fill(page, { amount: '30.00', pin: '200201' });
  await button(page, 'Refund HK$30.00').click();
  await expect(says(page)).toContainText('PIN is missing or wrong');
  await expect(pinField(page)).toHaveValue('');
  await pinField(page).fill('200200');
  await form(page).getByLabel('How much goes back').fill('40.00');
  await expect(pinField(page)).toHaveValue('');
  await button(page, 'Refund HK$40.00').click();
  await expect(says(page)).toContainText('Enter your PIN.');
  expect((await told(shop, id)).refunds).toEqual([]);
  expect((await givenBack(shop.stack)).asked).toBe(0);
});

test('S28 above the limit a second manager agrees, and nobody agrees with themselves', async ({
  page,
}) => {
  await limit('5000');
  const id = await paidSale(shop);
  await signIn(page, shop.stack, 'manager');
  await open(page, id);
  await fill(page, { amount: '50.01' });
  await expect(form(page)).toContainText('Above HK$50.00 a second manager agrees.');
  const code = form(page).getByLabel('Second manager’s code');
  const pin = form(page).getByLabel('Second manager’s PIN');
  await code.fill('2000');
  await pin.fill('200200');
  await button(page, 'Refund HK$50.01').click();
  await expect(says(page)).toContainText('must be another person');
  await code.fill('1000');
  await pin.fill('100100');
  await button(page, 'Refund HK$50.01').click();
  await expect(progress(page)).toHaveAttribute('data-step', 'done');
  await expect(progress(page)).toContainText('Approved by 1000');
  await limit(null);
});

async function limit(value: string | null): Promise<void> {
  const { DatabaseSync } = await sqliteEngine();
  const door = new DatabaseSync(shop.stack.databaseFile);
  door.exec('pragma busy_timeout = 5000');
  door.exec("delete from setting where key = 'refund-limit'");
  if (value !== null) door.exec(`insert into setting values ('refund-limit', '${value}', 0, 'x')`);
  door.close();
}

test('FPS is refused before the tap, and what was given instead is recorded', async ({ page }) => {
  const id = await sold('802001');
  await signIn(page, shop.stack, 'manager');
  await open(page, id);
  const outlook = page.getByTestId('outlook');
  await expect(outlook).toHaveAttribute('data-blocked', 'wallet-cannot-refund');
  await expect(outlook).toContainText('QFPay gives nothing back to this wallet.');
  await expect(form(page)).toHaveCount(0);
  const settle = page.getByTestId('settle-form');
  await settle.getByRole('combobox').selectOption('bank');
  await settle.getByLabel('Why').fill('Returned the shoes');
  await settle.getByLabel(/^Your PIN/).fill('200200');
  await button(page, 'Record HK$100.00 as given back').click();
  await expect(page.getByTestId('settle-says')).toContainText('Say what proves it');
  await settle.getByLabel(/^Proof/).fill('TT 4711');
  await button(page, 'Record HK$100.00 as given back').click();
  await expect(page.getByTestId('settlement')).toContainText('Bank transfer');
  await expect(settle).toHaveCount(0);
  await page.goto(`${shop.stack.till}/history/${id}`);
  await expect(page.getByTestId('settlement')).toContainText('TT 4711');
  await expect(page.getByTestId('timeline')).toContainText('HK$100.00 given back another way');
  expect((await told(shop, id)).payment).toMatchObject({
    settledAmount: 10_000,
    refundedAmount: 0,
  });
  expect((await givenBack(shop.stack)).asked).toBe(0);
});

test('1269 is said in words, and the amount is free again', async ({ page }) => {
  const id = await paidSale(shop);
  await shop.stack.control('takings', { amount: 100 });
  await signIn(page, shop.stack, 'manager');
  await open(page, id);
  await fill(page, {});
  await button(page, 'Refund HK$100.00').click();
  await expect(progress(page)).toHaveAttribute('data-step', 'refused');
  await expect(progress(page)).toContainText('takings do not cover this refund');
  await expect(page.getByTestId('outlook')).toContainText('Can go back: HK$100.00');
  expect((await givenBack(shop.stack)).sum).toBe(0);
});

test('in the test environment every paid sale reminds of its real money', async ({ page }) => {
  const credentials = { QFPAY_APPCODE: 'TRIAL', QFPAY_KEY: 'TRIALKEY' };
  const env = { ...NOON.env, ...credentials, QFPAY_ENV: 'test', SETUP_OWNER_PIN: STAFF.owner.pin };
  const stack = await startStack({ env, simulatorEnv: credentials });
  try {
    await NOON.set(stack);
    const owner = await enter(stack.till, 'owner');
    const trial = { stack, owner, cashier: owner, manager: owner };
    const [id] = [await paidSale(trial), await paidSale(trial)];
    const kept = async () => (await owner.call('GET', '/api/test-money')).body;
    expect(await kept()).toMatchObject({ count: 2, amount: 20_000 });
    await signIn(page, stack, 'owner');
    await page.goto(`${stack.till}/history/${id}`);
    await page.getByTestId('test-reminder').getByRole('link', { name: 'Refund HK$100.00' }).click();
    await fill(page, { pin: STAFF.owner.pin });
    await button(page, 'Refund HK$100.00').click();
    await expect(progress(page)).toHaveAttribute('data-step', 'done', { timeout: 15_000 });
    await expect(page.getByTestId('test-reminder')).toHaveCount(0);
    expect(await kept()).toMatchObject({ count: 1, amount: 10_000 });
    await page.goto(`${stack.till}/refunds`);
    await expect(page.getByTestId('test-money')).toHaveAttribute('data-count', '1');
  } finally {
    await stack.stop();
  }
});

test('where hands are lent a cashier’s own sale offers its refund, and a manager agrees to it', async ({
  page,
}) => {
  const mode = (name: string) => {
    const body = { 'pin-mode': name, pin: STAFF.owner.pin };
    return shop.owner.call('PUT', '/api/settings', { body });
  };
  const id = await paidSale(shop);
  expect((await mode('restricted')).status).toBe(200);
  await signIn(page, shop.stack);
  await page.goto(`${shop.stack.till}/history/${id}`);
  await page.getByRole('link', { name: 'Refund', exact: true }).click();
  await form(page).getByLabel('How much goes back').fill('20.00');
  await form(page).getByLabel('Why').fill('Broken cup');
  await expect(form(page).getByLabel(/PIN/)).toHaveCount(0);
  await button(page, 'Refund HK$20.00').click();
  const gate = page.getByTestId('pin-gate');
  for (const who of ['cashier', 'manager'] as const) {
    await gate.getByLabel('Staff code').fill(STAFF[who].code);
    await gate.getByLabel('PIN', { exact: true }).fill(STAFF[who].pin);
    await page.keyboard.press('Enter');
    if (who === 'manager') await expect(gate).toBeHidden();
    else await expect(gate.getByTestId('person-says')).toContainText('may not do it either');
  }
  await expect(progress(page)).toHaveAttribute('data-step', 'done', { timeout: 20_000 });
  // The slip and the list stay a manager's.
  await expect(progress(page).getByRole('link')).toHaveCount(0);
  expect((await told(shop, id)).refunds).toMatchObject([{ amount: 2_000, staff: '2000' }]);
  expect((await givenBack(shop.stack)).sum).toBe(2_000);
  expect((await mode('never')).status).toBe(200);
});

test('before midnight it waits: one is taken back, the other fires by itself', async ({ page }) => {
  const { stack } = shop;
  const late = hour('23:45');
  await late.set(stack);
  await stack.restartApp(late.env);
  const there = await openShop(stack);
  const [first, second] = [await paidSale(there), await paidSale(there)];
  await signIn(page, stack, 'manager');
  await open(page, first);
  const outlook = page.getByTestId('outlook');
  await expect(outlook).toContainText(/sent by itself at \d\d-\d\d 00:31/);
  await expect(outlook).toContainText('the new day has hardly any takings');
  await fill(page, {});
  await button(page, 'Refund HK$100.00').click();
  await expect(progress(page)).toHaveAttribute('data-step', 'queued');
  await expect(progress(page)).toContainText(/Sent at \d\d-\d\d 00:31/);
  await button(page, 'Take back HK$100.00').click();
  await expect(progress(page)).toHaveAttribute('data-step', 'withdrawn');
  await expect(progress(page)).toContainText('No money has moved.');
  await expect(outlook).toContainText('Can go back: HK$100.00');
  expect((await refund(there, second, { amount: 10_000 })).status).toBe(201);
  expect((await givenBack(stack)).asked).toBe(0);
  const after = hour('00:31', { daysLater: 1 });
  await after.set(stack);
  await stack.control('takings', { amount: 50_000 });
  await stack.restartApp(after.env);
  // Nobody stays signed in for longer than a shift of twelve hours.
  await signIn(page, stack, 'manager');
  await open(page, second);
  await expect(progress(page)).toHaveAttribute('data-step', 'done', { timeout: 20_000 });
  await open(page, first);
  await expect(progress(page)).toHaveAttribute('data-step', 'withdrawn');
  expect(await givenBack(stack)).toEqual({ asked: 1, movements: 1, sum: 10_000 });
});
