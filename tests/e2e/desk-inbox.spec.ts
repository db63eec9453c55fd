/**
 * The inbox in a browser, and the doors of refunds and decisions as a program finds them: by role,
 * and each refusal in words.
 */
import { expect, test } from 'playwright/test';
import { newKey, openShop, paidSale, refund, type Shop, told } from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { STAFF, signIn } from '../support/till';

let shop: Shop;
test.beforeAll(async () => {
  const noon = hour('12:00');
  const stack = await startStack({ env: noon.env });
  await noon.set(stack);
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());
test.beforeEach(async () => {
  await shop.stack.control('reset', {});
});

test('late money appears in the inbox by itself and is settled with a name', async ({ page }) => {
  await signIn(page, shop.stack, 'manager');
  await page.goto(`${shop.stack.till}/inbox`);
  await expect(page.getByText('Nothing needs a manager.')).toBeVisible();
  const id = await lateMoney();
  const card = page.locator(`[data-testid="matter"][data-payment-id="${id}"]`);
  await expect(card).toContainText('Late money');
  await expect(page.getByTestId('inbox-count')).toHaveText('1');
  await expect(card.getByRole('link', { name: 'Refund HK$100.00' })).toBeVisible();
  await expect(card).toContainText('QFPay says');
  await card.getByLabel('Why').fill('The customer took the goods');
  await card.getByLabel('Your PIN').fill('200201');
  await card.getByRole('button', { name: 'Settle' }).click();
  await expect(card.getByTestId('decide-says')).toContainText('PIN is missing or wrong');
  await page.goto(shop.stack.till);
  await expect(page.getByTestId('inbox-link')).toContainText('1 for the manager');
  await page.getByTestId('inbox-link').click();
  await card.getByLabel('Why').fill('The customer took the goods');
  await card.getByLabel('Your PIN').fill('200200');
  await card.getByRole('button', { name: 'Settle' }).click();
  await expect(card).toHaveCount(0);
  await expect(page.getByTestId('inbox-count')).toHaveCount(0);
  await page.getByRole('button', { name: 'Settled' }).click();
  await expect(card.getByTestId('decision')).toContainText('Keep it for this sale: 2000');
  await expect(card.getByTestId('decision')).toContainText('The customer took the goods');
  expect((await told(shop, id)).payment).toMatchObject({ state: 'paid', late: true });
});

async function lateMoney(): Promise<string> {
  const body = { amount: 10_000, payType: '801501', counter: 'Refunds' };
  const made = await shop.cashier.call('POST', '/api/payments', { body, key: newKey() });
  const { id } = made.body.payment as { id: string };
  const at = (path: string) => shop.cashier.call('POST', `/api/payments/${id}/${path}`);
  await at('cancel');
  await expect.poll(async () => (await told(shop, id)).payment.state).toBe('closed');
  await shop.stack.control('pay', { number: id, force: true });
  await at('check');
  expect((await told(shop, id)).payment).toMatchObject({ state: 'paid', late: true });
  return id;
}

test('a manager settles a cashier’s own matter in place, where hands are lent', async ({
  page,
}) => {
  const { owner, cashier, stack } = shop;
  const mode = async (name: string) => {
    const body = { 'pin-mode': name, pin: STAFF.owner.pin };
    expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
  };
  const id = await lateMoney();
  const path = `/api/payments/${id}/matter`;
  expect((await cashier.call('GET', path)).body.code).toBe('not-allowed');
  await mode('restricted');
  expect((await cashier.call('GET', path)).body).toMatchObject({ matter: { choices: ['keep'] } });
  // What somebody else sold stays a manager's.
  const order = { amount: 100, payType: '800201', counter: 'Inbox' };
  const made = await shop.manager.call('POST', '/api/payments', { body: order, key: newKey() });
  const { id: other } = made.body.payment as { id: string };
  expect((await cashier.call('GET', `/api/payments/${other}/matter`)).status).toBe(404);
  await signIn(page, stack);
  await page.goto(`${stack.till}/history/${id}`);
  const matter = page.getByTestId('open-matter');
  await expect(matter).toContainText('Late money');
  await expect(matter.getByLabel(/PIN/)).toHaveCount(0);
  await matter.getByLabel('Why').fill('The customer took the goods');
  await matter.getByRole('button', { name: 'Settle' }).click();
  const gate = page.getByTestId('pin-gate');
  await gate.getByLabel('Staff code').fill(STAFF.manager.code);
  await gate.getByLabel('PIN', { exact: true }).fill(STAFF.manager.pin);
  await page.keyboard.press('Enter');
  await expect(matter).toHaveCount(0);
  expect((await cashier.call('GET', path)).body).toEqual({ matter: null });
  const settled = await shop.manager.call('GET', '/api/inbox?state=settled');
  const [card] = settled.body.cards as { payment: { id: string }; decision: object }[];
  expect(card).toMatchObject({ payment: { id }, decision: { staff: '2000', choice: 'keep' } });
  await mode('never');
});

test('the doors are a manager’s, and refuse in words', async () => {
  const id = await paidSale(shop);
  const nobody = (path: string) => fetch(`${shop.stack.till}${path}`).then(({ status }) => status);
  for (const path of [
    ...['/api/refunds', '/api/refunds/X', `/api/payments/${id}/refunds`],
    ...['/api/inbox', '/api/inbox/count', '/api/test-money'],
  ]) {
    expect(await nobody(path)).toBe(401);
    expect(await shop.cashier.call('GET', path)).toMatchObject({
      ...{ status: 403, body: { code: 'not-allowed' } },
    });
  }
  const post = (who: 'cashier' | 'manager', path: string, body?: unknown) =>
    shop[who].call('POST', path, { key: newKey(), ...(body === undefined ? {} : { body }) });
  const settlement = { amount: 1, how: 'cash', reason: 'r', proof: 'p', pin: '200200' };
  const decision = { choice: 'noted', reason: 'r', pin: '200200' };
  for (const [path, body] of [
    [`/api/payments/${id}/settlements`, settlement],
    [`/api/payments/${id}/decide`, decision],
    ['/api/refunds/X/withdraw', undefined],
  ] as const) {
    expect((await post('cashier', path, body)).body.code).toBe('not-allowed');
  }
  const refused = async (path: string, body?: unknown) => {
    const answer = await post('manager', path, body);
    expect(String(answer.body.says).length).toBeGreaterThan(10);
    return [answer.status, answer.body.code];
  };
  const settle = (change: object) =>
    refused(`/api/payments/${id}/settlements`, { ...settlement, ...change });
  expect(await settle({ pin: '' })).toEqual([403, 'step-up-required']);
  expect(await settle({ amount: 10_001 })).toEqual([422, 'refund-too-large']);
  expect(await settle({ how: 'outside' })).toEqual([422, 'invalid']);
  expect(await settle({ proof: '4111 1111 1111 1111' })).toEqual([422, 'card-number']);
  const decide = (change: object) =>
    refused(`/api/payments/${id}/decide`, { ...decision, ...change });
  expect(await decide({})).toEqual([409, 'nothing-to-decide']);
  expect(await decide({ pin: '1' })).toEqual([403, 'step-up-required']);
  expect(await decide({ reason: ' ' })).toEqual([422, 'invalid']);
  expect(await decide({ choice: 'paid' })).toEqual([422, 'invalid']);
  expect(await refused('/api/refunds/X/withdraw')).toEqual([404, 'not-found']);
  const { body } = await refund(shop, id, { amount: 100 });
  const { id: number } = body.refund as { id: string };
  expect(await refused(`/api/refunds/${number}/withdraw`)).toEqual([409, 'refund-sent']);
  for (const path of ['/api/inbox?state=x', '/api/refunds?cursor=x', '/api/refunds?limit=0']) {
    expect((await shop.manager.call('GET', path)).status).toBe(422);
  }
  expect(await refused('/api/refunds/X/check')).toEqual([404, 'not-found']);
  expect((await post('cashier', '/api/refunds/X/check')).body.code).toBe('not-allowed');
});

test('pages that are a manager’s are not there for a cashier', async ({ page }) => {
  await signIn(page, shop.stack);
  for (const path of ['/refunds', '/refunds/X', '/inbox', '/refund-slip/X']) {
    await page.goto(shop.stack.till + path);
    await expect(page.getByText('There is nothing here')).toBeVisible();
  }
  await page.goto(shop.stack.till);
  await expect(page.getByTestId('inbox-link')).toHaveCount(0);
});
