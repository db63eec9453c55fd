/** Payments between the database and `lib`: every row is a whole payment, and only whole ones. */
import { sql } from 'kysely';
import { NO_WITNESSES, type Payment, type PaymentId, RANK, type SaleId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { prepared, row, type Session, type Slots } from './prepared';
import type { PaymentRow } from './schema';
import { nextNumber } from './tally';

/** What a payment is for: written once. */
const FIXED = [
  'id',
  'sale_id',
  'mode',
  'pay_type',
  'amount',
  'currency',
  'counter',
  'staff',
  'outlet',
  'created_at',
  'code_fingerprint',
] as const;

/** What becomes of it. */
const MOVING = [
  'state',
  'rank',
  'qr_code',
  'qr_expires_at',
  'used_pay_type',
  'qfpay_number',
  'wallet_number',
  'confirmed',
  'late',
  'review',
  'failure_code',
  'failure_respcd',
  'paid_at',
  'witnesses',
  'next_check_at',
  'abandoned_by',
  'version',
  'changed_seq',
  'late_seen',
] as const;

type Moving = Pick<PaymentRow, (typeof MOVING)[number]>;

type Fixed = Pick<PaymentRow, (typeof FIXED)[number]>;

const insert = prepared((words, slot: Slots<Fixed & Moving>) =>
  words
    .insertInto('payment')
    .values(row<Fixed & Moving>(slot, [...FIXED, ...MOVING]))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);

const compareAndSet = prepared((words, slot: Slots<Moving & { id: PaymentId; was: number }>) =>
  words
    .updateTable('payment')
    .set(row<Moving>(slot, MOVING))
    .where('id', '=', slot('id'))
    .where('version', '=', slot('was'))
    .where('rank', '<=', slot('rank'))
    .returningAll(),
);

const byId = prepared((words, slot: Slots<{ id: PaymentId }>) =>
  words.selectFrom('payment').selectAll().where('id', '=', slot('id')),
);

const ofSale = prepared((words, slot: Slots<{ sale: SaleId }>) =>
  words
    .selectFrom('payment')
    .selectAll()
    .where('sale_id', '=', slot('sale'))
    .orderBy('created_at')
    .orderBy('id'),
);

const ofCode = prepared((words, slot: Slots<{ code: string }>) =>
  words.selectFrom('payment').select('id').where('code_fingerprint', '=', slot('code')),
);

const numberOfRefund = prepared((words, slot: Slots<{ id: string }>) =>
  words
    .selectFrom('refund')
    .select('id')
    .where('id', '=', slot('id') as RefundId),
);

const sums = prepared((words, slot: Slots<{ id: PaymentId; changed: number }>) => {
  const amounts = words
    .selectFrom('refund')
    .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
    .where('payment_id', '=', slot('id'));
  const settled = words
    .selectFrom('settlement')
    .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
    .where('payment_id', '=', slot('id'));
  return words
    .updateTable('payment')
    .set({
      refunded: amounts.where('rank', '=', 4),
      reserved: amounts.where('rank', '<>', 3),
      settled,
      version: sql<number>`version + 1`,
      changed_seq: slot('changed'),
    })
    .where('id', '=', slot('id'))
    .returning('id');
});

export async function paymentById(session: Session, id: PaymentId): Promise<Payment | null> {
  return first(await byId(session, { id }));
}

export async function paymentsOfSale(session: Session, sale: SaleId): Promise<Payment[]> {
  return (await ofSale(session, { sale })).map(toPayment);
}

export async function paymentOfCode(session: Session, code: string): Promise<PaymentId | null> {
  const [found] = await ofCode(session, { code });
  return found?.id ?? null;
}

/**
 * Makes `refunded`, `reserved` and `settled` anew from the refunds and settlements, as part of
 * every write of one of them: whoever watches the payment sees it change.
 */
export async function sumReturns(session: Session, id: PaymentId): Promise<void> {
  const changed = await nextNumber(session, 'feed');
  const [summed] = await sums(session, { id, changed });
  if (summed === undefined) throw new Error(`there is no payment ${id}`);
}

/** False: the sale has a live payment, or the code belongs to one. A reused number is a fault. */
export async function insertPayment(
  session: Session,
  payment: Payment,
  code: string | null,
): Promise<boolean> {
  const { id } = payment;
  const [taken] = await numberOfRefund(session, { id });
  if (taken !== undefined) throw new Error(`the number ${id} was given out twice`);
  const changed = await nextNumber(session, 'feed');
  const values = { ...fixed(payment, code), ...moving(payment, changed) };
  const [inserted] = await insert(session, values);
  if (inserted !== undefined) return true;
  const known = await paymentById(session, id);
  if (known !== null) throw new Error(`the number ${id} was given out twice`);
  return false;
}

/** Writes only over `payment.version` and never down the ladder; null when it may not. */
export async function updatePayment(session: Session, payment: Payment): Promise<Payment | null> {
  const { id, version: was } = payment;
  const changed = await nextNumber(session, 'feed');
  const values = { ...moving({ ...payment, version: was + 1 }, changed), id, was };
  return first(await compareAndSet(session, values));
}

function first([found]: PaymentRow[]): Payment | null {
  return found === undefined ? null : toPayment(found);
}

function fixed(payment: Payment, code: string | null): Fixed {
  return {
    id: payment.id,
    sale_id: payment.saleId,
    mode: payment.mode,
    pay_type: payment.payType,
    amount: payment.amount,
    currency: payment.currency,
    counter: payment.counter,
    staff: payment.staff,
    outlet: payment.outlet,
    created_at: payment.createdAt,
    code_fingerprint: code,
  };
}

function moving(payment: Payment, changed: number): Moving {
  return {
    state: payment.state,
    rank: RANK[payment.state],
    qr_code: payment.qrCode,
    qr_expires_at: payment.qrExpiresAt,
    used_pay_type: payment.usedPayType,
    qfpay_number: payment.qfpayNumber,
    wallet_number: payment.walletNumber,
    confirmed: payment.confirmed ? 1 : 0,
    late: payment.late ? 1 : 0,
    review: payment.review,
    failure_code: payment.failure?.code ?? null,
    failure_respcd: payment.failure?.respcd ?? null,
    paid_at: payment.paidAt,
    witnesses: JSON.stringify(payment.witnesses),
    next_check_at: payment.nextCheckAt,
    abandoned_by: payment.abandonedBy,
    version: payment.version,
    changed_seq: changed,
    late_seen: payment.lateSeen ? 1 : 0,
  };
}

export function toPayment(found: PaymentRow): Payment {
  return {
    id: found.id,
    saleId: found.sale_id,
    mode: found.mode,
    payType: found.pay_type,
    amount: found.amount,
    currency: found.currency,
    state: found.state,
    qrCode: found.qr_code,
    qrExpiresAt: found.qr_expires_at,
    usedPayType: found.used_pay_type,
    qfpayNumber: found.qfpay_number,
    walletNumber: found.wallet_number,
    confirmed: found.confirmed === 1,
    late: found.late === 1,
    review: found.review,
    failure:
      found.failure_code === null
        ? null
        : { code: found.failure_code, respcd: found.failure_respcd },
    counter: found.counter,
    staff: found.staff,
    outlet: found.outlet,
    createdAt: found.created_at,
    paidAt: found.paid_at,
    // Rows of an older version may know fewer witnesses.
    witnesses: { ...NO_WITNESSES, ...JSON.parse(found.witnesses) },
    nextCheckAt: found.next_check_at,
    abandonedBy: found.abandoned_by,
    refunded: found.refunded,
    reserved: found.reserved,
    settled: found.settled,
    lateSeen: found.late_seen === 1,
    version: found.version,
  };
}
