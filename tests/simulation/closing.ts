/**
 * What must be true when everything has come to rest: the two ledgers agree to the cent, nothing is
 * left open, nothing is unknown, and the chain of the audit holds.
 */

import type { Bank, Order } from './bank';
import type { Books } from './books';
import { PREFIX } from './files';
import type { Loop } from './loop';
import type { Network } from './network';
import type { Report } from './report';
import type { Shop } from './shop';
import type { SeenPayment } from './witness';

export type Ending = {
  readonly bank: Bank;
  readonly books: Books;
  readonly network: Network;
  readonly shop: Shop;
  readonly report: Report;
  /** Windows do not list what is not paid. */
  readonly hidesUnpaid: boolean;
};

/** Refunds of the portal of which no notification came through: nobody could know of them yet. */
export type Unheard = ReadonlySet<string>;

type Hearsay = {
  readonly heard: ReadonlyMap<string, number>;
  readonly loop: Loop;
  readonly hidesUnpaid: boolean;
};
export type Rest = Pick<Ending, 'bank' | 'books' | 'shop'> & Hearsay;
/** What was found may still be told again. */
const SETTLING_MS = 180_000;
/** The last look comes after half an hour. */
const FINDING_MS = 1_980_000;

/** What keeps the world from being at rest; null when it is. */
export const unrest = (ending: Rest): string | null => astray(ending) ?? lookedFor(ending);

/** Whoever heard of a refund made elsewhere, be it again, needs some time to find it. */
function lookedFor({ heard, loop, bank, shop }: Rest): string | null {
  for (const [number, at] of heard) {
    if (number.startsWith(PREFIX) || loop.now() >= at + FINDING_MS) continue;
    const refund = bank.model.world.refunds.find((one) => one.number === number);
    const isFound = shop.witness().refund(`X-${refund?.syssn}`) !== null;
    if (!isFound || loop.now() < at + SETTLING_MS) return `${number} is looked for`;
  }
  return null;
}

/** What a night does not put right. */
export function astray(ending: Rest): string | null {
  const { bank, books, shop } = ending;
  for (const id of books.open) if (!books.refunds.has(id)) return `${id} is open`;
  for (const movement of bank.model.world.ledger) {
    if (movement.kind === 'payment') {
      const state = shop.witness().payment(movement.number)?.state;
      if (state !== 'paid') return `${movement.number} is paid`;
    }
    // One of ours that a restored copy has forgotten is there for every sweep to find.
    const ours = movement.kind === 'refund' && movement.number.startsWith(PREFIX);
    if (ours && shop.witness().refund(movement.number) === null)
      return `${movement.number} went back`;
  }
  for (const order of bank.model.world.orders) {
    const hidden = ending.hidesUnpaid && order.paidAt === null;
    if (!hidden && shop.witness().payment(order.number) === null)
      return `${order.number} is unknown`;
    if (order.plan?.at != null) return `${order.number} will be paid`;
  }
  return null;
}

/** Paid, and known to nobody here: a restored copy has forgotten it. */
export const isForgotten = ({ bank, shop }: Pick<Rest, 'bank' | 'shop'>): boolean =>
  bank.model.world.ledger.some(
    ({ kind, number }) => kind === 'payment' && shop.witness().payment(number) === null,
  );

export async function closeBooks(ending: Ending, unheard: Unheard): Promise<void> {
  const { books, report, shop } = ending;
  for (const id of books.open) {
    const state = books.payments.get(id)?.state ?? books.refunds.get(id)?.state;
    report.violated('I10', id, `is still ${state} at the end`);
  }
  for (const order of ending.bank.model.world.orders) closeOrder(ending, order);
  for (const payment of shop.witness().changedPayments(0)) {
    closePayment(ending, payment);
    compareRefunds(ending, payment, unheard);
  }
  const verdict = await shop.opened().verifyAudit();
  if (!verdict.ok) report.violated('I15', null, `the audit breaks at ${verdict.brokenAt}`);
}

function closeOrder({ bank, shop, report, hidesUnpaid }: Ending, order: Order): void {
  const seen = shop.witness().payment(order.number);
  const paid = bank.model.world.ledger.filter(
    (movement) => movement.kind === 'payment' && movement.number === order.number,
  );
  if (paid.length > 1) report.violated('I1', order.number, `charged ${paid.length} times`);
  // What a gateway shows to nobody but who knows its number cannot be found again.
  if (seen === null && paid.length === 0 && hidesUnpaid) return;
  if (seen === null) {
    report.violated('I11', order.number, `${order.state} at the gateway and unknown here`);
    return;
  }
  if (paid.length === 1 && seen.state !== 'paid') {
    report.violated('I2', order.number, `paid at the gateway and ${seen.state} here`);
  }
  if (paid.length === 0 && seen.state === 'paid') {
    report.violated('I5', order.number, 'paid here and not at the gateway');
  }
}

const TOLD: Readonly<Record<string, string>> = { paid: 'paid', failed: 'failed', closed: 'closed' };

/** I15: every ending has its line in the audit. */
function closePayment({ shop, report }: Ending, payment: SeenPayment): void {
  const state = TOLD[payment.state];
  if (state === undefined) return;
  if (shop.witness().tellings(payment.id, 'state', state) === 0) {
    report.violated('I15', payment.id, `nobody wrote down why it is ${state}`);
  }
}

/** I9, and the double entry of refunds: what went back there went back here. */
function compareRefunds(ending: Ending, payment: SeenPayment, unheard: Unheard): void {
  const { bank, shop, report } = ending;
  const order = bank.order(payment.id);
  const theirs = (order?.refunds ?? []).filter((refund) => refund.state === 'done');
  const counted = theirs.filter((refund) => {
    const ours = refund.number.startsWith(PREFIX);
    return ours || !unheard.has(refund.number);
  });
  const garbled = bank.garbled() && theirs.some((refund) => !refund.number.startsWith(PREFIX));
  const mine = shop
    .witness()
    .refundsOf(payment.id)
    .filter((refund) => refund.state === 'done');
  const sum = (list: readonly { readonly amount: number }[]) =>
    list.reduce((total, refund) => total + refund.amount, 0);
  const least = sum(counted);
  const most = sum(theirs);
  const here = sum(mine);
  // A manager looks at it, or the gateway itself named a sum that was not so.
  const looks = payment.review === 'reversed-outside' || garbled;
  if ((here < least || here > most) && !looks) {
    report.violated('I9', payment.id, `${least} to ${most} went back, and ${here} here`);
  }
  if (here !== payment.refunded) {
    report.violated('I9', payment.id, `says ${payment.refunded} and has ${here}`);
  }
}
