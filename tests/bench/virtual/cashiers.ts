/**
 * Twenty cashiers who do what cashiers do: take the next customer, ring again when the screen says
 * that it is safe, give up and let the next one through when it does not, and fetch a manager when
 * money has to go back. They know only what the shop tells them.
 */
import { type Payment, type PaymentId, RANK, type SaleId } from '@/lib/payment';
import type { ChargeRequest } from '@/server/payments/charge';
import { magicCode } from '@/server/simulator/magic';
import { createRandom, type Random } from '../random';
import type { VirtualGateway } from './gateway';
import type { Loop } from './loop';
import type { Shop } from './shop';

export type DayPlan = {
  readonly seed: number;
  readonly counters: number;
  readonly salesPerCounterAndDay: number;
  readonly days: number;
  /** Hong Kong midnight before the first day, ms UTC. */
  readonly midnight: number;
};

/** Shares of a Saturday's customers by the hour, from ten to ten. */
const HOURS = new Map(
  [4, 6, 8, 11, 10, 8, 8, 9, 12, 12, 8, 4].map((share, place) => [10 + place, share]),
);
const ALL_SHARES = [...HOURS.values()].reduce((sum, share) => sum + share, 0);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const SCANS = 0.7;
const WALKS_AWAY = 0.12;
const REFUNDED = 0.01;
const MOST_TRIES = 3;
/** How long a cashier looks at a payment that nobody can settle. */
const PATIENCE_MS = 90_000;

export type Tally = {
  customers: number;
  /** Left without paying: walked away, refused, or nothing could be charged. */
  unsold: number;
  /** Payments begun, by sale. */
  readonly tries: Map<SaleId, PaymentId[]>;
  refunds: number;
  refundsRefused: number;
};

export type Floor = {
  readonly loop: Loop;
  readonly gateway: VirtualGateway;
  readonly shop: Shop;
  readonly watch: Watch;
};

/** Who waits for which payment; fed by what the shop tells its screens. */
export type Watch = {
  changed(payment: Payment): void;
  /** As soon as it is decided, or as it is when patience ends. */
  decided(payment: Payment, patienceMs: number): Promise<Payment>;
};

export function createWatch(loop: Loop): Watch {
  const waiting = new Map<PaymentId, (payment: Payment) => void>();
  const last = new Map<PaymentId, Payment>();
  return {
    changed: (payment) => {
      last.set(payment.id, payment);
      if (RANK[payment.state] < 3) return;
      waiting.get(payment.id)?.(payment);
      waiting.delete(payment.id);
    },
    decided: (payment, patienceMs) => {
      const now = last.get(payment.id) ?? payment;
      if (RANK[now.state] >= 3) return Promise.resolve(now);
      const told = new Promise<Payment>((resolve) => waiting.set(payment.id, resolve));
      const tired = loop.sleep(patienceMs).then(() => last.get(payment.id) ?? payment);
      return Promise.race([told, tired]);
    },
  };
}

/** Customers come while the loop runs; answers what there was, which grows meanwhile. */
export function openFloor(floor: Floor, plan: DayPlan): Tally {
  const tally: Tally = {
    customers: 0,
    unsold: 0,
    tries: new Map(),
    refunds: 0,
    refundsRefused: 0,
  };
  const serials = { last: 0 };
  for (let counter = 1; counter <= plan.counters; counter += 1) {
    const random = createRandom(plan.seed, `counter ${counter}`);
    const name = String(counter);
    let queue = Promise.resolve();
    const sale: Customer = { ...floor, tally, random, counter: name, serials };
    for (const at of arrivals(plan, random)) {
      floor.loop.at(at, () => {
        tally.customers += 1;
        queue = queue.then(() => serve(sale));
      });
    }
  }
  return tally;
}

/** Independent of each other, as many an hour as that hour brings. */
function* arrivals(plan: DayPlan, random: Random): Generator<number> {
  for (let day = 0; day < plan.days; day += 1) {
    for (const [hour, share] of HOURS) {
      const from = plan.midnight + day * DAY + hour * HOUR;
      const mean = HOUR / ((plan.salesPerCounterAndDay * share) / ALL_SHARES);
      for (let at = from + random.gap(mean); at < from + HOUR; at += random.gap(mean)) yield at;
    }
  }
}

type Customer = Floor & {
  readonly tally: Tally;
  readonly random: Random;
  readonly counter: string;
  readonly serials: { last: number };
};

async function serve(customer: Customer): Promise<void> {
  const { tally, random, shop, loop, watch } = customer;
  const amount = random.whole(500, 60_000);
  let saleId: SaleId | null = null;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const request = requestOf(customer, { amount, saleId });
    const result = await shop.payments.charge(request);
    if (!('payment' in result)) throw new Error(`a charge was refused: ${result.refused}`);
    saleId = result.sale.id;
    tally.tries.set(saleId, [...(tally.tries.get(saleId) ?? []), result.payment.id]);
    const leaves = customerActs(customer, result.payment);
    const ended = leaves
      ? await walkedAway(customer, result.payment)
      : await watch.decided(result.payment, PATIENCE_MS);
    if (ended.state === 'paid') return mayRefund(customer, ended);
    // Not known: nobody rings again, the next customer is let through.
    if (leaves || RANK[ended.state] < 3) break;
    await loop.sleep(random.whole(3_000, 10_000));
  }
  tally.unsold += 1;
}

function requestOf(
  { random, counter, serials }: Customer,
  { amount, saleId }: { amount: number; saleId: SaleId | null },
): ChargeRequest {
  serials.last += 1;
  const scans = random.chance(SCANS);
  return {
    key: `tap-${serials.last}`,
    bodyText: `tap ${serials.last}`,
    amount,
    currency: 'HKD',
    payType: scans ? '800008' : '800201',
    mode: scans ? 'CPM' : 'MPM',
    authCode: scans ? codeOf(random, serials.last) : null,
    saleId,
    note: null,
    counter,
    staff: '3000',
    outlet: null,
  };
}

/** Most scans are paid at once; some ask for a password, a few are refused. */
function codeOf(random: Random, serial: number): string {
  const fate = random.next();
  if (fate < 0.03) return magicCode('too-little-money', { serial });
  if (fate < 0.05) return magicCode('asks-then-refused', { serial });
  if (fate < 0.15) return magicCode('asks-then-pays', { serial, polls: random.whole(1, 5) });
  return `10${String(serial).padStart(16, '0')}`;
}

/** True when the customer goes without paying. Whoever stays pays the QR after a while. */
function customerActs({ random, loop, gateway }: Customer, payment: Payment): boolean {
  if (payment.mode === 'CPM' || payment.state !== 'awaiting') return false;
  if (random.chance(WALKS_AWAY)) return true;
  loop.at(loop.now() + random.whole(3_000, 40_000), () => void gateway.pays(payment.id));
  return false;
}

/** Half the time the cashier cancels, half the time the QR is left to its end. */
async function walkedAway(customer: Customer, payment: Payment): Promise<Payment> {
  const { random, loop, shop, watch } = customer;
  await loop.sleep(random.whole(20_000, 60_000));
  if (random.chance(0.5)) return payment;
  await shop.payments.cancel(payment.id, '3000');
  return watch.decided(payment, PATIENCE_MS);
}

/** One sale in a hundred comes back, minutes to hours later, in part or whole. */
function mayRefund({ tally, random, loop, shop, serials }: Customer, paid: Payment): void {
  if (!random.chance(REFUNDED)) return;
  const amount = random.chance(0.5) ? paid.amount : random.whole(1, paid.amount);
  serials.last += 1;
  const key = `refund-${serials.last}`;
  const who = { reason: 'wrong size', staff: '2000', approver: null };
  loop.at(loop.now() + random.whole(5 * 60_000, 3 * HOUR), () => {
    const request = { ...who, key, bodyText: key, paymentId: paid.id, amount };
    void shop.payments.refund(request).then((result) => {
      if ('refused' in result) tally.refundsRefused += 1;
      else tally.refunds += 1;
    });
  });
}
