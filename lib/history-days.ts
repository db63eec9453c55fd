/** The days that people ask for by name, as days of the shop. */
import { daysAfter } from './history-filter';
import { isShopDay, shopDay } from './time';

export const DAY_NAMES = ['today', 'yesterday', 'week', 'month'] as const;
export type DayName = (typeof DAY_NAMES)[number];
/** Days 'YYYY-MM-DD', both included; empty where nothing restricts. */
export type Days = { readonly from: string; readonly to: string };

export const isDayName = (text: string): text is DayName => DAY_NAMES.some((one) => one === text);

/** `now` is ms UTC. */
export function daysNamed(name: DayName, now: number, timeZone: string): Days {
  const today = shopDay(now, timeZone);
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: daysAfter(today, -1), to: daysAfter(today, -1) };
    case 'week':
      return { from: daysAfter(today, -6), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
  }
}

/** What these days are called today; null where they have no name. */
export function nameOfDays({ from, to }: Days, now: number, timeZone: string): DayName | null {
  const isNamed = (name: DayName) => {
    const days = daysNamed(name, now, timeZone);
    return days.from === from && days.to === to;
  };
  return DAY_NAMES.find(isNamed) ?? null;
}

/** A saved view says "today" and not the day on which it was saved. */
const NAMED = 'days';

/** The search of a view as it is saved: days that have a name are kept by it. */
export function savedSearch(search: string, now: number, timeZone: string): string {
  const params = new URLSearchParams(search);
  const name = nameOfDays(
    { from: params.get('from') ?? '', to: params.get('to') ?? '' },
    now,
    timeZone,
  );
  if (name === null) return params.toString();
  params.delete('from');
  params.delete('to');
  params.set(NAMED, name);
  return params.toString();
}

/** The search of a saved view as it is opened now. */
export function openedSearch(saved: string, now: number, timeZone: string): string {
  const params = new URLSearchParams(saved);
  const name = params.get(NAMED) ?? '';
  params.delete(NAMED);
  if (!isDayName(name)) return params.toString();
  const { from, to } = daysNamed(name, now, timeZone);
  params.set('from', from);
  params.set('to', to);
  return params.toString();
}

/** A day as a date field has it; empty for everything else. */
export const dayField = (text: string | null): string =>
  text !== null && isShopDay(text) ? text : '';
