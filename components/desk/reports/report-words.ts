/** Parts of a whole in words, made of whole numbers alone. */
import { share } from '@/lib/takings';

/** "51.54%" of hundredths of a percent. */
export function percent(hundredths: number): string {
  const digits = String(hundredths).replace('-', '').padStart(3, '0');
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}%`;
}

/** "75.00%": so many of so many; null of none. */
export const percentOf = (part: number, whole: number): string | null =>
  whole === 0 ? null : percent(share(part * 10_000, whole));

export type Change = { readonly is: 'more' | 'less'; readonly percent: string } | { is: 'same' };

/** How much more or less than before; null where before was nothing, or less than nothing. */
export function changeOf(now: number, before: number): Change | null {
  if (before <= 0) return null;
  if (now === before) return { is: 'same' };
  const difference = now > before ? now - before : before - now;
  const size = percent(share(difference * 10_000, before));
  return { is: now > before ? 'more' : 'less', percent: size };
}
