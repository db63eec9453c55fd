/**
 * Adds up a business day or a range of them. Its totals equal the list to the cent: a payment
 * counts on the day on which it was paid, a refund on the day on which it was done. It goes through
 * a range day by day, so that a year needs no more memory than a day and nobody else waits for it.
 */
import {
  businessDay,
  type DayRule,
  dayAfter,
  daysBetween,
  startOfBusinessDay,
} from '@/lib/business-day';
import type { Outcome, Report } from '@/lib/contract-report';
import type { Currency } from '@/lib/money';
import {
  addTo,
  medianOf,
  noSums,
  type OtherCurrency,
  type Sums,
  share,
  type Takings,
  takingsOf,
  walletKey,
} from '@/lib/takings';
import { isoWithOffset, isShopDay, shopTime } from '@/lib/time';
import type { Span, TakingCell, TakingStore } from './ports';

export type Days = { readonly from: string; readonly to: string };
export type ReportSetting = {
  readonly rule: DayRule;
  readonly currency: Currency;
  /** Wall ms. */
  readonly now: number;
  /** Lets others have their turn between two days. */
  readonly breathe: () => Promise<void>;
};
export type DaysRefusal = { readonly refused: 'invalid'; readonly fields: readonly string[] };

/** A leap year. */
const MOST_DAYS = 366;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** The day that is asked for, today where none is; or why it is none. */
export function readDay(date: string | null, { rule, now }: ReportSetting): Days | DaysRefusal {
  const day = date ?? businessDay(now, rule);
  return isShopDay(day) ? { from: day, to: day } : { refused: 'invalid', fields: ['date'] };
}

export function readRange(from: string | null, to: string | null): Days | DaysRefusal {
  const isDay = (day: string | null): day is string => day !== null && isShopDay(day);
  if (!isDay(from) || !isDay(to)) {
    const fields = [...(isDay(from) ? [] : ['from']), ...(isDay(to) ? [] : ['to'])];
    return { refused: 'invalid', fields };
  }
  const days = daysBetween(from, to);
  return days < 0 || days >= MOST_DAYS ? { refused: 'invalid', fields: ['to'] } : { from, to };
}

export async function report(
  store: TakingStore,
  { from, to }: Days,
  setting: ReportSetting,
): Promise<Report> {
  const { rule, currency, now } = setting;
  const span = spanOf({ from, to }, rule);
  const books = emptyBooks();
  for (let day = from; day <= to; day = dayAfter(day)) {
    await addDay(store, books, { day, setting });
  }
  const weeks = (Math.trunc(daysBetween(from, to) / 7) + 1) * 7;
  const earlier = { from: dayAfter(from, -weeks), to: dayAfter(to, -weeks) };
  const isOver = now >= span.to;
  const runs = !isOver && now > span.from;
  const until = spanOf(earlier, rule).to - (runs ? span.to - now : 0);
  const before = await totalUntil(store, { ...earlier, until }, setting);
  const iso = (ms: number) => isoWithOffset(ms, rule.zone);
  const takings = takingsOf(books.all);
  const { amount, refundAmount } = takings;
  return {
    ...{ from, to, beginsAt: iso(span.from), endsAt: iso(span.to), isOver, currency, takings },
    refundRate: amount === 0 ? null : share(refundAmount * 10_000, amount),
    outcome: outcomeOf(books.wallets.values()),
    ...linesOf(books, firstHour(rule)),
    before: { ...earlier, until: iso(until), takings: before },
  };
}

type Wallet = {
  readonly sums: Sums;
  readonly waits: Map<number, number>;
  readonly ends: { all: number; paid: number };
};
type Books = {
  readonly all: Sums;
  readonly wallets: Map<string, Wallet>;
  readonly hours: Map<string, Sums>;
  readonly days: Map<string, Sums>;
  readonly counters: Map<string, Sums>;
  readonly staff: Map<string, Sums>;
  readonly outlets: Map<string | null, Sums>;
  readonly others: Map<Currency, Sums>;
};

const emptyBooks = (): Books => ({
  all: noSums(),
  wallets: new Map(),
  hours: new Map(),
  days: new Map(),
  counters: new Map(),
  staff: new Map(),
  outlets: new Map(),
  others: new Map(),
});

type OneDay = { readonly day: string; readonly setting: ReportSetting };

async function addDay(store: TakingStore, books: Books, { day, setting }: OneDay): Promise<void> {
  const { rule, currency } = setting;
  const span = spanOf({ from: day, to: day }, rule);
  // Hours of the clock, also where the day begins at half past.
  const base = span.from - (rule.endsAt % 60) * 60_000;
  at(books.days, day, noSums);
  for (const cell of [...(await store.paid(span, base)), ...(await store.done(span, base))]) {
    if (cell.currency !== currency) {
      addTo(at(books.others, cell.currency, noSums), cell);
      continue;
    }
    const hour = shopTime(base + cell.hour * HOUR_MS, rule.zone).slice(11, 13);
    addCell(books, cell, { day, hour });
  }
  for (const { seconds, count, ...type } of await store.waits(span)) {
    const { waits } = at(books.wallets, walletKey(type), emptyWallet);
    waits.set(seconds, (waits.get(seconds) ?? 0) + count);
  }
  for (const { isPaid, count, ...type } of await store.ends(span)) {
    const { ends } = at(books.wallets, walletKey(type), emptyWallet);
    ends.all += count;
    if (isPaid) ends.paid += count;
  }
  await setting.breathe();
}

function addCell(books: Books, cell: TakingCell, when: { day: string; hour: string }): void {
  const every: readonly Sums[] = [
    books.all,
    at(books.wallets, walletKey(cell), emptyWallet).sums,
    at(books.hours, when.hour, noSums),
    at(books.days, when.day, noSums),
    at(books.counters, cell.counter, noSums),
    at(books.staff, cell.staff, noSums),
    at(books.outlets, cell.outlet, noSums),
  ];
  for (const sums of every) addTo(sums, cell);
}

const emptyWallet = (): Wallet => ({
  sums: noSums(),
  waits: new Map(),
  ends: { all: 0, paid: 0 },
});

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The totals alone, up to a moment. */
async function totalUntil(
  store: TakingStore,
  { from, to, until }: Days & { readonly until: number },
  { rule, currency, breathe }: ReportSetting,
): Promise<Takings> {
  const sums = noSums();
  for (let day = from; day <= to; day = dayAfter(day)) {
    const whole = spanOf({ from: day, to: day }, rule);
    const span = { from: whole.from, to: Math.max(whole.from, Math.min(whole.to, until)) };
    const cells = [...(await store.paid(span, span.from)), ...(await store.done(span, span.from))];
    for (const cell of cells) if (cell.currency === currency) addTo(sums, cell);
    await breathe();
  }
  return takingsOf(sums);
}

function linesOf(books: Books, first: number) {
  const hours = Array.from({ length: DAY_HOURS }, (_, n) =>
    String((first + n) % DAY_HOURS).padStart(2, '0'),
  );
  const largestFirst = (a: Takings, b: Takings) => b.amount - a.amount || b.net - a.net;
  const wallets = [...books.wallets].map(([wallet, it]) => ({
    ...{ wallet, ...takingsOf(it.sums), ...outcomeOf([it]) },
  }));
  const others = [...books.others].map(
    ([currency, sums]): OtherCurrency => ({ currency, ...takingsOf(sums) }),
  );
  return {
    wallets: wallets.sort(largestFirst),
    hours: hours.map((hour) => ({ hour, ...takingsOf(books.hours.get(hour) ?? noSums()) })),
    days: [...books.days].map(([day, sums]) => ({ day, ...takingsOf(sums) })),
    counters: named(books.counters, (counter) => ({ counter })).sort(largestFirst),
    staff: named(books.staff, (staff) => ({ staff })).sort(largestFirst),
    outlets: named(books.outlets, (outlet) => ({ outlet })).sort(largestFirst),
    others,
  };
}

const named = <K, N>(map: Map<K, Sums>, nameOf: (key: K) => N): (Takings & N)[] =>
  [...map].map(([key, sums]) => ({ ...nameOf(key), ...takingsOf(sums) }));

function outcomeOf(wallets: Iterable<Wallet>): Outcome {
  const waits = new Map<number, number>();
  const sum = { ended: 0, paid: 0 };
  for (const wallet of wallets) {
    sum.ended += wallet.ends.all;
    sum.paid += wallet.ends.paid;
    for (const [seconds, count] of wallet.waits) {
      waits.set(seconds, (waits.get(seconds) ?? 0) + count);
    }
  }
  return { ...sum, medianSeconds: medianOf(spread(waits)) };
}

const spread = (waits: ReadonlyMap<number, number>) =>
  [...waits].map(([seconds, count]) => ({ seconds, count }));

const spanOf = ({ from, to }: Days, rule: DayRule): Span => ({
  from: startOfBusinessDay(from, rule),
  to: startOfBusinessDay(dayAfter(to), rule),
});

const firstHour = ({ endsAt }: DayRule): number => Math.trunc(endsAt / 60);
