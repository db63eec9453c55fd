/**
 * I11: orders under our own prefix that a sweep shows and we do not know, because a restored copy
 * has forgotten them. They are adopted for a manager to look at, followed to their end, and stopped
 * while they can still be paid.
 */
import {
  type Facts,
  NO_WITNESSES,
  type Payment,
  type PaymentId,
  type QueryEvidence,
} from '@/lib/payment';
import type { RefundId, RefundQueryAnswer } from '@/lib/refund';
import { payType } from '@/lib/wallets';
import { moment, WITNESSES, type World } from './evidence';
import { lookAgain } from './look';
import type { Records, SweepRow } from './ports';

const PATIENCE_MS = 30_000;

/** Rows of no payment that we know. `outlet` is the one whose rows they are. */
export async function adoptAll(
  world: World,
  rows: readonly SweepRow[],
  outlet: string | null,
): Promise<Payment[]> {
  const all: Payment[] = [];
  for (const { number, evidence } of rows) {
    if (!world.ids.isOurs(number) || !('facts' in evidence)) continue;
    if ((await world.store.read.refund(number as RefundId)) !== null) continue;
    // QFPay's number is another payment's: the answer was changed on its way.
    const { qfpayNumber } = evidence.facts;
    if (qfpayNumber !== null && (await world.store.read.paymentByQfpayNumber(qfpayNumber)))
      continue;
    if (
      !(await isConfirmed(world, { number: number as PaymentId, facts: evidence.facts, outlet }))
    ) {
      lookAgain(world);
      continue;
    }
    const adopted = await world.store.transaction((records) =>
      adopt(world, records, { number, facts: { ...evidence.facts, outlet } }),
    );
    if (adopted === null) continue;
    all.push(adopted);
    world.out.changed(adopted);
    world.out.alert({ kind: 'review', paymentId: adopted.id, says: 'orphan' });
  }
  return all;
}

type Stranger = {
  readonly number: PaymentId;
  readonly facts: Facts;
  readonly outlet: string | null;
};

/**
 * We have no record of our own to compare it with, and what is believed now is what every later
 * answer is measured by. So its number is asked about, twice; and a sale in another currency than
 * the shop's is none of ours.
 */
async function isConfirmed(
  world: World,
  { number: id, facts, outlet }: Stranger,
): Promise<boolean> {
  const { currency } = world;
  if (facts.currency !== currency) return false;
  const createdAt = facts.paidAt ?? world.clock.wall();
  for (let asked = 0; asked < WITNESSES; asked += 1) {
    if (!(await world.budget.take('tail', PATIENCE_MS))) return false;
    const again = await world.gateway.ask({ id, createdAt, outlet, currency });
    if (!saysTheSame(again, facts)) return false;
  }
  return true;
}

/** A second answer about what we have no record of; one that shows nothing contradicts nothing. */
export function saysTheSame(
  again: QueryEvidence | RefundQueryAnswer,
  facts: Pick<Facts, 'amount' | 'currency'>,
): boolean {
  if (again.says === 'none') return true;
  if (!('facts' in again)) return false;
  return again.facts.amount === facts.amount && again.facts.currency === facts.currency;
}

async function adopt(
  world: World,
  records: Records,
  { number, facts }: { number: string; facts: Facts },
): Promise<Payment | null> {
  const { amount } = facts;
  const known = await records.payment(number as PaymentId);
  if (amount === null || known !== null) return null;
  const orphan = orphanOf(world, { number: number as PaymentId, amount, facts });
  const { saleId: id, currency, counter, staff, createdAt } = orphan;
  await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
  if (!(await records.insertPayment(orphan, null))) throw new Error(`orphan ${number} not kept`);
  await records.note({
    at: world.clock.wall(),
    paymentId: orphan.id,
    saleId: orphan.saleId,
    kind: 'review',
    actor: 'server',
    state: orphan.state,
    detail: { reason: 'orphan', amount },
  });
  return orphan;
}

type Found = { readonly number: PaymentId; readonly amount: number; readonly facts: Facts };

/** Nobody shows its QR any more, so it is stopped at once, as a deadline would. */
function orphanOf(world: World, { number, amount, facts }: Found): Payment {
  const at = moment(world.clock);
  const type = facts.payType ?? '';
  return {
    id: number,
    saleId: world.ids.saleId(),
    mode: payType(type)?.mode === 'CPM' ? 'CPM' : 'MPM',
    payType: type,
    amount,
    currency: world.currency,
    state: 'unknown',
    qrCode: null,
    qrExpiresAt: null,
    usedPayType: facts.payType,
    qfpayNumber: facts.qfpayNumber,
    walletNumber: facts.walletNumber,
    confirmed: false,
    late: false,
    review: 'orphan',
    failure: null,
    counter: 'unknown',
    staff: 'server',
    outlet: facts.outlet,
    createdAt: facts.paidAt ?? at.wall,
    paidAt: null,
    witnesses: { ...NO_WITNESSES, seen: true, sentAt: at.steady, deadlineAt: at.steady },
    nextCheckAt: at.steady,
    abandonedBy: null,
    refunded: 0,
    reserved: 0,
    settled: 0,
    lateSeen: false,
    version: 1,
  };
}
