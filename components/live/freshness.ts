/**
 * Which of two pictures of a payment is the newer one. Answers, events and polls arrive in any
 * order; here an older picture never replaces a newer.
 */
import type { PaymentView } from '@/lib/contract';

/** `version` only grows; of equals the known one stays, so that nothing is drawn again. */
export const newer = (known: PaymentView | undefined, heard: PaymentView): PaymentView =>
  known !== undefined && known.id === heard.id && known.version >= heard.version ? known : heard;

const byNewest = (a: PaymentView, b: PaymentView): number =>
  Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? 1 : -1);

/** A list with one payment heard anew: renewed in place, or put in by its time. At most `limit`. */
export function withPayment(
  list: readonly PaymentView[],
  heard: PaymentView,
  limit: number,
): readonly PaymentView[] {
  const known = list.find((payment) => payment.id === heard.id);
  if (known !== undefined) {
    const fresh = newer(known, heard);
    return fresh === known ? list : list.map((payment) => (payment === known ? fresh : payment));
  }
  return [...list, heard].sort(byNewest).slice(0, limit);
}

/** A list read again: what we had heard of its payments meanwhile is kept where it is newer. */
export const mergeList = (
  known: readonly PaymentView[],
  heard: readonly PaymentView[],
): readonly PaymentView[] =>
  heard.map((payment) =>
    newer(
      known.find(({ id }) => id === payment.id),
      payment,
    ),
  );
