/** Hong Kong time as QFPay writes it (protocol.md §2.7): UTC+8, no daylight saving; ms UTC. */
const OFFSET = 8 * 3_600_000;
export const DAY = 86_400_000;

/** `YYYY-MM-DD hh:mm:ss` in Hong Kong. */
export const hkStamp = (at: number): string =>
  new Date(at + OFFSET).toISOString().slice(0, 19).replace('T', ' ');

/** Ms UTC of a Hong Kong stamp; null when it is not one. */
export function readStamp(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at - OFFSET;
}

/** `YYYY-MM-DD`, the day that decides about settlement. */
export const hkDay = (at: number): string => hkStamp(at).slice(0, 10);
/** `YYYY-MM`, the table in which a record lives. */
export const hkMonth = (at: number): string => hkStamp(at).slice(0, 7);

/** First and last millisecond of a month given as `YYYY-MM`. */
export function monthBounds(month: string): { readonly from: number; readonly to: number } {
  const year = Number(month.slice(0, 4));
  const index = Number(month.slice(5, 7)) - 1;
  return { from: Date.UTC(year, index, 1) - OFFSET, to: Date.UTC(year, index + 1, 1) - OFFSET - 1 };
}

/** Seconds since midnight in Hong Kong. */
export const hkSecondOfDay = (at: number): number => Math.floor(((at + OFFSET) % DAY) / 1000);
