/**
 * Which shift a payment or a refund belongs to: the one that is open at its counter in the very
 * transaction in which it becomes paid or done. So a sale that races with the close is in the one
 * shift or in the other, never in both and never in none.
 */
import { sql } from 'kysely';
import { isLive, PAYMENT_STATES, type Payment, type PaymentId } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { type LatePayment, MOST_NAMED, type ShiftFacts } from '@/lib/shift';
import { type Counted, walletKey } from '@/lib/takings';
import { prepared, row, type Session, type Slots } from './prepared';
import type { ShiftRow, TakingRow } from './schema-desk';
import { nextNumber } from './tally';

const openAt = prepared((words, slot: Slots<{ counter: string }>) =>
  words
    .selectFrom('shift')
    .select('id')
    .where('counter', '=', slot('counter'))
    .where('closed_at', 'is', null),
);

type Opened = Pick<ShiftRow, 'id' | 'counter' | 'opened_at' | 'opened_by' | 'opened_itself'>;
const OPENED = ['id', 'counter', 'opened_at', 'opened_by', 'opened_itself'] as const;

const insertShift = prepared((words, slot: Slots<Opened>) =>
  words.insertInto('shift').values(row<Opened>(slot, OPENED)),
);

/** Once taken, for good: hearing of it again adds nothing. */
const insertTaking = prepared((words, slot: Slots<TakingRow>) =>
  words
    .insertInto('taking')
    .values(row<TakingRow>(slot, ['shift', 'number', 'what', 'at']))
    .onConflict((conflict) => conflict.doNothing()),
);

const takingOf = prepared((words, slot: Slots<{ number: string }>) =>
  words.selectFrom('taking').select('shift').where('number', '=', slot('number')),
);

export type Opening = {
  readonly counter: string;
  readonly at: number;
  readonly by: string;
  readonly itself: boolean;
};

/** The shift that is open at a counter; opens one when there is none. */
export async function shiftAt(
  session: Session,
  { counter, at, by, itself }: Opening,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  const [open] = await openAt(session, { counter });
  if (open !== undefined) return { id: open.id, isNew: false };
  const id = await nextNumber(session, 'shift');
  const opened = { opened_at: at, opened_by: by, opened_itself: itself ? 1 : 0 } as const;
  await insertShift(session, { id, counter, ...opened });
  return { id, isNew: true };
}

/** A charge opens the shift of its counter, in the transaction that records it. */
export async function takeNew(session: Session, payment: Payment, now: number): Promise<void> {
  const { counter, createdAt: at, staff: by, state } = payment;
  await shiftAt(session, { counter, at, by, itself: true });
  if (state === 'paid') await take(session, { what: 'payment', ...payment }, now);
}

export async function takePaid(session: Session, payment: Payment, now: number): Promise<void> {
  if (payment.state === 'paid') await take(session, { what: 'payment', ...payment }, now);
}

export async function takeDone(session: Session, refund: Refund, now: number): Promise<void> {
  if (refund.state === 'done') await take(session, { what: 'refund', ...refund }, now);
}

type Taken = Pick<TakingRow, 'what'> & { readonly id: string; readonly counter: string };

async function take(session: Session, { what, id, counter }: Taken, at: number): Promise<void> {
  const [known] = await takingOf(session, { number: id });
  if (known !== undefined) return;
  const shift = await shiftAt(session, { counter, at, by: 'server', itself: true });
  await insertTaking(session, { shift: shift.id, number: id, what, at });
}

type OfShift = { shift: number };

const countedPayments = prepared((words, slot: Slots<OfShift>) =>
  words
    .selectFrom('taking')
    .innerJoin('payment', (join) => join.on(sql.ref('payment.id'), '=', sql.ref('taking.number')))
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'currency'])
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(amount)`.as('amount'))
    .where('taking.shift', '=', slot('shift'))
    .where('what', '=', 'payment')
    .groupBy(['pay_type', 'used_pay_type', 'currency']),
);

const countedRefunds = prepared((words, slot: Slots<OfShift>) =>
  words
    .selectFrom('taking')
    .innerJoin('refund', (join) => join.on(sql.ref('refund.id'), '=', sql.ref('taking.number')))
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['pay_type as payType', 'used_pay_type as usedPayType', 'refund.currency as currency'])
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(refund.amount)`.as('amount'))
    .where('taking.shift', '=', slot('shift'))
    .where('what', '=', 'refund')
    .groupBy(['pay_type', 'used_pay_type', 'refund.currency']),
);

const latePayments = prepared((words, slot: Slots<OfShift & { opened: number; limit: number }>) =>
  words
    .selectFrom('taking')
    .innerJoin('payment', (join) => join.on(sql.ref('payment.id'), '=', sql.ref('taking.number')))
    .select(['payment.id', 'pay_type', 'used_pay_type', 'amount', 'currency', 'created_at', 'at'])
    .where('taking.shift', '=', slot('shift'))
    .where('what', '=', 'payment')
    .where('created_at', '<', slot('opened'))
    .orderBy('at')
    .orderBy('payment.id')
    .limit(sql<number>`${slot('limit')}`),
);

const countedLate = prepared((words, slot: Slots<OfShift & { opened: number }>) =>
  words
    .selectFrom('taking')
    .innerJoin('payment', (join) => join.on(sql.ref('payment.id'), '=', sql.ref('taking.number')))
    .select('currency')
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`sum(amount)`.as('amount'))
    .where('taking.shift', '=', slot('shift'))
    .where('what', '=', 'payment')
    .where('created_at', '<', slot('opened'))
    .groupBy('currency'),
);

const LIVE = PAYMENT_STATES.filter(isLive);

/** One walk for each open state, as the workers walk: few payments of a shop are open at once. */
const openPayments = prepared((words, slot: Slots<{ counter: string }>) => {
  const [first, ...more] = LIVE.map((state) =>
    words
      .selectFrom('payment')
      .select(['id', 'state', 'pay_type', 'used_pay_type', 'amount', 'currency', 'created_at'])
      .where('state', '=', state)
      // Unindexed, or the database would walk everything that the counter ever did.
      .where(sql<string>`counter || ''`, '=', slot('counter')),
  );
  if (first === undefined) throw new Error('no state is open');
  return more
    .reduce((sum, walk) => sum.unionAll(walk), first)
    .orderBy('created_at')
    .orderBy('id');
});

/** Somebody still has to look at every refund that has not ended, so the due ones are all. */
const openRefunds = prepared((words, slot: Slots<{ counter: string }>) =>
  words
    .selectFrom('refund')
    .select(['id', 'payment_id', 'state', 'amount', 'currency', 'created_at'])
    .where('next_check_at', 'is not', null)
    .where('rank', '<', 3)
    .where('counter', '=', slot('counter'))
    // Sorted afterwards, or the database would walk all refunds of all years in their order.
    .orderBy(sql`created_at + 0`)
    .orderBy('id'),
);

type Asked = Pick<ShiftRow, 'id' | 'counter' | 'opened_at'>;

/** Everything that the figures of a shift are made of, as it is now. */
export async function factsOf(
  session: Session,
  { id: shift, counter, opened_at: opened }: Asked,
  own: string,
): Promise<ShiftFacts> {
  const counted: Counted[] = [
    ...(await countedPayments(session, { shift })).map((it) => ({
      ...it,
      what: 'payment' as const,
    })),
    ...(await countedRefunds(session, { shift })).map((it) => ({ ...it, what: 'refund' as const })),
  ];
  const sums = await countedLate(session, { shift, opened });
  const late = {
    count: sums.reduce((sum, it) => sum + it.count, 0),
    amount: sums.find((it) => it.currency === own)?.amount ?? 0,
    named: (await latePayments(session, { shift, opened, limit: MOST_NAMED })).map(
      (it): LatePayment => ({
        ...begun(it),
        id: it.id,
        arrivedAt: it.at,
      }),
    ),
  };
  return {
    counted,
    late,
    openPayments: (await openPayments(session, { counter })).map((it) => ({
      ...begun(it),
      id: it.id,
      state: it.state,
    })),
    openRefunds: (await openRefunds(session, { counter })).map((it) => ({
      id: it.id,
      paymentId: it.payment_id,
      state: it.state,
      amount: it.amount,
      currency: it.currency,
      createdAt: it.created_at,
    })),
  };
}

type Begun = {
  readonly id: PaymentId;
  readonly pay_type: string;
  readonly used_pay_type: string | null;
  readonly amount: number;
  readonly currency: Payment['currency'];
  readonly created_at: number;
};

function begun({ pay_type: payType, used_pay_type: usedPayType, ...it }: Begun) {
  const { amount, currency, created_at: createdAt } = it;
  return { wallet: walletKey({ payType, usedPayType }), amount, currency, createdAt };
}
