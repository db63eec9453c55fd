/**
 * The shop's day for counting money. It may end after midnight, so that what a bar takes at three
 * in the morning belongs to the evening before. Days are 'YYYY-MM-DD' and begin at that time.
 */
import { isShopDay, parseShopTime, shopDay, startOfShopDay } from './time';

/** `endsAt`: minutes after midnight, in shop time, at which a day ends and the next begins. */
export type DayRule = { readonly zone: string; readonly endsAt: number };

const DAY_MS = 86_400_000;

/** The calendar day so many days after another one. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The first instant of a business day, ms UTC. Throws a RangeError on no such day. */
export function startOfBusinessDay(day: string, { zone, endsAt }: DayRule): number {
  if (!isShopDay(day)) throw new RangeError(`Not a day: ${day}`);
  const hour = String(Math.trunc(endsAt / 60)).padStart(2, '0');
  const minute = String(endsAt % 60).padStart(2, '0');
  const start = parseShopTime(`${day} ${hour}:${minute}:00`, zone);
  // Where clocks skip that time, as many minutes after midnight as it would have been.
  return start ?? startOfShopDay(day, zone) + endsAt * 60_000;
}

/** The business day in which an instant lies. */
export function businessDay(ms: number, rule: DayRule): string {
  const day = shopDay(ms, rule.zone);
  return ms < startOfBusinessDay(day, rule) ? dayAfter(day, -1) : day;
}
