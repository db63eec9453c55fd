import { describe, expect, test } from 'vitest';
import { createHistory } from '@/server/store/history';
import type { Session } from '@/server/store/prepared';
import {
  aPayment,
  aReadingSession,
  aRefund,
  aShop,
  giveBack,
  paymentId,
  recordSale,
  refundId,
  update,
  updateRefund,
} from './support';

describe('the change feed', () => {
  test('tells each payment once, as it is now, in the order of the changes', async () => {
    const shop = await aShop();
    expect(await shop.reads.lastChange()).toBe(0);
    for (const n of [1, 2, 3]) await recordSale(shop, aPayment(n));
    await update(shop, aPayment(1, { state: 'sending' }));
    const changes = await shop.reads.changes(0, 10);
    expect(
      changes.map((it) => 'payment' in it && [it.seq, it.payment.id, it.payment.state]),
    ).toEqual([
      [2, paymentId(2), 'created'],
      [3, paymentId(3), 'created'],
      [4, paymentId(1), 'sending'],
    ]);
    expect(await shop.reads.lastChange()).toBe(4);
    expect((await shop.reads.changes(2, 1)).map((it) => it.seq)).toEqual([3]);
    expect(await shop.reads.changes(4, 10)).toEqual([]);
  });

  test('tells a refund and the payment it changes, each once, in one order', async () => {
    const shop = await aShop();
    for (const n of [1, 2]) await recordSale(shop, aPayment(n, { state: 'paid' }));
    const before = await shop.reads.lastChange();
    await giveBack(shop, aRefund(1));
    await giveBack(shop, aRefund(2));
    await updateRefund(shop, aRefund(1, { state: 'done' }));
    const told = await shop.reads.changes(before, 10);
    const says = told.map((it) =>
      'refund' in it ? [it.refund.id, it.refund.state] : [it.payment.id, it.payment.refunded],
    );
    expect(says).toEqual([
      [refundId(2), 'requested'],
      [paymentId(2), 0],
      [refundId(1), 'done'],
      [paymentId(1), 1_000],
    ]);
    const seqs = told.map((it) => it.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(seqs.at(-1)).toBe(await shop.reads.lastChange());
    // In pages of any size nothing is left out and nothing comes twice.
    for (const size of [1, 2, 3]) {
      let last = before;
      const pages: typeof told = [];
      for (let page = await shop.reads.changes(last, size); page.length > 0; ) {
        pages.push(...page);
        last = page.at(-1)?.seq ?? last;
        page = await shop.reads.changes(last, size);
      }
      expect(pages).toEqual(told);
    }
  });

  test('passes nothing over that is committed while it reads', async () => {
    const shop = await aShop();
    for (const n of [1, 2]) await recordSale(shop, aPayment(n, { state: 'paid' }));
    const real = await aReadingSession(shop.file);
    let reads = 0;
    const watched: Session = {
      ...real,
      run: async (query) => {
        const rows = await real.run(query);
        reads += 1;
        // After each of its questions two commits: a new payment, and a refund of an old one.
        if (reads > 4) return rows;
        await recordSale(shop, aPayment(reads + 10, { state: 'paid' }));
        await giveBack(shop, aRefund(reads + 10, { paymentId: paymentId(1), amount: 1 }));
        return rows;
      },
    };
    const feed = createHistory(watched);
    const seen = new Set<string>();
    let last = 0;
    for (let page = await feed.changes(last, 50); page.length > 0; ) {
      for (const change of page) {
        seen.add('refund' in change ? change.refund.id : change.payment.id);
        expect(change.seq).toBeGreaterThan(last);
        last = change.seq;
      }
      page = await feed.changes(last, 50);
    }
    const numbers = [11, 12, 13, 14].flatMap((n) => [paymentId(n), refundId(n)]);
    expect([...seen].sort()).toEqual([...numbers, paymentId(1), paymentId(2)].sort());
  });

  test('says nothing of a change that was not made', async () => {
    const shop = await aShop();
    await recordSale(shop, aPayment(1, { state: 'paid' }));
    expect(await update(shop, aPayment(1, { state: 'failed' }))).toBeNull();
    expect(await shop.reads.changes(1, 10)).toEqual([]);
  });
});
