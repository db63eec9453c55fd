/**
 * Where evidence about a refund meets its record, in one transaction with the payment that it
 * belongs to. Nobody else writes a refund after its birth.
 */
import { advanceRefund, doubtRefund } from '@/lib/advance-refund';
import { type Moment, review } from '@/lib/ladder';
import type { Payment, ReviewReason } from '@/lib/payment';
import { REFUND_RANK, type Refund, type RefundHeard, type RefundId } from '@/lib/refund';
import { settleByMoney } from './clear';
import { type Answered, tellReview, type World } from './evidence';
import type { Records } from './ports';

export type RefundAndPayment = { readonly refund: Refund; readonly payment: Payment };
type Applied = RefundAndPayment & { readonly before: Refund; readonly was: Payment };

/** The hour in which QFPay refunds nothing goes by its clock, so a refund's time is QFPay's. */
export const refundMoment = ({ clock, gateway }: World): Moment => ({
  steady: clock.steady(),
  wall: clock.wall() + (gateway.clockOffset() ?? 0),
});

/** Applies one piece of evidence; null when the refund is unknown. */
export async function recordRefund(
  world: World,
  id: RefundId,
  heard: { readonly evidence: RefundHeard; readonly answered?: Answered },
): Promise<RefundAndPayment | null> {
  const at = refundMoment(world);
  const applied = await world.store.transaction(async (records) => {
    if (heard.answered) await records.answerCall(heard.answered.callId, heard.answered.outcome);
    return applyRefund(records, id, { evidence: heard.evidence, at });
  });
  if (applied !== null) tell(world, applied);
  return applied;
}

/** The same, inside a transaction that is already open. */
export async function applyRefund(
  records: Records,
  id: RefundId,
  { evidence, at }: { evidence: RefundHeard; at: Moment },
): Promise<Applied | null> {
  const before = await records.refund(id);
  if (before === null) return null;
  const next = advanceRefund(before, evidence, at);
  const written = await write(records, before, next);
  const { refund } = written;
  const moved = refund.state !== before.state;
  const gave = { by: refund, choice: 'refund', wall: at.wall } as const;
  const isOurs = moved && refund.state === 'done' && refund.origin === 'counter';
  const payment = isOurs
    ? await settleByMoney(records, { payment: written.payment, ...gave })
    : written.payment;
  const applied = { ...written, payment };
  const routine = evidence.source === 'refund-query' && !moved && refund.review === before.review;
  if (!routine) {
    const respcd = 'respcd' in evidence ? evidence.respcd : null;
    await records.note({
      at: at.wall,
      paymentId: payment.id,
      saleId: payment.saleId,
      actor: 'server',
      state: payment.state,
      kind: evidence.source === 'refund-notice' ? 'notification' : 'answer',
      detail: { refund: id, source: evidence.source, says: evidence.says, respcd },
    });
  }
  await noteState(records, applied, at);
  return applied;
}

/** Changes it by a rule of our own, such as a wait; only a new state is written down. */
export async function changeRefund(
  world: World,
  id: RefundId,
  change: (refund: Refund, at: Moment) => Refund,
): Promise<RefundAndPayment | null> {
  const at = refundMoment(world);
  const applied = await world.store.transaction(async (records) => {
    const before = await records.refund(id);
    if (before === null) return null;
    const done = await write(records, before, change(before, at));
    await noteState(records, done, at);
    return done;
  });
  if (applied !== null) tell(world, applied);
  return applied;
}

type Step = { readonly before: Refund; readonly refund: Refund; readonly payment: Payment };

/** A new state of a refund, in the story of its payment. */
export async function noteState(
  records: Records,
  { before, refund, payment }: Step,
  at: Moment,
): Promise<void> {
  if (refund.state === before.state) return;
  const { id, amount, state } = refund;
  await records.note({
    at: at.wall,
    paymentId: payment.id,
    saleId: payment.saleId,
    kind: 'state',
    actor: 'server',
    state: payment.state,
    detail: { refund: id, from: before.state, to: state, amount },
  });
}

/** A minute after it was sent nobody has come back with an answer. */
export const giveUpOn = (world: World, id: RefundId): Promise<RefundAndPayment | null> =>
  changeRefund(world, id, (it, at) => (it.state === 'sending' ? doubtRefund(it, at) : it));

async function write(records: Records, before: Refund, next: Refund): Promise<Applied> {
  const was = await paymentOf(records, before);
  if (next === before) return { before, refund: before, was, payment: was };
  const refund = await records.updateRefund(next);
  // Writers take turns: losing here is a fault.
  if (refund === null) throw new Error(`refund ${before.id} changed under its transaction`);
  const payment = await paymentOf(records, before);
  const flagged = flag(payment, before, refund);
  if (flagged === payment) return { before, refund, was, payment };
  return { before, refund, was, payment: (await records.update(flagged)) ?? payment };
}

async function paymentOf(records: Records, refund: Refund): Promise<Payment> {
  const payment = await records.payment(refund.paymentId);
  if (payment === null) throw new Error(`refund ${refund.id} has no payment`);
  return payment;
}

/** What is wrong with a refund is a manager's matter at the payment. */
function flag(payment: Payment, before: Refund, refund: Refund): Payment {
  const excess = payment.reserved + payment.settled > payment.amount;
  if (excess && REFUND_RANK[refund.state] === 4) return review(payment, 'refunded-too-much');
  const reason: ReviewReason = 'refund-in-doubt';
  return refund.review !== null && before.review === null ? review(payment, reason) : payment;
}

function tell(world: World, { refund, before, payment, was }: Applied): void {
  if (refund !== before) announceRefund(world, { refund, payment });
  tellReview(world, was, payment);
}

/** After the commit: the payment's figures have changed with its refund. */
export function announceRefund(world: World, { payment }: RefundAndPayment): void {
  world.out.changed(payment);
}
