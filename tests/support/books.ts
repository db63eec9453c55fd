/**
 * Two ledgers side by side: what the till says of every payment, and what the gateway did. It
 * promises to name every cent, every order and every "you may charge again" that does not hold.
 */
import type { PaymentView } from '@/lib/contract';

export type TheirOrder = {
  readonly number: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly syssn: string;
  readonly paidAt: number | null;
  readonly txdtm: string;
};
type TheirRefund = {
  readonly number: string;
  readonly syssn: string;
  readonly origNumber: string;
  readonly state: string;
  readonly amount: number;
};
type Movement = {
  readonly kind: 'payment' | 'refund' | 'reversal';
  readonly number: string;
  readonly amount: number;
};
export type TheirBooks = {
  readonly orders: readonly TheirOrder[];
  readonly refunds: readonly TheirRefund[];
  readonly ledger: readonly Movement[];
};
export type OurPayment = Pick<
  PaymentView,
  'id' | 'saleId' | 'state' | 'amount' | 'currency' | 'refundedAmount' | 'review'
>;

/** One sentence for each thing on which the two do not agree; amounts in minor units. */
export function differences(ours: readonly OurPayment[], theirs: TheirBooks): string[] {
  const mine = new Map(ours.map((payment) => [payment.id, payment]));
  return [
    ...theirs.orders.flatMap((order) => aboutOrder(order, mine.get(order.number))),
    ...ours.flatMap((payment) => aboutPayment(payment, theirs)),
    ...twice(theirs.ledger),
    ...soldTwice(ours),
    ...untold(theirs.ledger, mine),
    ...total(ours, theirs.ledger),
  ];
}

function aboutOrder(order: TheirOrder, ours: OurPayment | undefined): string[] {
  const { number } = order;
  if (ours === undefined) return [`${number} is an order that the till does not know`];
  const wrong: string[] = [];
  if (order.paidAt !== null && ours.state !== 'paid') {
    wrong.push(`${number} is paid there and ${ours.state} here`);
  }
  if (order.amount !== ours.amount || order.currency !== ours.currency) {
    wrong.push(`${number} is ${order.amount} ${order.currency} there and ${ours.amount} here`);
  }
  const payable = order.state === 'open' || order.state === 'asking';
  if (payable && (ours.state === 'closed' || ours.state === 'failed')) {
    wrong.push(`${number} can still be paid there and is ${ours.state} here`);
  }
  return wrong;
}

function aboutPayment(payment: OurPayment, theirs: TheirBooks): string[] {
  const { id, state } = payment;
  const wrong: string[] = [];
  const order = theirs.orders.find(({ number }) => number === id);
  if (state === 'paid' && (order?.paidAt ?? null) === null) {
    wrong.push(`${id} is paid here and not there`);
  }
  if (state === 'sending') wrong.push(`${id} is still being sent`);
  const refunds = theirs.refunds.filter(({ origNumber }) => origNumber === id);
  const back = sum(refunds.filter((refund) => refund.state === 'done'));
  if (back !== payment.refundedAmount) {
    wrong.push(`${id} gave back ${back} there and ${payment.refundedAmount} here`);
  }
  if (back > payment.amount) wrong.push(`${id} gave back more than it took`);
  return wrong;
}

/** One number moves money once. */
function twice(ledger: readonly Movement[]): string[] {
  const moved = ledger.map(({ kind, number }) => `${kind} ${number}`);
  return moved
    .filter((one, place) => moved.indexOf(one) !== place)
    .map((one) => `${one} moved money twice`);
}

function soldTwice(ours: readonly OurPayment[]): string[] {
  const sales = ours.filter(({ state }) => state === 'paid').map(({ saleId }) => saleId);
  return sales
    .filter((sale, place) => sales.indexOf(sale) !== place)
    .map((sale) => `sale ${sale} was paid twice`);
}

/** A whole order that went back there is put before a manager here, who counts it by hand. */
const isTold = (payment: OurPayment | undefined): boolean => payment?.review === 'reversed-outside';

const untold = (ledger: readonly Movement[], mine: ReadonlyMap<string, OurPayment>): string[] =>
  ledger
    .filter(({ kind, number }) => kind === 'reversal' && !isTold(mine.get(number)))
    .map(({ number }) => `${number} was reversed there, and nobody is told of it here`);

function total(ours: readonly OurPayment[], ledger: readonly Movement[]): string[] {
  const paid = ours.filter((payment) => payment.state === 'paid' && !isTold(payment));
  const here = sum(paid) - paid.reduce((all, { refundedAmount }) => all + refundedAmount, 0);
  const told = new Set(ours.filter(isTold).map(({ id }) => id));
  const there = sum(ledger.filter(({ number }) => !told.has(number)));
  return here === there ? [] : [`the till has ${here} and the gateway ${there}`];
}

const sum = (rows: readonly { readonly amount: number }[]): number =>
  rows.reduce((all, { amount }) => all + amount, 0);
