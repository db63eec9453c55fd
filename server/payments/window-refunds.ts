/**
 * What a look shows of money that went back: of ours, which is compared with our records, and of
 * refunds that somebody made elsewhere, which count against what we may still give back.
 */

import type { Moment } from '@/lib/ladder';
import type { Payment } from '@/lib/payment';
import {
  NO_REFUND_WITNESSES,
  REFUND_RANK,
  type Refund,
  type RefundFacts,
  type RefundId,
  type RefundQueryAnswer,
} from '@/lib/refund';
import { moment, WITNESSES, type World } from './evidence';
import { lookAgain } from './look';
import { saysTheSame } from './orphans';
import type { Gateway, Reads, Records, RefundRow } from './ports';
import { applyRefund } from './refund-evidence';

const PATIENCE_MS = 30_000;

/**
 * One of ours is compared with our record. Of one that was made elsewhere we have none, so a
 * question about its number must not contradict the row.
 */
export async function rowsToTrust(
  world: World,
  rows: readonly RefundRow[],
  outlet: string | null,
): Promise<RefundRow[]> {
  const trusted: RefundRow[] = [];
  for (const row of rows) {
    const { read } = world.store;
    const owner = row.facts?.payment ?? null;
    const payment = owner === null ? null : await read.paymentByQfpayNumber(owner);
    const known = await refundOf(world, read, { row, payment });
    if (known !== null) {
      // Under a number that is not its own the answer was changed on its way.
      if (known.id === nameOf(world, row)) trusted.push(row);
    } else if (payment !== null) {
      if (await isOutside(world, { row, payment, outlet })) trusted.push(row);
      else lookAgain(world);
    }
  }
  return trusted;
}
type Outside = {
  readonly row: RefundRow;
  readonly payment: Payment;
  readonly outlet: string | null;
};

/** It went back without us: it is none of ours, and nothing contradicts it. */
async function isOutside(world: World, { row, payment, outlet }: Outside): Promise<boolean> {
  const { number, facts } = row;
  if (facts === null || payment.state !== 'paid') return false;
  // A number of ours that we do not know was forgotten by a copy: no other one looks like it.
  const refunds = world.ids.isOurs(number) ? [] : await world.store.read.refundsOf(payment.id);
  for (const refund of refunds.filter((it) => isUntold(it) && it.amount === facts.amount)) {
    if (!(await isAnother(world, refund, facts))) return false;
  }
  const createdAt = facts.paidAt ?? world.clock.wall();
  const order = { id: number as RefundId, createdAt, outlet, currency: payment.currency };
  const again = await asked(world, order);
  return again !== null && saysTheSame(again, facts);
}

/** Sent, and QFPay has not told us its own number yet. */
const isUntold = ({ state, qfpayNumber, witnesses }: Refund): boolean =>
  REFUND_RANK[state] < 3 && qfpayNumber === null && witnesses.sentAt !== null;

/**
 * The row may be ours under a number that was changed on its way: then a question about our number
 * brings QFPay's number of that row. Two that bring none mean that QFPay has no refund of ours.
 */
async function isAnother(world: World, ours: Refund, facts: RefundFacts): Promise<boolean> {
  for (let times = 0; times < WITNESSES; times += 1) {
    const answer = await asked(world, ours);
    if (answer === null || answer.says === 'unclear') return false;
    const number = 'facts' in answer ? answer.facts.qfpayNumber : null;
    if (number !== null) return number !== facts.qfpayNumber;
  }
  return true;
}

/** Null when no call came free. */
const asked = async (
  { budget, gateway }: World,
  { id, createdAt, outlet, currency }: Parameters<Gateway['askRefund']>[0],
): Promise<RefundQueryAnswer | null> =>
  (await budget.take('tail', PATIENCE_MS))
    ? gateway.askRefund({ id, createdAt, outlet, currency })
    : null;

type Row = { readonly row: RefundRow; readonly payment: Payment | null };

/** Whose row it is: by its number, or by QFPay's, which no two have; `payment` went back. */
export async function refundOf(
  world: World,
  records: Reads,
  { row, payment }: Row,
): Promise<Refund | null> {
  const named = await records.refund(nameOf(world, row));
  const number = row.facts?.qfpayNumber ?? null;
  if (named !== null || payment === null || number === null) return named;
  const all = await records.refundsOf(payment.id);
  return all.find(({ qfpayNumber }) => qfpayNumber === number) ?? null;
}

export async function keepRefunds(world: World, rows: readonly RefundRow[]): Promise<Refund[]> {
  const at = moment(world.clock);
  const kept = await world.store.transaction(async (records) => {
    const found: { refund: Refund; was: Payment | null; payment: Payment }[] = [];
    for (const row of rows) {
      const known = await records.refund(nameOf(world, row));
      if (known !== null && !isRefundNews(known, row, at)) continue;
      const result =
        known === null
          ? await keepOutside(world, records, row)
          : await applyRefund(records, known.id, { evidence: row.evidence, at });
      if (result !== null) found.push(result);
    }
    return found;
  });
  for (const { was, payment } of kept) {
    if (was === null || was.version !== payment.version) world.out.changed(payment);
    if (payment.review !== null && payment.review !== was?.review) {
      world.out.alert({ kind: 'review', paymentId: payment.id, says: payment.review });
    }
  }
  return kept.map(({ refund }) => refund);
}

/** Between its own questions a refund hears only what ends it. */
function isRefundNews(refund: Refund, { evidence }: RefundRow, at: Moment): boolean {
  if (refund.state === 'done' && (refund.confirmed || refund.origin === 'outside')) return false;
  if (evidence.says === 'done') return true;
  return evidence.says !== 'unclear' && (refund.nextCheckAt ?? 0) <= at.steady;
}

/** A number that is not of our making may be anything; QFPay's own is unique. */
const nameOf = (world: World, { number, facts }: RefundRow): RefundId =>
  (world.ids.isOurs(number) ? number : `X-${facts?.qfpayNumber ?? number}`) as RefundId;

/** Money that went back elsewhere counts against what we may still give back. */
async function keepOutside(world: World, records: Records, row: RefundRow) {
  const { evidence, facts } = row;
  const owner = facts?.payment ?? null;
  const was = owner === null ? null : await records.paymentByQfpayNumber(owner);
  const done = evidence.says === 'done';
  // A forgotten one of ours is followed by its number; anybody else's is waited for.
  const underWay = evidence.says === 'processing' && world.ids.isOurs(row.number);
  if (was === null || owner === null || !(done || underWay)) return null;
  const { amount, qfpayNumber, paidAt } = evidence.facts;
  if (amount === null || was.state !== 'paid') return null;
  // Ours may have been told its number while the row was looked at.
  if ((await refundOf(world, records, { row, payment: was })) !== null) return null;
  const at = moment(world.clock);
  const refund: Refund = {
    id: nameOf(world, row),
    paymentId: was.id,
    origin: 'outside',
    amount,
    currency: was.currency,
    paymentNumber: owner,
    reason: '',
    state: done ? 'done' : 'processing',
    qfpayNumber,
    respcd: null,
    confirmed: done,
    review: null,
    withdrawnBy: null,
    staff: 'outside',
    approver: null,
    counter: was.counter,
    outlet: was.outlet,
    createdAt: paidAt ?? at.wall,
    doneAt: done ? (paidAt ?? at.wall) : null,
    witnesses: NO_REFUND_WITNESSES,
    nextCheckAt: done ? null : at.steady,
    version: 1,
  };
  await records.insertRefund(refund);
  const paid = (await records.payment(was.id)) ?? was;
  const reason =
    paid.reserved + paid.settled > paid.amount ? 'refunded-too-much' : 'refunded-outside';
  // Until now a row only said that something went back; this says what.
  const unexplained = paid.review === null || paid.review === 'reversed-outside';
  const flagged: Payment = unexplained ? { ...paid, review: reason } : paid;
  const payment = (await records.update(flagged)) ?? paid;
  await records.note({
    at: at.wall,
    paymentId: was.id,
    saleId: was.saleId,
    kind: 'review',
    actor: 'server',
    state: payment.state,
    detail: { reason, refund: refund.id, amount },
  });
  return { refund, was, payment };
}
