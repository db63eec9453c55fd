/**
 * The page on which scanners are tried: by hand, with picture files and before the camera, through
 * the pipeline of the till; and nothing of it reaches the gateway.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright/test';
import { cameraFlags, makeCameraFile } from '../support/camera/file';
import { pngOf } from '../support/frames/png';
import { plan, take } from '../support/frames/set';
import { ROOT } from '../support/processes';
import { expect, type Page, test } from '../support/shop-fixture';
import { charges, freshCode, scan, signIn } from '../support/till';
import { openTrial, readPictures, told } from '../support/trial-page';

const FOLDER = path.join(ROOT, 'tests/.tmp/frames');
const PRODUCT = '4006381333931';

test('a cashier tries a hand scanner, and nothing is sent', async ({ page, stack }) => {
  await signIn(page, stack);
  await page.getByRole('link', { name: 'Try the scanner' }).click();
  await expect(page.getByTestId('scan-result')).toHaveAttribute('data-count', '0');
  const code = freshCode();
  await scan(page, code);
  await expect(page.getByTestId('scan-row').first()).toContainText(code);
  await scan(page, PRODUCT);
  await expect(page.getByTestId('scan-row').first()).toContainText('Product barcode');
  expect((await told(page)).results).toMatchObject([
    { source: 'hand', verdict: 'payment-code', text: code, step: 'keys', wallet: 'wechat' },
    { source: 'hand', verdict: 'product', text: null, seen: [{ content: PRODUCT }] },
  ]);
  expect(await charges(stack)).toEqual({ asked: 0, moved: 0 });
});

test('of sixty frames no code is read wrongly, and every easy one is read', async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const sizes = [
    [640, 480],
    [1280, 720],
  ] as const;
  mkdirSync(FOLDER, { recursive: true });
  const frames = plan({ each: 5, none: 4, foreign: 3 }, sizes).map((one) => take(1, one));
  const files = frames.map(({ name, picture }) => {
    const file = path.join(FOLDER, `${name}.png`);
    writeFileSync(file, pngOf(picture));
    return file;
  });
  const noise = path.join(FOLDER, 'no-picture.png');
  writeFileSync(noise, 'a shopping list');
  await signIn(page, stack);
  await openTrial(page, stack);
  const results = await readPictures(page, [...files, noise], 120_000);

  const wrong = frames.filter(({ text }, at) => ![text, null].includes(results[at]?.text ?? null));
  expect(wrong.map(({ name }) => name)).toEqual([]);
  const unread = frames.filter(({ text }, at) => text !== (results[at]?.text ?? null));
  expect(unread.filter(({ split }) => split === 'easy').map(({ name }) => name)).toEqual([]);
  // The design reads 94 of 100 medium frames and 42 of 100 hard ones.
  expect(unread.filter(({ split }) => split === 'medium').length).toBeLessThanOrEqual(3);
  expect(unread.length).toBeLessThanOrEqual(13);
  expect(results.map(({ file }) => file)).toEqual(
    [...files, noise].map((one) => path.basename(one)),
  );
  const read = results.filter(({ text }) => text !== null);
  expect(read.every(({ step, ms }) => step !== null && (ms ?? 0) > 0)).toBe(true);
  expect(results.at(-1)).toMatchObject({ verdict: 'no-picture', text: null });
});

/** A browser of its own, whose cameras are what the flags say. */
async function before(flags: readonly string[], look: (page: Page) => Promise<void>) {
  const { launchOptions } = test.info().project.use;
  const args = [...(launchOptions?.args ?? []), ...flags];
  const browser = await chromium.launch({ ...launchOptions, args });
  try {
    const context = await browser.newContext({ permissions: ['camera'], locale: 'en-HK' });
    await look(await context.newPage());
  } finally {
    await browser.close();
  }
}

test('the camera shows what it reads, and how', async ({ stack }) => {
  const film = path.join(ROOT, 'tests/.tmp', `trial-${process.pid}.y4m`);
  const code = freshCode();
  makeCameraFile(film, [{ shown: { kind: 'qr', text: code } }]);
  await before(cameraFlags(film), async (page) => {
    await signIn(page, stack);
    await openTrial(page, stack);
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await expect(page.getByTestId('scan-row').first()).toContainText(code, { timeout: 20_000 });
    const [result] = (await told(page)).results;
    const read = { source: 'camera', verdict: 'payment-code', text: code, format: 'qr' };
    expect(result).toMatchObject({ ...read, step: 'whole' });
  });
  expect(await charges(stack)).toEqual({ asked: 0, moved: 0 });
});

test('another camera can be chosen, and is the one next time', async ({ stack }) => {
  const two = [
    '--use-fake-device-for-media-stream=device-count=2',
    '--use-fake-ui-for-media-stream',
  ];
  await before(two, async (page) => {
    await signIn(page, stack);
    await openTrial(page, stack);
    const scanner = page.getByTestId('scanner');
    const list = scanner.locator('select');
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await expect(list.locator('option')).toHaveCount(2);
    const chosen = list.locator('option:checked');
    const on = await chosen.innerText();
    const other = await list.locator('option').filter({ hasNotText: on }).innerText();
    await list.selectOption({ label: other });
    await expect(chosen).toHaveText(other);
    await expect(scanner).toHaveAttribute('data-status', 'running');
    await page.reload();
    await page.getByRole('button', { name: 'Open the camera' }).click();
    await expect(scanner).toHaveAttribute('data-status', 'running');
    // By its name where the browser gives its cameras other ids on each page.
    await expect(chosen).toHaveText(other);
  });
});
