/**
 * What the cashier sees and what the gateway counts when answers are lost, late, broken or wrong.
 * The till is driven as a cashier drives it; the truth is read from the simulator's own ledger.
 */
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import {
  charges,
  expectState,
  freshCode,
  key,
  magicCode,
  moment,
  paymentId,
  scan,
  signIn,
} from '../support/till';

let stack: Stack;
test.beforeEach(async ({ page, stack: shop }) => {
  stack = shop;
  // A notification would tell the truth within milliseconds; here the till has only its questions.
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  await signIn(page, stack);
});

const scanFor = async (page: Page, code: string = freshCode()) => {
  await key(page, '4850');
  await scan(page, code);
};
const reviewOf = (page: Page, id: string) =>
  page.locator(`[data-testid="review"][data-payment-id="${id}"]`);
const once = { endpoint: 'payment', times: 1 };
const CHECKING = 'Checking. Do not charge again.';

test.describe('F02 F05 F07 F09 F13 the answer is lost, the customer has paid: doubt, then green, and one charge', () => {
  for (const [what, fault] of [
    ['no answer after the charge', { ...once, kind: 'drop', stage: 'after' }],
    ['500 as HTML', { ...once, kind: 'html', stage: 'after' }],
    ['truncated JSON', { ...once, kind: 'truncate' }],
    ['an unknown code 9999', { ...once, kind: 'respcd', respcd: '9999' }],
    ['a signature that does not hold', { ...once, kind: 'wrong-signature' }],
  ] as const) {
    test(what, async ({ page }) => {
      await stack.control('fault', fault);
      // Until the test has read the amber words, questions stay without an answer too.
      await stack.control('fault', { kind: 'respcd', respcd: '1254', endpoint: 'query', times: 0 });
      await scanFor(page);
      await expectState(page, 'unknown');
      await expect(moment(page)).toContainText(CHECKING);
      await expect(moment(page).getByRole('button', { name: 'Check now' })).toBeVisible();
      await expect(page.getByRole('button', { name: /again|retry/i })).toHaveCount(0);
      // Pressed while QFPay says nothing it changes nothing; then one question brings the truth.
      await page.getByRole('button', { name: 'Check now' }).click();
      await expectState(page, 'unknown');
      await deleteFaults();
      await expectState(page, 'paid');
      await expect(moment(page)).toContainText('HK$48.50');
      expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
    });
  }
});

test('F01 no answer, and nothing arrived: called unpaid only after a minute of asking', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await stack.control('fault', { ...once, kind: 'drop', stage: 'before' });
  await scanFor(page);
  await expectState(page, 'unknown');
  const since = Date.now();
  await expect(moment(page)).toContainText(CHECKING);
  await expectState(page, 'closed', 100_000);
  expect(Date.now() - since).toBeGreaterThan(55_000);
  await expect(moment(page)).toContainText('No money taken');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 0 });
});

test('F10 an answer about another number is doubt; the question finds the truth, a manager looks', async ({
  page,
}) => {
  await stack.control('fault', { ...once, kind: 'other-number' });
  await scanFor(page);
  await expectState(page, 'paid');
  await expect(reviewOf(page, await paymentId(page))).toContainText('A manager must look');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

for (const kind of ['smaller-amount', 'other-currency'] as const) {
  test(`F11 F12 ${kind}, wherever it is said, never turns green`, async ({ page }) => {
    await stack.control('fault', { kind, endpoint: 'payment', times: 0 });
    await stack.control('fault', { kind, endpoint: 'query', times: 0 });
    await scanFor(page);
    await expectState(page, 'unknown');
    const id = await paymentId(page);
    await expect(reviewOf(page, id)).toContainText('A manager must look');
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect.poll(() => queries()).toBeGreaterThanOrEqual(3);
    await expectState(page, 'unknown');
    expect(await paymentId(page)).toBe(id);
    expect((await charges(stack)).asked).toBe(1);
  });
}

test('1143 five times, then paid: the customer is asked to confirm, then green', async ({
  page,
}) => {
  await scanFor(page, magicCode('02', 5));
  await expectState(page, 'awaiting');
  await expect(moment(page)).toContainText('Ask the customer to confirm on the phone');
  await expect(page.getByRole('button', { name: /again|retry/i })).toHaveCount(0);
  await expectState(page, 'paid', 30_000);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('1202: refused, the reason in words, the amount kept, nothing taken', async ({ page }) => {
  await scanFor(page, magicCode('04'));
  await expectState(page, 'failed');
  await expect(moment(page)).toContainText('expired');
  await expect(moment(page)).toContainText('The amount is kept');
  await expect(page.getByTestId('amount')).toContainText('48.50');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 0 });
  await scan(page, freshCode());
  await expectState(page, 'paid');
  expect(await charges(stack)).toEqual({ asked: 2, moved: 1 });
});

test('1298, then paid: doubt, then green', async ({ page }) => {
  await stack.control('fault', { kind: 'respcd', respcd: '1254', endpoint: 'query', times: 0 });
  await scanFor(page, magicCode('08', 3));
  await expectState(page, 'unknown');
  await expect(moment(page)).toContainText(CHECKING);
  await deleteFaults();
  await expectState(page, 'paid', 20_000);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('F03 a QR whose order was made but whose answer was lost is stopped, never shown', async ({
  page,
}) => {
  await stack.control('fault', { ...once, kind: 'drop', stage: 'after' });
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expectState(page, 'closed', 20_000);
  await expect(page.getByTestId('qr')).toHaveCount(0);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 0 });
});

test('F19 a refusal that was a lie: late money is announced at the till', async ({ page }) => {
  test.setTimeout(120_000);
  await scanFor(page, magicCode('11'));
  await expectState(page, 'failed');
  await stack.control('clock', { advance: 30_000 });
  await expect(page.getByTestId('late-money')).toBeVisible({ timeout: 75_000 });
  await expect(page.getByTestId('late-money')).toContainText('HK$48.50');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

async function deleteFaults(): Promise<void> {
  const answer = await fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
  expect(answer.ok).toBe(true);
}

async function queries(): Promise<number> {
  const world = (await stack.control('state')) as { calls: { counts: Record<string, number> } };
  return world.calls.counts.query ?? 0;
}
