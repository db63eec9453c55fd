/**
 * What moves money back or lets a sale be charged again: who asks is asked anew, with the call
 * itself, and the room of money decides the rest.
 */
import { holdsCardNumber } from '@/lib/card-number';
import type { NewRefund, Override, PaymentAnswer, ProblemCode, RefundAnswer } from '@/lib/contract';
import type { Payment, PaymentId } from '@/lib/payment';
import { settingFrom } from '@/lib/settings';
import { paymentView, refundView } from '@/lib/view';
import { type Asker, answerOf, historyStore, type Parts, type Refusal, readerOf } from './answers';
import { placed } from './outlets';
import type { RefundRefusal } from './payments/refund';
import { maySee } from './reports/history';
import { type Person, stepUp } from './staff/sign-in';

export async function refund(
  parts: Parts,
  { id, key, body }: { id: string; key: string; body: NewRefund },
  who: Asker,
): Promise<RefundAnswer | Refusal> {
  const { person } = who;
  const payment = await parts.opened.store.read.payment(id as PaymentId);
  if (payment === null || !maySee(person, payment)) return { refused: 'not-found' };
  if (holdsCardNumber(body.reason)) return { refused: 'card-number' };
  const caller = await callerOf(parts, who, body.pin);
  if ('refused' in caller) return caller;
  const approver = await approverOf(parts, { body, payment }, who);
  if (approver !== null && 'refused' in approver) return approver;
  const { amount, reason } = body;
  const second = approver?.code ?? null;
  const result = await parts.payments.refund({
    ...{ key, amount, reason, staff: person.code, approver: second },
    // PINs are no part of what is compared, and are kept nowhere.
    bodyText: JSON.stringify(['refund', id, amount, reason, second]),
    paymentId: id as PaymentId,
  });
  if ('refused' in result) return refusalOf(result);
  const reader = readerOf(parts, who);
  return {
    refund: refundView(result.refund, reader),
    payment: paymentView(result.payment, reader),
  };
}

type ToApprove = {
  readonly body: Pick<NewRefund, 'amount' | 'approver'>;
  readonly payment: Payment;
};

/** The second manager where the limit asks for one; null where nobody has to agree. */
export async function approverOf(
  parts: Parts,
  { body: { amount, approver }, payment }: ToApprove,
  who: Asker,
): Promise<Person | Refusal | null> {
  const limit = await settingFrom(parts.opened.settings, 'refund-limit');
  const needed = limit !== null && amount > limit;
  if (!needed && approver === undefined) return null;
  if (approver === undefined || approver.staffCode === who.person.code) {
    return { refused: 'second-manager-required' };
  }
  const second = await recognised(parts, who, approver);
  if ('refused' in second) return second;
  const mayHere = second.role !== 'cashier' && maySee(await placed(parts, second), payment);
  return mayHere ? second : { refused: 'second-manager-required' };
}

/** Who asks, by their own PIN; whoever lent a hand has shown theirs with this very call. */
export async function callerOf(parts: Parts, who: Asker, pin: string): Promise<Person | Refusal> {
  const { person, proven } = who;
  return proven ? person : recognised(parts, who, { staffCode: person.code, pin });
}

/** Whose code and PIN came with a call, asked anew. */
export async function recognised(
  { desk }: Parts,
  { address }: Asker,
  given: { staffCode: string; pin: string },
): Promise<Person | Refusal> {
  const known = await stepUp(desk, { ...given, ...(address === undefined ? {} : { address }) });
  if (!('refused' in known)) return known.person;
  const { refused } = known;
  return refused === 'too-many-tries'
    ? { refused, extra: { seconds: known.seconds } }
    : { refused };
}

const REFUSALS: Readonly<Record<Exclude<RefundRefusal['refused'], 'too-large'>, ProblemCode>> = {
  'key-reused': 'key-reused',
  'not-found': 'not-found',
  'too-many': 'refund-too-many',
  unconfirmed: 'refund-unconfirmed',
  'not-paid': 'refund-not-paid',
  'wallet-cannot-refund': 'refund-wallet',
  'too-old': 'refund-too-old',
  'refunded-outside': 'refunded-outside',
};

const refusalOf = (refusal: RefundRefusal): Refusal =>
  refusal.refused === 'too-large'
    ? { refused: 'refund-too-large', extra: { refundableAmount: refusal.refundable } }
    : { refused: REFUSALS[refusal.refused] };

/** A cashier may ask for it; a manager's code and PIN must come with the call. */
export async function override(
  parts: Parts,
  { id, body }: { id: string; body: Override },
  who: Asker,
): Promise<PaymentAnswer | Refusal> {
  const { opened, payments } = parts;
  const payment = await opened.store.read.payment(id as PaymentId);
  if (payment === null || !maySee(who.person, payment)) return { refused: 'not-found' };
  if (holdsCardNumber(body.reason ?? '')) return { refused: 'card-number' };
  const manager = await recognised(parts, who, {
    staffCode: body.staffCode ?? who.person.code,
    pin: body.pin,
  });
  if ('refused' in manager) return manager;
  const mayHere = manager.role !== 'cashier' && maySee(await placed(parts, manager), payment);
  if (!mayHere) return { refused: 'not-allowed' };
  const result = await payments.override({
    id: payment.id,
    manager: manager.code,
    staff: who.person.code,
    reason: body.reason ?? null,
  });
  if ('refused' in result) {
    return { refused: result.refused === 'not-open' ? 'override-not-open' : 'not-found' };
  }
  return answerOf(historyStore(opened), result, readerOf(parts, who));
}
