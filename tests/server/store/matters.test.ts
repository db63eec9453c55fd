import { beforeEach, describe, expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { KeyedSettlement, SettlementId } from '@/lib/settlement';
import { createMatters } from '@/server/store/matters';
import { plansIn } from './plans';
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
  type Shop,
  update,
} from './support';

let shop: Shop;
beforeEach(async () => {
  shop = await aShop();
});

const paid = (n: number, more: Partial<Payment> = {}): Payment =>
  aPayment(n, { state: 'paid', paidAt: NOON + n, ...more });
const keep = async (n: number, more: Partial<Payment> = {}) => {
  await recordSale(shop, paid(n, more));
};
const settlement = (n: number, amount: number): KeyedSettlement => ({
  id: `K7S${n}` as SettlementId,
  paymentId: paymentId(1),
  amount,
  currency: 'HKD',
  how: 'cash',
  reason: 'FPS 不能退款',
  proof: 'signed',
  staff: '2000',
  approver: '1000',
  createdAt: NOON + n,
  key: `key-${n}`,
  bodyFingerprint: 'f',
});
const settle = (it: KeyedSettlement): Promise<boolean> =>
  shop.store.transaction((records) => records.insertSettlement(it));
const ALL = { after: null, limit: 10 };

describe('a settlement', () => {
  test('is read as it was recorded, and makes the payment’s sum anew', async () => {
    await keep(1);
    expect(await settle(settlement(1, 800))).toBe(true);
    const { key, bodyFingerprint, ...plain } = settlement(1, 800);
    expect(await shop.store.read.settlementsOf(paymentId(1))).toEqual([plain]);
    expect(await shop.store.read.settlementOfKey(key)).toEqual(settlement(1, 800));
    expect(await shop.store.read.settlementOfKey('other')).toBeNull();
    const payment = await shop.store.read.payment(paymentId(1));
    expect(payment).toMatchObject({ settled: 800, refunded: 0, reserved: 0, version: 2 });
    expect(bodyFingerprint).toBe('f');
  });

  test('and refunds share what was paid, to the last cent, whoever comes first', async () => {
    await keep(1);
    expect(await giveBack(shop, aRefund(1, { amount: 8_000 }))).toBe(true);
    expect(await settle(settlement(1, 801))).toBe(false);
    expect(await settle(settlement(2, 800))).toBe(true);
    expect(await giveBack(shop, aRefund(2, { paymentId: paymentId(1), amount: 1 }))).toBe(false);
    expect(await settle(settlement(3, 1))).toBe(false);
  });

  test('is of a payment that is paid', async () => {
    await recordSale(shop, aPayment(1, { state: 'awaiting' }));
    expect(await settle(settlement(1, 1))).toBe(false);
  });
});

test('any SQL, ours included, is held to it', async () => {
  await keep(1, { late: true });
  await settle(settlement(1, 8_000));
  await shop.store.transaction((records) =>
    records.insertDecision({
      ...{ id: 'd1', paymentId: paymentId(1), matter: 'late', choice: 'keep', reason: 'r' },
      ...{ staff: '2000', counter: null, at: NOON },
    }),
  );
  await update(shop, { ...paid(1, { late: true, lateSeen: true }), version: 2 });
  const door = await aBackDoor(shop.file);
  const copy = (table: string) => `insert into ${table} select `;
  const rest = `payment_id, amount, currency, how, reason, proof, staff, approver, created_at,
    'another', body_fingerprint from settlement`;
  expect(() => door.exec(`${copy('settlement')} 'K7S9', ${rest}`)).toThrow(/never exceed/);
  for (const [sql, says] of [
    ['update settlement set amount = 1', /never changes/],
    ['delete from settlement', /never deleted/],
    ["update decision set reason = 'other'", /never changes/],
    ['delete from decision', /never deleted/],
    ['update payment set settled = 1', /sum of the settlements/],
    ['update payment set late_seen = 0', /stays so/],
  ] as const) {
    expect(() => door.exec(sql)).toThrow(says);
  }
  await shop.store.transaction(async (records) => {
    const refund = aRefund(5, { paymentId: paymentId(1), amount: 801 });
    expect(await records.insertRefund(refund)).toBe(false);
  });
  door.exec('pragma foreign_keys = off');
  const columns = `payment_id, origin, amount, currency, payment_number, reason, state, rank,
    confirmed, staff, counter, created_at, witnesses, version, changed_seq`;
  expect(() =>
    door.exec(`insert into refund (id, ${columns}) values ('R', '${paymentId(1)}', 'counter', 801,
      'HKD', 'x', 'x', 'requested', 0, 0, '2000', '1', 1, '{}', 1, 999)`),
  ).toThrow(/refunds never exceed/);
});

describe('the inbox', () => {
  test('lists what is open, newest first and page by page, and counts no further than asked', async () => {
    await keep(1);
    await keep(2, { review: 'paid-twice' });
    await keep(3, { late: true });
    await keep(4, { late: true, lateSeen: true });
    await keep(5, { late: true, review: 'orphan' });
    const ids = async (after: { at: number; id: string } | null, limit: number) =>
      (await shop.matters.open({ after, limit })).map(({ id }) => id);
    expect(await ids(null, 10)).toEqual([5, 3, 2].map(paymentId));
    expect(await ids({ at: NOON + 5, id: paymentId(5) }, 1)).toEqual([paymentId(3)]);
    expect(await shop.matters.openCount(10)).toBe(3);
    expect(await shop.matters.openCount(2)).toBe(2);
  });

  test('keeps what was settled, the latest first', async () => {
    await keep(1);
    await keep(2);
    for (const [n, at] of [
      [1, NOON + 5],
      [2, NOON + 9],
    ] as const) {
      await shop.store.transaction((records) =>
        records.insertDecision({
          ...{ id: `d${n}`, paymentId: paymentId(n), matter: 'late', choice: 'keep' },
          ...{ reason: 'came back', staff: '2000', counter: 'Front', at },
        }),
      );
    }
    const decided = await shop.matters.decided(ALL);
    expect(decided.map(({ id }) => id)).toEqual(['d2', 'd1']);
    expect(decided[0]).toEqual({
      ...{ id: 'd2', paymentId: paymentId(2), matter: 'late', choice: 'keep' },
      ...{ reason: 'came back', staff: '2000', counter: 'Front', at: NOON + 9 },
    });
    const [, older] = decided;
    const after = { at: NOON + 9, id: 'd2' };
    expect(await shop.matters.decided({ after, limit: 5 })).toEqual([older]);
    expect(await shop.matters.decisionsOf(paymentId(1))).toEqual([older]);
  });
});

test('refunds are listed newest first, page by page', async () => {
  await keep(1);
  for (const n of [1, 2, 3]) {
    await giveBack(shop, aRefund(n, { paymentId: paymentId(1), amount: 1, createdAt: NOON + n }));
  }
  const first = await shop.matters.refunds({ after: null, limit: 2 });
  expect(first.map(({ createdAt }) => createdAt - NOON)).toEqual([3, 2]);
  const last = first[1];
  if (last === undefined) throw new Error('no refund');
  const after = { at: last.createdAt, id: last.id };
  const rest = await shop.matters.refunds({ after, limit: 2 });
  expect(rest.map(({ createdAt }) => createdAt - NOON)).toEqual([1]);
});

test('the day’s takings are what was paid since, less what went back, of that outlet alone', async () => {
  const HOUR = 3_600_000;
  await keep(1, { amount: 8_800, paidAt: NOON + 1 });
  await keep(2, { amount: 100, paidAt: NOON - 1, createdAt: NOON - 2 });
  await keep(3, { amount: 700, outlet: 'M100' });
  // Begun before the cut-off and paid after it.
  await keep(4, { amount: 40, createdAt: NOON - HOUR / 2, paidAt: NOON + 5 });
  await recordSale(shop, aPayment(5, { state: 'awaiting', amount: 9 }));
  const back = { paymentId: paymentId(1), state: 'done', createdAt: NOON + 3 } as const;
  await giveBack(shop, aRefund(1, { ...back, amount: 300, doneAt: NOON + 9 }));
  await giveBack(shop, aRefund(2, { ...back, amount: 20, doneAt: NOON - 9 }));
  await giveBack(shop, aRefund(3, { ...back, amount: 5, state: 'processing', doneAt: null }));
  expect(await shop.matters.takings(NOON, null)).toBe(8_800 + 40 - 300);
  expect(await shop.matters.takings(NOON, 'M100')).toBe(700);
  expect(await shop.matters.takings(NOON, 'nobody')).toBe(0);
});

test('trial money that is still out is listed until all of it has gone back', async () => {
  await keep(1);
  await keep(2);
  await recordSale(shop, aPayment(3, { state: 'closed' }));
  const done = { paymentId: paymentId(1), state: 'done', doneAt: NOON } as const;
  await giveBack(shop, aRefund(1, { ...done, amount: 8_799 }));
  const ids = async () => (await shop.matters.kept(10)).map(({ id }) => id);
  expect(await ids()).toEqual([2, 1].map(paymentId));
  await giveBack(shop, aRefund(2, { ...done, amount: 1 }));
  expect(await ids()).toEqual([paymentId(2)]);
});

/** How the database goes about it, statement by statement. */
const plansOf = (ask: (lists: ReturnType<typeof createMatters>) => Promise<unknown>) =>
  plansIn(shop.file, (session) => ask(createMatters(session)));

onSqlite.each([
  ['open matters', (lists) => lists.open(ALL), [/payment_matter/]],
  ['their number', (lists) => lists.openCount(99), [/payment_matter/]],
  ['what was settled', (lists) => lists.decided(ALL), [/decision_time/]],
  ['refunds', (lists) => lists.refunds(ALL), [/refund_time/]],
  ['takings', (lists) => lists.takings(NOON, null), [/payment_state/, /refund_done/]],
] satisfies [string, (lists: ReturnType<typeof createMatters>) => Promise<unknown>, RegExp[]][])(
  '%s walk an index and sort nothing',
  async (_, ask, indexes) => {
    const plans = await plansOf(ask);
    expect(plans).toHaveLength(indexes.length);
    for (const [n, index] of indexes.entries()) {
      expect(plans[n]).toMatch(index);
      expect(plans[n]).not.toMatch(/temp b-tree/i);
    }
  },
);
