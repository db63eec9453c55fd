/**
 * What a list shows of what is known: its pages, and what the events told since. Newer sales than
 * the ceiling are counted and not shown, so that nothing moves under whoever is reading.
 */
import { newer } from '@/components/live/freshness';
import type { PaymentView } from '@/lib/contract';

type List = readonly PaymentView[];

/** The place of a sale in the order of time. */
export type Place = { readonly at: number; readonly id: string };
export const placeOf = ({ createdAt, id }: PaymentView): Place => ({
  at: Date.parse(createdAt),
  id,
});
const isAbove = (a: Place, b: Place): boolean => a.at > b.at || (a.at === b.at && a.id > b.id);

export type Shown = { readonly payments: List; readonly waiting: number };

export function shownOf(known: {
  readonly pages: readonly List[];
  /** There is more below the pages: older news belong there. */
  readonly hasMore: boolean;
  readonly news: List;
  readonly belongs: (payment: PaymentView) => boolean;
  /** The top of the list when the reader left it; null while they are there. */
  readonly ceiling: Place | null;
}): Shown {
  const { pages, hasMore, news, belongs, ceiling } = known;
  const byId = new Map<string, PaymentView>();
  // Pages shift while sales come in: one payment may end a page and head the next.
  for (const payment of pages.flat()) byId.set(payment.id, newer(byId.get(payment.id), payment));
  const last = pages.flat().at(-1);
  const isInReach = (payment: PaymentView) =>
    !hasMore || last === undefined || isAbove(placeOf(payment), placeOf(last));
  for (const payment of news) {
    if (byId.has(payment.id)) byId.set(payment.id, newer(byId.get(payment.id), payment));
    else if (belongs(payment) && isInReach(payment)) byId.set(payment.id, payment);
  }
  const all = [...byId.values()].sort((a, b) => (isAbove(placeOf(a), placeOf(b)) ? -1 : 1));
  const payments =
    ceiling === null ? all : all.filter((payment) => !isAbove(placeOf(payment), ceiling));
  return { payments, waiting: all.length - payments.length };
}
