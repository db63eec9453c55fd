import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentId, SaleId } from '@/lib/payment';
import { boot } from '@/server/payments/watch';
import {
  type Counter,
  CPM,
  chargePaid,
  chargeRefused,
  created,
  limited,
  openCounter,
  query,
  queryPaid,
  unreachable,
} from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const charges = () => counter.sent.filter((each) => each.startsWith('charge'));

describe('a tap on a wallet', () => {
  test('shows a QR that nobody has paid yet', async () => {
    counter.script.charge.push(created);
    const payment = await counter.take();
    expect(payment).toMatchObject({ state: 'awaiting', confirmed: false, mode: 'MPM' });
    expect(payment.qrCode).toContain(payment.id);
    expect(payment.id).toMatch(/^TST[0-9A-HJKMNP-TV-Z]{11}$/);
  });

  test('the intent is on disk before the request leaves', async () => {
    let stored: unknown = null;
    counter.script.charge.push(async (number) => {
      const calls = await counter.opened.store.transaction((records) =>
        records.callsOf(number as PaymentId),
      );
      const payment = await counter.payment(number as PaymentId);
      stored = { calls: calls.map(({ kind, seq }) => ({ kind, seq })), state: payment.state };
      return created(number);
    });
    await counter.take();
    expect(stored).toEqual({ calls: [{ kind: 'charge', seq: 1 }], state: 'sending' });
  });

  test('the same key and body again is the same payment and one charge', async () => {
    counter.script.charge.push(created);
    const first = await counter.charge({ key: 'one-tap' });
    const again = await counter.charge({ key: 'one-tap' });
    expect(again).toEqual(first);
    expect(charges()).toHaveLength(1);
  });

  test('F57 two taps in the same instant are one charge', async () => {
    counter.script.charge.push(created, created);
    const both = await Promise.all([
      counter.charge({ key: 'double' }),
      counter.charge({ key: 'double' }),
    ]);
    const ids = both.map((each) => ('payment' in each ? each.payment.id : each.refused));
    expect(new Set(ids).size).toBe(1);
    expect(charges()).toHaveLength(1);
  });

  test('F59 the same key with another body is refused', async () => {
    counter.script.charge.push(created);
    await counter.charge({ key: 'one-tap' });
    const other = await counter.charge({ key: 'one-tap', bodyText: 'another body' });
    expect(other).toEqual({ refused: 'key-reused' });
    expect(charges()).toHaveLength(1);
  });
});

describe('one sale', () => {
  test('F60 has one live payment; a second tap is told which', async () => {
    counter.script.charge.push(created);
    const first = await counter.take();
    const second = await counter.charge({ saleId: first.saleId });
    expect(second).toEqual({ refused: 'sale-has-live-payment', paymentId: first.id });
  });

  test('may be charged again once its payment ended unpaid, for what is left and no more', async () => {
    counter.script.charge.push(unreachable, unreachable, chargePaid);
    const first = await counter.take();
    expect(first.state).toBe('closed');
    const wrong = await counter.charge({ saleId: first.saleId, amount: 4849 });
    expect(wrong).toEqual({ refused: 'amount-not-due' });
    const second = await counter.take({ saleId: first.saleId, ...CPM });
    expect(second).toMatchObject({ state: 'paid', saleId: first.saleId });
    const third = await counter.charge({ saleId: first.saleId });
    expect(third).toEqual({ refused: 'amount-not-due' });
  });

  test('that does not exist is not found', async () => {
    const saleId = '01HZZZZZZZZZZZZZZZZZZZZZZZ' as SaleId;
    expect(await counter.charge({ saleId })).toEqual({ refused: 'not-found' });
  });
});

describe('a scanned code', () => {
  test('that pays at once is paid and confirmed in three commits', async () => {
    counter.script.charge.push(chargePaid);
    const payment = await counter.take(CPM);
    expect(payment).toMatchObject({ state: 'paid', confirmed: true, late: false });
    expect(counter.sent).toEqual([`charge ${payment.id}`]);
  });

  test('is used once in the whole shop', async () => {
    counter.script.charge.push(chargePaid);
    const payment = await counter.take(CPM);
    const again = await counter.charge(CPM);
    expect(again).toEqual({ refused: 'code-used', paymentId: payment.id });
    expect(charges()).toHaveLength(1);
  });

  test('S59 is nowhere in the database', async () => {
    counter.script.charge.push(chargePaid);
    const payment = await counter.take(CPM);
    const timeline = await counter.opened.store.read.timeline(payment.id);
    expect(JSON.stringify([payment, timeline])).not.toContain(CPM.authCode);
  });

  test('refused with 1202 is failed when the question that follows at once agrees', async () => {
    counter.script.charge.push(chargeRefused('1202'));
    counter.script.ask.push(query('refused', '1202'));
    const payment = await counter.take(CPM);
    expect(payment).toMatchObject({
      state: 'failed',
      failure: { code: 'refused', respcd: '1202' },
    });
  });

  test('refused, but the question says paid: it is paid', async () => {
    counter.script.charge.push(chargeRefused('1202'));
    counter.script.ask.push(queryPaid);
    expect(await counter.take(CPM)).toMatchObject({ state: 'paid', late: false });
  });
});

describe('a gateway that does not answer', () => {
  test('is doubt: nobody is told to charge again', async () => {
    expect(await counter.take()).toMatchObject({
      state: 'unknown',
      failure: { code: 'no-answer', respcd: null },
    });
    expect(charges()).toHaveLength(1);
  });

  test('and cannot be reached: tried twice with one number, then ended, because nothing left', async () => {
    counter.script.charge.push(unreachable, unreachable);
    const payment = await counter.take();
    expect(payment).toMatchObject({ state: 'closed', failure: { code: 'gateway-unreachable' } });
    expect(charges()).toEqual([`charge ${payment.id}`, `charge ${payment.id}`]);
  });

  test('and is too busy: the same number goes out again, and is paid once', async () => {
    counter.script.charge.push(limited, limited, chargePaid);
    const payment = await counter.take(CPM);
    expect(payment.state).toBe('paid');
    expect(new Set(charges())).toEqual(new Set([`charge ${payment.id}`]));
  });

  test('and was busy before it could not be reached: doubt, because the first try did leave', async () => {
    counter.script.charge.push(limited, unreachable, unreachable);
    expect(await counter.take(CPM)).toMatchObject({
      state: 'unknown',
      failure: { code: 'gateway-busy' },
    });
  });

  test('and the cashier stops between two tries: it is asked about at once, not a minute later', async () => {
    counter.script.charge.push(async (number) => {
      await counter.payments.cancel(number as PaymentId, '3000');
      return limited;
    });
    const stopped = await counter.take(CPM);
    expect(stopped.state).toBe('cancelling');
    expect(stopped.nextCheckAt).toBe(counter.world.clock.steady());
    expect(charges()).toHaveLength(1);
  });

  test('F22 a restart after the intent doubts it and never sends it again', async () => {
    counter.crash.at = 'charge-claimed';
    await expect(counter.take(CPM)).rejects.toThrow('crash');
    expect(counter.sent).toEqual([]);
    const [left] = await counter.opened.store.read.open(10);
    if (left === undefined) throw new Error('nothing was recorded');
    expect(left.state).toBe('sending');
    counter.crash.at = '';
    await boot(counter.world);
    expect(await counter.payment(left.id)).toMatchObject({ state: 'unknown' });
    counter.script.ask.push(queryPaid);
    await counter.tick();
    expect(await counter.payment(left.id)).toMatchObject({ state: 'paid' });
    expect(charges()).toEqual([]);
  });

  test('F24 a restart between the answer and its record asks, and learns the truth', async () => {
    counter.crash.at = 'charge-answered';
    counter.script.charge.push(chargePaid);
    await expect(counter.take(CPM)).rejects.toThrow('crash');
    counter.crash.at = '';
    await boot(counter.world);
    counter.script.ask.push(queryPaid);
    await counter.tick();
    const [left] = await counter.opened.store.read.open(10);
    expect(left).toBeUndefined();
    expect(charges()).toHaveLength(1);
  });

  test('a tap that nobody went on with ends after a minute, unsent', async () => {
    counter.crash.at = 'none';
    const { world } = counter;
    const busy = {
      ...world,
      budget: { take: async () => false, wantsProbe: () => false, limited: () => {} },
    };
    const { charge } = await import('@/server/payments/charge');
    const result = await charge(busy, {
      ...{ key: 'busy', bodyText: 'b', amount: 100, currency: 'HKD', payType: '800201' },
      ...{ mode: 'MPM', authCode: null, saleId: null, note: null, counter: '1', staff: '3000' },
      outlet: null,
    });
    expect('payment' in result && result.payment).toMatchObject({
      state: 'closed',
      failure: { code: 'never-sent' },
    });
    expect(charges()).toEqual([]);
  });
});
