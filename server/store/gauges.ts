/**
 * What an operator's gauges show of payments and refunds. Every question walks an index: of a span
 * of time, or of what is still open; never of all that ever was.
 */
import { sql } from 'kysely';
import { isLive, PAYMENT_STATES, type PaymentState } from '@/lib/payment';
import type { RefundState } from '@/lib/refund';
import type { Bucket } from '@/server/payments/ports';
import { bucketByName } from './bucket';
import { prepared, type Session, type Slots } from './prepared';

/** Wall ms; `from` is included, `to` is not. */
type Span = { readonly from: number; readonly to: number };
type Spanned = { from: number; to: number };

/** Payments that agree in all of this. */
export type StateCell = {
  readonly payType: string;
  readonly usedPayType: string | null;
  readonly state: PaymentState;
  readonly count: number;
};
/** How many are in one state, and since when the oldest of them exists, wall ms. */
export type OpenCell<S> = { readonly state: S; readonly count: number; readonly since: number };

const begun = prepared((words, slot: Slots<Spanned>) =>
  words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'state'])
    .select(sql<number>`count(*)`.as('count'))
    .where('created_at', '>=', slot('from'))
    .where('created_at', '<', slot('to'))
    .groupBy(['pay_type', 'used_pay_type', 'state']),
);

const refundsBegun = prepared((words, slot: Slots<Spanned>) =>
  words
    .selectFrom('refund')
    .select('state')
    .select(sql<number>`count(*)`.as('count'))
    .where('created_at', '>=', slot('from'))
    .where('created_at', '<', slot('to'))
    .groupBy('state'),
);

const LIVE = PAYMENT_STATES.filter(isLive);

const open = prepared((words) =>
  words
    .selectFrom('payment')
    .select('state')
    .select(sql<number>`count(*)`.as('count'))
    .select((it) => it.fn.min('created_at').as('since'))
    .where('state', 'in', LIVE)
    .groupBy('state'),
);

/** Whatever is under way is due some day, and what is due has an index of its own. */
const openRefunds = prepared((words) =>
  words
    .selectFrom('refund')
    .select('state')
    .select(sql<number>`count(*)`.as('count'))
    .select((it) => it.fn.min('created_at').as('since'))
    .where('next_check_at', 'is not', null)
    .where('rank', '<', 3)
    .groupBy('state'),
);

export function createGauges(session: Session) {
  return {
    /** Begun in the span, by what they are now. */
    begun: (span: Span): Promise<StateCell[]> => begun(session, span),
    refundsBegun: (span: Span): Promise<{ state: RefundState; count: number }[]> =>
      refundsBegun(session, span),
    open: (): Promise<OpenCell<PaymentState>[]> => open(session, {}),
    openRefunds: (): Promise<OpenCell<RefundState>[]> => openRefunds(session, {}),
    /** The limiter's row; null before the first call to the gateway. */
    bucket: (name: string): Promise<Bucket | null> => bucketByName(session, name),
  };
}
