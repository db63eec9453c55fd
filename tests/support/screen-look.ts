/**
 * Looks at a screen as it stands, in both orientations: for cut text, for words of another language
 * and, with axe, for what somebody who hears or types would miss. Answers sentences, best none.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright/test';
import type { Language } from '@/lib/messages/language';
import { readerOf } from './other-languages';

const EYES = path.join(import.meta.dirname, 'screen-eyes.js');
/** Where pictures of the screens go, when somebody wants to look at them. */
const SHOTS = process.env.COUNTERTOP_SHOTS ?? null;

type Size = { readonly width: number; readonly height: number };
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
] as const satisfies readonly Size[];
/** 80 mm of a receipt printer, and A4 held upright, in pixels of a browser that prints. */
export const PAPERS: readonly Size[] = [
  { width: 302, height: 800 },
  { width: 794, height: 1123 },
];

type Eyes = { readonly look: () => string[]; readonly words: () => string[] };
type Tools = typeof globalThis & {
  readonly countertopEyes: Eyes;
  readonly axe: { readonly run: (options: object) => Promise<AxeResults> };
};

/** To be called before the first page of the context is opened. */
export const giveEyes = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ path: EYES });

/** As the code calls things among itself: `correct-shift`, `settlement`. */
const OUR_NAMES = /^[a-z]+(-[a-z]+)*$/;

const readers = new Map<Language, ReturnType<typeof readerOf>>();

type Look = {
  readonly name: string;
  readonly language: Language;
  /** With axe, which looks at one size only: it hardly depends on it, and takes its time. */
  readonly axe?: boolean;
  readonly sizes?: readonly Size[];
  /** It is made for somebody else, in the languages that the shop has chosen for them. */
  readonly theirs?: boolean;
  /** Where a picture of it is kept, beside those that somebody asked for. */
  readonly album?: string;
  /** Done to the page as it then stands, once it has its size. */
  readonly before?: (page: Page) => Promise<unknown>;
};

export async function look(
  page: Page,
  { name, language, axe: asks = false, sizes = SIZES, theirs = false, album, before }: Look,
) {
  const found: string[] = [];
  const reads = readers.get(language) ?? readerOf(language);
  readers.set(language, reads);
  // A page behind another one is drawn once a second only.
  await page.bringToFront();
  for (const size of sizes) {
    await page.setViewportSize(size);
    const where = `${name} in ${language} at ${size.width}`;
    await before?.(page);
    const seen = await page.evaluate(laidOut);
    found.push(...seen.cut.map((each) => `${where}: ${each}`));
    const foreign = theirs ? [] : reads(seen.words);
    found.push(...foreign.map((each) => `${where}: “${each}” is another language`));
    const names = seen.words.filter((each) => OUR_NAMES.test(each));
    found.push(...names.map((each) => `${where}: “${each}” is a name of ours, not a word`));
    if (asks && size === sizes[0]) {
      found.push(...(await faults(page)).map((each) => `${where}: ${each}`));
    }
    await picture(page, `${name}-${language}-${size.width}`, album);
  }
  return found;
}

/** Once the browser has laid the page out anew for its size: charts follow a frame later. */
async function laidOut() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  // A colour on its way to another one is no colour of ours.
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  const { countertopEyes } = globalThis as Tools;
  return { cut: countertopEyes.look(), words: countertopEyes.words() };
}

/** Whatever axe finds, grave or not. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: asked } = globalThis as Tools;
    return (await asked.run({ resultTypes: ['violations'] })).violations;
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${help}): ${html.slice(0, 160)}`),
  );
}

async function picture(page: Page, name: string, album: string | undefined): Promise<void> {
  const file = name.replace(/\W+/g, '-');
  for (const folder of [SHOTS, album]) {
    if (folder === null || folder === undefined) continue;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/${file}.jpeg`, type: 'jpeg', quality: 70 });
  }
}
