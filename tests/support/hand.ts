/** What the tests of a fast hand share: counted taps, a camera, a wallet that gives no answer. */
import path from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page, test } from 'playwright/test';
import { cameraFlags, makeCameraFile } from './camera/file';
import { ROOT } from './processes';
import type { Stack } from './stack';
import { signIn } from './till';

type Counting = typeof globalThis & { taps: number };
/** To be called before the first page of the context is opened. */
export const countTaps = (context: BrowserContext) =>
  context.addInitScript(() => {
    const counting = globalThis as Counting;
    counting.taps = 0;
    const count = () => {
      counting.taps += 1;
    };
    addEventListener('pointerdown', count, { capture: true });
  });
/** How often this page has been touched since the last time somebody asked. */
export const taps = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const counting = globalThis as Counting;
    const { taps: counted } = counting;
    counting.taps = 0;
    return counted;
  });

/** What a button is called, and nothing else. */
export const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** No question about this payment gets a clear answer, and the wallet does not close it. */
export async function unclear({ control }: Pick<Stack, 'control'>, number: string): Promise<void> {
  const fault = { kind: 'respcd', respcd: '1254', times: 0 };
  await control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  await control('fault', { ...fault, endpoint: 'query', number, inner: true });
  await control('fault', { ...fault, endpoint: 'close', stage: 'before' });
}
export async function clearAgain({ simulator }: Pick<Stack, 'simulator'>): Promise<void> {
  await fetch(`${simulator.url}/control/fault`, { method: 'DELETE' });
}

type Before = { readonly stack: Stack; readonly code: string };

/** A till whose camera sees one code on a phone, in a browser of its own. */
export async function beforeCamera({ stack, code }: Before, sell: (page: Page) => Promise<void>) {
  const film = path.join(ROOT, 'tests/.tmp', `hand-${process.pid}.y4m`);
  makeCameraFile(film, [{ shown: { kind: 'qr', text: code } }]);
  const { launchOptions } = test.info().project.use;
  const args = [...(launchOptions?.args ?? []), ...cameraFlags(film)];
  const browser = await chromium.launch({ ...launchOptions, args });
  try {
    const context = await browser.newContext({ permissions: ['camera'], locale: 'en-HK' });
    await countTaps(context);
    const page = await context.newPage();
    await signIn(page, stack);
    await taps(page);
    await sell(page);
  } finally {
    await browser.close();
  }
}
