/**
 * P3 and P4: from the moment the customer's money is with the gateway to the moment the till is
 * green. The first is the gateway's own word, the second is taken inside the page as the green
 * enters the document; both read the clock of this one machine.
 */
import type { Browser, Page } from 'playwright';
import type { Stack } from '../../support/stack';
import { key, paymentId, signIn } from '../../support/till';
import { pause } from '../machine-clock';
import { createRandom } from '../random';
import {
  moveAway,
  openBrowser,
  outsider,
  ROUND_TRIP_MS,
  roundTrip,
  startBuiltStack,
} from '../real-stack';
import { eachPair, type RowSetting } from '../row';

const COUNTERS = 4;
/** With seven pairs more than a hundred in all, so that one of them is not the whole p99. */
const SALES_EACH = 4;
/** Later than this is not late but lost. */
const LOST_MS = 20_000;
/** The paid moment falls anywhere between two ticks. */
const THINKS_MS = [150, 2_350] as const;

type Seen = {
  /** Paid at the gateway → green, ms. */
  readonly ms: number;
  /** Paid at the gateway → the notification set out, ms; null without one. */
  readonly noticeMs: number | null;
};
export type Block = { readonly seen: readonly Seen[]; readonly roundTripMs: number };
export type Watched = { readonly blocks: readonly Block[]; readonly wrong: readonly string[] };

export const SCREEN_NOTE =
  `built server, simulator and Chromium on this machine; ${COUNTERS} counters at once, ` +
  `${SALES_EACH} sales each per pair after one to warm up; the gateway answers after ` +
  `${ROUND_TRIP_MS} ms`;

/** One block of payments for every pair, with the round trip measured before it. */
export async function watchScreens(
  setting: RowSetting,
  { notified }: { readonly notified: boolean },
): Promise<Watched> {
  const stack = await startBuiltStack(setting.say);
  const wrong: string[] = [];
  let browser: Browser | null = null;
  try {
    browser = await openBrowser();
    await stack.control('config', { notifyMpm: notified });
    await moveAway(stack);
    const pages = await openTills(browser, stack);
    const client = outsider(stack);
    // What a page does for the first time is compiled meanwhile; nobody counts it.
    const warm = pages.map((page) => sellOn(page, stack, THINKS_MS[0]));
    wrong.push(...(await Promise.all(warm)).filter((one) => typeof one === 'string'));
    const blocks = await eachPair(setting, async (pair): Promise<Block> => {
      const roundTripMs = await roundTrip(client);
      const random = createRandom(pair, 'screens');
      const sold = pages.map(async (page) => {
        const seen: Seen[] = [];
        for (let sale = 0; sale < SALES_EACH; sale += 1) {
          const one = await sellOn(page, stack, random.whole(...THINKS_MS));
          if (typeof one === 'string') wrong.push(one);
          else seen.push(one);
        }
        return seen;
      });
      const seen = (await Promise.all(sold)).flat();
      if (seen.length === 0) throw new Error(wrong.join('\n'));
      return { seen, roundTripMs };
    });
    return { blocks, wrong: [...wrong, ...(await limitedCalls(stack))] };
  } finally {
    await browser?.close();
    await stack.stop();
  }
}

async function openTills(browser: Browser, stack: Stack): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let counter = 1; counter <= COUNTERS; counter += 1) {
    const context = await browser.newContext({ locale: 'en-HK', timezoneId: 'Asia/Hong_Kong' });
    const page = await context.newPage();
    await page.addInitScript(noteGreens);
    await signIn(page, stack);
    pages.push(page);
  }
  return pages;
}

type Greens = { countertopGreens?: Record<string, number> };

/**
 * Runs in the page: writes down, by payment, when the screen said paid. No function in it has a
 * name, because the compiler would have it named by something that the page does not have.
 */
function noteGreens(): void {
  const greens: Record<string, number> = {};
  Object.assign(globalThis, { countertopGreens: greens });
  new MutationObserver(() => {
    for (const each of document.querySelectorAll('[data-testid="payment-state"]')) {
      const id = each.getAttribute('data-payment-id');
      if (each.getAttribute('data-state') !== 'paid' || id === null) continue;
      greens[id] ??= performance.timeOrigin + performance.now();
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-state', 'data-payment-id'],
  });
}

/** Sells and waits for green. A sentence when the till never became green. */
async function sellOn(page: Page, stack: Stack, thinksMs: number): Promise<Seen | string> {
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await page.getByTestId('qr').waitFor();
  const id = await paymentId(page);
  await pause(thinksMs);
  await stack.control('pay', { number: id });
  const greenAt = await greenOf(page, id);
  if (greenAt === null) return `${id} was paid and not green within ${LOST_MS} ms`;
  const { paidAt, noticeAt } = await gatewaysWord(stack, id);
  return { ms: greenAt - paidAt, noticeMs: noticeAt === null ? null : noticeAt - paidAt };
}

/** When the page turned green for it, ms UTC; null when it did not. */
async function greenOf(page: Page, id: string): Promise<number | null> {
  const giveUpAt = performance.now() + LOST_MS;
  while (performance.now() < giveUpAt) {
    const at = await page.evaluate(
      (number) => (globalThis as Greens).countertopGreens?.[number] ?? null,
      id,
    );
    if (at !== null) return at;
    await pause(50);
  }
  return null;
}

async function gatewaysWord(stack: Stack, number: string) {
  // A notification is written down once it has been answered, which green may come before.
  await stack.control('flush', {});
  const detail = (await stack.control(`order?number=${number}`)) as {
    readonly order: { readonly paidAt: number };
    readonly notifications: readonly { readonly attempts: readonly { readonly at: number }[] }[];
  };
  return {
    paidAt: detail.order.paidAt,
    noticeAt: detail.notifications[0]?.attempts[0]?.at ?? null,
  };
}

export async function limitedCalls(stack: Stack): Promise<readonly string[]> {
  const { calls } = (await stack.control('state')) as {
    readonly calls: { readonly log: readonly { readonly status: number | null }[] };
  };
  const limited = calls.log.filter(({ status }) => status === 429).length;
  return limited === 0 ? [] : [`${limited} calls were answered 429`];
}
