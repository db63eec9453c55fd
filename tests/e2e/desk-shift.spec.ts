/**
 * Shifts and reports, through the doors, on the screens and on paper. What they say is compared
 * with sums made by hand and with the list of payments; the shop stands at noon.
 */
import { expect, type Page, test } from 'playwright/test';
import type { Report } from '@/lib/contract-report';
import type { ShiftView } from '@/lib/contract-shift';
import { alipayCode, newKey, openShop, refund, type Shop, settled } from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { signIn } from '../support/till';

let shop: Shop;
test.beforeAll(async () => {
  const noon = hour('12:00');
  const stack = await startStack({ env: noon.env });
  await noon.set(stack);
  shop = await openShop(stack);
});
test.afterAll(() => shop.stack.stop());

type Made = { readonly id: string; readonly state: string };

/** Scanned and paid at once. */
async function sell(counter: string, amount: number): Promise<string> {
  const body = { amount, authCode: await alipayCode(shop.stack), counter };
  const answer = await shop.cashier.call('POST', '/api/payments', { body, key: newKey() });
  const payment = answer.body.payment as Made;
  expect(payment.state).toBe('paid');
  return payment.id;
}

/** A WeChat QR that nobody has paid yet. */
async function show(counter: string, amount: number): Promise<string> {
  const body = { amount, payType: '800201', counter };
  const answer = await shop.cashier.call('POST', '/api/payments', { body, key: newKey() });
  const payment = answer.body.payment as Made;
  expect(payment.state).toBe('awaiting');
  return payment.id;
}

async function pay(id: string): Promise<void> {
  await shop.stack.control('pay', { number: id });
  const state = async () =>
    ((await shop.manager.call('GET', `/api/payments/${id}`)).body.payment as Made).state;
  await expect.poll(state, { timeout: 20_000 }).toBe('paid');
}

const shifts = async (counter: string, who: 'cashier' | 'manager' = 'cashier') =>
  (await shop[who].call('GET', `/api/shifts?counter=${counter}`)).body.shifts as ShiftView[];

const close = (id: string, given: { counter?: string; key?: string; who?: 'manager' } = {}) => {
  const { counter, key = newKey(), who = 'cashier' } = given;
  const body = counter === undefined ? {} : { counter };
  return shop[who].call('POST', `/api/shifts/${id}/close`, { body, key });
};

test('the first sale opens a shift; two tablets that close it make one Z', async () => {
  expect(await shifts('Doors')).toEqual([]);
  await sell('Doors', 10_000);
  const back = await sell('Doors', 2_050);
  expect((await refund(shop, back, { amount: 50 })).status).toBe(201);
  await settled(shop, back);
  const [open] = await shifts('Doors');
  expect(open).toMatchObject({
    ...{ state: 'open', number: null, openedBy: '3000', openedItself: true },
    figures: {
      takings: { count: 2, amount: 12_050, average: 6_025, refundAmount: 50, net: 12_000 },
      wallets: [{ wallet: 'alipay', count: 2, net: 12_000 }],
    },
  });
  const id = open?.id ?? '';
  const both = await Promise.all([close(id, { counter: 'Doors' }), close(id, { who: 'manager' })]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(both.map(({ body }) => body.yours).sort()).toEqual([false, true]);
  const [one, other] = both.map(({ body }) => body.shift as ShiftView);
  expect(one).toEqual(other);
  expect(one).toMatchObject({ state: 'closed', number: 1, figures: open?.figures });
  await sell('Doors', 300);
  const [next] = await shifts('Doors');
  expect(next).toMatchObject({ state: 'open', figures: { takings: { count: 1, net: 300 } } });
});

test('a cashier sees the shifts of their own counter, and says which that is', async () => {
  await sell('Own', 100);
  const [own] = await shifts('Own');
  const id = own?.id ?? '';
  const { cashier, manager } = shop;
  expect((await cashier.call('GET', '/api/shifts')).body).toMatchObject({
    ...{ status: 422, code: 'invalid', fields: ['counter'] },
  });
  expect((await cashier.call('GET', `/api/shifts/${id}?counter=Own`)).status).toBe(200);
  for (const path of [`/api/shifts/${id}`, `/api/shifts/${id}?counter=Doors`]) {
    expect((await cashier.call('GET', path)).status).toBe(404);
  }
  expect((await close(id, { counter: 'Doors' })).status).toBe(404);
  expect((await manager.call('GET', `/api/shifts/${id}`)).status).toBe(200);
  const all = (await manager.call('GET', '/api/shifts')).body.shifts as ShiftView[];
  expect(new Set(all.map(({ counter }) => counter))).toEqual(new Set(['Own', 'Doors']));
  for (const report of ['day', 'range']) {
    expect((await cashier.call('GET', `/api/reports/${report}`)).status).toBe(403);
  }
});

test('a Z is corrected by a manager with a reason, and never before it is there', async () => {
  await sell('Mend', 100);
  const [open] = await shifts('Mend');
  const path = `/api/shifts/${open?.id}/correct`;
  const body = { reason: 'The second counter was used for one sale' };
  const { cashier, manager } = shop;
  expect((await manager.call('POST', path, { body })).body).toMatchObject({ code: 'shift-open' });
  const closed = await close(open?.id ?? '', { counter: 'Mend' });
  expect((await cashier.call('POST', path, { body })).status).toBe(403);
  expect((await manager.call('POST', path, { body: { reason: ' ' } })).status).toBe(422);
  const answer = await manager.call('POST', path, { body });
  expect(answer.status).toBe(201);
  const { corrections, ...sealed } = answer.body.shift as ShiftView;
  expect(corrections).toMatchObject([{ staff: '2000', reason: body.reason }]);
  expect(closed.body.shift).toEqual({ ...sealed, corrections: [] });
  const foreign = { key: newKey(), body: {}, headers: { origin: 'https://elsewhere.example' } };
  expect((await cashier.call('POST', `/api/shifts/${open?.id}/close`, foreign)).status).toBe(403);
  expect((await cashier.call('POST', `/api/shifts/${open?.id}/close`, { body: {} })).status).toBe(
    400,
  );
});

test('open, sell, X, Z, carry over, and both on paper', async ({ page }) => {
  await signIn(page, shop.stack);
  const counter = await page.evaluate(() => localStorage.getItem('countertop.counter') ?? '');
  await page.goto(`${shop.stack.till}/shift`);
  await page.getByRole('button', { name: 'Open a shift' }).click();
  await expect(page.getByTestId('shift-net')).toHaveText('HK$0.00');
  await sell(counter, 999_999_999);
  await sell(counter, 12_345);
  // Whoever comes back later closes what stands there, without choosing it from the list.
  await page.reload();
  const late = await show(counter, 4_850);
  await expect(page.getByTestId('shift-net')).toHaveText('HK$10,000,123.44');
  await expect(page.getByTestId('flight')).toContainText(late);
  await fitsOnPaper(page, ['X · Not sealed', 'HK$10,000,123.44', late]);

  await page.getByRole('button', { name: 'Close shift · HK$10,000,123.44' }).click();
  await expect(page.getByTestId('close-flight')).toContainText('1 still in flight');
  await page.getByRole('button', { name: 'Close and seal HK$10,000,123.44' }).click();
  await expect(page.getByTestId('shift')).toHaveAttribute('data-state', 'closed');
  const [sealed] = await shifts(counter);
  const slip = await fitsOnPaper(page, [`Z ${sealed?.number}`, 'carried over', late]);
  expect(slip).not.toContain('Copy');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await fitsOnPaper(page, [])).toContain('Copy');

  await pay(late);
  await page.goto(`${shop.stack.till}/shift`);
  await expect(page.getByTestId('shift')).toHaveAttribute('data-state', 'open');
  await expect(page.getByTestId('shift-net')).toHaveText('HK$48.50');
  await expect(page.getByTestId('late')).toContainText('1, HK$48.50');
  expect((await shifts(counter)).at(-1)).toEqual(sealed);
});

/** The slip at 80 mm and at A4: alone on the paper, and nothing of it cut. Answers its words. */
async function fitsOnPaper(page: Page, words: readonly string[]): Promise<string> {
  const before = page.viewportSize();
  const slip = page.locator('[data-slip]');
  await page.emulateMedia({ media: 'print' });
  for (const millimetres of [80, 210]) {
    const width = Math.trunc((millimetres - 8) * (96 / 25.4));
    await page.setViewportSize({ width, height: 1_000 });
    await expect(slip).toBeVisible();
    await expect(page.getByRole('main')).toBeHidden();
    for (const word of words) await expect(slip).toContainText(word);
    const cut = await slip.evaluate((paper) => {
      const edge = document.documentElement.clientWidth;
      const all = [paper, ...paper.querySelectorAll('*')];
      const isCut = (it: Element) =>
        it.getBoundingClientRect().right > edge + 0.5 || it.scrollWidth > it.clientWidth + 1;
      return all.filter((it) => it.clientWidth > 0 && isCut(it)).map((it) => it.textContent);
    });
    expect(cut).toEqual([]);
  }
  const said = await slip.innerText();
  await page.emulateMedia({ media: 'screen' });
  if (before !== null) await page.setViewportSize(before);
  return said;
}

test('the report on the screen is the API’s, and both are the list to the cent', async ({
  page,
}) => {
  const given = await sell('Reports', 7_700);
  expect((await refund(shop, given, { amount: 1_234 })).status).toBe(201);
  await settled(shop, given);
  const { body } = await shop.manager.call('GET', '/api/reports/day');
  const report = body as Report;
  const list = await everyPayment();
  const paid = list.filter(({ paidAt }) => paidAt !== null);
  const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
  expect(report.takings).toMatchObject({
    count: paid.length,
    amount: sum(paid.map(({ amount }) => amount)),
    refundAmount: sum(list.map(({ refundedAmount }) => refundedAmount)),
  });
  expect(report.counters.find(({ counter }) => counter === 'Reports')).toMatchObject({
    ...{ count: 1, amount: 7_700, refundCount: 1, refundAmount: 1_234, net: 6_466 },
  });
  const days = `from=${report.from}&to=${report.to}`;
  const range = await shop.manager.call('GET', `/api/reports/range?${days}`);
  // How far the week before is compared grows with every second.
  expect({ ...range.body, before: null }).toEqual({ ...report, before: null });

  await signIn(page, shop.stack, 'manager');
  await page.goto(`${shop.stack.till}/reports`);
  await expect(page.getByTestId('report-net')).toHaveText(written(report.takings.net));
  const line = page.getByTestId('line-cReports');
  await expect(line).toContainText('HK$77.00');
  await expect(line).toContainText('HK$64.66');
  await expect(page.getByTestId('line-o')).toContainText('–');
  await expect(page.getByTestId('wallet-chart').locator('svg')).toContainText('Alipay');
  await expect(page.getByTestId('time-chart').locator('path').first()).toBeVisible();
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(page.getByText('Takings by day')).toBeVisible();
  await expect(page.getByTestId('report-net')).toHaveText(written(report.takings.net));
});

const written = (minor: number): string =>
  `HK$${(minor / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;

type Listed = { amount: number; paidAt: string | null; refundedAmount: number };
async function everyPayment(): Promise<Listed[]> {
  const all: Listed[] = [];
  let cursor = '';
  do {
    const answer = await shop.manager.call('GET', `/api/payments?limit=200&cursor=${cursor}`);
    const page = answer.body as { payments: Listed[]; next: string | null };
    all.push(...page.payments);
    cursor = page.next ?? '';
  } while (cursor !== '');
  return all;
}

test('a cashier finds no reports, and the till loads no charts', async ({ page }) => {
  await signIn(page, shop.stack);
  const answer = await page.goto(`${shop.stack.till}/reports`);
  expect(answer?.status()).toBe(404);
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') scripts.push(await response.text());
  });
  await page.goto(shop.stack.till);
  await expect(page.getByTestId('amount')).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((text) => text.includes('recharts'))).toEqual([]);
});
