/** A shift in words, the same on the screen and on paper. */
import type { Shop } from '@/components/live/shop';
import type { Say } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';

export function openedWords(
  { openedAt, openedBy: staff, openedItself }: ShiftView,
  say: Say,
  day: (at: string) => string,
): string {
  const time = day(openedAt);
  if (!openedItself) return say('shift.opened-by', { time, staff });
  return staff === 'server'
    ? say('shift.opened-money', { time })
    : say('shift.opened-itself', { time, staff });
}

/** Who sealed it and when; of an open one, how old its figures are. */
export const closedWords = (
  { closedAt, closedBy, figuresAt }: ShiftView,
  say: Say,
  { day, second }: Pick<Shop, 'day' | 'second'>,
): string =>
  closedAt === null
    ? say('shift.x-now', { time: second(figuresAt) })
    : say('shift.closed-by', { time: day(closedAt), staff: closedBy ?? '' });
