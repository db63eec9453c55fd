/**
 * What a manager does and reads at the desk about money that goes back and matters to look at: each
 * verb asks anew who it is where money or a mark depends on it, and lets the room of money decide.
 */
import { holdsCardNumber } from '@/lib/card-number';
import type { PaymentAnswer, ProblemCode, RefundAnswer } from '@/lib/contract';
import type {
  Decide,
  NewSettlement,
  RefundDesk,
  RefundRecord,
  SettlementAnswer,
  TestMoney,
} from '@/lib/contract-refunds';
import type { PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { refundable, refundOutlook } from '@/lib/refund-rules';
import { settingFrom } from '@/lib/settings';
import { isoWithOffset } from '@/lib/time';
import { paymentView, refundView, settlementView } from '@/lib/view';
import {
  type Asker,
  answerOf,
  historyStore,
  type Parts,
  type Refusal,
  readerOf,
  seenPayment,
} from './answers';
import { createDeskLists } from './desk-lists';
import { approverOf, callerOf } from './refund-verbs';
import { maySeeOutlet } from './staff/sign-in';

export function createDecisionVerbs(parts: Parts) {
  return {
    ...createDeskLists(parts),
    settle: (given: Given<NewSettlement> & { key: string }, who: Asker) =>
      settle(parts, given, who),
    checkRefund: (id: string, who: Asker) => checkRefund(parts, id, who),
    withdraw: (id: string, who: Asker) => withdraw(parts, id, who),
    decide: (given: Given<Decide>, who: Asker) => decide(parts, given, who),
    refundDesk: (id: string, who: Asker) => refundDesk(parts, id, who),
    refundRecord: (id: string, who: Asker) => refundRecord(parts, id, who),
    testMoney: (who: Asker) => testMoney(parts, who),
  };
}

type Given<T> = { readonly id: string; readonly body: T };

async function settle(
  parts: Parts,
  { id, key, body }: Given<NewSettlement> & { key: string },
  who: Asker,
): Promise<SettlementAnswer | Refusal> {
  const payment = await seenPayment(parts, id, who);
  if (payment === null) return { refused: 'not-found' };
  const { amount, how, reason, proof } = body;
  if (holdsCardNumber(reason) || holdsCardNumber(proof)) return { refused: 'card-number' };
  const { code } = who.person;
  const caller = await callerOf(parts, who, body.pin);
  if ('refused' in caller) return caller;
  const approver = await approverOf(parts, { body, payment }, who);
  if (approver !== null && 'refused' in approver) return approver;
  const second = approver?.code ?? null;
  const result = await parts.payments.settle({
    ...{ key, amount, how, reason, proof, staff: code, approver: second },
    bodyText: JSON.stringify(['settlement', id, amount, how, reason, proof, second]),
    paymentId: id as PaymentId,
  });
  if (!('refused' in result)) {
    const reader = readerOf(parts, who);
    return {
      settlement: settlementView(result.settlement, reader),
      payment: paymentView(result.payment, reader),
    };
  }
  if (result.refused === 'too-large') {
    return { refused: 'refund-too-large', extra: { refundableAmount: result.refundable } };
  }
  return { refused: result.refused === 'not-paid' ? 'refund-not-paid' : result.refused };
}

async function checkRefund(parts: Parts, id: string, who: Asker): Promise<RefundAnswer | null> {
  if ((await seenRefund(parts, id, who)) === null) return null;
  const result = await parts.payments.checkRefund(id as RefundId);
  if (result === null) return null;
  const reader = readerOf(parts, who);
  return {
    refund: refundView(result.refund, reader),
    payment: paymentView(result.payment, reader),
  };
}

async function withdraw(parts: Parts, id: string, who: Asker): Promise<RefundAnswer | Refusal> {
  if ((await seenRefund(parts, id, who)) === null) return { refused: 'not-found' };
  const result = await parts.payments.withdraw({ id: id as RefundId, staff: who.person.code });
  if ('refused' in result) {
    return { refused: result.refused === 'sent' ? 'refund-sent' : 'not-found' };
  }
  const reader = readerOf(parts, who);
  return {
    refund: refundView(result.refund, reader),
    payment: paymentView(result.payment, reader),
  };
}

const DECIDE_REFUSALS: Readonly<Record<string, ProblemCode>> = {
  'not-found': 'not-found',
  'nothing-open': 'nothing-to-decide',
  'another-matter': 'another-matter',
  'not-a-choice': 'choice-not-open',
};

async function decide(
  parts: Parts,
  { id, body }: Given<Decide>,
  who: Asker,
): Promise<PaymentAnswer | Refusal> {
  if ((await seenPayment(parts, id, who)) === null) return { refused: 'not-found' };
  const { choice, reason, matter = null, counter = null } = body;
  if (holdsCardNumber(reason)) return { refused: 'card-number' };
  const { code } = who.person;
  const caller = await callerOf(parts, who, body.pin);
  if ('refused' in caller) return caller;
  const result = await parts.payments.decide({
    ...{ id: id as PaymentId, matter, choice, reason, staff: code, counter },
  });
  if ('refused' in result) return { refused: DECIDE_REFUSALS[result.refused] ?? 'not-found' };
  return answerOf(historyStore(parts.opened), result, readerOf(parts, who));
}

async function refundDesk(parts: Parts, id: string, who: Asker): Promise<RefundDesk | null> {
  const { opened, payments, env } = parts;
  const { read } = opened.store;
  const payment = await seenPayment(parts, id, who);
  const sale = payment === null ? null : await read.sale(payment.saleId);
  if (payment === null || sale === null) return null;
  const [refunds, settlements, limit] = await Promise.all([
    read.refundsOf(payment.id),
    read.settlementsOf(payment.id),
    settingFrom(opened.settings, 'refund-limit'),
  ]);
  const setting = { now: payments.refundNow(), fpsRefunds: env.fpsRefunds };
  const outlook = refundOutlook(payment, { refunds, setting });
  const reader = readerOf(parts, who);
  const answer = await answerOf(historyStore(opened), payment, reader);
  const iso = (ms: number | null) => (ms === null ? null : isoWithOffset(ms, reader.timeZone));
  return {
    ...answer,
    refunds: refunds.map((refund) => refundView(refund, reader)),
    settlements: settlements.map((settlement) => settlementView(settlement, reader)),
    outlook: {
      ...outlook,
      until: iso(outlook.until),
      sendsAt: iso(outlook.sendsAt),
      takingsSince: isoWithOffset(outlook.takingsSince, reader.timeZone),
      takings: await opened.matters.takings(outlook.takingsSince, payment.outlet),
      left: payment.state === 'paid' ? refundable(payment) : 0,
      limit,
    },
  };
}

/** Whoever may not see a payment sees none of its refunds. */
async function seenRefund(parts: Parts, id: string, who: Asker) {
  const refund = await parts.opened.store.read.refund(id as RefundId);
  const payment = refund === null ? null : await seenPayment(parts, refund.paymentId, who);
  return refund === null || payment === null ? null : { refund, payment };
}

async function refundRecord(parts: Parts, id: string, who: Asker): Promise<RefundRecord | null> {
  const seen = await seenRefund(parts, id, who);
  if (seen === null) return null;
  const { refund, payment } = seen;
  const reader = readerOf(parts, who);
  return { refund: refundView(refund, reader), payment: paymentView(payment, reader) };
}

/** Enough for a day of trials; whoever has more gives those back first. */
const MOST_KEPT = 200;

async function testMoney(parts: Parts, who: Asker): Promise<TestMoney> {
  const { env, opened } = parts;
  const { currency } = env.shop;
  const nothing = { count: 0, amount: 0, currency, payments: [], more: false };
  if (env.environment !== 'test') return { applies: false, ...nothing };
  const found = await opened.matters.kept(MOST_KEPT + 1);
  const mine = found.filter(({ outlet }) => maySeeOutlet(who.person, outlet));
  const kept = mine.slice(0, MOST_KEPT);
  const amount = kept.reduce((sum, it) => sum + it.amount - it.refunded - it.settled, 0);
  const reader = readerOf(parts, who);
  const payments = kept.map((payment) => paymentView(payment, reader));
  const more = found.length > MOST_KEPT;
  return { applies: true, count: kept.length, amount, currency, payments, more };
}
