/**
 * Refunds between the database and `lib`. Every write of one makes the sums of its payment anew,
 * in the same transaction, and no refund of this shop is kept that its payment does not cover.
 */
import { sql } from 'kysely';
import type { PaymentId } from '@/lib/payment';
import { NO_REFUND_WITNESSES, REFUND_RANK, type Refund, type RefundId } from '@/lib/refund';
import { paymentById, sumReturns } from './payment';
import { most, prepared, row, type Session, type Slots } from './prepared';
import type { RefundRow } from './schema';
import { nextNumber } from './tally';

/** What a refund is for: written once. */
const FIXED = [
  'id',
  'payment_id',
  'origin',
  'amount',
  'currency',
  'payment_number',
  'reason',
  'staff',
  'approver',
  'counter',
  'outlet',
  'created_at',
] as const;

/** What becomes of it. */
const MOVING = [
  'state',
  'rank',
  'qfpay_number',
  'respcd',
  'confirmed',
  'review',
  'done_at',
  'witnesses',
  'next_check_at',
  'version',
  'changed_seq',
  'withdrawn_by',
] as const;
const COLUMNS = [...FIXED, ...MOVING] as const;

type Moving = Pick<RefundRow, (typeof MOVING)[number]>;

/** R1: whether the payment covers it is asked by the very statement that keeps it. */
const insert = prepared((words, slot: Slots<RefundRow>) => {
  const promised = words
    .selectFrom('refund')
    .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
    .where('payment_id', '=', slot('payment_id'))
    .where('rank', '<>', 3);
  const covering = words
    .selectFrom('payment')
    .select('payment.id')
    .where('payment.id', '=', slot('payment_id'))
    .where('payment.state', '=', 'paid')
    .where('payment.amount', '>=', sql<number>`${promised} + payment.settled + ${slot('amount')}`);
  const values = COLUMNS.map((name) => sql`${slot(name)}`.as(name));
  return words
    .insertInto('refund')
    .columns([...COLUMNS])
    .expression(
      words
        .selectNoFrom(values)
        .where((it) => it.or([it(it.val(slot('origin')), '=', 'outside'), it.exists(covering)])),
    )
    .returning('id');
});

const compareAndSet = prepared((words, slot: Slots<Moving & { id: RefundId; was: number }>) =>
  words
    .updateTable('refund')
    .set(row<Moving>(slot, MOVING))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('was'))
    .where((it) =>
      it.or([
        it('rank', '<=', slot('rank')),
        // What was denied long enough goes out again, under the same number.
        it.and([it('rank', '=', 2), it(it.val(slot('rank')), '=', 1)]),
      ]),
    )
    .returningAll(),
);

const byId = prepared((words, slot: Slots<{ id: RefundId }>) =>
  words.selectFrom('refund').selectAll().where('id', '=', slot('id')),
);

const ofPayment = prepared((words, slot: Slots<{ payment: PaymentId }>) =>
  words
    .selectFrom('refund')
    .selectAll()
    .where('payment_id', '=', slot('payment'))
    .orderBy('created_at')
    .orderBy('id'),
);

const due = prepared((words, slot: Slots<{ now: number; limit: number }>) =>
  words
    .selectFrom('refund')
    .selectAll()
    .where('next_check_at', '<=', slot('now'))
    .orderBy('next_check_at')
    .orderBy('id')
    .limit(most(slot)),
);

const earliestDue = prepared((words) =>
  words
    .selectFrom('refund')
    .select('next_check_at as at')
    .where('next_check_at', 'is not', null)
    .orderBy('next_check_at')
    .limit(1),
);

export async function refundById(session: Session, id: RefundId): Promise<Refund | null> {
  return first(await byId(session, { id }));
}

export async function refundsOf(session: Session, payment: PaymentId): Promise<Refund[]> {
  return (await ofPayment(session, { payment })).map(toRefund);
}

export async function dueRefunds(session: Session, now: number, limit: number): Promise<Refund[]> {
  return (await due(session, { now, limit })).map(toRefund);
}

export async function earliestRefundCheck(session: Session): Promise<number | null> {
  const [found] = await earliestDue(session, {});
  return found?.at ?? null;
}

/**
 * False: the payment is not paid, or not enough of it is left. A reused number is a fault, and so
 * is a refund made outside of a payment that nobody knows.
 */
export async function insertRefund(session: Session, refund: Refund): Promise<boolean> {
  const { id } = refund;
  const asPayment = String(id) as PaymentId;
  if ((await refundById(session, id)) ?? (await paymentById(session, asPayment))) {
    throw new Error(`the number ${id} was given out twice`);
  }
  const changed = await nextNumber(session, 'feed');
  const values = { ...fixed(refund), ...moving(refund, changed) };
  if ((await insert(session, values)).length === 0) return false;
  await sumReturns(session, refund.paymentId);
  return true;
}

/** Writes only over `refund.version` and only where a refund may go; null when it may not. */
export async function updateRefund(session: Session, refund: Refund): Promise<Refund | null> {
  const { id, version: was } = refund;
  const changed = await nextNumber(session, 'feed');
  const values = { ...moving({ ...refund, version: was + 1 }, changed), id, was };
  const updated = first(await compareAndSet(session, values));
  if (updated !== null) await sumReturns(session, updated.paymentId);
  return updated;
}

function first([found]: RefundRow[]): Refund | null {
  return found === undefined ? null : toRefund(found);
}

function fixed(refund: Refund): Pick<RefundRow, (typeof FIXED)[number]> {
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    origin: refund.origin,
    amount: refund.amount,
    currency: refund.currency,
    payment_number: refund.paymentNumber,
    reason: refund.reason,
    staff: refund.staff,
    approver: refund.approver,
    counter: refund.counter,
    outlet: refund.outlet,
    created_at: refund.createdAt,
  };
}

function moving(refund: Refund, changed: number): Moving {
  return {
    state: refund.state,
    rank: REFUND_RANK[refund.state],
    qfpay_number: refund.qfpayNumber,
    respcd: refund.respcd,
    confirmed: refund.confirmed ? 1 : 0,
    review: refund.review,
    done_at: refund.doneAt,
    witnesses: JSON.stringify(refund.witnesses),
    next_check_at: refund.nextCheckAt,
    version: refund.version,
    changed_seq: changed,
    withdrawn_by: refund.withdrawnBy,
  };
}

export function toRefund(found: RefundRow): Refund {
  return {
    id: found.id,
    paymentId: found.payment_id,
    origin: found.origin,
    amount: found.amount,
    currency: found.currency,
    paymentNumber: found.payment_number,
    reason: found.reason,
    state: found.state,
    qfpayNumber: found.qfpay_number,
    respcd: found.respcd,
    confirmed: found.confirmed === 1,
    review: found.review,
    withdrawnBy: found.withdrawn_by,
    staff: found.staff,
    approver: found.approver,
    counter: found.counter,
    outlet: found.outlet,
    createdAt: found.created_at,
    doneAt: found.done_at,
    // Rows of an older version may know fewer witnesses.
    witnesses: { ...NO_REFUND_WITNESSES, ...JSON.parse(found.witnesses) },
    nextCheckAt: found.next_check_at,
    version: found.version,
  };
}
