/** Shifts in the real store: what belongs to which, what a Z says, and nothing between two. */
import { describe, expect, test } from 'vitest';
import { aTill } from './shift-till';
import {
  aBackDoor,
  aRefund,
  giveBack,
  NOON,
  paymentId,
  refundId,
  update,
  updateRefund,
} from './support';

describe('a shift', () => {
  test('is opened by the first charge at its counter, and only once', async () => {
    const till = await aTill();
    await till.sell(1, { staff: '3001' });
    till.clock.ms = 60_000;
    await till.sell(2);
    await till.sell(3, { counter: 'Back' });
    const { shifts } = await till.shifts.page({ counter: null, from: null, after: null, limit: 9 });
    expect(
      shifts.map(({ id, counter, openedAt, openedBy, openedItself }) => ({
        ...{ id, counter, openedAt: openedAt - NOON, openedBy, openedItself },
      })),
    ).toEqual([
      { id: 2, counter: 'Back', openedAt: 60_000, openedBy: '3000', openedItself: true },
      { id: 1, counter: 'Front', openedAt: 0, openedBy: '3001', openedItself: true },
    ]);
  });

  test('opened by hand is the one that the charge finds', async () => {
    const till = await aTill();
    const first = await till.shifts.open({ counter: 'Front', staff: '3000', at: NOON });
    expect(first).toMatchObject({ id: 1, openedItself: false, number: null });
    expect(await till.shifts.open({ counter: 'Front', staff: '2000', at: NOON })).toEqual(first);
    await till.sell(1);
    expect((await till.openShift()).id).toBe(1);
  });

  test('adds up by wallet what was taken and what went back, as a pencil would', async () => {
    const till = await aTill();
    // Alipay HK$100.00 and HK$50.01, WeChat HK$88.00, one refused, HK$10.00 of the first back.
    await till.sell(1, { payType: '801501', amount: 10_000 });
    await till.sell(2, { payType: '801501', amount: 5_001 });
    await till.sell(3, { payType: '800201', amount: 8_800 });
    await till.sell(4, { payType: '800201', amount: 99_900 });
    for (const n of [1, 2, 3]) await till.end(n, 'paid');
    await till.end(4, 'failed');
    await giveBack(till, aRefund(1, { amount: 1_000 }));
    await updateRefund(till, aRefund(1, { amount: 1_000, state: 'done', doneAt: NOON }));
    const shift = await till.openShift();
    const x = await till.shifts.figures(shift, 'HKD');
    const alipay = {
      count: 2,
      amount: 15_001,
      average: 7_501,
      refundCount: 1,
      refundAmount: 1_000,
    };
    const wechat = { count: 1, amount: 8_800, average: 8_800, refundCount: 0, refundAmount: 0 };
    expect(x.wallets).toEqual([
      { wallet: 'alipay', ...alipay, net: 14_001 },
      { wallet: 'wechat', ...wechat, net: 8_800 },
    ]);
    // 23,801 of three sales: 7,933.67, so 7,934.
    expect(x.takings).toEqual({
      ...{ count: 3, amount: 23_801, average: 7_934, refundCount: 1, refundAmount: 1_000 },
      net: 22_801,
    });
    const sealed = await till.z(shift.id);
    expect(sealed.sealed).toEqual(x);
    expect(await till.shifts.figures(sealed, 'HKD')).toEqual(x);
  });

  test('carries over what is in flight, and shows in the next one what came late', async () => {
    const till = await aTill();
    await till.sell(1, { amount: 5_000, payType: '800201' });
    await till.sell(2, { amount: 7_000, state: 'unknown' });
    await till.sell(3, { amount: 900, counter: 'Back' });
    await till.end(1, 'paid');
    await giveBack(till, aRefund(1, { amount: 200 }));
    till.clock.ms = 3_600_000;
    const first = await till.z((await till.openShift()).id);
    expect(first).toMatchObject({ number: 1, closedAt: NOON + 3_600_000, closedBy: '3000' });
    expect(first.sealed?.openPayments).toMatchObject({
      count: 1,
      amount: 7_000,
      named: [{ id: paymentId(2), state: 'unknown', wallet: 'wechat', amount: 7_000 }],
    });
    expect(first.sealed?.openRefunds).toMatchObject({
      count: 1,
      amount: 200,
      named: [{ id: refundId(1), paymentId: paymentId(1), state: 'requested' }],
    });
    // Nobody has opened a shift yet; the customer pays all the same, and a refund comes through.
    till.clock.ms = 5_000_000;
    await till.end(2, 'paid');
    await updateRefund(till, aRefund(1, { amount: 200, state: 'done', doneAt: NOON }));
    const second = await till.openShift();
    expect(second).toMatchObject({ openedAt: NOON + 5_000_000, openedBy: 'server' });
    await till.sell(4, { amount: 1_100 });
    await till.end(4, 'paid');
    const x = await till.shifts.figures(second, 'HKD');
    expect(x.takings).toMatchObject({ count: 2, amount: 8_100, refundCount: 1, net: 7_900 });
    expect(x.late).toEqual({
      count: 1,
      amount: 7_000,
      named: [
        {
          ...{ id: paymentId(2), wallet: 'wechat', amount: 7_000, currency: 'HKD' },
          ...{ createdAt: NOON, arrivedAt: NOON + 5_000_000 },
        },
      ],
    });
    expect(x.openPayments.count + x.openRefunds.count).toBe(0);
    // What is sealed stays as it was.
    expect(await till.shifts.shift(first.id)).toEqual(first);
  });

  test('money that was called lost and came after the Z is in the shift in which it came', async () => {
    const till = await aTill();
    await till.sell(1, { amount: 4_200 });
    await till.end(1, 'failed');
    const first = await till.z((await till.openShift()).id);
    expect(first.sealed?.openPayments.count).toBe(0);
    till.clock.ms = 10;
    await till.shifts.open({ counter: 'Front', staff: '3000', at: NOON + 10 });
    // QFPay dates it before the Z; what counts is when the shop heard.
    const failed = await till.store.read.payment(paymentId(1));
    if (failed === null) throw new Error('no payment');
    await update(till, { ...failed, state: 'paid', failure: null, late: true, paidAt: NOON - 1 });
    const x = await till.shifts.figures(await till.openShift(), 'HKD');
    expect(x.late).toMatchObject({ count: 1, amount: 4_200 });
    expect(x.takings).toMatchObject({ count: 1, amount: 4_200 });
  });

  test('without a sale has a Z of nothing', async () => {
    const till = await aTill();
    const { id } = await till.shifts.open({ counter: 'Front', staff: '3000', at: NOON });
    const sealed = await till.z(id);
    expect(sealed.sealed).toMatchObject({ takings: { count: 0, amount: 0, net: 0 }, wallets: [] });
    expect(sealed.number).toBe(1);
  });

  test('money of another currency is named apart and adds to nothing', async () => {
    const till = await aTill();
    await till.sell(1, { amount: 500 });
    await till.sell(2, { amount: 700, currency: 'CNY' });
    for (const n of [1, 2]) await till.end(n, 'paid');
    const x = await till.shifts.figures(await till.openShift(), 'HKD');
    expect(x.takings).toMatchObject({ count: 1, amount: 500 });
    expect(x.others).toMatchObject([{ currency: 'CNY', count: 1, amount: 700 }]);
  });
});

describe('a Z', () => {
  test('is one, however many close the same shift at once', async () => {
    const till = await aTill();
    await till.sell(1);
    const { id } = await till.openShift();
    const all = await Promise.all(['a', 'b', 'c', 'b'].map((key) => till.shut(id, key)));
    const shifts = all.map((closed) => ('shift' in closed ? closed.shift : null));
    expect(new Set(shifts.map((shift) => JSON.stringify(shift))).size).toBe(1);
    expect(all.filter((closed) => 'yours' in closed && closed.yours)).toHaveLength(1);
    // The same call again, after its answer was lost, is told that it was this one.
    expect(await till.shut(id, 'a')).toMatchObject({ yours: true });
    expect(await till.shut(id, 'd')).toMatchObject({ yours: false });
  });

  test('a key closes one shift, and none that it charged with', async () => {
    const till = await aTill();
    await till.sell(1);
    await till.sell(2, { counter: 'Back' });
    await till.store.transaction((records) =>
      records.insertKey('paid-with', {
        ...{ kind: 'payment', bodyFingerprint: 'f', targetId: paymentId(1) },
      }),
    );
    expect(await till.shut(1, 'paid-with')).toEqual({ refused: 'key-reused' });
    expect(await till.shut(1, 'k')).toMatchObject({ yours: true });
    expect(await till.shut(2, 'k')).toEqual({ refused: 'key-reused' });
    expect(await till.shut(9, 'l')).toEqual({ refused: 'not-found' });
    expect((await till.openShift('Back')).id).toBe(2);
  });

  test('is numbered without gaps over all counters, also when a close fails half way', async () => {
    const till = await aTill();
    const door = await aBackDoor(till.file);
    const numbers: (number | null)[] = [];
    for (const [n, counter] of ['Front', 'Back', 'Front', 'Roof'].entries()) {
      const { id } = await till.shifts.open({ counter, staff: '3000', at: NOON + n });
      if (n === 2) {
        door.exec(
          "create trigger broken before insert on audit begin select raise(abort, 'x'); end",
        );
        await expect(till.z(id)).rejects.toThrow('x');
        door.exec('drop trigger broken');
      }
      numbers.push((await till.z(id)).number);
    }
    expect(numbers).toEqual([1, 2, 3, 4]);
  });

  test('is written into the audit chain with its sums, and so is every correction', async () => {
    const till = await aTill();
    await till.sell(1, { amount: 4_850 });
    await till.end(1, 'paid');
    await till.z(1);
    const reason = 'Counter 2 was used for this sale';
    expect(await till.shifts.correct({ id: 1, staff: '2000', reason, at: NOON })).toBe(true);
    expect(await till.shifts.corrections(1)).toEqual([{ at: NOON, staff: '2000', reason }]);
    const door = await aBackDoor(till.file);
    const notes = door.prepare('select actor, detail from audit order by seq').all();
    expect(notes.map((it) => [Object(it).actor, JSON.parse(Object(it).detail)])).toEqual([
      [
        '3000',
        {
          ...{ did: 'close-shift', shift: 1, number: 1, counter: 'Front', count: 1, amount: 4_850 },
          ...{ refundCount: 0, refundAmount: 0, net: 4_850 },
        },
      ],
      ['2000', { did: 'correct-shift', shift: 1, number: 1, seq: 1, reason }],
    ]);
    expect(await till.verifyAudit()).toMatchObject({ ok: true });
  });

  test('is corrected by new rows alone, and only once it is there', async () => {
    const till = await aTill();
    await till.sell(1);
    const correcting = { id: 1, staff: '2000', reason: 'r', at: NOON };
    expect(await till.shifts.correct(correcting)).toBe(false);
    expect(await till.shifts.correct({ ...correcting, id: 2 })).toBeNull();
    const sealed = await till.z(1);
    for (const reason of ['one', 'two']) await till.shifts.correct({ ...correcting, reason });
    expect((await till.shifts.corrections(1)).map((it) => it.reason)).toEqual(['one', 'two']);
    expect(await till.shifts.shift(1)).toEqual(sealed);
  });

  test('no SQL changes it, adds to it, or makes a gap', async () => {
    const till = await aTill();
    await till.sell(1);
    await till.end(1, 'paid');
    await till.z(1);
    await till.sell(2);
    const door = await aBackDoor(till.file);
    const refusals: Record<string, string | RegExp> = {
      "update shift set sealed = '{}' where id = 1": 'a sealed shift never changes',
      'update shift set closed_at = null, closed_by = null, number = null where id = 1':
        'a sealed shift never changes',
      "update shift set counter = 'Back' where id = 2": 'what a shift is never changes',
      "update shift set closed_at = 1, closed_by = 'x', number = 3, sealed = '{}', close_key = 'y' where id = 2":
        'a Z follows the one before',
      'delete from shift': 'a shift is never deleted',
      "insert into taking values (1, 'K9', 'payment', 1)": 'nothing is added to a sealed shift',
      [`insert into taking values (2, '${paymentId(1)}', 'payment', 1)`]: /unique/i,
      'update taking set shift = 2': 'a taking never changes',
      'delete from taking': 'a taking is never deleted',
      "insert into shift_correction values (2, 1, 1, '2000', 'r')":
        'only a sealed shift is corrected',
      "insert into shift (id, counter, opened_at, opened_by, opened_itself) values (9, 'Front', 1, 'x', 0)":
        /unique/i,
    };
    for (const [sql, says] of Object.entries(refusals)) {
      expect(() => door.exec(sql), sql).toThrow(says);
    }
  });
});

test('the pages of the shifts follow one another, of one counter or of all', async () => {
  const till = await aTill();
  for (let n = 0; n < 12; n += 1) {
    const counter = n % 3 === 0 ? 'Back' : 'Front';
    // Two at a time share their moment.
    const at = NOON + Math.trunc(n / 2) * 1_000;
    await till.z((await till.shifts.open({ counter, staff: '3000', at })).id);
  }
  const ids = async (filter: { counter: string | null; from: number | null; limit: number }) => {
    const found: number[] = [];
    let after = null;
    do {
      const page = await till.shifts.page({ ...filter, after });
      expect(page.shifts.length).toBeLessThanOrEqual(filter.limit);
      found.push(...page.shifts.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    return found;
  };
  expect(await ids({ counter: null, from: null, limit: 5 })).toEqual([
    12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
  ]);
  expect(await ids({ counter: 'Back', from: null, limit: 3 })).toEqual([10, 7, 4, 1]);
  expect(await ids({ counter: null, from: NOON + 4_000, limit: 3 })).toEqual([12, 11, 10, 9]);
});
