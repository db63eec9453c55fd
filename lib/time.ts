/**
 * The shop's clock on paper. Every function is handed the instant (ms UTC) and the IANA zone; the
 * zone of the process is never used, and nothing here knows what time it is.
 */
const SECOND = 1000;
const DAY = 86_400_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError on a zone that does not exist. */
const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    // Without it some ICU versions write midnight as 24:00:00 of the day before.
    hourCycle: 'h23',
  });
  formatters.set(zone, made);
  return made;
};

/**
 * Hong Kong has kept UTC+8 since its last summer time ended in October 1979. Every question to
 * QFPay says its time there, and the general way costs a hundred times as much.
 */
const HONG_KONG = 'Asia/Hong_Kong';
const HONG_KONG_MS = 8 * 3_600_000;
const FIXED_FROM = Date.UTC(1980, 0, 1);
const FIXED_TO = Date.UTC(9999, 0, 1);
const isFixed = (ms: number, zone: string): boolean =>
  zone === HONG_KONG && ms >= FIXED_FROM && ms < FIXED_TO;

/** 'YYYY-MM-DD hh:mm:ss' in `zone`: QFPay's form (§2.7). Milliseconds are dropped. */
export const shopTime = (ms: number, zone: string): string => {
  if (isFixed(ms, zone)) {
    return new Date(ms + HONG_KONG_MS).toISOString().slice(0, 19).replace('T', ' ');
  }
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(ms)) part[type] = value;
  const date = `${(part.year ?? '').padStart(4, '0')}-${part.month}-${part.day}`;
  return `${date} ${part.hour}:${part.minute}:${part.second}`;
};

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** The text read as if it were UTC; null unless it is a real date and time of day. */
const asUtc = (text: string): number | null => {
  if (!WRITTEN.test(text)) return null;
  const iso = `${text.replace(' ', 'T')}.000Z`;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== iso ? null : ms;
};

/** What the zone's clock shows, less UTC, in ms at the resolution of a second. */
const offsetAt = (ms: number, zone: string): number => {
  const whole = Math.floor(ms / SECOND) * SECOND;
  return (asUtc(shopTime(whole, zone)) ?? whole) - whole;
};

/**
 * The instant of 'YYYY-MM-DD hh:mm:ss' in `zone`, or null when the text is not such a time or the
 * clocks skipped it. Of a time that clocks show twice it is the first.
 */
export const parseShopTime = (text: string, zone: string): number | null => {
  const local = asUtc(text);
  if (local === null) return null;
  if (isFixed(local - HONG_KONG_MS, zone)) return local - HONG_KONG_MS;
  const instants = [local - DAY, local, local + DAY]
    .map((near) => local - offsetAt(near, zone))
    .filter((instant) => shopTime(instant, zone) === text);
  return instants.length === 0 ? null : Math.min(...instants);
};

/**
 * '2026-01-05T13:07:09+08:00', with '.250' after the seconds where there are milliseconds: whoever
 * sorts by it (as an instant, not as text) keeps the true order.
 */
export const isoWithOffset = (ms: number, zone: string): string => {
  const minutes = Math.round(offsetAt(ms, zone) / 60_000);
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  const rest = String(size % 60).padStart(2, '0');
  const clock = shopTime(ms, zone).replace(' ', 'T');
  const over = ms - Math.floor(ms / 1000) * 1000;
  const fraction = over === 0 ? '' : `.${String(over).padStart(3, '0')}`;
  return `${clock}${fraction}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
};

/** 'YYYY-MM-DD' in `zone`. */
export const shopDay = (ms: number, zone: string): string => shopTime(ms, zone).slice(0, 10);

/** 'YYYY-MM' in `zone`. */
export const monthOf = (ms: number, zone: string): string => shopTime(ms, zone).slice(0, 7);

/** Whether the text is 'YYYY-MM-DD' and a day of the calendar. */
export const isShopDay = (text: string): boolean => asUtc(`${text} 00:00:00`) !== null;

/** The first second of [low, high] whose shop time is not before `text`. */
const firstNotBefore = (
  text: string,
  zone: string,
  { low, high }: { low: number; high: number },
): number => {
  let before = low;
  let after = high;
  while (after - before > SECOND) {
    const middle = Math.floor((before + after) / 2 / SECOND) * SECOND;
    if (shopTime(middle, zone) < text) before = middle;
    else after = middle;
  }
  return after;
};

/** The first instant of a day, ms UTC, also where clocks skip midnight. Throws on no such day. */
export const startOfShopDay = (day: string, zone: string): number => {
  const midnight = `${day} 00:00:00`;
  const local = asUtc(midnight);
  if (local === null) throw new RangeError(`Not a day: ${day}`);
  const instant = parseShopTime(midnight, zone);
  return instant ?? firstNotBefore(midnight, zone, { low: local - DAY, high: local + DAY });
};

/**
 * Part of one calendar month. `from` and `to` are whole seconds in ms UTC, both included; `start`
 * and `end` are the same two as shop times, ready for a query (§5.4).
 */
export type MonthWindow = {
  readonly start: string;
  readonly end: string;
  readonly from: number;
  readonly to: number;
};

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
};

/** The first instant of a month 'YYYY-MM'; kept, because every question to QFPay names one. */
const monthStart = (month: string, zone: string): number => {
  const name = `${zone} ${month}`;
  const known = monthStarts.get(name);
  if (known !== undefined) return known;
  const start = startOfShopDay(`${month}-01`, zone);
  if (monthStarts.size >= MOST_MONTHS) monthStarts.clear();
  monthStarts.set(name, start);
  return start;
};
const monthStarts = new Map<string, number>();
const MOST_MONTHS = 64;

const windowOf = (from: number, to: number, zone: string): MonthWindow => ({
  start: shopTime(from, zone),
  end: shopTime(to, zone),
  from,
  to,
});

/**
 * Cuts an interval, both ends included, so that no piece crosses a month of `zone` and every
 * second lies in exactly one piece. Oldest first; empty when `toMs` is before `fromMs`.
 */
export const monthWindows = (fromMs: number, toMs: number, zone: string): MonthWindow[] => {
  const last = Math.floor(toMs / SECOND) * SECOND;
  const windows: MonthWindow[] = [];
  let from = Math.floor(fromMs / SECOND) * SECOND;
  while (from <= last) {
    const next = monthStart(monthAfter(monthOf(from, zone)), zone);
    const to = Math.min(last, next - SECOND);
    windows.push(windowOf(from, to, zone));
    from = to + SECOND;
  }
  return windows;
};

/** The whole calendar month of `zone` that an instant lies in. */
export const wholeMonth = (ms: number, zone: string): MonthWindow => {
  const month = monthOf(ms, zone);
  const from = monthStart(month, zone);
  return windowOf(from, monthStart(monthAfter(month), zone) - SECOND, zone);
};

/** A moment as a part of a file's name, in UTC: `20261127T104501Z`. */
export const fileStamp = (wall: number): string =>
  new Date(wall).toISOString().replace(/[-:]|\.\d+/g, '');
