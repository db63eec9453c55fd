/**
 * The server is killed while a customer looks at its QR, while it stops an order, while it starts,
 * and again and again. The next one takes up where it was.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/processes';
import { ready } from '../support/stack';
import { CHARGE, CLOSE, codeTap, openShop, passed, QUERY, qrTap, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
}, 300_000);
afterAll(() => shop.close());
beforeEach(() => shop.calm());
afterEach(() => shop.booksAgree(), 20_000);

const killed = async () => {
  await shop.stack.kill9App();
  await shop.stack.restartApp();
};
const quiet = () =>
  shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
const shown = () => shop.shown();
const cancel = (id: string) => shop.cashier.call('POST', `/api/payments/${id}/cancel`);

describe('a server that is killed while a QR is up', () => {
  test('shows the same QR to the next tablet that asks, and it can be paid', async () => {
    const before = await shown();
    await killed();
    const after = await shop.payment(before.id);
    expect([after.state, after.qrCode]).toEqual(['awaiting', before.qrCode]);
    await shop.stack.control('pay', { number: before.id });
    await shop.comes(before.id, 'paid', 5_000);
  });

  test('F77 the next one asks about it within 2 s: nobody waits for the dead one to let go', async () => {
    await quiet();
    const { id } = await shown();
    await shop.stack.kill9App();
    await shop.stack.control('pay', { number: id });
    await shop.stack.restartApp();
    await shop.comes(id, 'paid', 2_500);
  });

  test('F36 with three copies of a notification in its ear: one effect', async () => {
    const fault = { kind: 'notice-duplicate', endpoint: 'payment', count: 2 };
    await shop.stack.control('fault', fault);
    const { id } = await shown();
    shop.stack.app().signal('SIGSTOP');
    await shop.stack.control('pay', { number: id });
    const told = async () =>
      (await shop.world()).notifications.filter(({ number }) => number === id).length === 3;
    await until(told);
    await killed();
    await shop.comes(id, 'paid', 5_000);
  });

  test('F03 before its QR was ever shown: the order is stopped, nobody can pay it', async () => {
    const tap = qrTap();
    const before = await shop.arrived('payment');
    shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
    const going = shop.tapAndGo(tap);
    await until(async () => (await shop.arrived('payment')) > before);
    await killed();
    await going;
    const { id, qrCode } = await shop.whatBecameOf(tap);
    expect(qrCode).toBeNull();
    await shop.comes(id, 'closed', 40_000);
    expect((await shop.order(id))?.state).toBe('closed');
  });
});

describe('a server that is killed while it stops an order', () => {
  test('with the question before the stop on its way: the next one goes on stopping', async () => {
    const { id } = await shown();
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: QUERY, times: 0 });
    await cancel(id);
    await until(() => held.struck() > 0);
    await shop.stack.kill9App();
    held.release();
    await shop.proxy.heal();
    await shop.stack.restartApp();
    await shop.comes(id, 'closed', 40_000);
    expect((await shop.order(id))?.state).toBe('closed');
  });

  test.each([
    ['hold-request', 'the stop on its way'],
    ['hold-answer', 'the answer to the stop on its way'],
  ] as const)('with %s, %s: stopped all the same', async (kind, _what) => {
    const { id } = await shown();
    const held = shop.proxy.strike({ kind }, { on: CLOSE });
    const going = cancel(id).catch(() => null);
    await until(() => held.struck() === 1);
    await shop.stack.kill9App();
    await going;
    held.release();
    await shop.stack.restartApp();
    await shop.comes(id, 'closed', 40_000);
    expect((await shop.order(id))?.state).toBe('closed');
  });

  test('F50 F61 while the customer pays before the stop arrives: paid wins', async () => {
    await quiet();
    const { id } = await shown();
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CLOSE });
    const going = cancel(id).catch(() => null);
    await until(() => held.struck() === 1);
    await shop.stack.control('pay', { number: id });
    await shop.stack.kill9App();
    await going;
    held.release();
    await shop.stack.restartApp();
    const { late } = await shop.comes(id, 'paid', 5_000);
    expect(late).toBe(false);
  });
});

describe('a server that is killed again and again', () => {
  test('while it starts, at any moment: the one that may live finds the truth', async () => {
    const tap = codeTap();
    const before = await shop.arrived('payment');
    shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
    const going = shop.tapAndGo(tap);
    await until(async () => (await shop.arrived('payment')) > before);
    await shop.stack.kill9App();
    await going;
    for (const ms of [120, 250, 320, 390, 450, 520, 600, 700]) {
      const app = shop.stack.launchApp();
      await passed(ms);
      await app.end('SIGKILL');
    }
    await ready(shop.stack.launchApp(), shop.stack.till);
    const { id } = await shop.whatBecameOf(tap);
    await shop.comes(id, 'paid', 5_000);
  });

  test('F28 in a storm of deaths, customers paying all along: the books are equal', async () => {
    let open = true;
    let sold = 0;
    const customers = async () => {
      for (let n = 0; open; n += 1) {
        const answer = await shop.tapAndGo(n % 3 === 2 ? qrTap() : codeTap());
        if (answer?.status === 201) sold += 1;
        await passed(120);
      }
    };
    await shop.stack.control('config', { autoPayMs: 700 });
    // Several at once: of the second that a restart leaves, one of them alone makes little.
    const going = Promise.all([customers(), customers(), customers()]);
    const storm = [150, 900, 40, 400, 1_300, 10, 250];
    // A slow machine sells little between two deaths: then there are more of them.
    for (let death = 0; death < storm.length || sold < 10; death += 1) {
      await passed(storm[death % storm.length] ?? 0);
      await killed();
    }
    open = false;
    await going;
    const payments = await shop.payments();
    for (const { id } of payments) {
      expect(await shop.arrived('payment', id)).toBeLessThanOrEqual(1);
      if ((await shop.order(id)) !== null) await settled(id);
    }
  }, 120_000);
});

/** A QR that nobody ever saw is stopped; everything else that reached the gateway is paid. */
async function settled(id: string): Promise<void> {
  const isSettled = async () => {
    const { state } = await shop.payment(id);
    const order = await shop.order(id);
    return state === (order?.paidAt === null ? 'closed' : 'paid');
  };
  await until(isSettled, { withinMs: 60_000 });
}
