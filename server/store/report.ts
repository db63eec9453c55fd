/** Takings of a span of time, grouped by the database; every question walks that span's rows. */
import { sql } from 'kysely';
import type { LastGood, RecentTry } from '@/lib/wallet-health';
import type {
  AmountCell,
  EndCell,
  HealthStore,
  Span,
  TakingCell,
  TakingStore,
  UsualStore,
  WaitCell,
} from '@/server/reports/ports';
import { prepared, type Session, type Slots } from './prepared';

type Spanned = { from: number; to: number };
type Based = Spanned & { base: number };

const HOUR_MS = 3_600_000;
/** Nobody waits longer for a customer; what is longer still came late. */
const LONGEST_SECONDS = 86_400;

/** A payment belongs to the day on which it was paid, whenever it was begun. */
const paid = prepared((words, slot: Slots<Based>) =>
  words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'currency'])
    .select(['counter', 'staff', 'outlet'])
    .select(sql<number>`(paid_at - ${slot('base')}) / ${sql.lit(HOUR_MS)}`.as('hour'))
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(amount)`.as('amount'))
    .where('paid_at', '>=', slot('from'))
    .where('paid_at', '<', slot('to'))
    .groupBy(['pay_type', 'used_pay_type', 'currency', 'counter', 'staff', 'outlet', sql`hour`]),
);

const done = prepared((words, slot: Slots<Based>) =>
  words
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'refund.currency'])
    .select(['refund.counter', 'refund.staff', 'refund.outlet'])
    .select(sql<number>`(done_at - ${slot('base')}) / ${sql.lit(HOUR_MS)}`.as('hour'))
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(refund.amount)`.as('amount'))
    .where('done_at', '>=', slot('from'))
    .where('done_at', '<', slot('to'))
    .groupBy(['pay_type', 'used_pay_type', 'refund.currency', 'refund.counter'])
    .groupBy(['refund.staff', 'refund.outlet', sql`hour`]),
);

const waits = prepared((words, slot: Slots<Spanned>) => {
  // QFPay tells whole seconds, so a payment may look paid just before it was begun.
  const seconds = sql<number>`case
    when paid_at < created_at then 0
    when paid_at - created_at > ${sql.lit(LONGEST_SECONDS * 1_000)} then ${sql.lit(LONGEST_SECONDS)}
    else (paid_at - created_at) / 1000 end`;
  return words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType'])
    .select(seconds.as('seconds'))
    .select(sql<number>`count(*)`.as('count'))
    .where('paid_at', '>=', slot('from'))
    .where('paid_at', '<', slot('to'))
    .groupBy(['pay_type', 'used_pay_type', sql`seconds`]);
});

const ends = prepared((words, slot: Slots<Spanned>) =>
  words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'rank'])
    .select(sql<number>`count(*)`.as('count'))
    .where('created_at', '>=', slot('from'))
    .where('created_at', '<', slot('to'))
    .where('rank', '>=', 3)
    .groupBy(['pay_type', 'used_pay_type', 'rank']),
);

const amounts = prepared((words, slot: Slots<Spanned>) =>
  words
    .selectFrom('payment')
    .select(['outlet', 'currency', 'amount'])
    .select(sql<number>`count(*)`.as('count'))
    .where('paid_at', '>=', slot('from'))
    .where('paid_at', '<', slot('to'))
    .groupBy(['outlet', 'currency', 'amount']),
);

const tries = prepared((words, slot: Slots<Spanned & { limit: number }>) =>
  words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'state'])
    .select(['failure_code as failure', 'created_at as createdAt', 'paid_at as paidAt'])
    .where('created_at', '>=', slot('from'))
    .where('created_at', '<', slot('to'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);

const lastGood = prepared((words, slot: Slots<Spanned>) =>
  words
    .selectFrom('payment')
    .select(['pay_type as payType', 'used_pay_type as usedPayType'])
    .select((it) => it.fn.max('paid_at').$castTo<number>().as('at'))
    .where('paid_at', '>=', slot('from'))
    .where('paid_at', '<', slot('to'))
    .groupBy(['pay_type', 'used_pay_type']),
);

export function createReports(session: Session): TakingStore & HealthStore & UsualStore {
  return {
    paid: async (span: Span, base: number): Promise<TakingCell[]> =>
      (await paid(session, { ...span, base })).map((it) => ({ ...it, what: 'payment' })),
    done: async (span: Span, base: number): Promise<TakingCell[]> =>
      (await done(session, { ...span, base })).map((it) => ({ ...it, what: 'refund' })),
    waits: (span: Span): Promise<WaitCell[]> => waits(session, span),
    amounts: (span: Span): Promise<AmountCell[]> => amounts(session, span),
    ends: async (span: Span): Promise<EndCell[]> =>
      (await ends(session, span)).map(({ rank, ...it }) => ({ ...it, isPaid: rank === 4 })),
    tries: (span: Span, limit: number): Promise<RecentTry[]> => tries(session, { ...span, limit }),
    lastGood: (span: Span): Promise<LastGood[]> => lastGood(session, span),
  };
}
