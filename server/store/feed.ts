/** The change feed: one tally numbers every write of a payment and of a refund. */
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { toPayment } from './payment';
import { most, prepared, type Session, type Slots } from './prepared';
import { toRefund } from './refund';
import { lastNumber } from './tally';

export type Change =
  | { readonly seq: number; readonly payment: Payment }
  | { readonly seq: number; readonly refund: Refund };

type Span = { seq: number; until: number; limit: number };

const changedPayments = prepared((words, slot: Slots<Span>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('changed_seq', '>', slot('seq'))
    .where('changed_seq', '<=', slot('until'))
    .orderBy('changed_seq')
    .limit(most(slot)),
);

const changedRefunds = prepared((words, slot: Slots<Span>) =>
  words
    .selectFrom('refund')
    .selectAll()
    .where('changed_seq', '>', slot('seq'))
    .where('changed_seq', '<=', slot('until'))
    .orderBy('changed_seq')
    .limit(most(slot)),
);

/** What changed after `seq`, each once and as it is now, in the order of the commits. */
export async function changesAfter(
  session: Session,
  seq: number,
  limit: number,
): Promise<Change[]> {
  // The two tables are read one after the other, and a commit may fall between: whatever is later
  // than this number waits for the next time, so that nothing earlier can be passed over.
  const until = await lastNumber(session, 'feed');
  if (until <= seq) return [];
  const span = { seq, until, limit };
  const payments = (await changedPayments(session, span)).map(
    (row): Change => ({ seq: row.changed_seq, payment: toPayment(row) }),
  );
  const refunds = (await changedRefunds(session, span)).map(
    (row): Change => ({ seq: row.changed_seq, refund: toRefund(row) }),
  );
  if (refunds.length === 0) return payments;
  return [...payments, ...refunds].sort((a, b) => a.seq - b.seq).slice(0, limit);
}
