/**
 * What the shop has committed, as seen from outside, and the promises that hold at every commit:
 * nothing sinks, nothing is called unpaid that can still be paid, nothing paid without money, and
 * no more promised back than was paid.
 */
import type { Bank } from './bank';
import { makeLooks } from './looks';
import type { Life, Loop } from './loop';
import type { Network } from './network';
import type { Report } from './report';
import type { SeenPayment, SeenRefund, Witness } from './witness';

export type Books = ReturnType<typeof makeBooks>;

type Given = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly network: () => Network;
  readonly witness: () => Witness;
  readonly report: Report;
};

export function makeBooks(given: Given) {
  const { loop, report, witness } = given;
  const shelf: Shelf = {
    payments: new Map(),
    refunds: new Map(),
    refundsOf: new Map(),
    open: new Set(),
    waiting: [],
    deciding: new Map(),
    lastSeq: 0,
  };
  const looks = makeLooks(loop);
  return {
    payments: shelf.payments,
    refunds: shelf.refunds,
    /** Numbers that are not settled. */
    open: shelf.open,
    /** Called with every payment that changed. */
    eachChange: (told: (payment: SeenPayment) => void) => shelf.waiting.push(told),
    /** Called once, when the payment is decided; answers how to stop listening. */
    onDecided(id: string, told: (payment: SeenPayment) => void): () => void {
      const all = shelf.deciding.get(id) ?? new Set();
      shelf.deciding.set(id, all.add(told));
      return () => all.delete(told);
    },
    /** `servers` share the file; alone nobody can be stale. */
    onCommit(life: Life, { asked, servers }: { asked: boolean; servers: number }): void {
      const wrote = see(given, shelf, life);
      if (servers === 1) return;
      const lease = witness().lease();
      const stale = lease !== null && lease.holder !== life.name;
      if (wrote && stale && !asked && !looks.isLooking(life)) {
        report.violated('I13', null, `${life.name} wrote while ${lease.holder} has the lease`);
      }
    },
    /** What was committed before the end of a server is there after it. */
    onRecovered(): void {
      const there = witness().feed();
      if (there >= shelf.lastSeq) return;
      report.violated('I6', null, `${shelf.lastSeq - there} commits were lost with the server`);
    },
    onUnknown: looks.onUnknown,
    onSend: looks.onSend,
    onHeard: looks.onHeard,
    startAnew: (): void => startAnew(given, shelf),
  };
}

type Told = (payment: SeenPayment) => void;
type Shelf = {
  readonly payments: Map<string, SeenPayment>;
  readonly refunds: Map<string, SeenRefund>;
  /** By payment and number. */
  readonly refundsOf: Map<string, Map<string, SeenRefund>>;
  readonly open: Set<string>;
  readonly waiting: Told[];
  readonly deciding: Map<string, Set<Told>>;
  lastSeq: number;
};

/** Looks at what was committed since the last look; false when nothing was. */
function see(given: Given, shelf: Shelf, life: Life): boolean {
  const { loop, witness } = given;
  const feed = witness().feed();
  if (feed === shelf.lastSeq) return false;
  const changed = witness().changedPayments(shelf.lastSeq);
  const moved = witness().changedRefunds(shelf.lastSeq);
  shelf.lastSeq = feed;
  for (const refund of moved) {
    loop.tell(life.name, `refund ${refund.id} ${refund.state} v${refund.version}`);
    judgeRefund(given, shelf.refunds.get(refund.id) ?? null, refund);
    keepRefund(shelf, refund);
  }
  for (const payment of changed) {
    const flags = `${payment.confirmed ? '' : '?'}${payment.review ?? ''}`;
    loop.tell(life.name, `payment ${payment.id} ${payment.state} v${payment.version} ${flags}`);
    judgePayment(given, shelf.payments.get(payment.id) ?? null, payment);
    judgeSum(given, shelf, payment);
    keepPayment(shelf, payment);
    for (const told of shelf.waiting) told(payment);
    if (payment.rank < 3) continue;
    for (const told of shelf.deciding.get(payment.id) ?? []) told(payment);
    shelf.deciding.delete(payment.id);
  }
  return true;
}

/** The file is an older one: what it says now is where everything starts again. */
function startAnew({ witness }: Given, shelf: Shelf): void {
  shelf.payments.clear();
  shelf.refunds.clear();
  shelf.refundsOf.clear();
  shelf.open.clear();
  for (const payment of witness().changedPayments(0)) keepPayment(shelf, payment);
  for (const refund of witness().changedRefunds(0)) keepRefund(shelf, refund);
  shelf.lastSeq = witness().feed();
}

function keepPayment({ payments, open }: Shelf, payment: SeenPayment): void {
  payments.set(payment.id, payment);
  setOpen(open, payment.id, payment.rank < 3 || (payment.rank === 4 && !payment.confirmed));
}

function keepRefund({ refunds, refundsOf, open }: Shelf, refund: SeenRefund): void {
  refunds.set(refund.id, refund);
  const ofPayment = refundsOf.get(refund.payment_id) ?? new Map<string, SeenRefund>();
  refundsOf.set(refund.payment_id, ofPayment.set(refund.id, refund));
  setOpen(open, refund.id, refund.rank < 3 || (refund.rank === 4 && !refund.confirmed));
}

function setOpen(open: Set<string>, id: string, isOpen: boolean): void {
  if (isOpen) open.add(id);
  else open.delete(id);
}

function judgePayment(given: Given, before: SeenPayment | null, now: SeenPayment): void {
  const { report, witness } = given;
  const bad = (invariant: string, says: string) => report.violated(invariant, now.id, says);
  if (before !== null) {
    const sinks = now.rank < before.rank || (before.rank >= 3 && ended(before, now));
    if (sinks) bad('I4', `${before.state} became ${now.state}`);
    if (now.version <= before.version) bad('I4', `version ${before.version} → ${now.version}`);
    if (now.abandoned_by !== null && before.abandoned_by === null)
      report.sometimes('override used');
  }
  if (before === null) judgeNew(given, now);
  const came = before?.state !== now.state;
  if (came && now.rank === 3) judgeSafe(given, now);
  if (came && now.state === 'paid') {
    judgePaid(given, now);
    if (before?.rank === 3) report.sometimes('paid after the till closed it');
    if (before?.state === 'sending' && !now.confirmed)
      report.sometimes('notified before the answer');
    const others = witness()
      .ofSale(now.sale_id)
      .filter((other) => other.state === 'paid');
    if (others.length > 1) report.sometimes('two payments of a sale both paid');
    if (others.length > 1 && !others.some((other) => other.review !== null)) {
      bad('T27', 'a sale was paid twice and nobody has to look');
    }
  }
}

/** I3: no more is promised back than was paid. */
function judgeSum({ report }: Given, { refundsOf }: Shelf, now: SeenPayment): void {
  const all = [...(refundsOf.get(now.id)?.values() ?? [])];
  const sum = (of: (refund: SeenRefund) => boolean) =>
    all.reduce((total, refund) => total + (of(refund) ? refund.amount : 0), 0);
  const own = sum((refund) => refund.origin === 'counter' && refund.rank !== 3);
  const late = all.some((refund) => refund.review === 'done-after-failed');
  const outside = sum((refund) => refund.origin === 'outside' && refund.rank !== 3);
  if (own > now.amount && !late && outside === 0) {
    report.violated('I3', now.id, `${own} given back of ${now.amount}`);
  }
}

/** I1 of a sale: as long as one payment of it may still be paid, there is no other. */
function judgeNew({ report, witness }: Given, now: SeenPayment): void {
  if (now.review === 'orphan') report.sometimes('orphan adopted');
  for (const other of witness().ofSale(now.sale_id)) {
    const free = other.rank === 3 || other.abandoned_by !== null;
    if (other.id === now.id || free || other.created_at > now.created_at) continue;
    report.violated('I1', now.id, `begun although ${other.id} is ${other.state}`);
  }
}

const ended = (before: SeenPayment, now: SeenPayment): boolean =>
  now.state !== before.state && now.state !== 'paid';

/** I7: whoever reads this charges again, so the wallet must not be able to take it any more. */
function judgeSafe({ bank, network, report }: Given, now: SeenPayment): void {
  const lies = bank.lies.get(now.id);
  // Two witnesses are heard; when both are made to lie, or the one that closes is, nobody can know.
  if (lies?.closed || (lies?.denials ?? 0) >= 2) return;
  const bad = (says: string) => report.violated('I7', now.id, `${now.state} although ${says}`);
  const order = bank.order(now.id);
  // A copy of a charge that has arrived before is refused, because its number is used.
  if (order === null && network().isFlying(now.id)) bad('its charge is still on its way');
  // What the gateway itself had ended may be paid all the same: that is late money (I2).
  if (order === null || order.endCode !== '') return;
  if (order.state === 'open' || order.state === 'asking') bad('it can still be paid');
  if (order.paidAt !== null) bad('it is paid');
}

/** I5, and the one witness of T12: there is money behind every green screen. */
function judgePaid({ bank, report }: Given, now: SeenPayment): void {
  const order = bank.order(now.id);
  const same =
    order !== null &&
    order.paidAt !== null &&
    order.amount === now.amount &&
    order.currency === now.currency;
  if (!same) report.violated('I5', now.id, 'paid without its money');
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  unknown: ['sending'],
  deferred: ['sending'],
  processing: [],
};

function judgeRefund(given: Given, before: SeenRefund | null, now: SeenRefund): void {
  const { report, bank } = given;
  if (before !== null) {
    const again = now.rank < before.rank && !ALLOWED[before.state]?.includes(now.state);
    if (again) report.violated('I4', now.id, `refund ${before.state} became ${now.state}`);
    if (now.version <= before.version) report.violated('I4', now.id, 'version of a refund');
    if (before.state === 'unknown' && now.state === 'done') {
      report.sometimes('refund unknown, then done');
    }
  }
  if (now.state === before?.state) return;
  if (now.state === 'deferred') report.sometimes('refund deferred');
  if (now.origin === 'outside') return;
  const entry = bank.model.world.refunds.find((each) => each.number === now.id) ?? null;
  if (now.state === 'done' && entry?.state !== 'done') {
    report.violated('I9', now.id, 'done although no money went back');
  }
  if (now.state === 'failed') judgeFailed(given, now, entry?.state ?? null);
}

/** What was released here is promised to somebody else next. */
function judgeFailed(
  { bank, network, report }: Given,
  now: SeenRefund,
  truth: string | null,
): void {
  const lies = bank.lies.get(now.id);
  if ((lies?.denials ?? 0) >= 2) return;
  const gone = truth === 'done' || truth === 'working' || network().isFlying(now.id);
  if (gone) report.violated('I3', now.id, `refund failed although it is ${truth ?? 'on its way'}`);
}
