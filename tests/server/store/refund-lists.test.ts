import { Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Payment, PaymentId } from '@/lib/payment';
import type { PaidWindow } from '@/server/payments/ports';
import { nodeSqlite } from '@/server/store/dialect';
import { createHistory } from '@/server/store/history';
import { paidBetween, paymentByQfpayNumber } from '@/server/store/payment-lists';
import { type Session, sessionOn } from '@/server/store/prepared';
import { dueRefunds, earliestRefundCheck, insertRefund, refundsOf } from '@/server/store/refund';
import type { Tables } from '@/server/store/schema';
import {
  aBackDoor,
  aPayment,
  aRefund,
  aShop,
  giveBack,
  NOON,
  onSqlite,
  paymentId,
  recordSale,
  refundId,
  type Shop,
  update,
  updateRefund,
} from './support';

const paid = (n: number, more: Partial<Payment> = {}) => aPayment(n, { state: 'paid', ...more });
const idsOf = (found: readonly { readonly id: string }[]) => found.map((it) => it.id);

test("a payment is found by QFPay's number, whole and only so", async () => {
  const shop = await aShop();
  await recordSale(shop, paid(1, { qfpayNumber: '20261122000300020081074842' }));
  await recordSale(shop, paid(2));
  const { read } = shop.store;
  expect((await read.paymentByQfpayNumber('20261122000300020081074842'))?.id).toBe(paymentId(1));
  expect(await read.paymentByQfpayNumber('2026112200030002008107484')).toBeNull();
  expect(await read.paymentByQfpayNumber('')).toBeNull();
});

describe('the paid payments of a time', () => {
  const all = { from: NOON, to: NOON + 1_000, outlet: null, after: null, limit: 10 };
  const found = async (shop: Shop, window: Partial<PaidWindow>) =>
    idsOf(await shop.store.read.paidBetween({ ...all, ...window }));

  test('are of its outlet, from its first moment to the one before its last', async () => {
    const shop = await aShop();
    for (const n of [4, 1, 2, 3]) await recordSale(shop, paid(n));
    await recordSale(shop, aPayment(5, { state: 'unknown' }));
    await recordSale(shop, paid(6, { outlet: 'M100' }));
    const ids = [1, 2, 3, 4].map(paymentId);
    expect(await found(shop, {})).toEqual(ids);
    expect(await found(shop, { from: NOON + 2, to: NOON + 4 })).toEqual(ids.slice(1, 3));
    expect(await found(shop, { outlet: 'M100' })).toEqual([paymentId(6)]);
    expect(await found(shop, { outlet: '' })).toEqual([]);
  });

  test('come in pages that lose none and repeat none, many of one moment included', async () => {
    const shop = await aShop();
    for (let n = 1; n <= 11; n += 1) {
      await recordSale(shop, paid(n, { createdAt: NOON + (n < 3 ? n : n < 9 ? 5 : n) }));
    }
    const seen: PaymentId[] = [];
    for (let after: PaymentId | null = null; ; after = seen.at(-1) ?? null) {
      const page = await shop.store.read.paidBetween({ ...all, limit: 2, after });
      seen.push(...page.map((payment) => payment.id));
      if (page.length < 2) break;
    }
    expect(seen).toEqual(Array.from({ length: 11 }, (_, n) => paymentId(n + 1)));
    // A page that ended before the time wanted now does not bring back what is older.
    expect(await found(shop, { from: NOON + 6, after: paymentId(1) })).toEqual(
      [9, 10, 11].map(paymentId),
    );
    expect(await found(shop, { to: NOON + 5, after: paymentId(9) })).toEqual([]);
    await expect(found(shop, { after: paymentId(99) })).rejects.toThrow(/no payment/);
  });
});

describe('refunds as lists', () => {
  test('of a payment come oldest first, whatever the order of their making', async () => {
    const shop = await aShop();
    for (const n of [1, 2]) await recordSale(shop, paid(n));
    const of = (n: number, at: number) =>
      giveBack(shop, aRefund(n, { paymentId: paymentId(1), createdAt: NOON + at }));
    await of(3, 10);
    await of(5, 20);
    await of(4, 20);
    await of(6, 5);
    await giveBack(shop, aRefund(2));
    const expected = [6, 3, 4, 5].map(refundId);
    expect(idsOf(await shop.store.read.refundsOf(paymentId(1)))).toEqual(expected);
    expect(idsOf(await shop.reads.refundsOf(paymentId(1)))).toEqual(expected);
    expect(await shop.store.read.refundsOf(paymentId(9))).toEqual([]);
  });

  test('are due when their moment has come, the longest waiting first', async () => {
    const shop = await aShop();
    for (let n = 1; n <= 4; n += 1) await recordSale(shop, paid(n, { nextCheckAt: null }));
    await giveBack(shop, aRefund(1, { nextCheckAt: 300 }));
    await giveBack(shop, aRefund(2, { nextCheckAt: 100 }));
    await giveBack(shop, aRefund(3, { nextCheckAt: null }));
    await giveBack(shop, aRefund(4, { nextCheckAt: 301 }));
    expect(idsOf(await shop.store.read.dueRefunds(300, 9))).toEqual([2, 1].map(refundId));
    expect(idsOf(await shop.store.read.dueRefunds(300, 1))).toEqual([refundId(2)]);
    expect(await shop.store.read.dueRefunds(99, 9)).toEqual([]);
  });

  test('and payments decide together when somebody has to look again', async () => {
    const shop = await aShop();
    expect(await shop.store.read.nextDue()).toBeNull();
    await recordSale(shop, paid(1, { nextCheckAt: 500 }));
    expect(await shop.store.read.nextDue()).toBe(500);
    await giveBack(shop, aRefund(1, { nextCheckAt: 400 }));
    expect(await shop.store.read.nextDue()).toBe(400);
    await updateRefund(shop, aRefund(1, { nextCheckAt: 600 }));
    expect(await shop.store.read.nextDue()).toBe(500);
    const found = await shop.store.read.payment(paymentId(1));
    if (found === null) throw new Error('the payment is gone');
    await update(shop, { ...found, nextCheckAt: null });
    expect(await shop.store.read.nextDue()).toBe(600);
  });

  test('have their calls, found by their own number', async () => {
    const shop = await aShop();
    const number = refundId(1);
    const first = { kind: 'refund', number, seq: 1, at: NOON } as const;
    const calls = await shop.store.transaction(async (records) => {
      await records.insertCall({ ...first, kind: 'charge', number: paymentId(1) });
      await records.insertCall(first);
      await records.insertCall({ ...first, seq: 2, at: NOON + 9 });
      return records.callsOf(number);
    });
    expect(calls).toEqual([first, { ...first, seq: 2, at: NOON + 9 }]);
    const twice = shop.store.transaction((records) => records.insertCall(first));
    await expect(twice).rejects.toThrow(/unique/i);
  });
});

onSqlite('none of these lists looks at more rows than it answers', async () => {
  const shop = await aShop();
  for (const n of [1, 2]) await recordSale(shop, paid(n));
  const window = { from: NOON, to: NOON + 1_000, outlet: null, after: null, limit: 10 };
  const asks: Record<string, (session: Session) => Promise<unknown>> = {
    paid: (session) => paidBetween(session, window),
    'next page of paid': (session) => paidBetween(session, { ...window, after: paymentId(1) }),
    refunds: (session) => refundsOf(session, paymentId(1)),
    due: (session) => dueRefunds(session, NOON, 10),
    earliest: (session) => earliestRefundCheck(session),
    changes: (session) => createHistory(session).changes(1, 10),
    refund: (session) => insertRefund(session, aRefund(1)),
  };
  for (const [name, ask] of Object.entries(asks)) {
    const plan = await plansOf(shop, ask);
    expect(plan.length, name).toBeGreaterThan(0);
    expect(plan.join('\n'), name).not.toMatch(/TEMP B-TREE|SCAN (payment|refund)$/m);
  }
  // One row, or none: there is nothing to put in order.
  const byNumber = await plansOf(shop, (session) => paymentByQfpayNumber(session, '2026'));
  expect(byNumber[0]).toMatch(/SEARCH payment USING INDEX payment_qfpay_number/);
});

/** How SQLite goes about every statement of `ask`. */
async function plansOf(shop: Shop, ask: (session: Session) => Promise<unknown>): Promise<string[]> {
  const door = await aBackDoor(shop.file);
  const words = new Kysely<Tables>({ dialect: nodeSqlite(door) });
  const real = sessionOn(words, words);
  const plan: string[] = [];
  const run: Session['run'] = (query) => {
    const values = query.parameters as readonly (string | number | null)[];
    const rows = door.prepare(`explain query plan ${query.sql}`).all(...values);
    plan.push(...rows.map((row) => String(Object(row).detail)));
    return real.run(query);
  };
  await ask({ words, run });
  return plan;
}
