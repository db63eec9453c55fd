/** Notifications on, off and forged: the same end, and forged ones change nothing. */
import { expect, type Page, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { charges, expectState, key, paymentId, signIn } from '../support/till';

let stack: Stack;
test.beforeEach(async ({ page, stack: shop }) => {
  stack = shop;
  await signIn(page, stack);
});

const showQr = async (page: Page): Promise<string> => {
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  return paymentId(page);
};
const confirmed = async (page: Page, id: string) => {
  const answer = await page.request.get(`${stack.till}/api/payments/${id}`);
  const { payment } = await answer.json();
  return { state: payment.state, confirmed: payment.confirmed, review: payment.review };
};
const END = { state: 'paid', confirmed: true, review: null };

test('on: green at once, then confirmed by a question', async ({ page }) => {
  const id = await showQr(page);
  await stack.control('pay', { number: id });
  await expectState(page, 'paid', 1_500);
  await expect.poll(() => confirmed(page, id)).toEqual(END);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('F37 off: green by asking alone', async ({ page }) => {
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  const id = await showQr(page);
  await stack.control('pay', { number: id });
  await expectState(page, 'paid', 6_000);
  expect(await confirmed(page, id)).toEqual(END);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('every one tampered with: green by asking alone', async ({ page }) => {
  await stack.control('fault', { kind: 'notice-tampered', endpoint: 'payment', times: 0 });
  const id = await showQr(page);
  await stack.control('pay', { number: id });
  await expectState(page, 'paid', 6_000);
  expect(await confirmed(page, id)).toEqual(END);
});

for (const signWith of ['wrong', 'nothing'] as const) {
  test(`forged, signed with ${signWith}: 401, and the payment stays unpaid`, async ({ page }) => {
    const id = await showQr(page);
    const forged = (await stack.control('forge-notification', { number: id, signWith })) as {
      status: number;
    };
    expect(forged.status).toBe(401);
    expect(await confirmed(page, id)).toEqual({
      state: 'awaiting',
      confirmed: false,
      review: null,
    });
    await stack.control('pay', { number: id });
    await expectState(page, 'paid', 6_000);
    await expect.poll(() => confirmed(page, id)).toEqual(END);
  });
}

test('rightly signed but of a smaller amount: accepted, never green, a manager looks', async ({
  page,
}) => {
  const id = await showQr(page);
  const answer = (await stack.control('forge-notification', {
    ...{ number: id, signWith: 'right', amount: 1 },
  })) as { status: number };
  expect(answer.status).toBe(200);
  await expect
    .poll(() => confirmed(page, id))
    .toMatchObject({
      state: 'awaiting',
      review: 'answer-differs',
    });
});
