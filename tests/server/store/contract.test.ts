import { describe, expect, test } from 'vitest';
import { NO_WITNESSES, type Payment } from '@/lib/payment';
import {
  aBackDoor,
  aNote,
  aPayment,
  aSale,
  aShop,
  NOON,
  onSqlite,
  paymentId,
  recordSale,
  saleId,
  update,
} from './support';

const everything: Partial<Payment> = {
  state: 'cancelling',
  qrCode: 'https://qr.alipay.com/bax0001',
  qrExpiresAt: NOON + 300_000,
  usedPayType: '800101',
  qfpayNumber: '20261122000300020081074842',
  walletNumber: '2026112222001400001',
  review: 'answer-differs',
  failure: { code: 'refused', respcd: '1205' },
  outlet: 'M100',
  nextCheckAt: NOON + 5_000,
  witnesses: {
    ...NO_WITNESSES,
    sentAt: NOON,
    deadlineAt: NOON + 300_000,
    checks: 4,
    refusals: 1,
    noneSince: NOON + 9,
    windowNone: true,
    seen: true,
    stoppedBy: 'cashier',
  },
};

describe('a sale and its payments', () => {
  test('what was recorded is what is read, field by field', async () => {
    const shop = await aShop();
    const sale = aSale(1, { note: 'Table 4 – 凍檸茶' });
    const payment = aPayment(1, everything);
    await shop.store.transaction(async (records) => {
      await records.insertSale(sale);
      expect(await records.insertPayment(payment, 'f1')).toBe(true);
    });
    expect(await shop.store.read.sale(sale.id)).toEqual(sale);
    expect(await shop.store.read.payment(payment.id)).toEqual(payment);
    expect(await shop.store.read.payment(paymentId(2))).toBeNull();
    expect(await shop.store.read.sale(saleId(2))).toBeNull();
  });

  test('a sale with a payment that can still be paid takes no second one', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const second = aPayment(2, { saleId: saleId(1) });
    const tries = await shop.store.transaction((records) => records.insertPayment(second, null));
    expect(tries).toBe(false);
    expect(await shop.store.read.payment(second.id)).toBeNull();
  });

  test('after a refusal, or when a manager lets go, the sale can be charged again', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    await update(shop, aPayment(1, { state: 'failed' }));
    const second = aPayment(2, { saleId: saleId(1), createdAt: NOON + 50 });
    const third = aPayment(3, { saleId: saleId(1), createdAt: NOON + 60 });
    await shop.store.transaction(async (records) => {
      expect(await records.insertPayment(second, null)).toBe(true);
      expect(await records.update({ ...second, abandonedBy: '2000' })).not.toBeNull();
      expect(await records.insertPayment(third, null)).toBe(true);
    });
    const all = await shop.store.read.paymentsOfSale(saleId(1));
    expect(all.map((payment) => payment.id)).toEqual([paymentId(1), paymentId(2), paymentId(3)]);
  });

  test("a customer's code belongs to one payment, found by its fingerprint", async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(9));
    await shop.store.transaction(async (records) => {
      await records.insertSale(aSale(1));
      await records.insertSale(aSale(2));
      expect(await records.insertPayment(aPayment(1), 'code-a')).toBe(true);
      expect(await records.insertPayment(aPayment(2), 'code-a')).toBe(false);
      expect(await records.paymentOfCode('code-a')).toBe(paymentId(1));
      expect(await records.paymentOfCode('code-b')).toBeNull();
    });
  });

  test('a number that was given out twice is a fault and leaves nothing behind', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1, { state: 'paid' }));
    const again = shop.store.transaction(async (records) => {
      await records.insertSale(aSale(2));
      await records.insertPayment(aPayment(1, { saleId: saleId(2) }), null);
    });
    await expect(again).rejects.toThrow(/given out twice/);
    expect(await shop.store.read.sale(saleId(2))).toBeNull();
  });

  test('a payment of a sale that nobody recorded is refused', async () => {
    const shop = await aShop();
    const orphan = shop.store.transaction((records) => records.insertPayment(aPayment(1), null));
    await expect(orphan).rejects.toThrow(/foreign key/i);
  });
});

describe('a change of a payment', () => {
  test('writes over the version that was read, and counts up', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const after = await update(shop, { ...aPayment(1), state: 'sending' });
    expect(after).toEqual(aPayment(1, { state: 'sending', version: 2 }));
    expect(await shop.store.read.payment(paymentId(1))).toEqual(after);
  });

  test('of twenty people with the same old picture, one wins', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const tries = Array.from({ length: 20 }, (_, n) =>
      update(shop, { ...aPayment(1), state: 'sending', walletNumber: `W${n}` }),
    );
    const won = (await Promise.all(tries)).filter((result) => result !== null);
    expect(won).toHaveLength(1);
    expect(await shop.store.read.payment(paymentId(1))).toEqual(won[0]);
    expect(won[0]?.version).toBe(2);
  });

  test('never goes down the ladder, even with the right version', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1, { state: 'paid', paidAt: NOON }));
    for (const state of ['created', 'sending', 'awaiting', 'failed', 'closed'] as const) {
      expect(await update(shop, aPayment(1, { state }))).toBeNull();
    }
    expect(await shop.store.read.payment(paymentId(1))).toMatchObject({
      state: 'paid',
      version: 1,
    });
  });

  test('money that comes late is taken: closed may still become paid', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1, { state: 'closed' }));
    const paid = await update(shop, aPayment(1, { state: 'paid', late: true, paidAt: NOON }));
    expect(paid).toMatchObject({ state: 'paid', late: true, version: 2 });
  });

  test('cannot make another payment of it: amount, sale and number stay', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1));
    const after = await update(shop, aPayment(1, { amount: 1, currency: 'JPY', staff: '9999' }));
    expect(after).toMatchObject({ amount: 8_800, currency: 'HKD', staff: '3000', version: 2 });
  });
});

describe('a transaction', () => {
  test('that fails leaves no trace', async () => {
    const shop = await aShop();
    const failing = shop.store.transaction(async (records) => {
      await records.insertSale(aSale(1));
      await records.insertPayment(aPayment(1), 'code-a');
      await records.insertKey('k1', { kind: 'payment', bodyFingerprint: 'b', targetId: 'x' });
      await records.note(aNote(1));
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    expect(await shop.store.read.sale(saleId(1))).toBeNull();
    expect(await shop.store.read.timeline(paymentId(1))).toEqual([]);
    expect(await shop.reads.lastChange()).toBe(0);
    expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 0 });
    expect(await recordSale(shop, aPayment(1))).toBe(true);
  });

  test('is not seen by anybody before it is kept', async () => {
    const shop = await aShop();
    await shop.store.transaction(async (records) => {
      await records.insertSale(aSale(1));
      expect(await records.sale(saleId(1))).not.toBeNull();
      expect(await shop.store.read.sale(saleId(1))).toBeNull();
    });
    expect(await shop.store.read.sale(saleId(1))).not.toBeNull();
  });

  onSqlite('has the pen from its first moment, before it has written anything', async () => {
    const shop = await aShop();
    const door = await aBackDoor(shop.file);
    await shop.store.transaction(async () => {
      expect(() => door.exec('begin immediate')).toThrow(/locked/);
    });
    expect(() => door.exec('begin immediate; rollback')).not.toThrow();
  });

  test('waits for the one before it: nobody else writes meanwhile', async () => {
    const shop = await aShop();
    const order: string[] = [];
    const one = (name: string, n: number) =>
      shop.store.transaction(async (records) => {
        order.push(`${name} begins`);
        await records.insertSale(aSale(n));
        await records.sale(saleId(n));
        order.push(`${name} ends`);
      });
    await Promise.all([one('first', 1), one('second', 2), one('third', 3)]);
    expect(order).toEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });
});

describe('what is to be done', () => {
  test('payments come due when their time has come, the oldest first', async () => {
    const shop = await aShop();
    expect(await shop.store.read.nextDue()).toBeNull();
    await recordSale(shop, aPayment(1, { nextCheckAt: NOON + 30 }));
    await recordSale(shop, aPayment(2, { nextCheckAt: NOON + 10 }));
    await recordSale(shop, aPayment(3, { nextCheckAt: NOON + 31 }));
    await recordSale(shop, aPayment(4, { nextCheckAt: null, state: 'paid' }));
    const ids = (payments: Payment[]) => payments.map((payment) => payment.id);
    expect(ids(await shop.store.read.due(NOON + 30, 10))).toEqual([paymentId(2), paymentId(1)]);
    expect(ids(await shop.store.read.due(NOON + 30, 1))).toEqual([paymentId(2)]);
    expect(await shop.store.read.nextDue()).toBe(NOON + 10);
  });

  test('open payments are those that can still be paid, the oldest first', async () => {
    const shop = await aShop();
    const states = [
      'paid',
      'unknown',
      'created',
      'failed',
      'awaiting',
      'closed',
      'cancelling',
      'sending',
    ] as const;
    for (const [n, state] of states.entries()) await recordSale(shop, aPayment(n, { state }));
    const open = await shop.store.read.open(10);
    expect(open.map((payment) => payment.state)).toEqual([
      'unknown',
      'created',
      'awaiting',
      'cancelling',
      'sending',
    ]);
    expect((await shop.store.read.open(2)).map((payment) => payment.state)).toEqual([
      'unknown',
      'created',
    ]);
  });

  test('the timeline of a payment tells its own story in order', async () => {
    const shop = await aShop();
    await shop.store.transaction(async (records) => {
      await records.note(aNote(1));
      await records.note(aNote(2));
      await records.note(aNote(1, { kind: 'answer', state: 'paid', detail: { respcd: '0000' } }));
      await records.note(aNote(0, { paymentId: null, saleId: null, state: null, detail: {} }));
    });
    const story = await shop.store.read.timeline(paymentId(1));
    expect(story).toEqual([
      { ...aNote(1), seq: 1 },
      { ...aNote(1), kind: 'answer', state: 'paid', detail: { respcd: '0000' }, seq: 3 },
    ]);
  });
});
