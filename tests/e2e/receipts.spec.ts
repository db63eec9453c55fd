/**
 * A customer's receipt: on the phone from the QR on, on paper from the till and again from the
 * history, and as the bytes that a printer gets. The tests are chapters of one story, in order.
 */
import path from 'node:path';
import { type BrowserContext, expect, type Locator, type Page, test } from 'playwright/test';
import { receiptLines } from '../../lib/receipt';
import type { ReceiptLine } from '../../lib/receipt-paper';
import { printed } from '../support/escpos';
import { openShop, refund, type Shop } from '../support/money-back';
import { aPayment, NOON } from '../support/payments';
import { difference, keptAs, pictureIn, pictureInFile } from '../support/pictures';
import { ROOT } from '../support/processes';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { expectState, key, paymentId, signIn } from '../support/till';
import { plugIn, printsAsked, sentTo } from '../support/usb-printer';

test.describe.configure({ mode: 'serial' });

let shop: Shop;
let till: Page;
let phone: Page;
let id = '';
let address = '';
test.beforeAll(async ({ browser }) => {
  const noon = hour('12:00');
  const stack = await startStack({ env: { ...noon.env, SHOP_NAME: '幸運茶座 Lucky Cup' } });
  await noon.set(stack);
  shop = await openShop(stack);
  const at = await browser.newContext({ locale: 'en-HK' });
  till = await at.newPage();
  await plugIn(till);
  await signIn(till, shop.stack);
  const pocket: BrowserContext = await browser.newContext({
    ...{ locale: 'zh-HK', viewport: { width: 390, height: 844 }, isMobile: true },
  });
  phone = await pocket.newPage();
});
test.afterAll(() => shop.stack.stop());

const receiptOf = async (payment: string) =>
  (await shop.cashier.call('GET', `/api/payments/${payment}/receipt`)).body as {
    path: string;
    prints: readonly { number: number }[];
    paper: { lines: readonly ReceiptLine[] } | null;
  };
const look = (page: Page) => page.getByTestId('receipt-state');
const preview = (page: Page): Locator => page.getByTestId('receipt-preview');
/** Looked at by people: test-results/receipts. */
const shoot = (page: Page, name: string) =>
  page.screenshot({ path: path.join(ROOT, 'test-results/receipts', `${name}.png`) });

test('a phone follows the payment from the QR to the receipt, in its own language', async () => {
  await key(till, '4850');
  await till.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expectState(till, 'awaiting');
  id = await paymentId(till);
  address = shop.stack.till + (await receiptOf(id)).path;
  const answer = await phone.goto(address);
  expect(answer?.headers()).toMatchObject({
    'cache-control': expect.stringContaining('no-store'),
    ...{ 'referrer-policy': 'no-referrer', 'x-robots-tag': expect.stringContaining('noindex') },
  });
  await expect(look(phone)).toHaveAttribute('data-look', 'waiting');
  await expect(look(phone)).toContainText('等候你付款');
  await expect(phone.getByTestId('receipt')).toHaveCount(0);
  await shoot(phone, 'phone-waiting');
  await shop.stack.control('pay', { number: id });
  await expectState(till, 'paid');
  await expect(look(phone)).toHaveAttribute('data-look', 'paid');
  await expect(phone.getByTestId('receipt')).toContainText('微信支付');
  await expect(phone.getByTestId('receipt')).toContainText(id);
  await expect(phone.getByTestId('qr')).toHaveAttribute('data-qr', id);
  await shoot(phone, 'phone-paid');
  await phone.getByLabel('語言').selectOption('en');
  await expect(look(phone)).toContainText('Thank you. This is your receipt.');
  await expect(phone.getByTestId('receipt')).toContainText('WeChat Pay');
  // Nobody signed in on this phone, and nobody was asked to.
  expect((await phone.context().cookies()).map(({ name }) => name)).toEqual(['language']);
});

test('an address that is off by one character leads nowhere, and says no more than that', async () => {
  const wrong = address.slice(0, -1) + (address.endsWith('0') ? '1' : '0');
  for (const nowhere of [wrong, `${shop.stack.till}/r/${id}`, `${shop.stack.till}/r/x`]) {
    const answer = await phone.goto(nowhere);
    expect(answer?.status()).toBe(404);
    await expect(phone.getByRole('main')).toHaveText(
      'This receipt is not hereThe address is wrong, or its time is over. ' +
        'The shop can look the payment up.',
    );
  }
  const asked = await fetch(wrong.replace('/r/', '/api/receipts/'));
  expect([asked.status, ((await asked.json()) as { code: string }).code]).toEqual([
    404,
    'not-found',
  ]);
  await phone.goto(address);
  await expect(look(phone)).toHaveAttribute('data-look', 'paid');
});

test('the till prints it on paper of its width, and the printer gets the same picture', async () => {
  const code = till.getByTestId('receipt-qr').getByTestId('qr');
  await expect(code).toHaveAttribute('data-qr', address);
  await till.setViewportSize({ width: 1280, height: 800 });
  await shoot(till, 'till-paid-landscape');
  await till.setViewportSize({ width: 800, height: 1280 });
  await shoot(till, 'till-paid-portrait');
  await till.getByRole('button', { name: 'Print receipt' }).click();
  const dialog = till.getByRole('dialog', { name: 'Receipt' });
  await dialog.getByLabel('58 mm').check();
  await expect(preview(till)).toHaveAttribute('width', '384');
  const seen = await pictureIn(preview(till));
  await shoot(till, 'dialog-portrait');
  await till.setViewportSize({ width: 1280, height: 800 });
  await shoot(till, 'dialog-landscape');
  await dialog.getByRole('button', { name: 'Print', exact: true }).click();
  await expect.poll(() => printsAsked(till)).toBe(1);
  expect(await pictureIn(till.getByTestId('receipt-sheet'))).toEqual(seen);
  await expect(dialog.getByTestId('receipt-count')).toContainText(
    '1. The next one is marked COPY 2',
  );
  const file = path.join(ROOT, 'test-results/receipts/receipt-58.pdf');
  const pdf = (await till.pdf({ path: file, preferCSSPageSize: true })).toString('latin1');
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  // In points of 1/72 inch; the page is as wide as the paper and as long as the receipt.
  expect(Math.round((Number(width) * 25.4) / 72)).toBe(58);
  expect((Number(height) * 25.4) / 72).toBeGreaterThan(seen.height / 8);
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  await till.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(till.getByTestId('receipt-sheet')).toHaveCount(0);

  const copy = await pictureIn(preview(till));
  expect(difference(copy, seen)).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: 'USB printer' }).click();
  await expect(dialog).toContainText('Sent to the printer.');
  const paper = printed(await sentTo(till));
  expect(paper.picture).toEqual(copy);
  expect(paper.cut).toBe(true);
  expect((await receiptOf(id)).prints).toHaveLength(2);
  // What is typed into the dialog is not keyed, and leaving it leaves the green card as it is.
  await till.keyboard.press('7');
  await till.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expectState(till, 'paid');
});

test('the history counts the prints, and what went back stands on phone and paper', async () => {
  expect((await refund(shop, id, { amount: 1250 })).status).toBe(201);
  // It would see it by itself within a quarter of a minute.
  await phone.reload();
  await expect(look(phone)).toHaveAttribute('data-look', 'back');
  await expect(phone.getByTestId('receipt')).toContainText('-HK$12.50');
  await expect(phone.getByTestId('receipt')).toContainText('HK$36.00');
  await shoot(phone, 'phone-refunded');
  await till.goto(`${shop.stack.till}/history/${id}`);
  await expect(till.getByTestId('prints')).toHaveAttribute('data-count', '2');
  await expect(till.getByText('Copy 2 of the receipt printed, USB printer, 58 mm')).toBeVisible();
  await shoot(till, 'history-landscape');
  await till.setViewportSize({ width: 800, height: 1280 });
  await shoot(till, 'history-portrait');
  const { lines } = (await receiptOf(id)).paper ?? { lines: [] };
  expect(lines[0]).toMatchObject({ text: '副本 3 COPY 3', size: 'mark' });
  expect(lines).toContainEqual({ kind: 'text', text: '已部分退款 Partly refunded', size: 'mark' });
});

/** The same to the dot on every machine, but for the fonts. */
const GOLDEN = receiptLines(
  {
    ...{ shop: 'Lucky Cup', outlet: null, timeZone: 'Asia/Hong_Kong', practice: false },
    text: {
      header: ['幸運茶座 Lucky Cup', '香港銅鑼灣軒尼詩道500號地下', '電話 2345 6789'],
      footer: ['多謝惠顧，歡迎再臨！', '貨物出門，恕不退換（質量問題除外）'],
    },
    payment: aPayment({
      ...{ state: 'paid', paidAt: NOON, amount: 123_456_789, walletNumber: '4200001234567890' },
    }),
    refunds: [],
  },
  { languages: ['zh-Hant', 'en'], print: 2 },
);

/** What a printer makes of Chinese where it has no such characters. */
const marks = (text: string): string => text.replace(/\p{Script=Han}/gu, '?');
const broken = GOLDEN.map((line): ReceiptLine => {
  if (line.kind === 'text') return { ...line, text: marks(line.text) };
  if (line.kind !== 'pair') return line;
  return { ...line, name: marks(line.name), value: marks(line.value) };
});

for (const [paper, dots] of [
  [58, 384],
  [80, 576],
] as const) {
  test(`a receipt of ${paper} mm looks as it was looked at`, async () => {
    const same = await hasFonts(till);
    test.skip(!same, 'because the kept pictures are drawn with Noto Sans CJK, which is not here');
    const drawn = async (lines: readonly ReceiptLine[]) => {
      await till.route('**/receipt', (route) =>
        route.fulfill({
          json: {
            path: '/r/x',
            address: null,
            endsAt: '',
            prints: [],
            paper: { face: 'zh-Hant', lines },
          },
        }),
      );
      await till.goto(`${shop.stack.till}/history/${id}`);
      await till.getByRole('button', { name: 'Print receipt' }).click();
      await till.getByLabel(`${paper} mm`).check();
      await expect(preview(till)).toHaveAttribute('width', String(dots));
      const picture = await pictureIn(preview(till));
      await till.unroute('**/receipt');
      return picture;
    };
    const picture = await drawn(GOLDEN);
    const file = path.join(ROOT, `tests/e2e/golden/receipt-${paper}.png`);
    expect(await keptAs(file, preview(till)), `${file} is new: look at it and keep it`).toBe(true);
    const golden = await pictureInFile(till, file);
    expect(difference(picture, golden)).toBeLessThan(ALIKE);
    // Question marks for Chinese are seen, so the tolerance is not too wide.
    expect(difference(await drawn(broken), golden)).toBeGreaterThan(ALIKE);
  });
}

/**
 * Of the ink. Drawn again it is 0; with the forms of the mainland, the nearest other font, 0.005;
 * with question marks for Chinese, 0.16.
 */
const ALIKE = 0.05;

/** Whether this machine draws with the fonts of the kept pictures: they are as wide as theirs. */
function hasFonts(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    const widths = ['monospace', 'serif'].map((other) => {
      if (pen === null) return 0;
      pen.font = `24px 'Noto Sans CJK HK', ${other}`;
      return pen.measureText('Lucky Cup 1234 iii').width;
    });
    return widths[0] !== 0 && widths[0] === widths[1];
  });
}
