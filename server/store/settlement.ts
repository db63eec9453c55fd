/** Money that went back by other means: kept only where the payment still covers it. */
import { sql } from 'kysely';
import type { PaymentId } from '@/lib/payment';
import type { KeyedSettlement, Settlement } from '@/lib/settlement';
import { sumReturns } from './payment';
import { prepared, type Session, type Slots } from './prepared';
import type { SettlementRow } from './schema-desk';

const COLUMNS = [
  'id',
  'payment_id',
  'amount',
  'currency',
  'how',
  'reason',
  'proof',
  'staff',
  'approver',
  'created_at',
  'client_key',
  'body_fingerprint',
] as const;

/** Whether the payment covers it is asked by the very statement that keeps it. */
const insert = prepared((words, slot: Slots<SettlementRow>) => {
  const sum = sql<number>`coalesce(sum(amount), 0)`.as('sum');
  const promised = words
    .selectFrom('refund')
    .select(sum)
    .where('payment_id', '=', slot('payment_id'))
    .where('rank', '<>', 3);
  const settled = words
    .selectFrom('settlement')
    .select(sum)
    .where('payment_id', '=', slot('payment_id'));
  const covering = words
    .selectFrom('payment')
    .select('payment.id')
    .where('payment.id', '=', slot('payment_id'))
    .where('payment.state', '=', 'paid')
    .where('payment.amount', '>=', sql<number>`${promised} + ${settled} + ${slot('amount')}`);
  const values = COLUMNS.map((name) => sql`${slot(name)}`.as(name));
  return words
    .insertInto('settlement')
    .columns([...COLUMNS])
    .expression(words.selectNoFrom(values).where((it) => it.exists(covering)))
    .returning('id');
});

const ofPayment = prepared((words, slot: Slots<{ payment: PaymentId }>) =>
  words
    .selectFrom('settlement')
    .selectAll()
    .where('payment_id', '=', slot('payment'))
    .orderBy('created_at')
    .orderBy('id'),
);

const byKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('settlement').selectAll().where('client_key', '=', slot('key')),
);

export async function insertSettlement(
  session: Session,
  settlement: KeyedSettlement,
): Promise<boolean> {
  if ((await insert(session, toRow(settlement))).length === 0) return false;
  await sumReturns(session, settlement.paymentId);
  return true;
}

export async function settlementsOf(session: Session, payment: PaymentId): Promise<Settlement[]> {
  return (await ofPayment(session, { payment })).map(toSettlement);
}

export async function settlementOfKey(
  session: Session,
  key: string,
): Promise<KeyedSettlement | null> {
  const [found] = await byKey(session, { key });
  if (found === undefined) return null;
  const { client_key, body_fingerprint } = found;
  return { ...toSettlement(found), key: client_key, bodyFingerprint: body_fingerprint };
}

const toRow = ({ paymentId, createdAt, key, bodyFingerprint, ...same }: KeyedSettlement) => ({
  ...same,
  payment_id: paymentId,
  created_at: createdAt,
  client_key: key,
  body_fingerprint: bodyFingerprint,
});

function toSettlement(found: SettlementRow): Settlement {
  const { payment_id, created_at, client_key, body_fingerprint, ...same } = found;
  return { ...same, paymentId: payment_id, createdAt: created_at };
}
