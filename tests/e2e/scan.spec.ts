/** The customer's code before the camera, and from a hand scanner with nothing focused. */
import path from 'node:path';
import { type Browser, chromium } from 'playwright/test';
import { cameraFlags, makeCameraFile } from '../support/camera/file';
import type { Shown } from '../support/camera/picture';
import { ROOT } from '../support/processes';
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
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

const PRODUCT = '4006381333931';

/** A till whose camera sees one code on a phone, in a browser of its own. */
async function before(shown: Shown, sell: (page: Page) => Promise<void>): Promise<void> {
  const film = path.join(ROOT, 'tests/.tmp', `${shown.kind}-${process.pid}.y4m`);
  makeCameraFile(film, [{ shown }]);
  const { launchOptions } = test.info().project.use;
  const browser: Browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), ...cameraFlags(film)],
  });
  try {
    const context = await browser.newContext({ permissions: ['camera'], locale: 'en-HK' });
    const page = await context.newPage();
    await signIn(page, stack);
    await key(page, '4850');
    await page.getByRole('button', { name: 'Scan the customer’s code' }).click();
    await sell(page);
  } finally {
    await browser.close();
  }
}

test('an 18-digit Code 128 before the camera is read and paid, without a wallet chosen', async () => {
  await before({ kind: 'code-128', text: freshCode() }, async (page) => {
    await expectState(page, 'paid', 20_000);
    await expect(moment(page)).toContainText('HK$48.50');
  });
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('the same kind of digits as a QR are read and paid', async () => {
  await before({ kind: 'qr', text: freshCode() }, async (page) => {
    await expectState(page, 'paid', 20_000);
  });
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test("a product's EAN-13 is refused with words and nothing is sent", async () => {
  await before({ kind: 'ean-13', text: PRODUCT }, async (page) => {
    await expect(page.getByTestId('scan-refused')).toContainText('product barcode', {
      timeout: 20_000,
    });
  });
  expect(await charges(stack)).toEqual({ asked: 0, moved: 0 });
});

test('a hand scanner charges with no field focused', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await scan(page, freshCode());
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('a scanner that reads the same code again leaves the green there; another code does not', async ({
  page,
}) => {
  await signIn(page, stack);
  await key(page, '4850');
  const code = freshCode();
  await scan(page, code);
  await expectState(page, 'paid');
  await scan(page, code);
  // Its first digits look like a person's, who begins the next sale.
  await scan(page, code, { after: 3, until: () => passed(page, 300) });
  await expectState(page, 'paid');
  await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '4850');
  await expect(page.getByTestId('scan-refused')).toHaveCount(0);
  await scan(page, freshCode());
  await expect(page.getByTestId('scan-refused')).toContainText('amount');
  await expect(moment(page)).toHaveCount(0);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('why a code was refused stands there while its trigger is held; a new scan is told of', async ({
  page,
}) => {
  await signIn(page, stack);
  const code = magicCode('05');
  await scan(page, code);
  await expect(page.getByTestId('scan-refused')).toContainText('amount');
  // There was nothing to charge; now there is.
  await key(page, '5');
  await scan(page, code);
  await expectState(page, 'failed');
  await scan(page, code);
  await expectState(page, 'failed');
  await passed(page, 2_000);
  await scan(page, code);
  await expect(page.getByText('This payment code was scanned before.')).toBeVisible();
  expect((await charges(stack)).asked).toBe(1);
});

/** Waits until so much time has passed in the browser. */
async function passed(page: Page, ms: number): Promise<void> {
  const now = () => page.evaluate(() => performance.now());
  const since = await now();
  await expect.poll(now).toBeGreaterThan(since + ms);
}

for (const ms of [0, 300]) {
  test(`a stall of ${ms} ms after three digits of a code charges what was keyed`, async ({
    page,
  }) => {
    await signIn(page, stack);
    await key(page, '4850');
    const code = freshCode();
    const until = async () => {
      await expect(page.getByTestId('amount')).toContainText(`48,501.${code.slice(1, 3)}`);
      await passed(page, ms);
    };
    await scan(page, code, { after: 3, until });
    await expectState(page, 'paid');
    await expect(moment(page)).toContainText('HK$48.50');
    expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
  });
}

test('digits of a code for which the amount has no room take none of it along', async ({
  page,
}) => {
  await signIn(page, stack);
  await page.keyboard.type('48.50', { delay: 100 });
  await expect(page.getByTestId('amount')).toContainText('48.50');
  await scan(page, freshCode(), { after: 3, until: () => passed(page, 300) });
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
});

test('after a stall the amount of a sale that was not paid is charged for that sale', async ({
  page,
}) => {
  await signIn(page, stack);
  await key(page, '4850');
  await scan(page, magicCode('05'));
  await expectState(page, 'failed');
  const first = await paymentId(page);
  await scan(page, freshCode(), { after: 3, until: () => passed(page, 300) });
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
  const saleOf = async (id: string) => {
    const answer = await page.request.get(`${stack.till}/api/payments/${id}`);
    return ((await answer.json()) as { sale: { id: string } }).sale.id;
  };
  expect(await saleOf(await paymentId(page))).toBe(await saleOf(first));
});

test('a digit that was keyed in the very moment of the scan counts', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '485');
  await scan(page, `0${freshCode()}`);
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
});

test('the same digits typed slowly into the note are a note', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  const code = freshCode();
  const note = page.getByLabel('Note');
  await note.click();
  await note.pressSequentially(code, { delay: 90 });
  await page.keyboard.press('Enter');
  await expect(note).toHaveValue(code);
  await expect(page.getByTestId('amount')).toContainText('48.50');
  await expect(moment(page)).toHaveCount(0);
  expect(await charges(stack)).toEqual({ asked: 0, moved: 0 });
});

test('a burst into the note field charges, and the note keeps what it held', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  const note = page.getByLabel('Note');
  await note.fill('table 4');
  await note.click();
  await scan(page, freshCode());
  await expectState(page, 'paid');
  await expect(moment(page)).toContainText('HK$48.50');
  const kept = await page.request.get(`${stack.till}/api/payments/${await paymentId(page)}`);
  expect(await kept.json()).toMatchObject({ sale: { note: 'table 4' } });
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('a product scanned by hand is refused with words and nothing is sent', async ({ page }) => {
  await signIn(page, stack);
  await key(page, '4850');
  await scan(page, PRODUCT);
  await expect(page.getByTestId('scan-refused')).toContainText('product barcode');
  await expect(page.getByTestId('amount')).toContainText('48.50');
  expect(await charges(stack)).toEqual({ asked: 0, moved: 0 });
});

test('amounts typed on a hardware keyboard are keyed, not scanned', async ({ page }) => {
  await signIn(page, stack);
  for (const digit of '4850') await page.keyboard.press(digit, { delay: 60 });
  await expect(page.getByTestId('amount')).toContainText('48.50');
});

test('a scan while a QR is up presses nothing, not even the button that has the focus', async ({
  page,
}) => {
  await signIn(page, stack);
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expectState(page, 'awaiting');
  await page.getByRole('button', { name: 'Cancel payment' }).focus();
  await scan(page, PRODUCT);
  await expect(page.getByTestId('scan-refused')).toContainText('product barcode');
  await expect(page.getByTestId('qr')).toBeVisible();
  await expectState(page, 'awaiting');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 0 });
});
