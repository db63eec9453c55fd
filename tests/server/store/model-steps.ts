/** What may happen to a store: a small shop with few numbers, so that they often meet. */
import fc from 'fast-check';
import { PAYMENT_STATES, type PaymentId } from '@/lib/payment';
import { REFUND_STATES, type RefundId } from '@/lib/refund';
import type { Reads, Records } from '@/server/payments/ports';
import { aNote, aPayment, aRefund, aSale, NOON, paymentId, refundId, saleId } from './records';

const SALES = [1, 2, 3, 4] as const;
const PAYMENTS = [1, 2, 3, 4, 5, 6] as const;
const REFUNDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const OUTLETS = [null, 'M100'] as const;
/** No sale and no payment has this one. */
const NOBODY = 9;

/** One thing done inside a transaction; `toString` is what a failing run prints. */
export type Step = {
  readonly name: string;
  readonly run: (records: Records) => Promise<unknown>;
  readonly toString: () => string;
};

function stepOf<T extends object>(
  name: string,
  parts: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (records: Records, it: T) => Promise<unknown>,
): fc.Arbitrary<Step> {
  return fc.record<T>(parts).map((it) => ({
    name,
    run: (records) => run(records, it),
    toString: () => `${name}${JSON.stringify(it)}`,
  }));
}

const sale = fc.constantFrom(...SALES);
const payment = fc.constantFrom(...PAYMENTS);
const refund = fc.constantFrom(...REFUNDS);
const key = fc.integer({ min: 1, max: 12 });
const outlet = fc.constantFrom(...OUTLETS);
const paymentState = fc.constantFrom('paid' as const, 'paid' as const, ...PAYMENT_STATES);
const refundState = fc.constantFrom(...REFUND_STATES);
/** Of what is there already: mostly it only climbs, or stays. */
const stays = fc.constant(undefined);
const nextPayment = fc.oneof(stays, fc.constant('paid' as const), paymentState);
const nextRefund = fc.oneof(
  stays,
  fc.constantFrom('sending' as const, 'failed', 'done'),
  refundState,
);
const orNobody = <T>(somebody: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 19, arbitrary: somebody }, { weight: 1, arbitrary: fc.constant(NOBODY) });
const moment = fc.option(fc.integer({ min: NOON, max: NOON + 9 }), { nil: null });
/** Mostly the version that is there; sometimes an older or a later one. */
const drift = fc.constantFrom(0, 0, 0, 0, -1, 1);
const rarely = fc.integer({ min: 0, max: 19 }).map((n) => n === 0);

const sales = stepOf('sale', { n: sale }, (records, { n }) => records.insertSale(aSale(n)));

const payments = stepOf(
  'payment',
  {
    n: payment,
    of: orNobody(sale),
    state: paymentState,
    code: fc.constantFrom(null, null, 'c1', 'c2'),
    outlet,
    asRefund: rarely,
  },
  (records, { n, of, state, code, outlet, asRefund }) => {
    const id = asRefund ? (String(refundId(n)) as PaymentId) : paymentId(n);
    const made = { id, saleId: saleId(of), state, outlet, qfpayNumber: `2026${n % 3}` };
    return records.insertPayment(aPayment(n, made), code);
  },
);

const paymentUpdates = stepOf(
  'update',
  {
    n: payment,
    state: nextPayment,
    drift,
    abandonedBy: fc.constantFrom(null, null, null, '2000'),
    nextCheckAt: moment,
  },
  async (records, { n, drift, state, ...moved }) => {
    const was = (await records.payment(paymentId(n))) ?? aPayment(n);
    const refused = { code: 'refused', respcd: '1205' } as const;
    const said = { state: state ?? was.state, failure: state === 'failed' ? refused : null };
    // What a payment is for, and what its refunds sum up to, is not for this call to change.
    const ignored = { amount: 1, counter: 'Roof', refunded: 77, reserved: 77 };
    return records.update({ ...was, ...ignored, ...moved, ...said, version: was.version + drift });
  },
);

const refunds = stepOf(
  'refund',
  {
    n: refund,
    of: orNobody(fc.constantFrom(1, 2, ...PAYMENTS)),
    amount: fc.constantFrom(1, 4_000, 4_400, 8_800, 8_801),
    state: refundState,
    origin: fc.constantFrom('counter' as const, 'counter' as const, 'outside' as const),
    asPayment: rarely,
  },
  (records, { n, of, asPayment, ...made }) => {
    const id = asPayment ? (String(paymentId(n)) as RefundId) : refundId(n);
    return records.insertRefund(aRefund(n, { ...made, id, paymentId: paymentId(of) }));
  },
);

const refundUpdates = stepOf(
  'refund-update',
  { n: refund, state: nextRefund, drift, nextCheckAt: moment },
  async (records, { n, drift, state, nextCheckAt }) => {
    const was = (await records.refund(refundId(n))) ?? aRefund(n);
    const ignored = { amount: 1, reason: 'another', paymentId: paymentId(NOBODY) };
    const said = { state: state ?? was.state, nextCheckAt, version: was.version + drift };
    return records.updateRefund({ ...was, ...ignored, ...said });
  },
);

const keys = stepOf(
  'key',
  { key: key.map((n) => `k${n}`), n: payment },
  async (records, { key, n }) => {
    const known = await records.key(key);
    const target = { kind: 'refund', bodyFingerprint: `b${n}`, targetId: refundId(n) } as const;
    await records.insertKey(key, target);
    return [known, await records.key(key)];
  },
);

const notices = stepOf(
  'notice',
  { sha256: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 0, max: 9 }) },
  (records, { sha256, at }) =>
    records.insertNotice({ sha256, raw: sha256, at, verdict: 'ignored', number: null }),
);

const calls = stepOf(
  'call',
  {
    call: fc.constantFrom('charge' as const, 'close' as const, 'refund' as const),
    n: payment,
    seq: fc.constantFrom(1, 2, 3, 4),
    answered: fc.boolean(),
  },
  async (records, { call, n, seq, answered }) => {
    const number = call === 'refund' ? refundId(n) : paymentId(n);
    const id = await records.insertCall({ kind: call, number, seq, at: NOON + 10 - seq });
    if (answered) await records.answerCall(id, { says: 'paid', respcd: '0000', ms: 9 });
    return records.callsOf(number);
  },
);

const leases = stepOf(
  'lease',
  { holder: fc.constantFrom('a', 'b'), epoch: fc.integer({ min: 1, max: 5 }) },
  (records, lease) => records.putLease('watch', { ...lease, expiresAt: NOON }),
);

const buckets = stepOf(
  'bucket',
  { name: fc.constantFrom('x', 'y'), slowed: fc.constantFrom(1, 0.5, 0.1) },
  async (records, { name, slowed }) => {
    const was = await records.bucket(name);
    const full = { arrival: NOON + slowed, questions: 0, heldUntil: 0, slowed, holdMs: 1_000 };
    await records.putBucket(name, full);
    return [was, await records.bucket(name)];
  },
);

const days = stepOf(
  'day',
  { day: fc.constantFrom('2026-11-20', '2026-11-21'), outlet, paid: fc.nat(9) },
  (records, { day, outlet, paid }) => {
    const totals = { paid, paidSum: paid * 100, refunds: 0, refundSum: 0 };
    const differences = 7;
    const close = { day, outlet, at: NOON, ours: totals, theirs: totals, differences };
    return records.putDayClose(close);
  },
);

const notes = stepOf('note', { n: payment, at: fc.nat(9) }, (records, { n, at }) =>
  records.note(aNote(n, { at: NOON + at })),
);

const faults = stepOf('throw', {}, async () => {
  throw new Error('half-way');
});

const answersToNothing = stepOf('answer-to-nothing', {}, (records) =>
  records.answerCall(1_000, { says: 'paid', respcd: null, ms: 1 }),
);

const looks = stepOf('look', {}, (records) => everythingIn(records));

/** A shop that is open already, so that something can happen in it. */
export const opening: readonly Step[] = [1, 2, 3].map((n) => ({
  name: 'opening',
  run: async (records) => {
    await records.insertSale(aSale(n));
    await records.insertPayment(aPayment(n, { state: n === 3 ? 'awaiting' : 'paid' }), null);
    await records.insertRefund(aRefund(n, { amount: 100 }));
  },
  toString: () => `opening ${n}`,
}));

/** Money moves most. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: sales },
  { weight: 12, arbitrary: payments },
  { weight: 14, arbitrary: paymentUpdates },
  { weight: 12, arbitrary: refunds },
  { weight: 25, arbitrary: refundUpdates },
  { weight: 2, arbitrary: keys },
  { weight: 3, arbitrary: notices },
  { weight: 3, arbitrary: calls },
  { weight: 4, arbitrary: leases },
  { weight: 2, arbitrary: buckets },
  { weight: 2, arbitrary: days },
  { weight: 3, arbitrary: notes },
  { weight: 3, arbitrary: looks },
  { weight: 2, arbitrary: faults },
  { weight: 1, arbitrary: answersToNothing },
);

/** Everything that can be read of such a shop, lists cut short included. */
export async function everythingIn(read: Reads): Promise<unknown> {
  const window = { from: NOON, to: NOON + 5, after: null, limit: 3 };
  const first = await read.paidBetween({ ...window, outlet: null, limit: 1 });
  return {
    sales: await all(SALES, (n) => read.sale(saleId(n))),
    ofSales: await all(SALES, (n) => read.paymentsOfSale(saleId(n))),
    payments: await all(PAYMENTS, (n) => read.payment(paymentId(n))),
    refundsOf: await all(PAYMENTS, (n) => read.refundsOf(paymentId(n))),
    timelines: await all(PAYMENTS, (n) => read.timeline(paymentId(n))),
    refunds: await all(REFUNDS, (n) => read.refund(refundId(n))),
    byNumber: await all([0, 1, 2], (n) => read.paymentByQfpayNumber(`2026${n}`)),
    paid: await all(OUTLETS, (outlet) => read.paidBetween({ ...window, outlet })),
    nextPage: await read.paidBetween({ ...window, outlet: null, after: first[0]?.id ?? null }),
    days: await all(OUTLETS, (outlet) => read.lastDayClose(outlet)),
    due: await read.due(NOON + 5, 2),
    dueRefunds: await read.dueRefunds(NOON + 5, 2),
    open: await read.open(2),
    nextDue: await read.nextDue(),
    lastNoteAt: await read.lastNoteAt(),
    lease: await read.lease('watch'),
  };
}

async function all<T, R>(keys: readonly T[], read: (key: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (const key of keys) found.push(await read(key));
  return found;
}
