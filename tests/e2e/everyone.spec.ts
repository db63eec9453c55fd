/**
 * A till for everybody who may stand at it: by keyboard alone, heard instead of seen, left-handed,
 * with large text, with sounds or without; and a payment that goes on at another tablet.
 */
import { tabTo } from '../support/keyboard';
import { expect, type Page, test } from '../support/shop-fixture';
import { expectState, key, magicCode, paymentId, STAFF, scan, signIn } from '../support/till';

test.use({ at: '12:00' });

/** Runs before the page: what it sounds and says, instead of sounding and saying it. */
const listen = () => {
  Object.assign(window, { tones: [] as number[], spoken: [] as object[] });
  const { createOscillator } = AudioContext.prototype;
  AudioContext.prototype.createOscillator = function made(this: AudioContext) {
    const tone = createOscillator.call(this);
    const start = tone.start.bind(tone);
    tone.start = (when?: number) => {
      (Reflect.get(window, 'tones') as number[]).push(Math.round(tone.frequency.value));
      start(when);
    };
    return tone;
  };
  const voice = (lang: string) => ({ lang, name: lang, localService: true, voiceURI: lang });
  class Sentence {
    constructor(readonly text: string) {}
  }
  const speaker = {
    getVoices: () => [voice('en-US'), voice('zh-CN'), voice('zh_HK')],
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    cancel: () => undefined,
    speak: (said: Sentence & { lang?: string; volume?: number }) => {
      const { text, lang, volume } = said;
      (Reflect.get(window, 'spoken') as object[]).push({ text, lang, volume });
    },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speaker });
  Object.assign(window, { SpeechSynthesisUtterance: Sentence });
};
const tones = (page: Page) => page.evaluate(() => Reflect.get(window, 'tones') as number[]);
const spoken = (page: Page) => page.evaluate(() => Reflect.get(window, 'spoken') as object[]);
const hush = (page: Page) => page.evaluate(() => Object.assign(window, { tones: [], spoken: [] }));
const own = (page: Page) => page.getByTestId('own');
const openOwn = async (page: Page) => {
  await page.getByTestId('tablet').click();
  await expect(own(page)).toBeVisible();
};
const closeOwn = (page: Page) => own(page).getByRole('button', { name: 'Close' }).click();
const pick = (page: Page, group: string, name: string) =>
  own(page).getByRole('group', { name: group }).getByLabel(name, { exact: true }).check();

test('each state is heard once, as loud as was chosen, and wallet and amount are said aloud', async ({
  page,
  stack,
}) => {
  await page.addInitScript(listen);
  await signIn(page, stack);
  await openOwn(page);
  await hush(page);
  await own(page).getByRole('button', { name: /^Try/ }).click();
  await expect.poll(() => tones(page)).toHaveLength(2);
  const [low = 0, high = 0] = await tones(page);
  expect(high).toBeGreaterThan(low);
  await pick(page, 'Say wallet and amount aloud', 'In Cantonese');
  const cantonese = { text: '支付寶，四十八蚊半，收到', lang: 'zh_HK', volume: 0.8 };
  await expect.poll(() => spoken(page)).toContainEqual(cantonese);
  await closeOwn(page);

  await hush(page);
  await key(page, '4850');
  await scan(page, magicCode('01'));
  await expectState(page, 'paid');
  await expect.poll(() => spoken(page)).toHaveLength(1);
  expect(await spoken(page)).toEqual([{ ...cantonese, text: '微信支付，四十八蚊半，收到' }]);
  // The code was read, then the shop's own two tones, each once.
  expect(await tones(page)).toEqual([1760, low, high]);

  await hush(page);
  await key(page, '4850');
  await scan(page, magicCode('05'));
  await expectState(page, 'failed');
  expect(await tones(page)).toEqual([1760, 220]);
  await hush(page);
  await scan(page, '4006381333931');
  await expect(page.getByTestId('scan-refused')).toBeVisible();
  expect(await tones(page)).toEqual([140, 140]);

  await openOwn(page);
  await pick(page, 'Sounds', 'Off');
  await closeOwn(page);
  await page.reload();
  await expect(page.getByTestId('tablet')).toHaveAttribute('data-sound', 'off');
  await key(page, '300');
  await scan(page, magicCode('01'));
  await expectState(page, 'paid');
  expect([await tones(page), await spoken(page)]).toEqual([[], []]);
});

test('keys on the right, large text and the dark are kept on the tablet, and the sale is the same', async ({
  page,
  stack,
}) => {
  await signIn(page, stack);
  const keys = () => page.getByRole('button', { name: '5', exact: true });
  const tile = page.getByRole('button', { name: 'WeChat Pay', exact: true });
  const left = async (of: typeof tile) => (await of.boundingBox())?.x ?? 0;
  expect(await left(keys())).toBeLessThan(await left(tile));
  await openOwn(page);
  await pick(page, 'Keypad', 'On the right');
  await pick(page, 'Appearance', 'Dark');
  await closeOwn(page);
  await page.reload();
  expect(await left(keys())).toBeGreaterThan(await left(tile));
  await expect(page.locator('html')).toHaveClass('dark keys-right practice');
  await openOwn(page);
  const height = async () => (await keys().boundingBox())?.height ?? 0;
  const before = await height();
  await pick(page, 'Size of text', '150 %');
  expect(await page.locator('html').evaluate((html) => getComputedStyle(html).fontSize)).toBe(
    '24px',
  );
  expect(await height()).toBeGreaterThan(before);
  await closeOwn(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await key(page, '4850');
  await scan(page, magicCode('01'));
  await expectState(page, 'paid');
  const moves = (face: Element) => getComputedStyle(face).animationDuration;
  expect(await page.getByTestId('payment-state').evaluate(moves)).toBe('0.001s');
});

test('a sale and its refund by keyboard alone, each step heard', async ({ page, stack }) => {
  const heard = page.locator('[role=status][aria-atomic=true]');
  await signIn(page, stack, 'manager');
  await page.keyboard.type('1250', { delay: 60 });
  await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '1250');
  await tabTo(page, 'Alipay');
  await page.keyboard.press('Enter');
  await expectState(page, 'awaiting');
  await expect(heard).toHaveText('HK$12.50, Alipay: Waiting');
  const id = await paymentId(page);
  await tabTo(page, 'Customer says: paid');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('told')).toHaveText(/^QFPay at \d\d:\d\d:\d\d: not paid yet\.$/);
  await expectState(page, 'awaiting');
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  await expect(heard).toHaveText('HK$12.50, Alipay: Paid');
  await tabTo(page, 'Done');
  await page.keyboard.press('Enter');
  await tabTo(page, /^\d\d:\d\d\s*HK\$12\.50/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/history/${id}$`));
  await tabTo(page, 'Refund');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('refund-form')).toBeVisible();
  await tabTo(page, 'Why');
  await page.keyboard.type('Broken cup');
  await tabTo(page, /^Your PIN/);
  await page.keyboard.type(STAFF.manager.pin);
  await tabTo(page, 'Refund HK$12.50');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('refund-progress')).toHaveAttribute('data-step', 'done', {
    timeout: 20_000,
  });
  await expect(heard).toContainText('HK$12.50');
});

test('a wallet that is slow says so on its tile and in one strip, with numbers behind a press', async ({
  page,
  stack,
}) => {
  await page.route('**/api/wallets', async (route) => {
    const answer = await route.fetch();
    const told = (await answer.json()) as { wallets: { wallet: string; health: string }[] };
    const wallets = told.wallets.map((one) =>
      one.wallet === 'wechat'
        ? { ...one, health: 'slow', medianSeconds: 45, usualSeconds: 8 }
        : one,
    );
    await route.fulfill({ response: answer, json: { ...told, wallets } });
  });
  await signIn(page, stack);
  const strip = page.getByTestId('wallet-strip');
  await expect(strip).toHaveText('WeChat Pay is slow nowTry another wallet.');
  await expect(page.getByRole('button', { name: 'WeChat Pay Slow now' })).toBeVisible();
  await strip.getByRole('button').click();
  const wechat = page.locator('[data-wallet=wechat]');
  await expect(wechat).toContainText('half within 45 s · usually 8 s');
  await page.keyboard.press('Escape');
  await page.getByTestId('network').getByRole('button').click();
  await expect(page.getByTestId('health')).toContainText('This screen hears the server.');
  await expect(page.locator('[data-wallet=alipay]')).toBeVisible();
});

test('a payment goes on at another counter, by somebody else, when its own tablet is gone', async ({
  page,
  browser,
  stack,
}) => {
  const broken = await browser.newPage();
  await signIn(broken, stack, 'manager');
  await key(broken, '4850');
  await broken.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(broken.getByTestId('qr')).toBeVisible();
  const id = await paymentId(broken);
  await broken.context().close();

  await signIn(page, stack);
  await page.getByTestId('elsewhere').click();
  await page.getByTestId('elsewhere-list').locator(`[data-payment-id="${id}"]`).click();
  await expectState(page, 'awaiting');
  expect(await paymentId(page)).toBe(id);
  await expect(page.getByTestId('qr')).toBeVisible();
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  const { ledger } = (await stack.control('state')) as { ledger: { number: string }[] };
  expect(ledger.filter(({ number }) => number === id)).toHaveLength(1);
});

test('the screen is kept awake while a customer may still pay, and not a moment longer', async ({
  page,
  stack,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, { awake: 0 });
    const change = (by: number) =>
      Object.assign(window, { awake: Number(Reflect.get(window, 'awake')) + by });
    const request = async () => {
      change(1);
      return { release: async () => change(-1) };
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const awake = () => page.evaluate(() => Reflect.get(window, 'awake'));
  await signIn(page, stack);
  await key(page, '4850');
  expect(await awake()).toBe(0);
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expectState(page, 'awaiting');
  await expect.poll(awake).toBe(1);
  await stack.control('pay', { number: await paymentId(page) });
  await expectState(page, 'paid');
  await expect.poll(awake).toBe(0);
});
