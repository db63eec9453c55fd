/**
 * P7: a page of the history in a shop of a million payments against one of a thousand, for every
 * combination of filters that a person can set, and far down as on top.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { historyStore } from '@/server/answers';
import { type HistoryStore, list } from '@/server/reports/history';
import { type OpenedStore, openStore } from '@/server/store';
import { fillWithPayments, type Many } from '../../support/many-payments';
import { eachPair, type Row, type RowSetting } from '../row';
import { folderOnDisk } from '../scratch';
import { median, quantile } from '../statistics';

const EVERY_MS = 95_000;
const NEWEST_AT = Date.UTC(2026, 10, 26, 12);
const FEW = 1_000;
const MANY = 1_000_000;
const PAGE = 50;
/** How often a page is read for one figure of a pair. */
const READS = 15;
const FAR_DOWN = 5_000;

const daysAgo = (days: number) =>
  new Date(NEWEST_AT - days * 86_400_000).toISOString().slice(0, 10);

/** One of each; together they make every combination. */
const WISHES: readonly string[] = [
  `from=${daysAgo(1_000)}&to=${daysAgo(0)}`,
  'state=paid,closed',
  'payType=800201,800208,801514',
  'counter=C3',
  'staff=3005',
  'min=600&max=9000',
  'refunded=partly',
  'late=yes',
  'review=yes',
];
const COMBINATIONS = Array.from({ length: 2 ** WISHES.length }, (_, bits) =>
  WISHES.filter((_wish, place) => Math.trunc(bits / 2 ** place) % 2 === 1).join('&'),
);

const WHO = {
  viewer: { code: '2000', role: 'manager' },
  reader: { language: 'en', timeZone: 'Asia/Hong_Kong', now: NEWEST_AT, fpsRefunds: false },
  currency: 'HKD',
} as const;

export const history: Row = {
  id: 'P7',
  what: `history page with ${MANY} payments against ${FEW}`,
  yardstick: `the same page, ${PAGE} payments, of a shop with ${FEW}`,
  run: async (setting) => {
    const folder = folderOnDisk('history');
    const opened: OpenedStore[] = [];
    try {
      const few = await shopOf(FEW, { folder, opened, setting });
      const many = await shopOf(MANY, { folder, opened, setting });
      return await measured(setting, { few, many });
    } finally {
      for (const shop of opened) shop.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Shops = { readonly few: HistoryStore; readonly many: HistoryStore };

async function shopOf(
  count: number,
  on: { folder: string; opened: OpenedStore[]; setting: RowSetting },
): Promise<HistoryStore> {
  const file = path.join(on.folder, `${count}.db`);
  const startedAt = performance.now();
  const setting: Many = { count, newestAt: NEWEST_AT, everyMs: EVERY_MS };
  await fillWithPayments(file, setting);
  const seconds = (performance.now() - startedAt) / 1_000;
  on.setting.say(`${count} payments filled in ${seconds.toFixed(0)} s`);
  const opened = await openStore({ file });
  on.opened.push(opened);
  return historyStore(opened);
}

async function measured(setting: RowSetting, { few, many }: Shops) {
  const wrong: string[] = [];
  const pairs = await eachPair(setting, () => onePair({ few, many }, wrong));
  const worst = (share: number) => pairs.map(({ combined }) => quantile(combined, share));
  const ofFew = pairs.map(({ plain }) => plain[0]);
  const measure = (
    { what, formula }: { what: string; formula: string },
    ours: readonly number[],
    theirs = ofFew,
  ) => ({
    what,
    formula,
    values: ours.map((value, place) => value / (theirs[place] ?? value)),
    marks: { better: 'lower', goal: 1.5, beyond: 1.1 } as const,
    pairs: ours.map((value, place) => ({ ours: value, yardstick: theirs[place] ?? value })),
    unit: 'ms',
  });
  return {
    measures: [
      measure(
        { what: 'first page', formula: 'a million ÷ a thousand' },
        pairs.map(({ plain }) => plain[1]),
      ),
      measure(
        { what: 'first page of one counter', formula: 'a million ÷ a thousand' },
        pairs.map(({ counter }) => counter[1]),
        pairs.map(({ counter }) => counter[0]),
      ),
      measure(
        { what: `page ${FAR_DOWN}`, formula: `page ${FAR_DOWN} ÷ page 1, a million` },
        pairs.map(({ down }) => down),
        pairs.map(({ plain }) => plain[1]),
      ),
      measure(
        {
          what: `any of ${COMBINATIONS.length} combinations of filters (p95)`,
          formula: 'p95 over all combinations, a million ÷ a full page, a thousand',
        },
        worst(0.95),
      ),
    ],
    notes: [
      'in this process, from the search parameters to the answer of the API as an object',
      'a page of what is rare may hold less than 50 and say how far back it looked; a full page is ' +
        'what the dearest of all filters are held against',
      `a page of a thousand took ${median(ofFew).toFixed(2)} ms`,
    ],
    wrong,
  };
}

async function onePair({ few, many }: Shops, wrong: string[]) {
  const plain = await both([few, many], '', wrong);
  const far = `cursor=${NEWEST_AT - FAR_DOWN * PAGE * EVERY_MS}.ZZZ`;
  const down: number[] = [];
  for (let time = 0; time < READS; time += 1) {
    down.push((await took(many, far, { wrong, rows: PAGE })).ms);
  }
  const combined: number[] = [];
  for (const query of COMBINATIONS) {
    combined.push((await took(many, query, { wrong, rows: null })).ms);
  }
  const counter = await both([few, many], 'counter=C3', wrong);
  return { plain, counter, down: median(down), combined };
}

async function both(
  [few, many]: readonly [HistoryStore, HistoryStore],
  query: string,
  wrong: string[],
): Promise<readonly [number, number]> {
  const ofFew: number[] = [];
  const ofMany: number[] = [];
  for (let time = 0; time < READS; time += 1) {
    ofFew.push((await took(few, query, { wrong, rows: PAGE })).ms);
    ofMany.push((await took(many, query, { wrong, rows: PAGE })).ms);
  }
  return [median(ofFew), median(ofMany)];
}

/** `rows`: how many it must hold; null for any number. */
async function took(
  store: HistoryStore,
  query: string,
  { wrong, rows }: { wrong: string[]; rows: number | null },
) {
  const params = new URLSearchParams(query);
  const startedAt = performance.now();
  const page = await list(store, params, WHO);
  const ms = performance.now() - startedAt;
  if ('refused' in page) wrong.push(`${query}: refused`);
  else if (rows !== null && page.payments.length !== rows) {
    wrong.push(`${query}: ${page.payments.length} payments`);
  }
  return { ms };
}
