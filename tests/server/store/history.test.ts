import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { REFUNDED } from '@/lib/history-filter';
import { PAYMENT_STATES, type Payment } from '@/lib/payment';
import type { Page, PageFilter } from '@/server/store/history';
import { aBigShop, type BigShop } from './big-shop';
import { planOf, watching } from './plans';
import {
  aBackDoor,
  aPayment,
  aShop,
  NOON,
  onSqlite,
  paymentId,
  recordSale,
  saleId,
} from './support';

test('the sales of a page come in one question', async () => {
  const shop = await aShop();
  for (const n of [1, 2, 3]) await recordSale(shop, aPayment(n));
  const sales = await shop.reads.salesOf([saleId(3), saleId(1), saleId(99)]);
  expect(sales.map((sale) => sale.id).sort()).toEqual([saleId(1), saleId(3)]);
  expect(await shop.reads.salesOf([])).toEqual([]);
});

test('more kinds of questions than are kept ready are answered all the same', async () => {
  const shop = await aShop();
  for (const n of [1, 2]) await recordSale(shop, aPayment(n));
  for (const round of [1, 2]) {
    for (let many = 2; many < 320; many += 1) {
      const ids = Array.from({ length: many }, (_, n) => saleId(n + round));
      expect(await shop.reads.salesOf(ids)).toHaveLength(3 - round);
    }
  }
});

describe('a page of five thousand payments', () => {
  let big: BigShop;
  beforeAll(async () => {
    big = await aBigShop(5_000);
    return big.close;
  }, 60_000);

  test('shows what a patient person with the whole list would pick, newest first', async () => {
    const some = <T>(values: readonly T[]) =>
      fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
    const one = <T>(values: readonly T[]) =>
      fc.option(fc.constantFrom(...values), { nil: undefined });
    const moment = fc.option(fc.integer({ min: -10, max: 5_010 }), { nil: undefined });
    const numbers = [
      'K7',
      'K70000000012',
      paymentId(350),
      'K8',
      '20261122',
      '2026112200',
      '4200',
      'W',
    ];
    const filter = fc.record({
      from: moment,
      to: moment,
      states: some(PAYMENT_STATES),
      payTypes: some(['800101', '800201', '800208', '803700', '801514']),
      counter: one(['Front', 'Back', 'Roof']),
      staff: one(['3000', '3001', '9999']),
      outlets: some([null, 'M100', 'M200']),
      min: one([1, 500, 5_000, 5_900]),
      max: one([400, 500, 5_000, 99_999]),
      refunded: some(REFUNDED),
      late: one([true, false]),
      review: one([true, false]),
      q: one([...numbers, ...numbers, '']),
      qAmount: one([100, 777, 5_000]),
      limit: fc.constantFrom(1, 7, 50, 200),
    });
    await fc.assert(
      fc.asyncProperty(filter, fc.integer({ min: 1, max: 9 }), async (wanted, pages) => {
        const { from, to } = wanted;
        const asked = {
          ...wanted,
          from: from === undefined ? from : NOON + from * 1_000,
          to: to === undefined ? to : NOON + to * 1_000,
        };
        const expected = pick(big.payments, asked);
        let after: PageFilter['after'] = null;
        let seen = 0;
        for (let page = 0; page < pages; page += 1) {
          const shown: Page = await big.reads.page({ ...asked, after });
          const { length } = shown.payments;
          expect(shown.payments).toEqual(expected.slice(seen, seen + length));
          seen += length;
          // Only a search that has not come to its end may bring less than a page.
          if (length < asked.limit) expect(shown.reached).toEqual(shown.next);
          if (shown.next === null) expect(seen).toBe(expected.length);
          if (shown.next === null) return;
          after = shown.next;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('shows a payment once that is found by its number and by its amount', async () => {
    const filter = { from: NOON + 300_000, to: NOON + 400_000, q: paymentId(350), qAmount: 777 };
    const { payments } = await big.reads.page({ ...filter, limit: 9 });
    expect(payments.map((it) => it.id)).toEqual([400, 350].map(paymentId));
  });

  test('shows nothing outside the wanted time, whatever page is asked for', async () => {
    const later = { createdAt: NOON + 4_000_000, id: paymentId(4_000) };
    const { payments } = await big.reads.page({ to: NOON + 60_000, after: later, limit: 5 });
    expect(payments.map((it) => it.id)).toEqual([60, 59, 58, 57, 56].map(paymentId));
  });

  test('has two hundred rows at most and one at least', async () => {
    expect((await big.reads.page({ limit: 5_000 })).payments).toHaveLength(200);
    expect((await big.reads.page({ limit: 0 })).payments).toHaveLength(1);
  });

  const filters: Record<string, Omit<PageFilter, 'limit'>> = {
    'nothing at all': {},
    'a time': { from: NOON, to: NOON + 9_000_000 },
    'one state': { states: ['unknown'] },
    'many states': { states: ['paid', 'failed', 'closed'] },
    'a pay type': { payTypes: ['800101'] },
    'pay types': { payTypes: ['800101', '800201'], from: NOON },
    'states and pay types': { states: ['paid', 'failed'], payTypes: ['800101', '800201'] },
    'a counter': { counter: 'Front', from: NOON, to: NOON + 9_000_000 },
    'a cashier': { staff: '3000', from: NOON },
    'an amount': { qAmount: 777 },
    'a smallest and a largest amount': { min: 500, max: 5_000 },
    'a number that many have': { q: 'K7' },
    'a number that many have, or an amount': { q: 'K7', qAmount: 777 },
    'one outlet': { outlets: ['M100'] },
    'two outlets and a time': { outlets: ['M200', null], from: NOON },
    'outlets and states': { outlets: ['M100', 'M200'], states: ['paid', 'failed'] },
    'everything together': {
      from: NOON,
      to: NOON + 9_000_000,
      states: ['paid'],
      payTypes: ['800101'],
      counter: 'Front',
      staff: '3000',
      min: 5,
      max: 50_000,
    },
  };

  onSqlite.each(Object.entries(filters))(
    'filtered by %s walks an index and sorts nothing',
    async (_, filter) => {
      const after = { createdAt: NOON + 4_000_000, id: paymentId(4_000) };
      for (const from of [null, after]) {
        const plan = await planOf(big, { ...filter, after: from, limit: 50 });
        expect(plan.join('\n')).not.toMatch(/TEMP B-TREE|SCAN payment$/m);
        expect(plan.join('\n')).toMatch(/USING INDEX payment_/);
      }
    },
  );

  const wishes: Omit<PageFilter, 'limit'>[] = [
    { from: NOON, to: NOON + 9_000_000 },
    { states: ['paid', 'failed'] },
    { payTypes: ['800101', '801514'] },
    { counter: 'Front' },
    { staff: '3000' },
    { min: 100, max: 5_900 },
    { refunded: ['partly'] },
    { late: true },
    { review: true },
  ];

  onSqlite(
    'filtered by every combination of wishes walks an index, sorts nothing, and ends',
    async () => {
      const combinations = Array.from({ length: 2 ** wishes.length }, (_, bits) =>
        Object.assign({}, ...wishes.filter((_wish, place) => (bits >> place) % 2 === 1)),
      );
      expect(combinations).toHaveLength(512);
      const { plans } = await watching(big);
      for (const wanted of combinations) {
        for (const after of [null, { createdAt: NOON + 4_000_000, id: paymentId(4_000) }]) {
          const said = await plans({ ...wanted, after, limit: 50 });
          for (const plan of said) {
            expect(plan, JSON.stringify(wanted)).not.toMatch(/TEMP B-TREE|SCAN payment$/m);
            expect(plan, JSON.stringify(wanted)).toMatch(/USING (COVERING )?INDEX payment_/);
          }
        }
      }
    },
  );

  test('searched by what few have looks back so far and no further, and says how far', async () => {
    // Every tenth number begins so, which are too many to gather and too few to fill a page.
    const first = await big.reads.page({ q: '202611220009', limit: 50 });
    expect(first.payments.length).toBeLessThan(50);
    expect(first.next).not.toBeNull();
    expect(first.reached).toEqual(first.next);
  });

  onSqlite('filtered by a number looks only at the few that have it', async () => {
    const plan = await planOf(big, { q: paymentId(321), limit: 50 });
    expect(plan.join('\n')).not.toMatch(/SCAN/);
  });

  onSqlite(
    'goes by what is rare: an unsettled state, else the counter or the cashier',
    async () => {
      const who = { counter: 'Front', staff: '3000', payTypes: ['800101'], limit: 50 };
      const unsettled = await planOf(big, { ...who, states: ['unknown'] });
      expect(unsettled.join('\n')).toMatch(/USING INDEX payment_state \(state=\?\)/);
      const paid = await planOf(big, { counter: 'Front', states: ['paid'], limit: 50 });
      expect(paid.join('\n')).toMatch(/USING INDEX payment_(counter|time) /);
    },
  );

  onSqlite('filtered by rare amounts looks only at the few of them', async () => {
    const plan = await planOf(big, { min: 5_900, limit: 50 });
    expect(plan.join('\n')).not.toMatch(/SCAN/);
    expect(await big.reads.page({ min: 6_001, limit: 50 })).toEqual({
      payments: [],
      next: null,
      reached: null,
    });
  });

  onSqlite('that goes on from a page begins where that one ended', async () => {
    const after = { createdAt: NOON + 4_000_000, id: paymentId(4_000) };
    const plans = [
      await planOf(big, { from: NOON, to: NOON + 9_000_000, after, limit: 50 }),
      await planOf(big, { states: ['paid'], from: NOON, to: NOON + 9_000_000, after, limit: 50 }),
    ];
    for (const plan of plans) expect(plan.join('\n')).toMatch(/\(created_at,id\)<\(\?,\?\)/);
  });

  onSqlite(
    'that begins at a first day names one lower bound, so that it stops at its floor',
    async () => {
      // Given two of them the database begins at the older one and passes every payment in between.
      const { statements } = await watching(big);
      const from = NOON + 60_000;
      // No counter of one outlet is at the other.
      const never = { counter: 'Back', outlets: ['M200'], from, to: NOON + 9_000_000, limit: 50 };
      const page = await big.reads.page(never);
      expect(page.payments).toEqual([]);
      expect(page.reached?.createdAt).toBeGreaterThan(from);
      const last = (await statements(never)).at(-1) ?? '';
      expect(last.match(/"created_at" >= \?/g)).toHaveLength(1);
    },
  );

  onSqlite('the other lists are as quick to find: due, open, of a sale, of the audit', async () => {
    const door = await aBackDoor(big.file);
    const plan = (sql: string) =>
      door
        .prepare(`explain query plan ${sql}`)
        .all()
        .map((row) => String(Object(row).detail));
    expect(
      plan('select * from payment where next_check_at <= 5 order by next_check_at, id'),
    ).toEqual([expect.stringMatching(/SEARCH payment USING INDEX payment_due/)]);
    expect(plan("select * from payment where sale_id = 'x' order by created_at, id")).toEqual([
      expect.stringMatching(/SEARCH payment USING INDEX payment_of_sale/),
    ]);
    expect(plan("select * from audit where payment_id = 'x' order by seq")).toEqual([
      expect.stringMatching(/SEARCH audit USING INDEX audit_of_payment/),
    ]);
  });
});

/** The same question, answered without a database. */
function pick(all: readonly Payment[], filter: PageFilter): Payment[] {
  const { from, to, states, payTypes, counter, staff, min, max, q = '', qAmount } = filter;
  const { outlets, refunded, late = false, review = false } = filter;
  const within = <T>(value: T | null, wanted: readonly T[] | undefined) =>
    wanted === undefined || (value !== null && wanted.includes(value));
  const starts = (number: string | null) => number?.startsWith(q) ?? false;
  const found = (it: Payment) => {
    if (q === '' && qAmount === undefined) return true;
    const byNumber = q !== '' && [it.id, it.qfpayNumber, it.walletNumber].some(starts);
    return byNumber || it.amount === qAmount;
  };
  return all
    .filter((it) => it.createdAt >= (from ?? 0) && it.createdAt < (to ?? Number.MAX_SAFE_INTEGER))
    .filter((it) => within(it.state, states) && (outlets?.includes(it.outlet) ?? true))
    .filter((it) => within(it.payType, payTypes) || within(it.usedPayType ?? '', payTypes))
    .filter((it) => (it.late || !late) && (it.review !== null || !review))
    .filter((it) => within(backOf(it), refunded))
    .filter((it) => it.counter === (counter ?? it.counter) && it.staff === (staff ?? it.staff))
    .filter((it) => it.amount >= (min ?? 0) && it.amount <= (max ?? it.amount))
    .filter(found)
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}

const backOf = ({ refunded, amount }: Payment) =>
  refunded === 0 ? null : refunded < amount ? 'partly' : 'fully';
