/**
 * Gives money back. It promises that the sum of what is promised never exceeds what was paid, that
 * a refund keeps its number for life, that the intent is on disk before a byte leaves, and that an
 * unclear answer is followed to its end. It never sends two refunds of one payment side by side.
 */
import { claimRefund, deferRefund, maySend, withdrawRefund } from '@/lib/advance-refund';
import type { Moment } from '@/lib/ladder';
import type { Payment, PaymentId } from '@/lib/payment';
import {
  NO_REFUND_WITNESSES,
  REFUND_RANK,
  type Refund,
  type RefundAnswer,
  type RefundId,
} from '@/lib/refund';
import { isRefundHour } from '@/lib/refund-hour';
import {
  MOST_REFUNDS,
  type RefundBlock,
  refundable,
  refundBlock,
  refundSpacing,
} from '@/lib/refund-rules';
import { ask } from './ask';
import { moment, recordIntent, type World } from './evidence';
import type { Records } from './ports';
import {
  announceRefund,
  changeRefund,
  noteState,
  type RefundAndPayment,
  recordRefund,
  refundMoment,
} from './refund-evidence';

export type RefundRequest = {
  readonly key: string;
  /** The checked body without PINs, in a fixed order of fields. */
  readonly bodyText: string;
  readonly paymentId: PaymentId;
  readonly amount: number;
  readonly reason: string;
  readonly staff: string;
  readonly approver: string | null;
};
export type RefundRefusal =
  | { readonly refused: 'key-reused' | 'not-found' | 'too-many' | 'unconfirmed' }
  | { readonly refused: Exclude<RefundBlock, 'nothing-left'> }
  | { readonly refused: 'too-large'; readonly refundable: number };
export type RefundResult = RefundAndPayment | RefundRefusal;

/** How long a refund waits for its turn before it is left to the watch. */
const PATIENCE_MS = 10_000;
const LATER_MS = 5_000;
/** Two of one payment side by side: the second looks again so soon. */
const QUEUE_MS = 2_000;

/** R1: asks first what the gateway thinks of the payment, then records, then sends. */
export async function refund(world: World, request: RefundRequest): Promise<RefundResult> {
  const early = await world.store.transaction((records) => known(world, records, request));
  if (early !== null) return early;
  const payment = await world.store.read.payment(request.paymentId);
  // Somebody may have given it back elsewhere; what we send must not come on top of it (I3).
  if (payment?.state === 'paid') await ask(world, payment, 'query');
  const begun = await world.store.transaction((records) => begin(world, records, request));
  if ('refused' in begun) return begun;
  announceRefund(world, begun);
  const sent = await sendRefund(world, begun.refund.id);
  return sent ?? begun;
}

async function known(
  world: World,
  records: Records,
  request: RefundRequest,
): Promise<RefundResult | null> {
  const key = await records.key(request.key);
  if (key === null) return null;
  const same = key.bodyFingerprint === world.ids.fingerprint(request.bodyText);
  if (key.kind !== 'refund' || !same) return { refused: 'key-reused' };
  const made = await records.refund(key.targetId as RefundId);
  const payment = made === null ? null : await records.payment(made.paymentId);
  if (made === null || payment === null) throw new Error(`the key of ${key.targetId} is lost`);
  return { refund: made, payment };
}

async function begin(
  world: World,
  records: Records,
  request: RefundRequest,
): Promise<RefundResult> {
  const replayed = await known(world, records, request);
  if (replayed !== null) return replayed;
  const payment = await records.payment(request.paymentId);
  if (payment === null) return { refused: 'not-found' };
  const at = moment(world.clock);
  const block = refundBlock(payment, { now: at.wall, fpsRefunds: world.fpsRefunds });
  if (block !== null && block !== 'nothing-left') return { refused: block };
  const tooLarge = { refused: 'too-large', refundable: refundable(payment) } as const;
  if (block !== null || request.amount > tooLarge.refundable) return tooLarge;
  if ((await records.refundsOf(payment.id)).length >= MOST_REFUNDS) return { refused: 'too-many' };
  const { qfpayNumber } = payment;
  // While only a notification vouches for the money, there is nothing to give back from.
  if (qfpayNumber === null || !payment.confirmed) return { refused: 'unconfirmed' };
  const made = newRefund(world, request, { ...payment, qfpayNumber });
  if (!(await records.insertRefund(made))) return tooLarge;
  const fingerprint = world.ids.fingerprint(request.bodyText);
  const target = { kind: 'refund', bodyFingerprint: fingerprint, targetId: made.id } as const;
  await records.insertKey(request.key, target);
  const { amount, reason, staff, approver } = request;
  await records.note({
    at: at.wall,
    paymentId: payment.id,
    saleId: payment.saleId,
    kind: 'person',
    actor: staff,
    state: payment.state,
    detail: { did: 'refund', refund: made.id, amount, reason, approver },
  });
  const after = await records.payment(payment.id);
  return { refund: made, payment: after ?? payment };
}

function newRefund(
  world: World,
  request: RefundRequest,
  payment: Payment & { readonly qfpayNumber: string },
): Refund {
  const at = moment(world.clock);
  const { amount, reason, staff, approver } = request;
  return {
    id: world.ids.refundNumber(),
    paymentId: payment.id,
    origin: 'counter',
    amount,
    currency: payment.currency,
    paymentNumber: payment.qfpayNumber,
    reason,
    state: 'requested',
    qfpayNumber: null,
    respcd: null,
    confirmed: false,
    review: null,
    withdrawnBy: null,
    staff,
    approver,
    counter: payment.counter,
    outlet: payment.outlet,
    createdAt: at.wall,
    doneAt: null,
    witnesses: NO_REFUND_WITNESSES,
    nextCheckAt: at.steady + LATER_MS,
    version: 1,
  };
}

/** R2, R7, R8: sends what may be sent now; else says when to look again. Null when unknown. */
export async function sendRefund(world: World, id: RefundId): Promise<RefundAndPayment | null> {
  if (world.gateway.clockOffset() === null) await learnTheTime(world, id);
  if (isRefundHour(refundMoment(world).wall)) {
    return changeRefund(world, id, (it, at) => (maySend(it, at) ? deferRefund(it, at) : it));
  }
  if (!(await world.budget.take('refund', PATIENCE_MS))) {
    return changeRefund(world, id, (it, at) => later(it, at.steady + LATER_MS));
  }
  const claimed = await claim(world, id);
  if (claimed === null) return null;
  announceRefund(world, claimed);
  if (claimed.callId === null) return claimed;
  world.fault('refund-claimed');
  const startedAt = world.clock.steady();
  const { amount, currency, createdAt, counter, outlet, paymentNumber } = claimed.refund;
  const order = { id, paymentNumber, amount, currency, createdAt, counter, outlet };
  const evidence = await world.gateway.refund(order);
  world.fault('refund-answered');
  const ms = world.clock.steady() - startedAt;
  const outcome = { says: evidence.says, respcd: respcdOf(evidence), ms };
  const answered = { callId: claimed.callId, outcome };
  const after = await recordRefund(world, id, { evidence, answered });
  if (after === null || evidence.says !== 'refused') return after;
  // A refusal is worth one question at once: the manager is waiting for a word that holds.
  return (await askRefund(world, after.refund)) ?? after;
}

/** After a start nobody has heard QFPay's clock yet; its answer about the payment tells it. */
async function learnTheTime(world: World, id: RefundId): Promise<void> {
  const refund = await world.store.read.refund(id);
  const payment = refund === null ? null : await world.store.read.payment(refund.paymentId);
  if (payment !== null) await ask(world, payment, 'query');
}

const respcdOf = (evidence: RefundAnswer): string | null =>
  'respcd' in evidence ? evidence.respcd : null;

const later = (it: Refund, nextCheckAt: number): Refund =>
  REFUND_RANK[it.state] < 3 && (it.nextCheckAt ?? 0) < nextCheckAt ? { ...it, nextCheckAt } : it;

/** The intent row, committed; without one (callId null) it may not be sent any more, or yet. */
function claim(
  world: World,
  id: RefundId,
): Promise<(RefundAndPayment & { readonly callId: number | null }) | null> {
  const at = moment(world.clock);
  return world.store.transaction(async (records) => {
    const it = await records.refund(id);
    const payment = it === null ? null : await records.payment(it.paymentId);
    if (it === null || payment === null) return null;
    const refund = await decide(records, { it, payment, at });
    const after = (await records.payment(payment.id)) ?? payment;
    if (refund.state !== 'sending' || it.state === 'sending') {
      return { refund, payment: after, callId: null };
    }
    const calls = await records.callsOf(id);
    const intent = { kind: 'refund', number: id, seq: calls.length + 1, at } as const;
    return { refund, payment: after, callId: await recordIntent(records, payment, intent) };
  });
}

type Claim = { readonly it: Refund; readonly payment: Payment; readonly at: Moment };

/** Sends it, puts it off behind another one, or gives it up. */
async function decide(records: Records, { it, payment, at }: Claim): Promise<Refund> {
  if (!maySend(it, at)) return it;
  // I3: somebody gave money back elsewhere after this was promised.
  if (payment.reserved + payment.settled > payment.amount) {
    const refund = await written(records, withdrawRefund(it, at, 'server'));
    await noteState(records, { before: it, refund, payment }, at);
    return refund;
  }
  const wait = turnOf(it, await records.refundsOf(payment.id), refundSpacing(payment));
  const isTurn = wait !== null && wait <= at.steady;
  return written(records, isTurn ? claimRefund(it, at) : later(it, wait ?? at.steady + QUEUE_MS));
}

async function written(records: Records, refund: Refund): Promise<Refund> {
  const after = await records.updateRefund(refund);
  if (after === null) throw new Error(`refund ${refund.id} changed under its transaction`);
  return after;
}

/** When it may go: null while another one of the same payment is under way. Steady ms. */
function turnOf(it: Refund, all: readonly Refund[], spacingMs: number): number | null {
  const others = all.filter((other) => other.id !== it.id);
  const busy = others.some(({ state }) =>
    ['sending', 'processing', 'unknown'].some((under) => under === state),
  );
  if (busy) return null;
  return Math.max(0, ...others.map(({ witnesses }) => (witnesses.sentAt ?? 0) + spacingMs));
}

const running = new WeakMap<World['store'], Map<RefundId, Promise<RefundAndPayment | null>>>();

/** Asks the gateway about a refund; several askers at once share one question. */
export function askRefund(world: World, refund: Refund): Promise<RefundAndPayment | null> {
  const mine = running.get(world.store) ?? new Map<RefundId, Promise<RefundAndPayment | null>>();
  running.set(world.store, mine);
  const already = mine.get(refund.id);
  if (already !== undefined) return already;
  const question = askOnce(world, refund).finally(() => mine.delete(refund.id));
  mine.set(refund.id, question);
  return question;
}

async function askOnce(world: World, refund: Refund): Promise<RefundAndPayment | null> {
  if (!(await world.budget.take('query', QUEUE_MS))) return null;
  const { id, createdAt, outlet, currency } = refund;
  const evidence = await world.gateway.askRefund({ id, createdAt, outlet, currency });
  return recordRefund(world, id, { evidence });
}
