/**
 * What QFPay cannot give back and the shop gave back by other means: cash, a transfer, goods. It is
 * a line in the books and no call to anybody, and together with the refunds it never exceeds what
 * was paid.
 */
import type { Payment, PaymentId } from '@/lib/payment';
import { refundable } from '@/lib/refund-rules';
import type { KeyedSettlement, SettledBy, Settlement, SettlementId } from '@/lib/settlement';
import { settleByMoney } from './clear';
import { moment, type World } from './evidence';
import type { Records } from './ports';

export type SettlementRequest = {
  readonly key: string;
  /** The checked body without PINs, in a fixed order of fields. */
  readonly bodyText: string;
  readonly paymentId: PaymentId;
  readonly amount: number;
  readonly how: SettledBy;
  readonly reason: string;
  readonly proof: string;
  readonly staff: string;
  readonly approver: string | null;
};
type SettlementRefusal =
  | { readonly refused: 'key-reused' | 'not-found' | 'not-paid' | 'refunded-outside' }
  | { readonly refused: 'too-large'; readonly refundable: number };
export type SettlementResult =
  | { readonly settlement: Settlement; readonly payment: Payment }
  | SettlementRefusal;

export async function settleOtherwise(
  world: World,
  request: SettlementRequest,
): Promise<SettlementResult> {
  const result = await world.store.transaction((records) => begin(world, records, request));
  if (!('refused' in result)) world.out.changed(result.payment);
  return result;
}

async function begin(
  world: World,
  records: Records,
  request: SettlementRequest,
): Promise<SettlementResult> {
  const { key, bodyText, amount } = request;
  const bodyFingerprint = world.ids.fingerprint(bodyText);
  const payment = await records.payment(request.paymentId);
  const known = await records.settlementOfKey(key);
  if (known !== null) {
    const same = known.bodyFingerprint === bodyFingerprint && known.paymentId === payment?.id;
    if (!same || payment === null) return { refused: 'key-reused' };
    return { settlement: plain(known), payment };
  }
  if ((await records.key(key)) !== null) return { refused: 'key-reused' };
  if (payment === null) return { refused: 'not-found' };
  if (payment.state !== 'paid') return { refused: 'not-paid' };
  // It was reversed elsewhere, and nobody knows by how much: a manager says that first.
  if (payment.review === 'reversed-outside') return { refused: 'refunded-outside' };
  const left = { refused: 'too-large', refundable: refundable(payment) } as const;
  if (amount > left.refundable) return left;
  const { how, reason, proof, staff, approver } = request;
  const asked = { key, bodyFingerprint, amount, how, reason, proof, staff, approver, payment };
  const settlement = await keepSettlement(world, records, asked);
  if (settlement === null) return left;
  const now = (await records.payment(payment.id)) ?? payment;
  const { wall } = moment(world.clock);
  const gave = { by: { staff, reason }, choice: 'settlement', wall } as const;
  const after = await settleByMoney(records, { payment: now, ...gave });
  return { settlement, payment: after };
}

type Asked = Pick<
  KeyedSettlement,
  'key' | 'bodyFingerprint' | 'amount' | 'how' | 'reason' | 'proof' | 'staff' | 'approver'
> & { readonly payment: Payment };

/** Recorded and written down; null when the payment does not cover it. */
export async function keepSettlement(
  world: World,
  records: Records,
  { payment, ...asked }: Asked,
): Promise<Settlement | null> {
  const { wall } = moment(world.clock);
  const made: KeyedSettlement = {
    ...asked,
    id: String(world.ids.refundNumber()) as SettlementId,
    paymentId: payment.id,
    currency: payment.currency,
    createdAt: wall,
  };
  if (!(await records.insertSettlement(made))) return null;
  const { id, amount, how, reason, proof, staff, approver } = made;
  await records.note({
    at: wall,
    paymentId: payment.id,
    saleId: payment.saleId,
    kind: 'person',
    actor: staff,
    state: payment.state,
    detail: { did: 'settlement', settlement: id, amount, how, reason, proof, approver },
  });
  return plain(made);
}

function plain({ key, bodyFingerprint, ...settlement }: KeyedSettlement): Settlement {
  return settlement;
}
