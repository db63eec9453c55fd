import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aTill, type ShiftTill } from './shift-till';
import { aBackDoor, aRefund, giveBack, NOON, updateRefund } from './support';

describe('between two shifts', () => {
  test('nothing is lost while sales and refunds race with many closes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 20, maxLength: 60 }), async (steps) => {
        const till = await aTill();
        const racing: Promise<unknown>[] = [];
        let n = 0;
        for (const { counter, amount, fate, closes } of steps) {
          n += 1;
          const mine = n;
          const sale = async () => {
            await till.sell(mine, { counter, amount });
            if (fate === 'open') return;
            await till.end(mine, fate === 'failed' ? 'failed' : 'paid');
            if (fate !== 'refunded') return;
            const given = { amount: 1, counter };
            await giveBack(till, aRefund(mine, given));
            await updateRefund(till, aRefund(mine, { ...given, state: 'done', doneAt: NOON }));
          };
          racing.push(sale());
          if (closes) {
            racing.push(
              till
                .isOpen(counter)()
                .then((shift) => shift && till.shut(shift.id)),
              till
                .isOpen(counter)()
                .then((shift) => shift && till.shut(shift.id)),
            );
          }
        }
        await Promise.all(racing);
        await everythingIsInOneShift(till);
      }),
      { numRuns: 15 },
    );
    // Two hundred transactions a run, and not every machine is idle.
  }, 60_000);
});

const STEP = fc.record({
  counter: fc.constantFrom('Front', 'Back'),
  amount: fc.integer({ min: 1, max: 999_999_999 }),
  fate: fc.constantFrom('paid', 'paid', 'refunded', 'failed', 'open'),
  closes: fc.boolean(),
});

/** Counted anew from the payments and refunds themselves, without the room's own sums. */
async function everythingIsInOneShift(till: ShiftTill): Promise<void> {
  const door = await aBackDoor(till.file);
  const all = (sql: string) =>
    door
      .prepare(sql)
      .all()
      .map((row) => Object(row));
  const lost = all(`select id from payment where state = 'paid' and
    (select count(*) from taking where number = payment.id) <> 1
    union all select id from refund where state = 'done' and
    (select count(*) from taking where number = refund.id) <> 1
    union all select number from taking where
    not exists (select 1 from payment where id = number and state = 'paid') and
    not exists (select 1 from refund where id = number and state = 'done')`);
  expect(lost).toEqual([]);
  const { shifts } = await till.shifts.page({ counter: null, from: null, after: null, limit: 100 });
  const numbers = shifts.flatMap(({ number }) => (number === null ? [] : [number]));
  expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, place) => place + 1));
  let net = 0;
  for (const shift of shifts) {
    const figures = await till.shifts.figures(shift, 'HKD');
    const of = (table: string) =>
      all(`select coalesce(sum(amount), 0) as sum, count(*) as count from ${table}
        where id in (select number from taking where shift = ${shift.id})`)[0];
    const [paid, back] = [of('payment'), of('refund')];
    expect(figures.takings).toMatchObject({
      ...{ count: paid.count, amount: paid.sum },
      ...{ refundCount: back.count, refundAmount: back.sum, net: paid.sum - back.sum },
    });
    net += figures.takings.net;
  }
  const [whole] = all(`select (select coalesce(sum(amount), 0) from payment where state = 'paid')
    - (select coalesce(sum(amount), 0) from refund where state = 'done') as net`);
  expect(net).toBe(whole.net);
}
