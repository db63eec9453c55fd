/**
 * P12: the JavaScript that a till loads before it can sell, and the longest that its page stands
 * still while the camera reads. The camera sees frames without a payment code, in which every step
 * is tried and nothing is ever charged.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { cameraFlags, writeFilm } from '../../support/camera/file';
import { plan, take } from '../../support/frames/set';
import type { Stack } from '../../support/stack';
import { key, signIn } from '../../support/till';
import { pause } from '../machine-clock';
import { openBrowser, startBuiltStack } from '../real-stack';
import { eachPair, type Row } from '../row';
import { emptyFolder } from '../scratch';

const WATCHED_MS = 4_000;
const SETTLES_MS = 1_500;
/** Pictures in the camera's film, each shown for so many of its frames. */
const PICTURES = 8;
const HELD = 2;
const KB = 1_000;

export const firstLoad: Row = {
  id: 'P12',
  what: 'JavaScript of the till on first load; longest main-thread task while scanning',
  yardstick: 'the leanest comparable web tills (200 KB); a frame of 50 ms',
  run: async (setting) => {
    const folder = emptyFolder('film');
    const film = filmOfNothing(folder);
    const stack = await startBuiltStack(setting.say);
    const browser = await openBrowser(cameraFlags(film));
    try {
      const loaded = await scriptsOfTill(browser, stack);
      const tasks = await eachPair(setting, () => longestTasks(browser, stack));
      const size = sizeOf(loaded.needed);
      const measures = [
        {
          what: 'JavaScript on first load, gzip',
          formula:
            'sum over the scripts that the signed-in till asks for, cache empty, until it is online',
          values: [size],
          marks: { better: 'lower', goal: 200, beyond: 150 },
          pairs: [],
          unit: 'KB',
        },
        {
          what: 'longest main-thread task while scanning',
          formula: `the longest of ${WATCHED_MS / 1_000} s in the browser's own trace`,
          values: tasks.map(({ scanning }) => scanning),
          marks: { better: 'lower', goal: 50, beyond: 25 },
          pairs: tasks.map(({ scanning, idle }) => ({ ours: scanning, yardstick: idle })),
          unit: 'ms (yardstick: the same till without its camera)',
        },
      ] as const;
      const notes = [
        `${loaded.needed.length} scripts, the largest ${largest(loaded.needed)} KB; ` +
          `${sizeOf(loaded.ahead).toFixed(0)} KB more are fetched ahead, for other screens`,
        `camera of 1280 × 720, ${PICTURES} hard pictures without a payment code, so that every ` +
          'step is tried on them',
      ];
      return { measures, notes, wrong: wrongIn(loaded.needed) };
    } finally {
      await browser.close();
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function filmOfNothing(folder: string): string {
  const [planned] = plan({ each: 0, none: 1, foreign: 0 }, [[1280, 720]]).slice(-1);
  if (planned === undefined) throw new Error('a film needs a picture');
  const pictures = Array.from({ length: PICTURES }, (_, seed) => take(seed + 1, planned).picture);
  const film = pictures.flatMap((picture) => Array<typeof picture>(HELD).fill(picture));
  return writeFilm(path.join(folder, 'nothing.y4m'), film);
}

type Script = {
  readonly url: string;
  readonly gzip: number;
  /** A part of the camera's decoders, which most sales need not. */
  readonly decodes: boolean;
};

type Loaded = {
  readonly needed: readonly Script[];
  /** For screens to which the till shows the way. */
  readonly ahead: readonly Script[];
};

/** A tablet that has the session and nothing else. */
async function scriptsOfTill(browser: Browser, stack: Stack): Promise<Loaded> {
  const first = await browser.newContext();
  await signIn(await first.newPage(), stack);
  const fresh = await browser.newContext({ locale: 'en-HK' });
  await fresh.addCookies(await first.cookies());
  const page = await fresh.newPage();
  const scripts: Promise<Script>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then((body) => scriptOf(response.url(), body)));
  });
  await page.goto(stack.till, { waitUntil: 'load' });
  await page.getByTestId('network').filter({ hasText: 'Online' }).waitFor();
  const needed = scripts.length;
  await pause(SETTLES_MS);
  const all = await Promise.all(scripts);
  await first.close();
  await fresh.close();
  return { needed: all.slice(0, needed), ahead: all.slice(needed) };
}

const sizeOf = (scripts: readonly Script[]): number =>
  scripts.reduce((sum, { gzip }) => sum + gzip, 0) / KB;

const largest = (scripts: readonly Script[]): string =>
  scripts
    .map(({ gzip }) => gzip / KB)
    .sort((a, b) => b - a)
    .slice(0, 5)
    .map((kb) => kb.toFixed(0))
    .join(', ');

const scriptOf = (url: string, body: Buffer): Script => ({
  url,
  gzip: gzipSync(body).length,
  decodes: /BinaryBitmap|readBarcodes/.test(body.toString()),
});

const wrongIn = (loaded: readonly Script[]): string[] => [
  ...(loaded.length === 0 ? ['the till loaded no script at all'] : []),
  ...loaded.filter(({ decodes }) => decodes).map(({ url }) => `the first load decodes: ${url}`),
];

type Longest = { readonly idle: number; readonly scanning: number };

async function longestTasks(browser: Browser, stack: Stack): Promise<Longest> {
  const context = await browser.newContext({ permissions: ['camera'], locale: 'en-HK' });
  const page = await context.newPage();
  await signIn(page, stack);
  await key(page, '4850');
  await pause(SETTLES_MS);
  const idle = await longest(browser, page);
  await page.getByRole('button', { name: 'Scan the customer’s code' }).click();
  await page.locator('[data-testid=scanner][data-status=running][data-engine=wasm]').waitFor();
  await pause(SETTLES_MS);
  const scanning = await longest(browser, page);
  await context.close();
  return { idle, scanning };
}

type Event = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
};

/** Ms of the longest task of a page's main thread while it is watched. */
async function longest(browser: Browser, page: Page): Promise<number> {
  const categories = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];
  await browser.startTracing(page, { categories });
  await pause(WATCHED_MS);
  const trace: unknown = JSON.parse((await browser.stopTracing()).toString());
  const { traceEvents } = trace as { readonly traceEvents: readonly Event[] };
  const where = ({ pid, tid }: Event): string => `${pid} ${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(where),
  );
  const tasks = traceEvents.filter((one) => /RunTask$/.test(one.name) && main.has(where(one)));
  if (tasks.length === 0) throw new Error('the trace shows no task of the page');
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1_000;
}
