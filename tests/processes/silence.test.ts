/**
 * Silence that lasts minutes: lost requests, lost answers, a server that stands still, a clock that
 * is wrong. In this shop half a minute passes in a second, on the till and at the gateway alike.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/processes';
import { CHARGE, CLOSE, codeTap, openShop, passed, qrTap, type Shop } from './shop';

const RATE = 30;
const seconds = (shopSeconds: number) => (shopSeconds * 1_000) / RATE;
const HOUR_MS = 3_600_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ rate: RATE });
}, 300_000);
afterAll(() => shop.close());
beforeEach(async () => {
  shop.clock.put(0);
  await shop.calm();
  // A notification would break the silence.
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
});
afterEach(() => shop.booksAgree(), 20_000);

const killed = async () => {
  await shop.stack.kill9App();
  await shop.stack.restartApp();
};
const shown = () => shop.shown();

describe('a charge that vanishes on its way', () => {
  test('F01 is called unpaid after a minute of asking, and only then charged again', async () => {
    shop.proxy.strike({ kind: 'lose-request' }, { on: CHARGE });
    const tap = codeTap();
    const began = performance.now();
    const { id, saleId, state } = await shop.whatBecameOf(tap);
    expect(state).toBe('unknown');
    const again = { key: `${tap.key}-again`, body: { ...codeTap(tap.body.amount).body, saleId } };
    expect((await shop.tap(again)).status).toBe(409);
    await shop.comes(id, 'closed');
    expect(performance.now() - began).toBeGreaterThan(seconds(60));
    expect(await shop.arrived('payment', id)).toBe(0);
    const second = await shop.whatBecameOf(again);
    expect([second.state, second.saleId]).toEqual(['paid', saleId]);
  });

  test('F22 and the server dies: unpaid after a minute of asking, never sent again', async () => {
    const lost = shop.proxy.strike({ kind: 'lose-request' }, { on: CHARGE });
    const tap = codeTap();
    const going = shop.tapAndGo(tap);
    await until(() => lost.struck() === 1);
    await killed();
    await going;
    const began = performance.now();
    const { id } = await shop.whatBecameOf(tap);
    await shop.comes(id, 'closed');
    expect(performance.now() - began).toBeGreaterThan(seconds(55));
    expect(await shop.arrived('payment', id)).toBe(0);
  });

  test('F16 for twenty seconds and then arrives: doubt all along, then paid', async () => {
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CHARGE });
    const { id, state } = await shop.whatBecameOf(codeTap());
    expect(state).toBe('unknown');
    await passed(seconds(5));
    expect((await shop.payment(id)).state).toBe('unknown');
    held.release();
    await shop.comes(id, 'paid');
  });
});

describe('an answer that vanishes or comes late', () => {
  test('F02 of a scanned code: doubt when the time-out has passed, then paid', async () => {
    shop.proxy.strike({ kind: 'lose-answer' }, { on: CHARGE });
    const { id, state } = await shop.whatBecameOf(codeTap());
    expect(['unknown', 'paid']).toContain(state);
    await shop.comes(id, 'paid');
  });

  test('F03 of a QR: the order is stopped, for nobody ever saw it', async () => {
    shop.proxy.strike({ kind: 'lose-answer' }, { on: CHARGE });
    const { id, qrCode } = await shop.whatBecameOf(qrTap());
    expect(qrCode).toBeNull();
    await shop.comes(id, 'closed');
    expect((await shop.order(id))?.state).toBe('closed');
  });

  test('F15 a minute late: the question has long found the truth', async () => {
    shop.proxy.strike({ kind: 'late-answer', ms: seconds(60) }, { on: CHARGE });
    const { id } = await shop.whatBecameOf(codeTap());
    const { version } = await shop.comes(id, 'paid');
    await passed(seconds(50));
    expect((await shop.payment(id)).version).toBe(version);
  });

  test.each(['lose-answer', 'reset-request'] as const)(
    'F53 to the request to stop (%s): closed there before it is called closed',
    async (kind) => {
      shop.proxy.strike({ kind }, { on: CLOSE });
      const { id } = await shown();
      await shop.cashier.call('POST', `/api/payments/${id}/cancel`);
      await shop.comes(id, 'closed');
      expect((await shop.order(id))?.state).toBe('closed');
    },
  );

  test('F58 and a proxy repeats the tap half a minute later: told the state, nothing sent', async () => {
    const tap = codeTap();
    const { id } = await shop.whatBecameOf(tap);
    await passed(seconds(30));
    expect(await shop.whatBecameOf(tap)).toMatchObject({ id, state: 'paid' });
    expect(await shop.arrived('payment', id)).toBe(1);
  });
});

describe('a server that stands still for longer than any time-out', () => {
  const stoodStill = async (shopSeconds: number) => {
    shop.stack.app().signal('SIGSTOP');
    await passed(seconds(shopSeconds));
    shop.stack.app().signal('SIGCONT');
  };

  test('F76 with a charge under way: the truth, once it moves again', async () => {
    const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
    const tap = codeTap();
    const going = shop.tapAndGo(tap);
    await until(() => held.struck() === 1);
    const standing = stoodStill(30);
    held.release();
    await standing;
    await going;
    const { id } = await shop.whatBecameOf(tap);
    await shop.comes(id, 'paid');
    expect(await shop.arrived('payment', id)).toBe(1);
  });

  test('F76 with a QR up that is paid meanwhile: paid, and not late', async () => {
    const { id } = await shown();
    const standing = stoodStill(60);
    await shop.stack.control('pay', { number: id });
    await standing;
    expect(await shop.comes(id, 'paid')).toMatchObject({ late: false });
  });
});

describe('a machine whose clock is wrong', () => {
  test('F78 two hours behind from its start: the QR that was up stays, and is paid', async () => {
    const { id } = await shown();
    await shop.stack.kill9App();
    shop.clock.put(-2 * HOUR_MS);
    await shop.stack.restartApp();
    await passed(seconds(10));
    expect((await shop.payment(id)).state).toBe('awaiting');
    await shop.stack.control('pay', { number: id });
    await shop.comes(id, 'paid');
  });

  test('F78 two hours ahead from its start: an old QR is stopped there before it is here', async () => {
    const { id } = await shown();
    await shop.stack.kill9App();
    shop.clock.put(2 * HOUR_MS);
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CLOSE });
    await shop.stack.restartApp();
    await until(() => held.struck() === 1);
    expect((await shop.payment(id)).state).toBe('cancelling');
    held.release();
    await shop.comes(id, 'closed');
    expect((await shop.order(id))?.state).toBe('closed');
    const fresh = await shown();
    await passed(seconds(10));
    expect((await shop.payment(fresh.id)).state).toBe('awaiting');
    await shop.stack.control('pay', { number: fresh.id });
    await shop.comes(fresh.id, 'paid');
  });

  test.each([2, -2])(
    'F79 because it jumps by %i h under a QR: the QR stays, then is paid',
    async (hours) => {
      const { id } = await shown();
      await shop.clock.jump(hours * HOUR_MS, shop.stack.app());
      await passed(seconds(10));
      expect((await shop.payment(id)).state).toBe('awaiting');
      await shop.stack.control('pay', { number: id });
      await shop.comes(id, 'paid');
      await shop.clock.jump(0, shop.stack.app());
    },
  );

  test('F55 F78 two hours behind: QRs paid around their end are paid here if they are there', async () => {
    await shop.stack.kill9App();
    shop.clock.put(-2 * HOUR_MS);
    await shop.stack.restartApp();
    const moments = [150_000, 295_000, 298_000, 299_900, 300_100, 310_000];
    const waiting = await Promise.all(moments.map(() => shown()));
    for (const [place, afterMs] of moments.entries()) {
      await shop.stack.control('pay', { number: waiting[place]?.id, afterMs });
    }
    for (const { id } of waiting) await ends(id);
    const first = waiting[0]?.id ?? '';
    expect(await shop.payment(first)).toMatchObject({ state: 'paid', late: false });
    expect((await shop.payment(waiting[5]?.id ?? '')).state).toBe('closed');
  });
});

/** As the gateway says: paid, or closed and not to be paid any more. */
async function ends(id: string): Promise<void> {
  const hasEnded = async () => {
    const order = await shop.order(id);
    const state = order?.paidAt === null ? 'closed' : 'paid';
    return order?.state !== 'open' && (await shop.payment(id)).state === state;
  };
  await until(hasEnded, { withinMs: 25_000 });
}

test('F85 the gateway refuses everybody for a minute (429): no sale is lost', async () => {
  const { id: waiting } = await shown();
  await shop.stack.control('fault', { kind: 'status', status: 429, endpoint: 'any', times: 0 });
  const going = shop.tapAndGo(codeTap());
  await shop.stack.control('pay', { number: waiting });
  await passed(seconds(60));
  await going;
  await fetch(`${shop.stack.simulator.url}/control/fault`, { method: 'DELETE' });
  await shop.comes(waiting, 'paid');
  const again = await shop.whatBecameOf(codeTap());
  await shop.comes(again.id, 'paid');
});
