/**
 * A shop's books and QFPay's, to be compared: the room of payments on a store of its own against
 * the simulator's own process, over HTTP with real signatures. A test writes into both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { createIds } from '@/server/numbers';
import { createPayments, type Payments } from '@/server/payments';
import type { Clock, Comparison, Ids } from '@/server/payments/ports';
import { createBudget } from '@/server/qfpay/budget';
import { createQfpay } from '@/server/qfpay/client';
import { createHttpTransport } from '@/server/qfpay/transport';
import { type Difference, type OpenedStore, openStore } from '@/server/store';
import { makeSpecClient } from '../../support/spec-client';
import { type Simulator, startSimulator } from '../../support/stack';
import { UNITS } from '../qfpay/scripted-gateway';
import { aPayment, aRefund, giveBack, recordSale } from '../store/support';

const HONG_KONG_MS = 8 * 3_600_000;

export type TwoBooks = {
  readonly simulator: Simulator;
  readonly opened: OpenedStore;
  readonly payments: Payments;
  readonly ids: Ids;
  /** The day of `now`, or another, as it was compared. */
  readonly compared: (request: { day: string; outlet: string | null }) => Promise<Comparison>;
  readonly close: () => Promise<void>;
};

export type TwoBooksSetting = {
  /** Wall ms at which both sides stand. */
  readonly now: number;
  readonly outlets: readonly (string | null)[];
};

export async function openTwoBooks({ now, outlets }: TwoBooksSetting): Promise<TwoBooks> {
  const simulator = await startSimulator();
  await simulator.control('clock', { now });
  const mchids = outlets.filter((outlet) => outlet !== null);
  await simulator.control('account', { mchids });
  const folder = mkdtempSync(join(tmpdir(), 'countertop-compare-'));
  const opened = await openStore({ file: join(folder, 'till.db') });
  const startedAt = performance.now();
  const wall = () => Math.round(now + performance.now() - startedAt);
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
  const clock: Clock = { wall, steady: wall, sleep };
  const ids = createIds('TST', { key: Buffer.alloc(32, 7), wall });
  const transport = createHttpTransport({ baseUrl: simulator.url });
  const budget = createBudget({ clock, random: () => 0.5, store: opened.store, name: 'test' });
  const { appCode, key } = simulator;
  const payments = createPayments({
    ...{ store: opened.store, comparisons: opened.comparisons, clock, ids, budget },
    gateway: createQfpay({
      ...{ appCode, key, clock, budget, transport, unitOf: UNITS, signType: 'SHA256' },
      ...{ notifyUrl: null, shopName: 'Test', shopTimeZone: 'Asia/Hong_Kong' },
    }),
    readNotification: () => null,
    out: { changed: () => {}, alert: () => {} },
    fault: () => {},
    server: 'test',
    outlets: async () => outlets,
    fpsRefunds: false,
    currency: 'HKD',
  });
  const compared: TwoBooks['compared'] = async (request) => {
    const begun = await payments.comparisons.start({ ...request, by: '2000' });
    if ('refused' in begun) throw new Error('another one is running');
    return begun.done;
  };
  const close = async () => {
    transport.close();
    opened.close();
    rmSync(folder, { recursive: true, force: true });
    await simulator.program.end();
  };
  return { simulator, opened, payments, ids, compared, close };
}

/** As QFPay writes it; wall ms. */
const hongKong = (at: number): string =>
  new Date(at + HONG_KONG_MS).toISOString().slice(0, 19).replace('T', ' ');

export type AtGateway = {
  readonly number: string;
  /** Minor units of HKD unless told. */
  readonly amount: number;
  /** Wall ms. */
  readonly at: number;
  readonly mchid?: string | null;
  readonly currency?: string;
  readonly paid?: boolean;
};

/** An order in QFPay's books; answers the number that it has there. */
export async function atGateway({ simulator }: TwoBooks, given: AtGateway): Promise<string> {
  const { at, ...order } = given;
  const made = await simulator.control('foreign-order', { ...order, at: hongKong(at) });
  return (made as { order: { syssn: string } }).order.syssn;
}

let count = 0;
/** A payment of our books: paid, and known to be, unless told. */
function ourPayment(change: Partial<Payment>): Payment {
  count += 1;
  const { createdAt = 0 } = change;
  const paid = { state: 'paid', confirmed: true, paidAt: createdAt, nextCheckAt: null } as const;
  return aPayment(count, { payType: '801501', ...paid, ...change });
}

export async function inOurs({ opened }: TwoBooks, change: Partial<Payment>): Promise<Payment> {
  const payment = ourPayment(change);
  expect(await recordSale(opened, payment)).toBe(true);
  return payment;
}

export type Sold = {
  /** Minor units of HKD here, and there unless `theirs` is given. */
  readonly amount: number;
  /** Wall ms here, and there unless `theirs` is given. */
  readonly at: number;
  readonly outlet?: string | null;
  readonly theirs?: Partial<AtGateway>;
  readonly ours?: Partial<Payment>;
};

/** A sale in both books, alike but for what is told. */
export async function inBoth(books: TwoBooks, sold: Sold): Promise<Payment> {
  const [payment] = await allInBoth(books, [sold]);
  if (payment === undefined) throw new Error('nothing was sold');
  return payment;
}

/** In one piece, because a day of hundreds would wait hundreds of times for the disk. */
export async function allInBoth(books: TwoBooks, all: readonly Sold[]): Promise<Payment[]> {
  const payments: Payment[] = [];
  for (const { amount, at, outlet = null, theirs, ours } of all) {
    const id = books.ids.paymentNumber();
    const order = { number: id, amount, at, mchid: outlet, ...theirs };
    const qfpayNumber = await atGateway(books, order);
    payments.push(ourPayment({ id, amount, outlet, createdAt: at, qfpayNumber, ...ours }));
  }
  await books.opened.store.transaction(async (records) => {
    for (const payment of payments) {
      const { saleId: id, amount, currency, counter, staff, createdAt } = payment;
      await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
      expect(await records.insertPayment(payment, null)).toBe(true);
    }
  });
  return payments;
}

export type Back = {
  /** Minor units of HKD. */
  readonly amount: number;
  readonly at: number;
  /** Its number; a portal's own, or one of ours. */
  readonly number: string;
};

/** Money that QFPay gave back of an order of its books; answers its `respcd`. */
export async function backAtGateway(
  { simulator }: TwoBooks,
  order: { readonly syssn: string; readonly mchid?: string | null },
  { amount, at, number }: Back,
): Promise<string> {
  const { clock } = (await simulator.control('state')) as { clock: { now: number } };
  await simulator.control('clock', { now: at });
  const { syssn, mchid = null } = order;
  await simulator.control('takings', { amount: 10_000_000, mchid });
  const outlet = mchid === null ? {} : { mchid };
  const refund = { ...outlet, syssn, out_trade_no: number, txamt: amount, txdtm: hongKong(at) };
  const { flat } = await makeSpecClient({ ...simulator }).refund(refund);
  await simulator.control('clock', { now: clock.now });
  return String(flat.respcd);
}

/** A refund in our books: done, and known to be, unless told. */
export async function backInOurs(
  { opened, ids }: TwoBooks,
  payment: Payment,
  change: Partial<Refund>,
): Promise<Refund> {
  const { createdAt = 0 } = change;
  const done = { state: 'done', confirmed: true, doneAt: createdAt, nextCheckAt: null } as const;
  const refund = aRefund(0, {
    ...{ id: ids.refundNumber(), paymentId: payment.id, outlet: payment.outlet },
    ...{ paymentNumber: payment.qfpayNumber ?? '', ...done, ...change },
  });
  expect(await giveBack(opened, refund)).toBe(true);
  return refund;
}

/** Everything that the last comparison found, a few at a time, as a screen reads it. */
export async function foundBy(
  { opened }: TwoBooks,
  comparison: Comparison,
  limit = 200,
): Promise<Difference[]> {
  const all: Difference[] = [];
  const filter = { wanted: { comparison }, outlets: null, limit } as const;
  let after: Parameters<OpenedStore['differences']['page']>[0]['after'] = null;
  do {
    const page: Awaited<ReturnType<OpenedStore['differences']['page']>> =
      await opened.differences.page({ ...filter, after });
    expect(page.differences.length).toBeLessThanOrEqual(limit);
    all.push(...page.differences);
    after = page.next;
  } while (after !== null);
  return all;
}

/** How often QFPay said that it was asked too much. */
export async function limited({ simulator }: TwoBooks): Promise<number> {
  const { calls } = (await simulator.control('state')) as {
    calls: { log: readonly { readonly status: number | null }[] };
  };
  return calls.log.filter(({ status }) => status === 429).length;
}
