/** Payments as the workers look for them. Every list walks an index and stops at the limit. */
import { sql } from 'kysely';
import { isLive, PAYMENT_STATES, type Payment, type PaymentId } from '@/lib/payment';
import type { PaidWindow } from '@/server/payments/ports';
import { paymentById, toPayment } from './payment';
import { most, prepared, type Session, type Slots } from './prepared';

const due = prepared((words, slot: Slots<{ now: number; limit: number }>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('next_check_at', '<=', slot('now'))
    .orderBy('next_check_at')
    .orderBy('id')
    .limit(most(slot)),
);

const earliestDue = prepared((words) =>
  words
    .selectFrom('payment')
    .select('next_check_at as at')
    .where('next_check_at', 'is not', null)
    .orderBy('next_check_at')
    .limit(1),
);

const OPEN = PAYMENT_STATES.filter(isLive);

const open = prepared((words, slot: Slots<{ limit: number }>) => {
  // One walk for each state, merged: payments that are long decided are not even looked at.
  const [first, ...more] = OPEN.map((state) =>
    words.selectFrom('payment').selectAll().where('state', '=', state),
  );
  if (first === undefined) throw new Error('no state is open');
  return more
    .reduce((sum, walk) => sum.unionAll(walk), first)
    .orderBy('created_at')
    .orderBy('id')
    .limit(most(slot));
});

const byQfpayNumber = prepared((words, slot: Slots<{ number: string }>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('qfpay_number', '=', slot('number'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(1),
);

type Between = { at: number; id: string; to: number; outlet: string | null; limit: number };

const paidAfter = prepared((words, slot: Slots<Between>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('state', '=', 'paid')
    .where((it) =>
      it(it.refTuple('created_at', 'id'), '>', it.tuple(slot('at'), slot('id') as PaymentId)),
    )
    .where('created_at', '<', slot('to'))
    .where('outlet', 'is not distinct from', slot('outlet'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(sql<number>`${slot('limit')}`),
);

export async function duePayments(
  session: Session,
  now: number,
  limit: number,
): Promise<Payment[]> {
  return (await due(session, { now, limit })).map(toPayment);
}

export async function earliestCheck(session: Session): Promise<number | null> {
  const [found] = await earliestDue(session, {});
  return found?.at ?? null;
}

export async function openPayments(session: Session, limit: number): Promise<Payment[]> {
  return (await open(session, { limit })).map(toPayment);
}

export async function paymentByQfpayNumber(
  session: Session,
  number: string,
): Promise<Payment | null> {
  const [found] = await byQfpayNumber(session, { number });
  return found === undefined ? null : toPayment(found);
}

/** Paid payments by creation, oldest first; `after` is where the page before ended. */
export async function paidBetween(session: Session, window: PaidWindow): Promise<Payment[]> {
  const { from, to, outlet, after, limit } = window;
  const last = after === null ? null : await paymentById(session, after);
  if (after !== null && last === null) throw new Error(`there is no payment ${after}`);
  // The empty number comes before every other one of its moment.
  const begin = last === null || last.createdAt < from ? { at: from, id: '' } : keyOf(last);
  return (await paidAfter(session, { ...begin, to, outlet, limit })).map(toPayment);
}

const keyOf = ({ createdAt, id }: Payment) => ({ at: createdAt, id });
