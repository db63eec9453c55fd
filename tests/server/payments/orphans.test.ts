import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Payment, PaymentId } from '@/lib/payment';
import { createPayments } from '@/server/payments';
import { keep, lookIfWanted } from '@/server/payments/window';
import {
  type Counter,
  CPM,
  chargePaid,
  openCounter,
  queryPaid,
  queryPending,
  swept,
} from '../../support/counter';
import { facts } from '../../support/payments';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const ours = (): string => counter.world.ids.paymentNumber();

describe('F34 numbers of ours that a restored copy has forgotten', () => {
  test('a paid one is adopted as paid, for a manager to look at, and charged to nobody again', async () => {
    const number = ours();
    const row = { number, evidence: queryPaid(number) };
    await keep(counter.world, swept({ rows: [row] }), null);
    const orphan = await counter.payment(number as PaymentId);
    expect(orphan).toMatchObject({
      state: 'paid',
      review: 'orphan',
      amount: 4850,
      confirmed: true,
    });
    expect(counter.alerts).toContainEqual(expect.objectContaining({ says: 'orphan' }));
    await keep(counter.world, swept({ rows: [row] }), null);
    expect(await counter.world.store.read.paymentsOfSale(orphan.saleId)).toHaveLength(1);
  });

  test.each([
    ['another currency in each answer', { currency: 'USD' }, [{ currency: 'USD' }]],
    ['less money in two answers of three', { amount: 4800 }, [{ amount: 4800 }, {}]],
    ['less money in the row alone', { amount: 4800 }, [{}]],
  ])('one of which is told %s is not believed, but looked for again', async (_, row, again) => {
    const number = ours();
    const paid = (change: object) => ({
      ...queryPaid(number),
      facts: facts({ number, ...change }),
    });
    counter.script.ask.push(...again.map((change) => paid(change)));
    await keep(counter.world, swept({ rows: [{ number, evidence: paid(row) }] }), null);
    expect(await counter.world.store.read.payment(number as PaymentId)).toBeNull();
    counter.script.ask.length = 0;
    counter.later(30);
    counter.script.sweep.push(swept({ rows: [{ number, evidence: paid({}) }] }));
    await lookIfWanted(counter.world);
    const orphan = await counter.payment(number as PaymentId);
    expect(orphan).toMatchObject({ state: 'paid', amount: 4850, currency: 'HKD' });
  });

  test('one that QFPay notifies of is looked for until the look was answered in full', async () => {
    const number = ours();
    const body = { kind: 'payment', respcd: '0000', facts: facts({ number }), payment: null };
    await counter.payments.notified(new TextEncoder().encode(JSON.stringify(body)), 'right');
    const half = swept({ complete: false });
    const found = swept({ rows: [{ number, evidence: queryPaid(number) }] });
    counter.script.sweep.push(half, half, half, found);
    for (let look = 0; look < 4; look += 1) {
      await lookIfWanted(counter.world);
      counter.later(30);
    }
    expect(await counter.payment(number as PaymentId)).toMatchObject({ state: 'paid' });
    counter.sent.length = 0;
    counter.later(60);
    await lookIfWanted(counter.world);
    expect(counter.sent).toEqual([]);
  });

  test('one belongs to the outlet whose rows showed it, which no row says itself', async () => {
    const number = ours();
    await keep(counter.world, swept({ rows: [{ number, evidence: queryPaid(number) }] }), 'M1');
    expect((await counter.payment(number as PaymentId)).outlet).toBe('M1');
  });

  test('one that can still be paid is stopped, because nobody shows it', async () => {
    const number = ours();
    const shown = facts({ number, payType: '800201' });
    const evidence = { source: 'query', says: 'pending', respcd: '1143', facts: shown } as const;
    await keep(counter.world, swept({ rows: [{ number, evidence }] }), null);
    counter.script.ask.push(queryPending);
    await counter.tick();
    expect((await counter.payment(number as PaymentId)).state).toBe('cancelling');
    expect(counter.sent).toContain(`close ${number}`);
  });

  test('F84 rows of another shop on the same account are left alone', async () => {
    const foreign = 'ODOO-2026-000017';
    await keep(
      counter.world,
      swept({ rows: [{ number: foreign, evidence: queryPaid(foreign) }] }),
      null,
    );
    expect(await counter.world.store.read.payment(foreign as PaymentId)).toBeNull();
    expect(counter.alerts).toEqual([]);
  });

  test('a row that bears another number of ours beside QFPay’s number of a known sale is none', async () => {
    counter.script.charge.push(chargePaid);
    const { qfpayNumber } = await counter.take(CPM);
    const number = ours();
    const seen = { ...queryPaid(number), facts: facts({ number, qfpayNumber }) };
    await keep(counter.world, swept({ rows: [{ number, evidence: seen }] }), null);
    expect(await counter.world.store.read.payment(number as PaymentId)).toBeNull();
  });

  test('a new start looks back over the time in which nobody watched', async () => {
    await counter.take({ key: 'before the copy' });
    counter.later(6 * 3_600);
    const number = ours();
    const all = swept({ rows: [{ number, evidence: queryPaid(number) }] });
    counter.script.sweep.push(all);
    const spans: { from: number; to: number }[] = [];
    const { gateway } = counter.world;
    const sweep = gateway.sweep;
    const seen = {
      ...gateway,
      sweep: (window: Parameters<typeof sweep>[0]) => {
        spans.push(window);
        return sweep(window);
      },
    };
    const adopted = new Promise<void>((resolve) => {
      const { changed } = counter.world.out;
      Object.assign(counter.world.out, {
        changed: (payment: Payment) => {
          changed(payment);
          if (payment.id === number && payment.state === 'paid') resolve();
        },
      });
    });
    const payments = createPayments({ ...counter.world, gateway: seen });
    await payments.start();
    await adopted;
    await payments.stop();
    const now = counter.world.clock.wall();
    // What was written six hours ago, and three hours more for a clock that was wrong.
    expect(Math.min(...spans.map(({ from }) => from))).toBeLessThan(now - 9 * 3_600_000);
  });
});
