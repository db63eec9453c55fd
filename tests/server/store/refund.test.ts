import { describe, expect, test } from 'vitest';
import { NO_REFUND_WITNESSES, REFUND_RANK, REFUND_STATES, type Refund } from '@/lib/refund';
import {
  aPayment,
  aRefund,
  aShop,
  giveBack,
  NOON,
  paymentId,
  recordSale,
  refundId,
  type Shop,
  update,
  updateRefund,
} from './support';

/** A shop with one paid payment of HK$88. */
async function aPaidShop(): Promise<Shop> {
  const shop = await aShop();
  await recordSale(shop, aPayment(1, { state: 'paid', qfpayNumber: '202611221' }));
  return shop;
}

const everything: Partial<Refund> = {
  state: 'processing',
  qfpayNumber: '20261122000300020081074899',
  respcd: '1265',
  confirmed: true,
  review: 'answer-differs',
  approver: '1000',
  outlet: 'M100',
  doneAt: NOON + 9,
  nextCheckAt: null,
  reason: '凍檸茶 was cold',
  witnesses: { ...NO_REFUND_WITNESSES, sentAt: NOON, checks: 3, noneSince: NOON + 1, unsent: true },
};

/** A second refund of the same payment. */
const another = (n: number, more: Partial<Refund> = {}): Refund =>
  aRefund(n, { paymentId: paymentId(1), ...more });

const sumsOf = async (shop: Shop) => {
  const payment = await shop.store.read.payment(paymentId(1));
  return { refunded: payment?.refunded, reserved: payment?.reserved };
};

describe('a refund', () => {
  test('is read as it was recorded, field by field', async () => {
    const shop = await aPaidShop();
    const refund = aRefund(1, everything);
    expect(await giveBack(shop, refund)).toBe(true);
    expect(await shop.store.read.refund(refund.id)).toEqual(refund);
    expect(await shop.store.read.refund(refundId(2))).toBeNull();
  });

  test('moves field by field, over the version it knows and no other', async () => {
    const shop = await aPaidShop();
    await giveBack(shop, aRefund(1));
    const { reason, approver, outlet, ...moving } = everything;
    const moved = await updateRefund(shop, aRefund(1, moving));
    expect(moved).toEqual(aRefund(1, { ...moving, version: 2 }));
    expect(await shop.store.read.refund(refundId(1))).toEqual(moved);
    expect(await updateRefund(shop, aRefund(1, { state: 'failed' }))).toBeNull();
    expect(await updateRefund(shop, aRefund(1, { state: 'failed', version: 3 }))).toBeNull();
    expect(await updateRefund(shop, aRefund(2))).toBeNull();
    expect(await shop.store.read.refund(refundId(1))).toEqual(moved);
  });

  test('climbs, goes out again under its number when denied, and never comes back', async () => {
    const allowed = new Set<string>();
    for (const [n, from] of REFUND_STATES.entries()) {
      for (const to of REFUND_STATES) {
        const shop = await aPaidShop();
        await giveBack(shop, aRefund(n + 1, { paymentId: paymentId(1), state: from }));
        const next = aRefund(n + 1, { paymentId: paymentId(1), state: to });
        if ((await updateRefund(shop, next)) !== null) allowed.add(`${from} ${to}`);
        shop.close();
      }
    }
    const inDoubt = ['processing', 'unknown', 'deferred'];
    const sentOrLater = ['sending', ...inDoubt, 'failed', 'done'];
    const expected = [
      ...REFUND_STATES.map((to) => `requested ${to}`),
      ...['sending', ...inDoubt].flatMap((from) => sentOrLater.map((to) => `${from} ${to}`)),
      'failed failed',
      'failed done',
      'done done',
    ];
    expect([...allowed].sort()).toEqual(expected.sort());
    expect(REFUND_STATES.map((state) => REFUND_RANK[state])).toEqual([0, 1, 2, 2, 2, 3, 4]);
  });

  test('is of a payment that is known and paid', async () => {
    const shop = await aShop();
    expect(await giveBack(shop, aRefund(1))).toBe(false);
    await recordSale(shop, aPayment(1, { state: 'awaiting' }));
    expect(await giveBack(shop, aRefund(1))).toBe(false);
    expect(await shop.store.read.refund(refundId(1))).toBeNull();
    await update(shop, aPayment(1, { state: 'paid' }));
    expect(await giveBack(shop, aRefund(1))).toBe(true);
  });

  test('made elsewhere is kept whatever it exceeds, but not for a payment of nobody', async () => {
    const shop = await aPaidShop();
    const outside = { origin: 'outside', state: 'done', amount: 8_000 } as const;
    expect(await giveBack(shop, aRefund(1, outside))).toBe(true);
    expect(await giveBack(shop, another(2, outside))).toBe(true);
    expect(await sumsOf(shop)).toEqual({ refunded: 16_000, reserved: 16_000 });
    await expect(giveBack(shop, aRefund(3, outside))).rejects.toThrow(/foreign key/i);
    expect(await giveBack(shop, another(4, { amount: 1 }))).toBe(false);
  });
});

describe('what a payment can still give back', () => {
  test('is reserved by every refund that has not failed, to the last cent', async () => {
    const shop = await aPaidShop();
    expect(await giveBack(shop, another(1, { amount: 8_801 }))).toBe(false);
    expect(await giveBack(shop, another(1, { amount: 8_799 }))).toBe(true);
    expect(await giveBack(shop, another(2, { amount: 2 }))).toBe(false);
    expect(await giveBack(shop, another(3, { amount: 1 }))).toBe(true);
    expect(await giveBack(shop, another(4, { amount: 1 }))).toBe(false);
    expect(await sumsOf(shop)).toEqual({ refunded: 0, reserved: 8_800 });
    expect((await shop.store.read.refundsOf(paymentId(1))).map((it) => it.id)).toEqual(
      [1, 3].map(refundId),
    );
  });

  test('is free again when a refund failed, and gone when it turns out done after all', async () => {
    const shop = await aPaidShop();
    await giveBack(shop, another(1, { amount: 8_800 }));
    await updateRefund(shop, another(1, { amount: 8_800, state: 'failed' }));
    expect(await sumsOf(shop)).toEqual({ refunded: 0, reserved: 0 });
    expect(await giveBack(shop, another(2, { amount: 8_000 }))).toBe(true);
    await updateRefund(shop, another(1, { amount: 8_800, state: 'done', version: 2 }));
    expect(await sumsOf(shop)).toEqual({ refunded: 8_800, reserved: 16_800 });
  });

  test('is told by the payment, whose version and place in the feed move on', async () => {
    const shop = await aPaidShop();
    await recordSale(shop, aPayment(2));
    await giveBack(shop, another(1, { amount: 300 }));
    await updateRefund(shop, another(1, { amount: 300, state: 'done' }));
    const before = await shop.store.read.payment(paymentId(1));
    expect(before).toMatchObject({ refunded: 300, reserved: 300, version: 3, state: 'paid' });
    // Whoever still holds the payment as it was before writes nothing.
    expect(await update(shop, aPayment(1, { state: 'paid', review: 'paid-twice' }))).toBeNull();
    if (before === null) throw new Error('the payment is gone');
    const after = await update(shop, { ...before, review: 'paid-twice', refunded: 0 });
    expect(after).toEqual({ ...before, review: 'paid-twice', version: 4 });
    expect(await shop.store.read.payment(paymentId(2))).toEqual(aPayment(2));
  });

  test('is not touched by a refund that was refused or came too late', async () => {
    const shop = await aPaidShop();
    await giveBack(shop, another(1));
    const before = await shop.store.read.payment(paymentId(1));
    await giveBack(shop, another(2, { amount: 8_800 }));
    await updateRefund(shop, another(1, { state: 'done', version: 7 }));
    expect(await shop.store.read.payment(paymentId(1))).toEqual(before);
  });

  test('comes back whole when the transaction of a refund throws half-way', async () => {
    const shop = await aPaidShop();
    const before = await shop.store.read.payment(paymentId(1));
    const half = shop.store.transaction(async (records) => {
      await records.insertRefund(another(1));
      throw new Error('a fault');
    });
    await expect(half).rejects.toThrow('a fault');
    expect(await shop.store.read.payment(paymentId(1))).toEqual(before);
    expect(await shop.store.read.refundsOf(paymentId(1))).toEqual([]);
  });
});

test('payments and refunds share one space of numbers', async () => {
  const shop = await aPaidShop();
  await giveBack(shop, another(1));
  await expect(giveBack(shop, another(1, { amount: 1 }))).rejects.toThrow(/given out twice/);
  // Even where the payment does not cover it, and the answer would be a mere no.
  await expect(giveBack(shop, another(1, { amount: 8_800 }))).rejects.toThrow(/given out twice/);
  const asPayment = { ...another(2), id: String(paymentId(1)) as Refund['id'] };
  await expect(giveBack(shop, asPayment)).rejects.toThrow(/given out twice/);
  const asRefund = aPayment(9, { id: String(refundId(1)) as typeof asPayment.paymentId });
  await expect(recordSale(shop, asRefund)).rejects.toThrow(/given out twice/);
  expect(await shop.store.read.sale(asRefund.saleId)).toBeNull();
});
