/**
 * Learns the truth about one payment. The notification, the sweep and the impatient cashier all
 * end here, and several of them at once share one question. An answer may earn the right to stop
 * the order; a clock alone never does.
 */
import { lacksOnlyTheSweep } from '@/lib/absence';
import { isLive, type Payment, type PaymentId, type QueryEvidence, RANK } from '@/lib/payment';
import { payType } from '@/lib/wallets';
import { isOpen, moment, record, recordIntent, type World } from './evidence';
import { stopped } from './unsent';
import { lookForRefunds, sweepWindow } from './window';

/** How long a question waits for its turn before it is put off. */
const TURN_MS = 2_000;

/** What the gateway said, and when, wall ms; null where nobody could ask it. */
type Told = {
  readonly at: number;
  readonly says: QueryEvidence['says'];
  readonly respcd: string | null;
};
/** The payment as it then is, and what was said about it. */
export type Asked = { readonly payment: Payment; readonly told: Told | null };

/** By the store: a person's question must not end with the lease of the watch (lease.ts). */
const running = new WeakMap<World['store'], Map<PaymentId, Promise<Asked>>>();

/** Asks the gateway now. Answers the payment as it then is, unchanged when nobody could answer. */
export const ask = async (
  world: World,
  payment: Payment,
  kind: 'query' | 'tail',
): Promise<Payment> => (await askTogether(world, payment, kind)).payment;

function askTogether(world: World, payment: Payment, kind: 'query' | 'tail'): Promise<Asked> {
  const mine = running.get(world.store) ?? new Map<PaymentId, Promise<Asked>>();
  running.set(world.store, mine);
  const already = mine.get(payment.id);
  if (already !== undefined) return already;
  const question = askOnce(world, payment, kind).finally(() => mine.delete(payment.id));
  mine.set(payment.id, question);
  return question;
}

async function askOnce(world: World, payment: Payment, kind: 'query' | 'tail'): Promise<Asked> {
  if (RANK[payment.state] === 0) return { payment, told: null };
  if (!(await world.budget.take(kind, TURN_MS))) return { payment, told: null };
  const { id, createdAt, outlet, currency } = payment;
  const evidence = await world.gateway.ask({ id, createdAt, outlet, currency });
  if (isReversed(evidence) && payment.reserved === 0) await lookForRefunds(world, payment);
  const { says } = evidence;
  const respcd = 'respcd' in evidence ? evidence.respcd : null;
  const told = { at: world.clock.wall(), says, respcd };
  const after = (await record(world, id, { evidence })) ?? payment;
  return { payment: await followUp(world, after), told };
}

/** What an answer short of "paid" leads to: the sweep that proves absence, the stop, the close. */
export async function followUp(world: World, payment: Payment): Promise<Payment> {
  let now = payment;
  if (lacksOnlyTheSweep(now, moment(world.clock))) now = await sweepFor(world, now);
  if (isOverdue(world, now)) {
    const evidence = stopped(world, now.id, 'deadline');
    now = (await record(world, now.id, { evidence })) ?? now;
  }
  return mayClose(world, now) ? close(world, now) : now;
}

const isReversed = (evidence: QueryEvidence): boolean =>
  evidence.says === 'paid' && evidence.facts.reversed;

const isOverdue = (world: World, payment: Payment): boolean =>
  (payment.state === 'awaiting' || payment.state === 'unknown') &&
  payment.witnesses.deadlineAt !== null &&
  world.clock.steady() >= payment.witnesses.deadlineAt;

async function sweepFor(world: World, payment: Payment): Promise<Payment> {
  const { createdAt, outlet } = payment;
  const sweep = await sweepWindow(world, { from: createdAt, to: createdAt, outlet });
  if (sweep === null) return payment;
  const row = sweep.rows.find((each) => each.number === payment.id);
  if (row === undefined && !sweep.complete) return payment;
  const evidence = row?.evidence ?? ({ source: 'query', says: 'none', by: 'window' } as const);
  return (await record(world, payment.id, { evidence })) ?? payment;
}

/** T20: always right after a question, so that a customer who just paid is seen first. */
function mayClose(world: World, payment: Payment): boolean {
  const { closeAcceptedAt, nextCloseAt, sentAt } = payment.witnesses;
  if (payment.state !== 'cancelling' || closeAcceptedAt !== null || nextCloseAt === null) {
    return false;
  }
  const cancel = payType(payment.payType)?.cancel;
  if (cancel === undefined || cancel.by === 'none') return false;
  const now = world.clock.steady();
  const young = payment.mode === 'CPM' && now - (sentAt ?? now) < cancel.minimumAgeMs;
  return !young && now >= nextCloseAt;
}

async function close(world: World, payment: Payment): Promise<Payment> {
  if (!(await world.budget.take('close', TURN_MS))) return payment;
  const at = moment(world.clock);
  const callId = await world.store.transaction(async (records) => {
    const calls = await records.callsOf(payment.id);
    const seq = calls.filter((each) => each.kind === 'close').length + 1;
    return recordIntent(records, payment, { kind: 'close', number: payment.id, seq, at });
  });
  world.fault('close-claimed');
  const evidence = await world.gateway.close(payment);
  world.fault('close-answered');
  const ms = world.clock.steady() - at.steady;
  const outcome = { says: evidence.says, respcd: evidence.respcd, ms };
  const after = await record(world, payment.id, { evidence, answered: { callId, outcome } });
  if (after === null || after.witnesses.closeAcceptedAt === null) return after ?? payment;
  return (await askOnce(world, after, 'query')).payment;
}

/** The cashier's *check now*: asks whatever is not settled, and never overrides an answer. */
export async function check(world: World, id: PaymentId): Promise<Asked | null> {
  const payment = await world.store.read.payment(id);
  if (payment === null) return null;
  const settled = payment.state === 'paid' && !isOpen(payment);
  if (settled || payment.state === 'created') return { payment, told: null };
  return askTogether(world, payment, 'query');
}

/** T18: stopping is a request. What comes of it is learnt by asking, which the sweep does next. */
export async function cancel(world: World, id: PaymentId, staff: string): Promise<Payment | null> {
  const payment = await world.store.read.payment(id);
  if (payment === null || !isLive(payment.state)) return payment;
  return record(world, id, { evidence: stopped(world, id, 'cashier'), actor: staff });
}
