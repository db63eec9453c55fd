/** Refunds as a comparison looks for them. The list walks an index and stops at the limit. */
import { sql } from 'kysely';
import type { Refund, RefundId } from '@/lib/refund';
import type { DoneRefunds } from '@/server/payments/ports';
import { prepared, type Session, type Slots } from './prepared';
import { refundById, toRefund } from './refund';

type Between = { at: number; id: RefundId; to: number; outlet: string | null; limit: number };

const doneAfter = prepared((words, slot: Slots<Between>) =>
  words
    .selectFrom('refund')
    .selectAll()
    .where((it) => it(it.refTuple('created_at', 'id'), '>', it.tuple(slot('at'), slot('id'))))
    .where('created_at', '<', slot('to'))
    .where('state', '=', 'done')
    .where('outlet', 'is not distinct from', slot('outlet'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(sql<number>`${slot('limit')}`),
);

/** By their making, oldest first; `after` is where the page before ended. */
export async function doneRefunds(session: Session, window: DoneRefunds): Promise<Refund[]> {
  const { from, to, outlet, after, limit } = window;
  const last = after === null ? null : await refundById(session, after);
  if (after !== null && last === null) throw new Error(`there is no refund ${after}`);
  const begin =
    last === null || last.createdAt < from
      ? { at: from, id: '' as RefundId }
      : { at: last.createdAt, id: last.id };
  return (await doneAfter(session, { ...begin, to, outlet, limit })).map(toRefund);
}
