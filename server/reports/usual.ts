/**
 * Learns which amounts each outlet takes most around this hour of the day, from what was paid in
 * the last weeks. It reads those hours of each day alone and remembers what it found for minutes.
 * It knows amounts and how often, never whose.
 */
import { dayAfter } from '@/lib/business-day';
import type { Currency } from '@/lib/money';
import { QUICK_IN_SIGHT } from '@/lib/quick-amounts';
import { parseShopTime, shopTime } from '@/lib/time';
import type { AmountCell, Span, UsualStore } from './ports';

/** Four weeks, so that each weekday counts as often as another. */
const DAYS = 28;
const HOUR_MS = 3_600_000;
/** Fewer are chance. */
const LEAST = 3;
const KEPT_MS = 10 * 60_000;

export type UsualSetting = {
  readonly store: UsualStore;
  readonly zone: string;
  readonly currency: Currency;
  /** Wall ms. */
  readonly now: () => number;
  /** Lets others have their turn between two days. */
  readonly breathe: () => Promise<void>;
};
/** Of an outlet's mchid: minor units, at most QUICK_IN_SIGHT, the smallest first. */
export type Usual = (outlet: string | null) => Promise<readonly number[]>;

type Counts = ReadonlyMap<string | null, ReadonlyMap<number, number>>;

export function createUsual(setting: UsualSetting): Usual {
  let kept: { readonly hour: string; readonly at: number; readonly counts: Promise<Counts> } | null;
  kept = null;
  return async (outlet) => {
    const now = setting.now();
    const hour = shopTime(now, setting.zone).slice(0, 13);
    const isFresh = kept !== null && kept.hour === hour && Math.abs(now - kept.at) < KEPT_MS;
    const found = kept !== null && isFresh ? kept : { hour, at: now, counts: count(setting, now) };
    kept = found;
    try {
      return most((await found.counts).get(outlet) ?? new Map());
    } catch (fault) {
      // The next one asks anew.
      if (kept === found) kept = null;
      throw fault;
    }
  };
}

async function count({ store, zone, currency, breathe }: UsualSetting, now: number) {
  const counts = new Map<string | null, Map<number, number>>();
  for (const span of spansAround(now, zone)) {
    for (const cell of await store.amounts(span)) if (cell.currency === currency) add(counts, cell);
    await breathe();
  }
  return counts;
}

function add(counts: Map<string | null, Map<number, number>>, cell: AmountCell): void {
  const own = counts.get(cell.outlet) ?? new Map<number, number>();
  counts.set(cell.outlet, own);
  own.set(cell.amount, (own.get(cell.amount) ?? 0) + cell.count);
}

/** The hour of the clock in which `now` lies and one to each side, today and the days before. */
export function spansAround(now: number, zone: string): readonly Span[] {
  const [today = '', time = ''] = shopTime(now, zone).split(' ');
  const spans: Span[] = [];
  for (let back = 0; back <= DAYS; back += 1) {
    const start = parseShopTime(`${dayAfter(today, -back)} ${time.slice(0, 2)}:00:00`, zone);
    // Where the clocks skipped that hour nobody sold in it.
    if (start !== null) spans.push({ from: start - HOUR_MS, to: start + 2 * HOUR_MS });
  }
  return spans;
}

/** Chosen by how often, shown by size: what stands in the same order is found without reading. */
function most(counts: ReadonlyMap<number, number>): readonly number[] {
  return [...counts]
    .filter(([, times]) => times >= LEAST)
    .sort(([a, often], [b, oftener]) => oftener - often || a - b)
    .slice(0, QUICK_IN_SIGHT)
    .map(([amount]) => amount)
    .sort((a, b) => a - b);
}
