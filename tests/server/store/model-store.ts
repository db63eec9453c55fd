/**
 * What a store promises, said once more in plain maps: no SQL, no file, no repository of ours.
 * A store is right when it answers everything as this one does.
 */
import { type Payment, type PaymentId, RANK, type SaleId } from '@/lib/payment';
import { REFUND_RANK, type Refund, type RefundId } from '@/lib/refund';
import type { KeyedSettlement } from '@/lib/settlement';
import type {
  Bucket,
  CallIntent,
  DayClose,
  Decision,
  Lease,
  Reads,
  Records,
  RequestKey,
  Sale,
  Store,
  TimelineEntry,
} from '@/server/payments/ports';

type Books = {
  readonly sales: Map<SaleId, Sale>;
  readonly payments: Map<PaymentId, Payment>;
  readonly codes: Map<string, PaymentId>;
  readonly refunds: Map<RefundId, Refund>;
  readonly settlements: Map<string, KeyedSettlement>;
  readonly decisions: Decision[];
  readonly keys: Map<string, RequestKey>;
  readonly notices: Set<string>;
  readonly buckets: Map<string, Bucket>;
  readonly days: Map<string, DayClose>;
  readonly calls: CallIntent[];
  readonly notes: TimelineEntry[];
  /** Numbers of what changed, the last change last. */
  readonly feed: Set<string>;
  lease: Lease | null;
};

export type ModelStore = Store & {
  /** Every payment and refund once, in the order of their last changes. */
  readonly feed: () => (Payment | Refund)[];
};

const inOrder = <T extends { id: string }>(all: Iterable<T>, of: (it: T) => number): T[] =>
  [...all].sort((a, b) => of(a) - of(b) || (a.id < b.id ? -1 : 1));
const oldestFirst = <T extends { id: string; createdAt: number }>(all: Iterable<T>): T[] =>
  inOrder(all, (it) => it.createdAt);
const dueFirst = <T extends { id: string; nextCheckAt: number | null }>(all: Iterable<T>): T[] =>
  inOrder(all, (it) => it.nextCheckAt ?? Number.POSITIVE_INFINITY);
const isDue = (it: { nextCheckAt: number | null }, now: number): boolean =>
  it.nextCheckAt !== null && it.nextCheckAt <= now;
const sumOf = (all: readonly { amount: number }[]): number =>
  all.reduce((sum, it) => sum + it.amount, 0);
const blocks = (it: Payment): boolean => RANK[it.state] < 3 && it.abandonedBy === null;
const must = (is: boolean, says: string): void => {
  if (!is) throw new Error(says);
};

export function createModelStore(): ModelStore {
  let books: Books = {
    sales: new Map(),
    payments: new Map(),
    codes: new Map(),
    refunds: new Map(),
    settlements: new Map(),
    decisions: [],
    keys: new Map(),
    notices: new Set(),
    buckets: new Map(),
    days: new Map(),
    calls: [],
    notes: [],
    feed: new Set(),
    lease: null,
  };
  return {
    read: readsOf(() => books),
    transaction: async (work) => {
      const before = structuredClone(books);
      try {
        return await work({ ...readsOf(() => books), ...writesOf(books) });
      } catch (fault) {
        books = before;
        throw fault;
      }
    },
    feed: () =>
      [...books.feed].flatMap((id) => {
        const found = books.payments.get(id as PaymentId) ?? books.refunds.get(id as RefundId);
        return found === undefined ? [] : [found];
      }),
  };
}

function readsOf(now: () => Books): Reads {
  const payments = () => [...now().payments.values()];
  const refunds = () => [...now().refunds.values()];
  return {
    payment: async (id) => now().payments.get(id) ?? null,
    sale: async (id) => now().sales.get(id) ?? null,
    paymentsOfSale: async (id) => oldestFirst(payments().filter((it) => it.saleId === id)),
    due: async (at, limit) => dueFirst(payments().filter((it) => isDue(it, at))).slice(0, limit),
    open: async (limit) =>
      oldestFirst(payments().filter((it) => RANK[it.state] < 3)).slice(0, limit),
    timeline: async (id) => now().notes.filter((it) => it.paymentId === id),
    nextDue: async () =>
      dueFirst<Payment | Refund>([...payments(), ...refunds()])[0]?.nextCheckAt ?? null,
    paymentByQfpayNumber: async (number) =>
      oldestFirst(payments().filter((it) => it.qfpayNumber === number))[0] ?? null,
    paidBetween: async ({ from, to, outlet, after, limit }) => {
      const paid = oldestFirst(payments().filter((it) => it.state === 'paid'));
      const begin = paid.findIndex((it) => it.id === after) + 1;
      return paid
        .slice(begin)
        .filter((it) => it.createdAt >= from && it.createdAt < to && it.outlet === outlet)
        .slice(0, limit);
    },
    refund: async (id) => now().refunds.get(id) ?? null,
    refundsOf: async (id) => oldestFirst(refunds().filter((it) => it.paymentId === id)),
    settlementsOf: async (id) =>
      oldestFirst(settlementsOf(now(), id)).map(({ key, bodyFingerprint, ...same }) => same),
    settlementOfKey: async (key) => now().settlements.get(key) ?? null,
    dueRefunds: async (at, limit) =>
      dueFirst(refunds().filter((it) => isDue(it, at))).slice(0, limit),
    lastNoteAt: async () => now().notes.at(-1)?.at ?? null,
    lease: async () => now().lease,
    lastDayClose: async (outlet) => {
      const days = [...now().days.values()].filter((it) => it.outlet === outlet);
      return days.sort((a, b) => (a.day < b.day ? 1 : -1))[0] ?? null;
    },
  };
}

const settlementsOf = (books: Books, id: PaymentId): KeyedSettlement[] =>
  [...books.settlements.values()].filter((it) => it.paymentId === id);

type Writes = Omit<Records, keyof Reads>;

function writesOf(books: Books): Writes {
  return { ...paymentWrites(books), ...refundWrites(books), ...otherWrites(books) };
}

const numberIsFree = (books: Books, id: string): boolean =>
  !books.payments.has(id as PaymentId) && !books.refunds.has(id as RefundId);

function changed(books: Books, id: string): void {
  books.feed.delete(id);
  books.feed.add(id);
}

const anotherBlocks = (books: Books, payment: Payment): boolean =>
  blocks(payment) &&
  [...books.payments.values()].some(
    (it) => it.saleId === payment.saleId && it.id !== payment.id && blocks(it),
  );

type PaymentWrites = Pick<Writes, 'insertSale' | 'insertPayment' | 'paymentOfCode' | 'update'>;

function paymentWrites(books: Books): PaymentWrites {
  return {
    insertSale: async (sale) => {
      must(!books.sales.has(sale.id), 'a sale is recorded once');
      books.sales.set(sale.id, sale);
    },
    insertPayment: async (payment, code) => {
      must(numberIsFree(books, payment.id), 'a number is given out once');
      if (anotherBlocks(books, payment) || (code !== null && books.codes.has(code))) return false;
      must(books.sales.has(payment.saleId), 'a payment has a sale');
      books.payments.set(payment.id, { ...payment, refunded: 0, reserved: 0, settled: 0 });
      if (code !== null) books.codes.set(code, payment.id);
      changed(books, payment.id);
      return true;
    },
    paymentOfCode: async (code) => books.codes.get(code) ?? null,
    update: async (payment) => {
      const was = books.payments.get(payment.id);
      if (was === undefined || was.version !== payment.version) return null;
      if (RANK[payment.state] < RANK[was.state]) return null;
      const ended = RANK[was.state] >= 3 && payment.state !== was.state;
      must(!ended || payment.state === 'paid', 'what ended may only become paid');
      must(!anotherBlocks(books, payment), 'one live payment of a sale');
      const { amount, counter, refunded, reserved, settled } = was;
      const kept = { amount, counter, refunded, reserved, settled };
      const next: Payment = { ...payment, ...kept, version: was.version + 1 };
      books.payments.set(next.id, next);
      changed(books, next.id);
      return next;
    },
  };
}

type RefundWrites = Pick<Writes, 'insertRefund' | 'updateRefund' | 'insertSettlement'>;

function refundWrites(books: Books): RefundWrites {
  const of = (id: PaymentId) => [...books.refunds.values()].filter((it) => it.paymentId === id);
  const promised = (id: PaymentId) => sumOf(of(id).filter((it) => it.state !== 'failed'));
  const settled = (id: PaymentId) => sumOf(settlementsOf(books, id));
  const sum = (id: PaymentId): void => {
    const payment = books.payments.get(id);
    if (payment === undefined) throw new Error('what goes back has a payment');
    books.payments.set(id, {
      ...payment,
      refunded: sumOf(of(id).filter((it) => it.state === 'done')),
      reserved: promised(id),
      settled: settled(id),
      version: payment.version + 1,
    });
    changed(books, id);
  };
  const keep = (refund: Refund): void => {
    books.refunds.set(refund.id, refund);
    changed(books, refund.id);
    sum(refund.paymentId);
  };
  const covers = ({ paymentId: id, amount }: { paymentId: PaymentId; amount: number }): boolean => {
    const payment = books.payments.get(id);
    return payment?.state === 'paid' && promised(id) + settled(id) + amount <= payment.amount;
  };
  return {
    insertRefund: async (refund) => {
      must(numberIsFree(books, refund.id), 'a number is given out once');
      if (refund.origin !== 'outside' && !covers(refund)) return false;
      must(books.payments.has(refund.paymentId), 'a refund has a payment');
      keep(refund);
      return true;
    },
    updateRefund: async (refund) => {
      const was = books.refunds.get(refund.id);
      if (was === undefined || was.version !== refund.version) return null;
      const [from, to] = [REFUND_RANK[was.state], REFUND_RANK[refund.state]];
      if (to < from && !(from === 2 && to === 1)) return null;
      const { paymentId, amount, reason, origin, createdAt } = was;
      const kept = { paymentId, amount, reason, origin, createdAt };
      const next: Refund = { ...refund, ...kept, version: was.version + 1 };
      keep(next);
      return next;
    },
    insertSettlement: async (settlement) => {
      if (!covers(settlement)) return false;
      books.settlements.set(settlement.key, settlement);
      sum(settlement.paymentId);
      return true;
    },
  };
}

function otherWrites(books: Books): Omit<Writes, keyof PaymentWrites | keyof RefundWrites> {
  return {
    key: async (key) => books.keys.get(key) ?? null,
    insertKey: async (key, target) => {
      must(!books.keys.has(key), 'a key is used once');
      books.keys.set(key, target);
    },
    insertCall: async (call) => {
      const same = (it: CallIntent) =>
        it.kind === call.kind && it.number === call.number && it.seq === call.seq;
      must(!books.calls.some(same), 'a call is claimed once');
      return books.calls.push(call);
    },
    answerCall: async (id) => must(id <= books.calls.length, 'a call is made before its answer'),
    callsOf: async (number) =>
      books.calls.filter((it) => it.number === number).sort((a, b) => a.at - b.at),
    insertDecision: async (decision) => void books.decisions.push(decision),
    putLease: async (_, lease) => {
      const was = books.lease;
      const rises = was === null || lease.epoch > was.epoch;
      const stays = lease.epoch === was?.epoch && lease.holder === was.holder;
      if (!rises && !stays) return false;
      books.lease = lease;
      return true;
    },
    bucket: async (name) => books.buckets.get(name) ?? null,
    putBucket: async (name, bucket) => void books.buckets.set(name, bucket),
    putDayClose: async (close) => void books.days.set(`${close.day} ${close.outlet}`, close),
    insertNotice: async ({ sha256 }) => {
      const known = books.notices.has(sha256);
      books.notices.add(sha256);
      return !known;
    },
    note: async (entry) => void books.notes.push({ ...entry, seq: books.notes.length + 1 }),
  };
}
