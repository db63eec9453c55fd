/** Both ledgers side by side, to the cent: what the gateway did, and what the shop believes. */
import type { Payment, PaymentId } from '@/lib/payment';
import type { Order } from '@/server/simulator/model/state';
import type { VirtualGateway } from './gateway';
import type { Shop } from './shop';

/** Sentences about sales that are wrong, and how many payments are still open. */
export type Books = { readonly wrong: readonly string[]; readonly open: number };

export async function compareBooks(gateway: VirtualGateway, shop: Shop): Promise<Books> {
  const { orders } = gateway.model.world;
  const wrong: string[] = [];
  let paid = 0;
  for (const order of orders) {
    const payment = await shop.world.store.read.payment(order.number as PaymentId);
    if (payment?.state === 'paid') paid += 1;
    const says = difference(order, payment);
    if (says !== null) wrong.push(`${order.number} ${says}`);
  }
  const all = await paidHere(shop);
  if (all !== paid) wrong.push(`${all - paid} payments are paid here and unknown to the gateway`);
  const { length: open } = await shop.world.store.read.open(MOST);
  return { wrong, open };
}

const MOST = 1_000_000;
const PAGE = 1_000;

/** How many payments the shop believes to be paid. */
export async function paidHere(shop: {
  readonly world: Pick<Shop['world'], 'store'>;
}): Promise<number> {
  let count = 0;
  for (let after: PaymentId | null = null; ; ) {
    const window = { from: 0, to: Number.MAX_SAFE_INTEGER, outlet: null, after, limit: PAGE };
    const page: Payment[] = await shop.world.store.read.paidBetween(window);
    count += page.length;
    const last: Payment | undefined = page.at(-1);
    if (last === undefined || page.length < PAGE) return count;
    after = last.id;
  }
}

function difference(order: Order, payment: Payment | null): string | null {
  if (payment === null) return 'is not known here';
  const took = order.paidAt !== null;
  if (took !== (payment.state === 'paid')) {
    return `was ${took ? 'paid' : 'not paid'} and is ${payment.state} here`;
  }
  if (payment.amount !== order.amount) return `is ${payment.amount}, not ${order.amount}`;
  const back = order.refunds.reduce(
    (sum, { state, amount }) => sum + (state === 'done' ? amount : 0),
    0,
  );
  if (payment.refunded !== back) return `gave back ${back}, here ${payment.refunded}`;
  return null;
}
