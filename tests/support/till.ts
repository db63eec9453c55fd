/** The till as a cashier uses it: by label, by key, by scanner. Knows nothing of the server. */
import { type BrowserContext, expect, type Locator, type Page } from 'playwright/test';
import type { Stack } from './stack';
import { hadTour } from './toured';

export const STAFF = {
  cashier: { code: '3000', pin: '300300' },
  manager: { code: '2000', pin: '200200' },
  owner: { code: '1000', pin: '100100' },
} as const;

/** Somebody who works in the shop. */
export type Person = { readonly code: string; readonly pin: string };

let counters = 0;
/** What the browser keeps of who has signed in: a PIN costs half a second, and is typed once. */
const badges = new Map<string, Parameters<BrowserContext['addCookies']>[0]>();

/** Every test stands at a counter of its own: what another one left open is not its business. */
export async function signIn(
  page: Page,
  stack: Pick<Stack, 'till'>,
  who: keyof typeof STAFF | Person = 'cashier',
): Promise<void> {
  const { code, pin } = typeof who === 'string' ? STAFF[who] : who;
  counters += 1;
  const counter = `T${counters}`;
  const context = page.context();
  await context.addInitScript((name) => {
    if (localStorage.getItem('countertop.counter') === null) {
      localStorage.setItem('countertop.counter', name);
    }
  }, counter);
  await hadTour(context, [...Object.values(STAFF).map((one) => one.code), code]);
  const badge = `${code} of ${stack.till}`;
  await context.addCookies(badges.get(badge) ?? []);
  await page.goto(stack.till);
  if (new URL(page.url()).pathname === '/sign-in') {
    await page.getByLabel('Staff code').fill(code);
    await page.getByLabel('PIN', { exact: true }).fill(pin);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByTestId('amount')).toBeVisible();
  await expect(page.getByTestId('network')).toContainText('Online');
  badges.set(badge, await context.cookies());
}

export async function key(page: Page, digits: string): Promise<void> {
  // Behind another page each press would wait until it is drawn, once a second.
  await page.bringToFront();
  for (const digit of digits) {
    await page.getByRole('button', { name: digit, exact: true }).click();
  }
}

/** The tablet hears of the keys after the first few of them only then. */
type Stall = { readonly after: number; readonly until: () => Promise<unknown> };

/**
 * What a hand scanner does: a key every 4 ms, then Enter, wherever the focus is. The times are the
 * keyboard's own, so that a busy machine does not turn the scanner into a slow person.
 */
export async function scan(page: Page, code: string, stall?: Stall): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const start = Date.now() / 1_000;
  const strokes = [...code, 'Enter'].flatMap((key, place) => {
    const text = key === 'Enter' ? '\r' : key;
    const timestamp = start + place * 0.004;
    const windowsVirtualKeyCode = key === 'Enter' ? 13 : (key.toUpperCase().codePointAt(0) ?? 0);
    const stroke = { key, windowsVirtualKeyCode, timestamp };
    return [
      { ...stroke, type: 'keyDown', text },
      { ...stroke, type: 'keyUp' },
    ] as const;
  });
  const send = (some: typeof strokes) =>
    Promise.all(some.map((stroke) => keyboard.send('Input.dispatchKeyEvent', stroke)));
  const heard = 2 * (stall?.after ?? 0);
  await send(strokes.slice(0, heard));
  await stall?.until();
  await send(strokes.slice(heard));
  await keyboard.detach();
}

export const moment = (page: Page): Locator => page.getByTestId('payment-state');

export async function expectState(page: Page, state: string, timeout = 10_000): Promise<void> {
  await expect(moment(page)).toHaveAttribute('data-state', state, { timeout });
}

/** A word that was on its way may be heard after a clock's leap: then ten more seconds pass. */
export async function expectOffline(page: Page): Promise<void> {
  const network = page.getByTestId('network');
  await expect(network).toHaveAttribute('data-link', 'offline', { timeout: 30_000 });
}

export async function paymentId(page: Page): Promise<string> {
  const id = await moment(page).getAttribute('data-payment-id');
  if (id === null || id === '') throw new Error('the screen shows no payment');
  return id;
}

let scans = 0;
/** A fresh 18-digit WeChat code that the simulator lets pay at once. */
export function freshCode(): string {
  scans += 1;
  return `13${String(Date.now()).slice(-8)}${String(scans).padStart(8, '0')}`;
}

/** A payment code that decides its own fate (server/simulator/magic.ts). */
export function magicCode(outcome: string, polls = 0): string {
  scans += 1;
  const rest = `${String(Date.now()).slice(-3)}${String(scans).padStart(3, '0')}`;
  return `13990099${outcome}${String(polls).padStart(2, '0')}${rest}`;
}

type World = {
  readonly orders: readonly { number: string; state: string; amount: number }[];
  readonly ledger: readonly { kind: string; amount: number; number: string }[];
  readonly calls: { readonly counts: Readonly<Record<string, number>> };
};

/** What the gateway itself knows: orders, money moved, and calls that reached it. */
export async function gatewayWorld(stack: Pick<Stack, 'control'>): Promise<World> {
  return (await stack.control('state')) as World;
}

/** How often the till asked for money, and how often a customer gave some. */
export async function charges(stack: Pick<Stack, 'control'>) {
  const world = await gatewayWorld(stack);
  return { asked: world.calls.counts.payment ?? 0, moved: world.ledger.length };
}
