/**
 * The people with the phones. They pay soon, late, at the last moment, just while the shop gives
 * up, or never; what a wallet does not take, it does not take.
 */
import type { Bank, Order } from './bank';
import type { Books } from './books';
import type { Loop } from './loop';
import type { Stream } from './random';
import type { Swarm } from './swarm';

type Given = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly books: Books;
  readonly swarm: Swarm;
  readonly draw: Stream;
};

const SECOND = 1_000;
/** Within the hour in which late money is looked for every minute (money.md I2). */
const LATEST_MS = 30 * 60 * SECOND;

export function makeCustomers(given: Given) {
  const { loop, bank, books, swarm, draw } = given;
  const met = new Set<string>();
  /** Will pay once the order has ended. */
  const late = new Set<string>();
  let planned = 0;
  let looked = 0;

  const payAt = (number: string, at: number, how: { late: boolean }): void => {
    planned += 1;
    loop.at(at, () => {
      planned -= 1;
      bank.pay(number, how);
      return undefined;
    });
  };
  const decideOnPrompt = (order: Order): void => {
    const after = loop.now() + draw.span(500, 40 * SECOND);
    const kind = draw.weighted({ pay: 60, refuse: 15, never: 25 });
    if (kind === 'pay') payAt(order.number, after, { late: false });
    if (kind === 'refuse') loop.at(after, () => bank.refuse(order.number) as undefined);
  };

  books.eachChange((payment) => {
    if (payment.state !== 'awaiting' || payment.mode !== 'MPM' || met.has(payment.id)) return;
    met.add(payment.id);
    const order = bank.order(payment.id);
    if (order === null) return;
    const at = decideOnQr(given, order);
    if (at === 'late') late.add(order.number);
    else if (at !== null) payAt(order.number, at, { late: false });
  });
  bank.watch(() => {
    const { orders } = bank.model.world;
    for (; looked < orders.length; looked += 1) {
      const order = orders[looked];
      if (order?.prompt && order.state === 'asking') decideOnPrompt(order);
    }
    for (const number of [...late]) {
      const order = bank.model.find(number);
      if (order === null || order.endCode === '') continue;
      late.delete(number);
      const latest = swarm.quiet ? LATEST_MS : 90 * SECOND;
      payAt(number, loop.now() + draw.span(200, latest), { late: true });
    }
  });
  return {
    /** Somebody still means to pay, at a certain time or once their order has ended. */
    planned: (): number => planned + late.size,
    /** The shop has just sent a close or a reversal. */
    onCloseSent(number: string | null): void {
      if (number === null) return;
      const order = bank.model.find(number);
      if (order === null || order.paidAt !== null || !draw.chance(0.2)) return;
      payAt(number, loop.now() + draw.int(0, 2 * swarm.latency[1]), {
        late: swarm.lenient && draw.chance(0.3),
      });
    },
  };
}

/** When somebody who sees a QR pays it; `late` when only after it has ended. */
function decideOnQr({ loop, swarm, draw }: Given, order: Order): number | 'late' | null {
  const now = loop.now();
  const kinds = { soon: 48, middle: 8, never: 14, deadline: 5, late: 14, close: 11 };
  const bent = { ...kinds, ...(swarm.rush ? { never: 300 } : swarm.quiet ? { late: 150 } : {}) };
  switch (draw.weighted(bent)) {
    case 'soon':
      return now + draw.span(300, 12 * SECOND);
    case 'middle':
      return now + draw.int(12 * SECOND, 60 * SECOND);
    case 'deadline': {
      const last = draw.chance(0.5) ? (order.expiresAt ?? now) : order.sysAt + 300 * SECOND;
      return last + draw.int(-100, 100);
    }
    case 'late':
      return swarm.lenient ? 'late' : null;
    default:
      return null;
  }
}
