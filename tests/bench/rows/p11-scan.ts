/**
 * P11: how many frames of the recipe the shipped pipeline reads in Chromium, and how many it reads
 * wrongly. The design was measured on a set that is not here; what can be compared on any set is a
 * library that was measured beside it, so the design's share on these frames is taken to stand to
 * the library's as it stood there.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { pngOf } from '../../support/frames/png';
import { plan, type Taken, take } from '../../support/frames/set';
import type { Stack } from '../../support/stack';
import { signIn } from '../../support/till';
import { openTrial, readPictures } from '../../support/trial-page';
import { openBrowser, startBuiltStack } from '../real-stack';
import { eachPair, type Row, type RowResult } from '../row';
import { emptyFolder } from '../scratch';
import { bootstrap, quantile } from '../statistics';

/** Nine cells of wallet page, barcode and QR; and frames without a payment code. */
const A_PAIR = { each: 10, none: 10, foreign: 3 } as const;
/** Shares read on the set by which the design was chosen, and the best that pixels allow. */
const DESIGN = 0.788;
const LIBRARY = 0.699;
const ANCHOR = 0.862;
const LONGEST_MS = 300_000;

type Read = { readonly frame: Taken; readonly ms: number; readonly text: string | null };
type Block = {
  readonly read: readonly Read[];
  /** Frames whose code the library read. */
  readonly library: number;
  readonly wrong: readonly string[];
  readonly libraryWrong: number;
};

export const scanning: Row = {
  id: 'P11',
  what: 'frames of the camera set that are read; wrong reads',
  yardstick: "the design's 78.8 % on the same frames, carried over by zxing-wasm (tryHarder)",
  run: async (setting) => {
    const stack = await startBuiltStack(setting.say);
    const browser = await openBrowser();
    const folder = emptyFolder('frames');
    try {
      await startLibrary();
      const page = await browser.newPage({ locale: 'en-HK' });
      await signIn(page, stack);
      const blocks = await eachPair(setting, (pair) =>
        oneBlock(pair, { browser, page, stack, folder }),
      );
      return resultOf(blocks);
    } finally {
      await browser.close();
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Means = {
  readonly browser: Browser;
  readonly page: Page;
  readonly stack: Stack;
  readonly folder: string;
};

async function oneBlock(seed: number, { browser, page, stack, folder }: Means): Promise<Block> {
  const frames = plan(A_PAIR).map((planned) => take(seed, planned));
  const files = await asJpegs(browser, frames, folder);
  await openTrial(page, stack);
  const results = await readPictures(page, files, LONGEST_MS);
  const read = frames.map((frame, at): Read => {
    const { text = null, ms = null } = results[at] ?? {};
    return { frame, text, ms: ms ?? 0 };
  });
  const wrong = read
    .filter(({ frame, text }) => text !== null && text !== frame.text)
    .map(({ frame, text }) => `seed ${seed} ${frame.name}: ${text}, not ${frame.text}`);
  const seen = await Promise.all(files.map(byLibrary));
  const library = frames.filter(({ text }, at) => text !== null && seen[at]?.includes(text));
  const misread = frames.filter(({ text }, at) =>
    seen[at]?.some((one) => /^\d{16,32}$/.test(one) && one !== text),
  );
  return { read, wrong, library: library.length, libraryWrong: misread.length };
}

/** As a camera would have kept them, by the browser's own encoder. */
async function asJpegs(
  browser: Browser,
  frames: readonly Taken[],
  folder: string,
): Promise<readonly string[]> {
  const page = await browser.newPage();
  const files: string[] = [];
  for (const { name, picture, quality } of frames) {
    const png = pngOf(picture).toString('base64');
    const jpeg = await page.evaluate(encode, { png, quality: quality / 100 });
    const file = path.join(folder, `${name}.jpg`);
    writeFileSync(file, Buffer.from(jpeg.slice(jpeg.indexOf(',') + 1), 'base64'));
    files.push(file);
  }
  await page.close();
  return files;
}

/** Runs in the page. */
async function encode({ png, quality }: { readonly png: string; readonly quality: number }) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const { width, height } = image;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/jpeg', quality);
}

async function startLibrary(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(readFileSync(file)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

async function byLibrary(file: string): Promise<readonly string[]> {
  const found = await readBarcodes(new Uint8Array(readFileSync(file)), {
    formats: ['Code128', 'QRCodeModel2'],
    tryHarder: true,
    tryInvert: false,
    maxNumberOfSymbols: 4,
  });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}

const withCode = (reads: readonly Read[]): readonly Read[] =>
  reads.filter(({ frame }) => frame.text !== null);
const isRight = ({ frame, text }: Read): boolean => frame.text !== null && text === frame.text;
const share = (reads: readonly Read[]): number =>
  withCode(reads).filter(isRight).length / withCode(reads).length;

function resultOf(blocks: readonly Block[]): RowResult {
  const all = blocks.flatMap(({ read }) => read);
  const pairs = blocks.map(({ read, library }) => ({
    ours: share(read),
    yardstick: ((library / withCode(read).length) * DESIGN) / LIBRARY,
  }));
  const ratios = pairs.map(({ ours, yardstick }) => ours / yardstick);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const pooled = mean(pairs.map(({ ours }) => ours)) / mean(pairs.map((one) => one.yardstick));
  const times = all.map(({ ms }) => ms);
  const measure = {
    what: 'frames read ÷ frames that the design reads',
    formula: 'share read ÷ (share that zxing-wasm reads × 78.8 / 69.9); all pairs together',
    values: ratios,
    pooled: { value: pooled, ...bootstrap(ratios, mean) },
    marks: { better: 'higher', goal: 0.98, beyond: 1.05 },
    pairs,
    unit: 'of all frames with a payment code',
  } as const;
  const notes = [
    `${withCode(all).length} frames with a payment code and ${all.length - withCode(all).length} ` +
      `without: ${percent(share(all))} read (the design measured 78.8 %, the anchor ` +
      `${percent(ANCHOR)}); ${blocks.flatMap(({ wrong }) => wrong).length} read wrongly`,
    cells(all),
    `zxing-wasm alone: ${percent(mean(pairs.map((one) => one.yardstick)) * (LIBRARY / DESIGN))}, ` +
      `${blocks.reduce((sum, one) => sum + one.libraryWrong, 0)} of it payment-shaped and wrong`,
    `in the decoder's thread, the grab of the pixels included: median ` +
      `${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`,
    'generated by the recipe, grey, as JPEG; read by /settings/scanner of the built app in Chromium',
  ];
  return { measures: [measure], notes, wrong: blocks.flatMap(({ wrong }) => wrong) };
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** `easy 100 / 100 / 100 %` for wallet pages, barcodes and QRs. */
function cells(all: readonly Read[]): string {
  const of = (split: string): string =>
    ['wallet', 'barcode', 'qr']
      .map((subject) =>
        share(all.filter(({ frame }) => frame.split === split && frame.subject === subject)),
      )
      .map((value) => (value * 100).toFixed(0))
      .join(' / ');
  const said = ['easy', 'medium', 'hard'].map((split) => `${split} ${of(split)} %`);
  return `wallet page / barcode / QR: ${said.join(', ')}`;
}
