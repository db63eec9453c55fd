/**
 * Times for a great many rows: what a zone's clock shows is asked once for each quarter of an hour,
 * within which no zone of the present world changes its offset.
 */
import { isoWithOffset } from '@/lib/time';

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
/** Days from the day that a spreadsheet counts as zero to 1970-01-01. */
const SHEET_EPOCH_DAYS = 25_569;
const MOST_KNOWN = 10_000;

type Offset = { readonly ms: number; readonly text: string };

export type Stamps = {
  /** '2026-01-05T13:07:09+08:00' of ms UTC. */
  readonly local: (at: number) => string;
  /** '2026-01-05T05:07:09Z'. */
  readonly utc: (at: number) => string;
  /** What the shop's clock shows, as a spreadsheet counts days; to the second. */
  readonly sheetLocal: (at: number) => number;
  readonly sheetUtc: (at: number) => number;
};

export function createStamps(zone: string): Stamps {
  const offsetOf = remembered(QUARTER_MS, (quarter): Offset => {
    const iso = isoWithOffset(quarter * QUARTER_MS, zone);
    const shown = Date.parse(`${iso.slice(0, 19)}Z`);
    return { ms: shown - quarter * QUARTER_MS, text: iso.slice(19) };
  });
  const dayOf = remembered(
    DAY_MS,
    (day) => `${new Date(day * DAY_MS).toISOString().slice(0, 10)}T`,
  );
  const written = (ms: number): string => {
    const second = Math.floor(ms / 1_000) % 86_400;
    const minute = Math.floor(second / 60);
    const time = `${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:${TWO[second % 60]}`;
    return dayOf(ms) + time;
  };
  const sheet = (ms: number) => Math.floor(ms / 1_000) / (DAY_MS / 1_000) + SHEET_EPOCH_DAYS;
  return {
    local: (at) => {
      const { ms, text } = offsetOf(at);
      return written(at + ms) + text;
    },
    utc: (at) => `${written(at)}Z`,
    sheetLocal: (at) => sheet(at + offsetOf(at).ms),
    sheetUtc: sheet,
  };
}

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** What holds for a whole stretch of time, worked out once for each. */
function remembered<T>(stretchMs: number, make: (stretch: number) => T): (at: number) => T {
  const known = new Map<number, T>();
  return (at) => {
    const stretch = Math.floor(at / stretchMs);
    const found = known.get(stretch);
    if (found !== undefined) return found;
    if (known.size >= MOST_KNOWN) known.clear();
    const made = make(stretch);
    known.set(stretch, made);
    return made;
  };
}
