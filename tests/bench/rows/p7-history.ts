/**
 * P7: a page of the history in a shop of a million payments against one of a thousand, for every
 * combination of filters that a person can set, far down as on top, and for every kind of number.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { historyStore } from '@/server/answers';
import { type HistoryStore, list } from '@/server/reports/history';
import { type OpenedStore, openStore } from '@/server/store';
import { fillWithPayments, type Many, numberOf } from '../../support/many-payments';
import { eachPair, type Measure, type Row, type RowSetting } from '../row';
import { folderOnDisk } from '../scratch';
import { median, quantile } from '../statistics';
import { lookedFor, SEARCHES, type Search } from './searches';

const EVERY_MS = 95_000;
const NEWEST_AT = Date.UTC(2026, 10, 26, 12);
const FEW = 1_000;
const PAGE = 50;
/** How often a page is read for one figure of a pair. */
const READS = 15;
const READS_OF_COMBINATION = 5;
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
  what: `history page with 1,000,000 payments against ${FEW}`,
  yardstick: `the same page, ${PAGE} payments, of a shop with ${FEW}`,
  run: async (setting) => {
    const folder = folderOnDisk('history');
    const opened: OpenedStore[] = [];
    try {
      const few = await shopOf(FEW, { folder, opened, setting });
      const many = await shopOf(setting.payments, { folder, opened, setting });
      return await measured(setting, { few, many });
    } finally {
      for (const shop of opened) shop.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Filled = { readonly store: HistoryStore; readonly count: number };
type Shops = { readonly few: Filled; readonly many: Filled };

async function shopOf(
  count: number,
  on: { folder: string; opened: OpenedStore[]; setting: RowSetting },
): Promise<Filled> {
  const file = path.join(on.folder, `${count}.db`);
  const startedAt = performance.now();
  const setting: Many = { count, newestAt: NEWEST_AT, everyMs: EVERY_MS };
  await fillWithPayments(file, setting);
  const seconds = (performance.now() - startedAt) / 1_000;
  on.setting.say(`${count} payments filled in ${seconds.toFixed(0)} s`);
  const opened = await openStore({ file });
  on.opened.push(opened);
  return { store: historyStore(opened), count };
}

async function measured(setting: RowSetting, { few, many }: Shops) {
  const wrong: string[] = [];
  // The first reads are slower than all that come: not of them.
  await onePair({ few, many }, wrong);
  const pairs = await eachPair(setting, () => onePair({ few, many }, wrong));
  const page = median(pairs.map(({ plain }) => plain[0]));
  return {
    measures: measuresOf(pairs, many.count),
    notes: [
      `${many.count} payments against ${few.count}; searches are for payments of every age`,
      'in this process, from the search parameters to the answer of the API as an object',
      'a page of what is rare may hold less than 50 and say how far back it looked; a full page is ' +
        'what the dearest of all filters are held against',
      `a page of a thousand took ${page.toFixed(2)} ms`,
    ],
    wrong,
  };
}

type Measured = Awaited<ReturnType<typeof onePair>>;

function measuresOf(pairs: readonly Measured[], count: number): Measure[] {
  const ofFew = pairs.map(({ plain }) => plain[0]);
  const far = farDown(count);
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
  return [
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
      { what: `page ${far}`, formula: `page ${far} ÷ page 1, a million` },
      pairs.map(({ down }) => down[1]),
      pairs.map(({ down }) => down[0]),
    ),
    measure(
      {
        what: `any of ${COMBINATIONS.length} combinations of filters (p95)`,
        formula: 'p95 over all combinations, a million ÷ a full page, a thousand',
      },
      pairs.map(({ combined }) => quantile(combined.ofMany, 0.95)),
      pairs.map(({ combined }) => combined.page),
    ),
    ...SEARCHES.map(({ what, isCommon }, place) =>
      measure(
        {
          what: `search by ${what}`,
          formula: `a million ÷ ${isCommon ? 'a full page, ' : ''}a thousand`,
        },
        pairs.map(({ searches }) => searches[place]?.[1] ?? 0),
        isCommon ? ofFew : pairs.map(({ searches }) => searches[place]?.[0] ?? 0),
      ),
    ),
  ];
}

async function onePair({ few, many }: Shops, wrong: string[]) {
  const shops = [few.store, many.store] as const;
  const plain = await both(shops, '', wrong);
  const far = `cursor=${NEWEST_AT - farDown(many.count) * PAGE * EVERY_MS}.ZZZ`;
  const down = await inTurn([many.store, ''], [many.store, far], wrong);
  const combined = await everyCombination(shops, wrong);
  const counter = await both(shops, 'counter=C3', wrong);
  const searches: (readonly [number, number])[] = [];
  for (const search of SEARCHES) {
    searches.push([await searched(few, search, wrong), await searched(many, search, wrong)]);
  }
  return { plain, counter, down, combined, searches };
}

const farDown = (count: number): number => Math.min(FAR_DOWN, Math.floor(count / PAGE) - 1);

/** Many may be alike; then the one that is meant is not on the first page. */
async function searched(
  { store, count }: Filled,
  { typed, isCommon }: Search,
  wrong: string[],
): Promise<number> {
  const times: number[] = [];
  for (const n of lookedFor(count, READS)) {
    const query = `q=${encodeURIComponent(typed(n))}`;
    const { ms, found } = await took(store, query, { wrong, rows: null });
    const isFound = isCommon ? found.length > 0 : found.includes(numberOf(n));
    if (!isFound) wrong.push(`${query}: not found among ${count}`);
    times.push(ms);
  }
  return median(times);
}

/**
 * The quickest of a few reads each, because other work on the machine only ever adds; and so the
 * full pages of the small shop in between, which they are held against.
 */
async function everyCombination(
  [few, many]: readonly [HistoryStore, HistoryStore],
  wrong: string[],
): Promise<{ readonly ofMany: readonly number[]; readonly page: number }> {
  const pages: number[] = [];
  const ofMany: number[] = [];
  for (const query of COMBINATIONS) {
    const [times, between]: [number[], number[]] = [[], []];
    for (let time = 0; time < READS_OF_COMBINATION; time += 1) {
      between.push((await took(few, '', { wrong, rows: PAGE })).ms);
      times.push((await took(many, query, { wrong, rows: null })).ms);
    }
    ofMany.push(Math.min(...times));
    pages.push(Math.min(...between));
  }
  return { ofMany, page: median(pages) };
}

const both = (
  [few, many]: readonly [HistoryStore, HistoryStore],
  query: string,
  wrong: string[],
): Promise<readonly [number, number]> => inTurn([few, query], [many, query], wrong);

type Asked = readonly [store: HistoryStore, query: string];

/** Two full pages, one after the other, so that other work on the machine slows both. */
async function inTurn(
  [store, query]: Asked,
  [other, otherQuery]: Asked,
  wrong: string[],
): Promise<readonly [number, number]> {
  const times: number[] = [];
  const others: number[] = [];
  for (let time = 0; time < READS; time += 1) {
    times.push((await took(store, query, { wrong, rows: PAGE })).ms);
    others.push((await took(other, otherQuery, { wrong, rows: PAGE })).ms);
  }
  return [median(times), median(others)];
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
  return { ms, found: 'refused' in page ? [] : page.payments.map(({ id }) => String(id)) };
}
