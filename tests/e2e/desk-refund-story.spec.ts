/**
 * One evening and night of a manager who is new here: a sale found by the number on its receipt and
 * given back in part, one that QFPay refuses, and one that has to wait for midnight. After each of
 * them the sale, the shift and the report of the day say the same cents, and so does QFPay.
 */
import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from 'playwright/test';
import { givenBack, openShop, paidSale, type Shop } from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import { type Person, STAFF, signIn } from '../support/till';

/** Where pictures of the screens go, when somebody wants to look at them. */
const SHOTS = process.env.COUNTERTOP_SHOTS ?? null;
const WING: Person = { code: '2001', pin: '482915' };
/** At which the sales were made; their shift is this counter's. */
const COUNTER = 'Refunds';

let shop: Shop;
test.beforeAll(async () => {
  const evening = hour('23:05');
  const stack = await startStack({ env: evening.env });
  await evening.set(stack);
  // Its clock jumps by hours: every screen would lock.
  const owner = await enter(stack.till, 'owner');
  const { pin } = STAFF.owner;
  const unlocked = { 'idle-lock-minutes': 0, pin };
  expect((await owner.call('PUT', '/api/settings', { body: unlocked })).status).toBe(200);
  const person = { code: WING.code, name: 'Wing', role: 'manager', newPin: WING.pin, pin };
  expect((await owner.call('POST', '/api/staff', { body: person })).status).toBe(201);
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());

const progress = (page: Page) => page.getByTestId('refund-progress');
const expectStep = (page: Page, step: string) =>
  expect(progress(page)).toHaveAttribute('data-step', step, { timeout: 20_000 });

/** Found by its number, as it stands on the receipt, and given back. */
async function giveBack(page: Page, id: string, { typed, says }: { typed: string; says: string }) {
  await page.goto(`${shop.stack.till}/refunds`);
  await expect(page.getByTestId('network')).toContainText('Online');
  await page.getByLabel('Find the sale').fill(id);
  const row = page.getByTestId('sale-row');
  await expect(row).toHaveCount(1);
  await row.getByRole('link').click();
  await expect(page.getByTestId('refund-desk')).toHaveAttribute('data-payment-id', id);
  const form = page.getByTestId('refund-form');
  await form.getByLabel('How much goes back').fill(typed);
  await form.getByLabel('Why').fill('Broken cup');
  await form.getByLabel(/^Your PIN/).fill(WING.pin);
  await form.getByRole('button', { name: `Refund ${says}`, exact: true }).click();
}

type Figures = {
  readonly net: string;
  /** "How many · how much", as the screens write it. */
  readonly refunds: string;
};

/** The X report of the counter's shift. */
async function expectShift(page: Page, { net, refunds }: Figures): Promise<void> {
  await page.goto(`${shop.stack.till}/shift`);
  await expect(page.getByTestId('shift')).toHaveAttribute('data-state', 'open');
  await expect(page.getByTestId('shift-net')).toHaveText(net);
  await expect(page.getByTestId('shift')).toContainText(`Refunds done${refunds}`);
  await picture(page, `shift ${net}`);
}

async function expectReport(page: Page, { net, refunds }: Figures, day = 'Today'): Promise<void> {
  await page.goto(`${shop.stack.till}/reports`);
  await page.getByRole('button', { name: day, exact: true }).click();
  await expect(page.getByTestId('report-net')).toHaveText(net);
  await expect(page.getByTestId('report')).toContainText(`Refunds done${refunds}`);
  const line = page.getByTestId(`line-c${COUNTER}`);
  await expect(line).toContainText(net);
  await expect(line).toContainText(refunds.split(' · ')[1] ?? 'no amount');
  await picture(page, `report ${day} ${net}`);
}

type Sold = { readonly id: string; readonly state: string; readonly says: readonly string[] };

/** The sale in the history: in its list, and as a whole. */
async function expectHistory(page: Page, { id, state, says }: Sold): Promise<void> {
  await page.goto(`${shop.stack.till}/history/${id}`);
  const shown = page.getByTestId('refund');
  await expect(shown).toHaveAttribute('data-state', state);
  for (const said of says) await expect(shown).toContainText(said);
  const word = state === 'done' ? 'Partly refunded' : 'Paid';
  await expect(page.getByTestId('detail')).toContainText(word);
  await expect(page.locator(`[data-testid=sale-row][data-payment-id="${id}"]`)).toContainText(word);
  await picture(page, `history ${state}`);
}

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === null) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const [width, height] of [
    [1280, 800],
    [800, 1280],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${SHOTS}/story ${name} ${width}.png` });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** App and simulator go on at another hour of the same night. */
async function goOnAt(
  page: Page,
  time: string,
  { daysLater = 0, takings = 0 } = {},
): Promise<void> {
  const there = hour(time, { daysLater });
  await there.set(shop.stack);
  await shop.stack.control('takings', { amount: takings });
  await shop.stack.restartApp(there.env);
  await signIn(page, shop.stack, WING);
}

test('a part, a refusal and a refund put off over midnight: everywhere the same cents', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { stack } = shop;
  const [part, no, late] = [
    await paidSale(shop, 12_345),
    await paidSale(shop, 8_000),
    await paidSale(shop, 6_605),
  ];
  await page.context().addInitScript((counter) => {
    localStorage.setItem('countertop.counter', counter);
  }, COUNTER);
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, stack, WING);

  // In part: it is seen on its way, and then done by itself.
  const slowly = { refundInProgress: '1143', refundMs: null, refundPolls: 1 };
  await stack.control('config', slowly);
  await giveBack(page, part, { typed: '25.55', says: 'HK$25.55' });
  await expectStep(page, 'processing');
  await picture(page, 'processing');
  await expectStep(page, 'done');
  await expect(page.getByTestId('outlook')).toContainText('Can go back: HK$97.90 of HK$123.45');
  await stack.control('config', { refundInProgress: null });
  await expectHistory(page, {
    ...{ id: part, state: 'done' },
    says: ['HK$25.55', 'Broken cup', 'Wing'],
  });
  const one: Figures = { net: 'HK$243.95', refunds: '1 · HK$25.55' };
  await expectShift(page, one);
  await expectReport(page, one);

  // Refused: the reason in words, and no cent anywhere.
  await stack.control('takings', { amount: 100 });
  await giveBack(page, no, { typed: '80.00', says: 'HK$80.00' });
  await expectStep(page, 'refused');
  await expect(progress(page)).toContainText('takings do not cover this refund');
  const refused = ['HK$80.00', 'Not refunded', 'takings do not cover'];
  await expectHistory(page, { id: no, state: 'failed', says: refused });
  await expectShift(page, one);
  await expectReport(page, one);

  // Put off: it waits over midnight, fires by itself, and is of the day on which it was done.
  await goOnAt(page, '23:45');
  await giveBack(page, late, { typed: '10.05', says: 'HK$10.05' });
  await expectStep(page, 'queued');
  await expect(progress(page)).toContainText(/Sent at \d\d-\d\d 00:31/);
  await expectHistory(page, { id: late, state: 'deferred', says: ['HK$10.05', '00:31'] });
  await expectShift(page, one);
  await expectReport(page, one);
  // QFPay has been asked twice until now: for the part, and for what it refused.
  expect(await givenBack(stack)).toEqual({ asked: 2, movements: 1, sum: 2_555 });
  // A new day has begun with nothing in it: without takings QFPay would refuse.
  await goOnAt(page, '00:31', { daysLater: 1, takings: 50_000 });
  await page.goto(`${stack.till}/refunds/${late}`);
  await expectStep(page, 'done');
  await expectHistory(page, { id: late, state: 'done', says: ['HK$10.05', 'Wing'] });
  expect(await givenBack(stack)).toEqual({ asked: 3, movements: 2, sum: 3_560 });
  // The shift is still open and has both; each day has its own.
  await expectShift(page, { net: 'HK$233.90', refunds: '2 · HK$35.60' });
  await expectReport(page, one, 'Yesterday');
  await expectReport(page, { net: '-HK$10.05', refunds: '1 · HK$10.05' });
});
