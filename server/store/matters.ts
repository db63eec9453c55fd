/**
 * What managers look at, as lists: open matters, settled ones, and refunds, newest first. Each list
 * walks an index in its own order and stops at the limit.
 */
import { sql } from 'kysely';
import type { Payment, PaymentId } from '@/lib/payment';
import type { Refund, RefundId } from '@/lib/refund';
import type { Decision } from '@/server/payments/ports';
import { toPayment } from './payment';
import { prepared, row, type Session, type Slots } from './prepared';
import { toRefund } from './refund';
import type { PaymentRow } from './schema';
import type { DecisionRow } from './schema-desk';

/** The very words of the index `payment_matter`: only so does a database see that it fits. */
const IS_OPEN = sql<boolean>`(review is not null or late > late_seen)`;

type ListKey = { readonly at: number; readonly id: string };
export type ListPage = { readonly after: ListKey | null; readonly limit: number };
type Below = { at: number; id: string; limit: number };

const COLUMNS = [
  'id',
  'payment_id',
  'matter',
  'choice',
  'reason',
  'staff',
  'counter',
  'at',
] as const;

const insert = prepared((words, slot: Slots<DecisionRow>) =>
  words.insertInto('decision').values(row(slot, COLUMNS)),
);

const open = prepared((words, slot: Slots<Below>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where(IS_OPEN)
    .where((it) =>
      it(it.refTuple('created_at', 'id'), '<', it.tuple(slot('at'), slot('id') as PaymentId)),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);

const count = prepared((words, slot: Slots<{ limit: number }>) =>
  words
    .selectFrom(
      words
        .selectFrom('payment')
        .select('id')
        .where(IS_OPEN)
        .limit(sql<number>`${slot('limit')}`)
        .as('some'),
    )
    .select((it) => it.fn.countAll<number>().as('count')),
);

const decided = prepared((words, slot: Slots<Below>) =>
  words
    .selectFrom('decision')
    .selectAll()
    .where((it) => it(it.refTuple('at', 'id'), '<', it.tuple(slot('at'), slot('id'))))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);

const ofPayment = prepared((words, slot: Slots<{ payment: PaymentId }>) =>
  words
    .selectFrom('decision')
    .selectAll()
    .where('payment_id', '=', slot('payment'))
    .orderBy('at')
    .orderBy('id'),
);

const refunds = prepared((words, slot: Slots<Below>) =>
  words
    .selectFrom('refund')
    .selectAll()
    .where((it) =>
      it(it.refTuple('created_at', 'id'), '<', it.tuple(slot('at'), slot('id') as RefundId)),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);

type Span = { from: number; outlet: string | null };

const paidSince = prepared((words, slot: Slots<Span & { born: number }>) =>
  words
    .selectFrom('payment')
    .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
    .where('state', '=', 'paid')
    .where('created_at', '>=', slot('born'))
    .where(sql<number>`coalesce(paid_at, created_at)`, '>=', slot('from'))
    .where('outlet', 'is not distinct from', slot('outlet')),
);

const refundedSince = prepared((words, slot: Slots<Span & { born: number }>) =>
  words
    .selectFrom('refund')
    .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
    .where('created_at', '>=', slot('born'))
    .where('state', '=', 'done')
    .where('done_at', '>=', slot('from'))
    .where('outlet', 'is not distinct from', slot('outlet')),
);

const kept = prepared((words, slot: Slots<{ limit: number }>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('state', '=', 'paid')
    .where(sql<boolean>`amount > refunded + settled`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);

export async function insertDecision(session: Session, decision: Decision): Promise<void> {
  const { paymentId, ...same } = decision;
  await insert(session, { ...same, payment_id: paymentId });
}

/** A payment may be older than the day in which it is paid, and a refund than it is done. */
const HOUR_MS = 3_600_000;
const TWO_DAYS_MS = 48 * HOUR_MS;
/** Below everything that ever was. */
const TOP = { at: Number.MAX_SAFE_INTEGER, id: '' };

export function createMatters(session: Session) {
  const below = ({ after, limit }: ListPage): Below => ({ ...(after ?? TOP), limit });
  return {
    open: async (page: ListPage): Promise<Payment[]> =>
      (await open(session, below(page))).map((it: PaymentRow) => toPayment(it)),
    /** How many are open; no further than `limit`. */
    openCount: async (limit: number): Promise<number> =>
      (await count(session, { limit }))[0]?.count ?? 0,
    decided: async (page: ListPage): Promise<Decision[]> =>
      (await decided(session, below(page))).map(toDecision),
    decisionsOf: async (payment: PaymentId): Promise<Decision[]> =>
      (await ofPayment(session, { payment })).map(toDecision),
    refunds: async (page: ListPage): Promise<Refund[]> =>
      (await refunds(session, below(page))).map(toRefund),
    /** Paid less given back since `from` (wall ms) at one outlet, minor units; may be negative. */
    takings: async (from: number, outlet: string | null): Promise<number> => {
      const paid = await paidSince(session, { from, outlet, born: from - HOUR_MS });
      const back = await refundedSince(session, { from, outlet, born: from - TWO_DAYS_MS });
      return (paid[0]?.sum ?? 0) - (back[0]?.sum ?? 0);
    },
    /** Paid payments of which not everything has gone back; for the test environment. */
    kept: async (limit: number): Promise<Payment[]> =>
      (await kept(session, { limit })).map((it: PaymentRow) => toPayment(it)),
  };
}

function toDecision({ payment_id, ...same }: DecisionRow): Decision {
  return { ...same, paymentId: payment_id };
}
