/**
 * Money going back, through the doors and on the screens. What was really given back is read from
 * the gateway's own ledger; the shop stands at noon, far from the hour in which nothing goes back.
 */
import { expect, test } from 'playwright/test';
import {
  givenBack,
  newKey,
  openShop,
  paidSale,
  refund,
  type Shop,
  settled,
  told,
} from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import type { Answer } from '../support/staff-client';
import { signIn } from '../support/till';

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

test('the whole amount goes back once, and the payment says so', async () => {
  const id = await paidSale(shop);
  const answer = await refund(shop, id, { amount: 10_000 });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    refund: { paymentId: id, state: 'done', amount: 10_000, staff: '2000', failure: null },
    payment: { state: 'paid', refundedAmount: 10_000, refundableAmount: 0 },
  });
  expect(await givenBack(shop.stack)).toEqual({ asked: 1, movements: 1, sum: 10_000 });
});

test('several parts go back one after the other, and never more than was paid', async () => {
  const id = await paidSale(shop);
  for (const amount of [3_000, 3_000, 4_000]) {
    expect((await refund(shop, id, { amount })).status).toBe(201);
  }
  const { payment, refunds } = await settled(shop, id);
  expect(refunds.map(({ state, amount }) => [state, amount])).toEqual([
    ['done', 3_000],
    ['done', 3_000],
    ['done', 4_000],
  ]);
  expect(payment).toMatchObject({ refundedAmount: 10_000, refundableAmount: 0 });
  const more = await refund(shop, id, { amount: 1 });
  expect(more).toMatchObject({ status: 422, body: { code: 'refund-too-large' } });
  expect(await givenBack(shop.stack)).toEqual({ asked: 3, movements: 3, sum: 10_000 });
});

test('F73: more than was paid is refused, says what is left, and nothing is sent', async () => {
  const id = await paidSale(shop);
  const answer = await refund(shop, id, { amount: 10_001 });
  expect(answer).toMatchObject({
    status: 422,
    body: { code: 'refund-too-large', refundableAmount: 10_000, moneyMayHaveMoved: false },
  });
  for (const amount of [0, -1, 1.5, '1', null]) {
    const crafted = await refund(shop, id, { amount: amount as number });
    expect(crafted).toMatchObject({ status: 422, body: { code: 'invalid', fields: ['amount'] } });
  }
  expect((await refund(shop, id, { amount: 1, reason: '   ' })).body.fields).toEqual(['reason']);
  expect((await told(shop, id)).refunds).toEqual([]);
  expect((await givenBack(shop.stack)).asked).toBe(0);
});

test('F74: FPS is refused with the reason before anything is sent', async () => {
  const { stack, cashier } = shop;
  const body = { amount: 10_000, payType: '802001', counter: 'Refunds' };
  const made = await cashier.call('POST', '/api/payments', { body, key: newKey() });
  const { id } = made.body.payment as { id: string };
  await stack.control('pay', { number: id });
  await expect.poll(async () => (await told(shop, id)).payment.state).toBe('paid');
  const answer = await refund(shop, id, { amount: 10_000 });
  expect(answer).toMatchObject({ status: 422, body: { code: 'refund-wallet' } });
  expect(answer.body.says).toContain('cannot refund this wallet');
  expect((await told(shop, id)).payment.refundBlockedBy).toBe('wallet-cannot-refund');
  expect((await givenBack(stack)).asked).toBe(0);
});

test('S27 a missing or wrong PIN gives nothing back; it is kept and logged nowhere', async () => {
  const id = await paidSale(shop);
  for (const pin of [null, '', '200201']) {
    const answer = await refund(shop, id, { amount: 10_000, pin });
    expect(answer).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
  }
  expect((await told(shop, id)).refunds).toEqual([]);
  expect(await givenBack(shop.stack)).toMatchObject({ asked: 0, sum: 0 });
  expect((await refund(shop, id, { amount: 1_000 })).status).toBe(201);
  expect(shop.stack.logs()).not.toMatch(/200200|200201/);
});

test('a cashier gives nothing back, whatever the PIN', async () => {
  const id = await paidSale(shop);
  for (const pin of ['300300', '200200']) {
    const answer = await refund(shop, id, { amount: 10_000, who: 'cashier', pin });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  }
  expect((await givenBack(shop.stack)).asked).toBe(0);
});

test('S27 the same key answers the same refund, and another amount under it is refused', async () => {
  const id = await paidSale(shop);
  const key = newKey();
  const first = await refund(shop, id, { amount: 4_000, key });
  const again = await refund(shop, id, { amount: 4_000, key });
  expect([first.status, again.status]).toEqual([201, 201]);
  const numberOf = ({ body }: typeof first) => (body.refund as { id: string }).id;
  expect(numberOf(again)).toBe(numberOf(first));
  const other = await refund(shop, id, { amount: 5_000, key });
  expect(other).toMatchObject({ status: 409, body: { code: 'key-reused' } });
  const without = await shop.manager.call('POST', `/api/payments/${id}/refunds`, {
    body: { amount: 1, reason: 'x', pin: '200200' },
  });
  expect(without.body.code).toBe('key-missing');
  expect(await givenBack(shop.stack)).toEqual({ asked: 1, movements: 1, sum: 4_000 });
});

test('F66: of two managers at once one gives back, the other hears what is left', async () => {
  const id = await paidSale(shop);
  const answers = await Promise.all([
    refund(shop, id, { amount: 6_000 }),
    refund(shop, id, { amount: 6_000, who: 'owner' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  const refused = answers.find(({ status }) => status === 422);
  expect(refused?.body).toMatchObject({ code: 'refund-too-large', refundableAmount: 4_000 });
  await settled(shop, id);
  expect(await givenBack(shop.stack)).toEqual({ asked: 1, movements: 1, sum: 6_000 });
});

test('F67: four parts and the whole race; together they are never more than was paid', async () => {
  const id = await paidSale(shop);
  const amounts = [2_500, 2_500, 10_000, 2_500, 2_500];
  const answers = await Promise.all(
    amounts.map((amount, place) =>
      refund(shop, id, { amount, who: place % 2 === 0 ? 'manager' : 'owner' }),
    ),
  );
  const promised = answers
    .filter(({ status }) => status === 201)
    .map(({ body }) => (body.refund as { amount: number }).amount);
  expect(answers.every(({ status }) => status === 201 || status === 422)).toBe(true);
  const sum = promised.reduce((total, amount) => total + amount, 0);
  expect(sum).toBe(10_000);
  await settled(shop, id);
  expect(await givenBack(shop.stack)).toMatchObject({ movements: promised.length, sum });
});

test('S38 fifty at once: what went back at the gateway is what was promised, and never too much', async () => {
  test.setTimeout(180_000);
  const id = await paidSale(shop);
  // Any three of them fit, and no four.
  const all = Array.from({ length: 50 }, (_, n) => ({
    ...{ amount: 3_001 + n, key: newKey() },
    who: n % 2 === 0 ? ('manager' as const) : ('owner' as const),
  }));
  const answers: Answer[] = [];
  // Who is turned away because too many PINs are being looked at comes again, under the same key.
  for (let waiting = all; waiting.length > 0; ) {
    const heard = await Promise.all(waiting.map((given) => refund(shop, id, given)));
    answers.push(...heard.filter(({ status }) => status !== 429));
    waiting = waiting.filter((_, place) => heard[place]?.status === 429);
  }
  expect(answers).toHaveLength(50);
  const made = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(made).toHaveLength(3);
  for (const { status, body } of refused) {
    expect([status, body.code, body.moneyMayHaveMoved]).toEqual([422, 'refund-too-large', false]);
  }
  const { payment, refunds } = await settled(shop, id);
  const sums = (all: readonly { readonly amount: number }[]) =>
    all.reduce((total, { amount }) => total + amount, 0);
  const promised = sums(made.map(({ body }) => body.refund as { amount: number }));
  expect(promised).toBeLessThanOrEqual(10_000);
  expect(refunds.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  const left = 10_000 - promised;
  expect(payment).toMatchObject({ refundedAmount: promised, refundableAmount: left });
  // The gateway was asked for no more than those three, and its own ledger says the same.
  expect(await givenBack(shop.stack)).toEqual({ asked: 3, movements: 3, sum: promised });
  const theirs = await orderOf(id);
  const numbers = (all: readonly { readonly number: string }[]) =>
    all.map(({ number }) => number).sort();
  expect(numbers(theirs.refunds)).toEqual(refunds.map((it) => it.id).sort());
  expect(sums(theirs.refunds)).toBe(promised);
  expect(sums(theirs.ledger)).toBe(left);
});

test('F68: the answer is lost after the money went back: the question finds it, once', async () => {
  const id = await paidSale(shop);
  await shop.stack.control('fault', { kind: 'drop', endpoint: 'refund', stage: 'after' });
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'refund', times: 0 });
  const answer = await refund(shop, id, { amount: 10_000 });
  expect(answer).toMatchObject({
    status: 201,
    body: { refund: { state: 'unknown' }, payment: { refundableAmount: 0 } },
  });
  const { refunds } = await settled(shop, id);
  expect(refunds.map(({ state }) => state)).toEqual(['done']);
  expect(await givenBack(shop.stack)).toEqual({ asked: 1, movements: 1, sum: 10_000 });
});

test('F71: refused because of the takings, or in part: it says why, and the amount is free again', async () => {
  for (const [respcd, says] of [
    ['1269', /takings do not cover/],
    ['1270', /Only a full refund/],
    ['1271', /Only a full refund/],
  ] as const) {
    await shop.stack.control('reset', {});
    const id = await paidSale(shop);
    if (respcd === '1269') await shop.stack.control('takings', { amount: 100 });
    if (respcd === '1270') await shop.stack.control('config', { fullOnlyCurrencies: ['HKD'] });
    if (respcd === '1271') {
      const { usedPayType } = (await orderOf(id)).order;
      await shop.stack.control('config', { fullOnlyPayTypes: [usedPayType] });
    }
    expect((await refund(shop, id, { amount: 4_000 })).status).toBe(201);
    const { payment, refunds } = await settled(shop, id);
    expect(refunds).toMatchObject([{ state: 'failed', failure: { code: 'refused', respcd } }]);
    expect(refunds[0]?.failure?.says).toMatch(says);
    expect(payment).toMatchObject({ refundedAmount: 0, refundableAmount: 10_000 });
    expect((await givenBack(shop.stack)).sum).toBe(0);
  }
});

test('the detail shows how much went back, why, by whom, and the payment as partly refunded', async ({
  page,
}) => {
  const id = await paidSale(shop);
  await signIn(page, shop.stack, 'manager');
  await page.goto(`${shop.stack.till}/history/${id}`);
  await expect(page.getByTestId('detail')).toHaveAttribute('data-state', 'paid');
  await expect(page.getByTestId('refund')).toHaveCount(0);
  // It appears by itself, by the event stream.
  await refund(shop, id, { amount: 2_550, reason: 'Broken cup' });
  const shown = page.getByTestId('refund');
  await expect(shown).toHaveAttribute('data-state', 'done');
  for (const said of ['HK$25.50', 'Refunded', 'Broken cup', 'Ka Ming', 'Given back']) {
    await expect(shown).toContainText(said);
  }
  await expect(page.getByTestId('detail')).toContainText('Partly refunded');
  await expect(page.getByTestId('timeline')).toContainText('Refund of HK$25.50 asked for');
  await expect(page.getByTestId('timeline')).toContainText('Refund of HK$25.50: Refunded');
  await refund(shop, id, { amount: 7_450 });
  await expect(page.getByTestId('detail')).not.toContainText('Partly', { timeout: 20_000 });
  await expect(page.getByTestId('detail')).toContainText('Refunded');
  await expect(shown).toHaveCount(2);
});

type AtGateway = {
  readonly order: { readonly usedPayType: string };
  readonly refunds: readonly { readonly number: string; readonly amount: number }[];
  readonly ledger: readonly { readonly amount: number }[];
};
const orderOf = async (number: string): Promise<AtGateway> =>
  (await shop.stack.control(`order?number=${number}`)) as AtGateway;
