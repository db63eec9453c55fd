/**
 * The server is killed outright (SIGKILL) around a charge. Whatever the moment: one charge at most,
 * the truth within seconds of the next start, and equal books.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/processes';
import { CHARGE, codeTap, openShop, passed, QUERY, qrTap, type Shop } from './shop';

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

describe('a server that is killed around a charge', () => {
  test('F21 with the tap in its ear: nothing had begun, the same tap again charges once', async () => {
    const before = await shop.arrived('payment');
    const tap = codeTap();
    shop.stack.app().signal('SIGSTOP');
    const lost = shop.tapAndGo(tap);
    await killed();
    expect(await lost).toBeNull();
    expect(await shop.arrived('payment')).toBe(before);
    const payment = await shop.whatBecameOf(tap);
    expect(payment.state).toBe('paid');
    expect(await shop.arrived('payment')).toBe(before + 1);
  });

  test.each([0, 3, 6, 10, 16, 30])(
    'F21 F22 F23 F24 F26 %i ms after the tap: at most one charge, and what was charged is paid',
    async (ms) => {
      const tap = codeTap();
      const going = shop.tapAndGo(tap);
      await passed(ms);
      await killed();
      await going;
      const { id } = await shop.whatBecameOf(tap);
      expect(await shop.arrived('payment', id)).toBeLessThanOrEqual(1);
      if ((await shop.order(id)) === null) {
        // It had been claimed and may be on its way: that is doubt, and never a second charge.
        expect((await shop.payment(id)).state).toBe('unknown');
      } else {
        await shop.comes(id, 'paid');
      }
    },
  );

  test('F16 F23 with the charge on its way: it arrives after our death and is found paid', async () => {
    const tap = codeTap();
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CHARGE });
    const going = shop.tapAndGo(tap);
    await until(() => held.struck() === 1);
    await killed();
    await going;
    const doubtful = await shop.whatBecameOf(tap);
    expect(doubtful.state).toBe('unknown');
    expect(await shop.order(doubtful.id)).toBeNull();
    held.release();
    await shop.comes(doubtful.id, 'paid');
    expect(await shop.arrived('payment', doubtful.id)).toBe(1);
  });

  test('F23 with the answer on its way: paid by the first question after the start', async () => {
    const tap = codeTap();
    const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
    const before = await shop.arrived('payment');
    const going = shop.tapAndGo(tap);
    await until(async () => (await shop.arrived('payment')) > before);
    expect(held.struck()).toBe(1);
    await killed();
    await going;
    const { id } = await shop.whatBecameOf(tap);
    await shop.comes(id, 'paid', 3_000);
    expect(await shop.arrived('payment', id)).toBe(1);
  });

  test.each([0, 2, 6])(
    'F24 F26 %i ms after the answer has come: written down or not, it is paid once',
    async (ms) => {
      const tap = codeTap();
      const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: CHARGE });
      const before = await shop.arrived('payment');
      const going = shop.tapAndGo(tap);
      await until(async () => (await shop.arrived('payment')) > before);
      held.release();
      await passed(ms);
      await killed();
      await going;
      const { id } = await shop.whatBecameOf(tap);
      await shop.comes(id, 'paid', 3_000);
      expect(await shop.arrived('payment', id)).toBe(1);
    },
  );

  test('F29 right after the tablet heard "paid": the next server knows it without asking', async () => {
    const tap = codeTap();
    const { id, state } = await shop.whatBecameOf(tap);
    await shop.stack.kill9App();
    expect(state).toBe('paid');
    shop.proxy.strike({ kind: 'lose-answer' }, { on: QUERY, times: 0 });
    await shop.stack.restartApp();
    expect((await shop.payment(id)).state).toBe('paid');
  });

  test('F25 between "paid" and the stream: a tablet that comes back hears of it', async () => {
    const { id } = await shop.whatBecameOf(qrTap());
    const stream = await shop.cashier.send('/api/events');
    const lastId = await firstId(stream);
    await shop.stack.control('pay', { number: id });
    await until(async () => (await shop.payment(id)).state === 'paid');
    await killed();
    const again = await shop.cashier.send('/api/events', { headers: { 'last-event-id': lastId } });
    const event = await heard(again, new RegExp(`event: payment\\ndata: .*"id":"${id}".*`));
    expect(event).toContain('"state":"paid"');
  });
});

async function firstId(stream: Response): Promise<string> {
  const [, id = ''] = /id: (\d+)/.exec(await heard(stream, /id: \d+\n/)) ?? [];
  return id;
}

/** Reads a stream until it says this, and hangs up. */
async function heard(stream: Response, what: RegExp): Promise<string> {
  const reader = stream.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const found = what.exec(text);
    if (found !== null) {
      await reader?.cancel();
      return found[0];
    }
    const part = await reader?.read();
    if (part === undefined || part.done) throw new Error(`the stream ended with: ${text}`);
    text += decoder.decode(part.value, { stream: true });
  }
}
