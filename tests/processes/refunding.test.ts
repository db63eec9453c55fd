/**
 * Money goes back while servers die and lines break. A refund keeps its number, moves money once,
 * and the two ledgers end equal. A minute passes in a second here, and it is noon.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentDetail, PaymentView, RefundView } from '@/lib/contract';
import { until } from '../support/processes';
import { STAFF } from '../support/till';
import { codeTap, openShop, passed, QUERY, REFUND, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ rate: 60, at: '12:00:00' });
}, 300_000);
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.calm();
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'refund', times: 0 });
});
afterEach(() => shop.booksAgree(), 20_000);

const askBack = (id: string, amount: number, key: string = randomUUID()) =>
  shop.manager.call('POST', `/api/payments/${id}/refunds`, {
    key,
    body: { amount, reason: 'The customer changed their mind', pin: STAFF.manager.pin },
  });
const paid = async (amount = 5_000): Promise<PaymentView> => {
  const { id } = await shop.whatBecameOf(codeTap(amount));
  return shop.comes(id, 'paid');
};
const refunds = async (id: string): Promise<readonly RefundView[]> => {
  const { body } = await shop.manager.call('GET', `/api/payments/${id}`);
  return (body as PaymentDetail).refunds;
};
/** Waits until this payment's only refund is done, and answers it. */
const comesBack = async (id: string): Promise<RefundView> => {
  let all = await refunds(id);
  const done = async () => {
    all = await refunds(id);
    return all.length === 1 && all[0]?.state === 'done';
  };
  await until(done, { withinMs: 25_000 }).catch(() =>
    expect(all).toMatchObject([{ state: 'done' }]),
  );
  const [only] = all;
  if (only === undefined) throw new Error('there is no refund');
  return only;
};
const moved = async (paymentId: string): Promise<readonly number[]> => {
  const { refunds: all } = await shop.world();
  return all
    .filter(({ origNumber, state }) => origNumber === paymentId && state === 'done')
    .map(({ amount }) => amount);
};
const killed = async () => {
  await shop.stack.kill9App();
  await shop.stack.restartApp();
};

describe('a refund on a broken line', () => {
  test('F68 its answer is lost: done by the question, one movement', async () => {
    const { id } = await paid();
    shop.proxy.strike({ kind: 'lose-answer' }, { on: REFUND });
    const { status } = await askBack(id, 5_000);
    expect(status).toBe(201);
    const refund = await comesBack(id);
    expect(await moved(id)).toEqual([5_000]);
    expect(await shop.arrived('refund', refund.id)).toBe(1);
  });

  test('F68 its answer is reset in the middle: done by the question, one movement', async () => {
    const { id } = await paid();
    shop.proxy.strike({ kind: 'reset-answer', after: 300 }, { on: REFUND });
    await askBack(id, 1_200);
    await comesBack(id);
    expect(await moved(id)).toEqual([1_200]);
  });

  test.each(['lose-request', 'reset-request'] as const)(
    'F69 it never arrives (%s): sent again under the same number, done once',
    async (kind) => {
      const { id } = await paid();
      shop.proxy.strike({ kind }, { on: REFUND });
      const { body } = await askBack(id, 4_999);
      const { id: number } = body.refund as RefundView;
      expect((await comesBack(id)).id).toBe(number);
      expect(await moved(id)).toEqual([4_999]);
    },
  );

  test('no connection at all: it never left, and goes out when there is one again', async () => {
    const { id } = await paid();
    await shop.proxy.refuse();
    const { status, body } = await askBack(id, 700);
    expect([status, (body.refund as RefundView).state]).not.toContain('failed');
    expect(await moved(id)).toEqual([]);
    await shop.proxy.heal();
    await comesBack(id);
    expect(await moved(id)).toEqual([700]);
  });

  test('F68 every question is lost as well: doubt as long as it lasts, and no second try', async () => {
    const { id } = await paid();
    shop.proxy.strike({ kind: 'lose-answer' }, { on: REFUND });
    const silent = shop.proxy.strike({ kind: 'reset-answer', after: 0 }, { on: QUERY, times: 0 });
    await askBack(id, 800);
    await until(() => silent.struck() >= 3, { withinMs: 15_000 });
    expect(await refunds(id)).toMatchObject([{ state: 'unknown' }]);
    await shop.proxy.heal();
    const { id: number } = await comesBack(id);
    expect(await shop.arrived('refund', number)).toBe(1);
  });
});

describe('a server that is killed around a refund', () => {
  test.each([0, 12, 30, 70])(
    'F27 %i ms after the manager asked: back once or not begun, under one number',
    async (ms) => {
      const { id } = await paid();
      const going = askBack(id, 3_000, `kill-${ms}-${id}`).catch(() => null);
      await passed(ms);
      await killed();
      await going;
      // The manager's tablet asks again with the same key, as tablets do.
      expect((await askBack(id, 3_000, `kill-${ms}-${id}`)).status).toBe(201);
      await comesBack(id);
      expect(await moved(id)).toEqual([3_000]);
    },
  );

  test('F27 with the refund on its way: it arrives after our death, and no second one is made', async () => {
    const { id } = await paid();
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: REFUND });
    const going = askBack(id, 5_000).catch(() => null);
    await until(() => held.struck() === 1);
    await killed();
    await going;
    held.release();
    const refund = await comesBack(id);
    expect(await moved(id)).toEqual([5_000]);
    expect(
      (await shop.world()).refunds.filter(({ origNumber }) => origNumber === id),
    ).toMatchObject([{ number: refund.id }]);
  });

  test.each([0, 3])('F27 %i ms after its answer has come: done, one movement', async (ms) => {
    const { id } = await paid();
    const held = shop.proxy.strike({ kind: 'hold-answer' }, { on: REFUND });
    const before = await shop.arrived('refund');
    const going = askBack(id, 2_500).catch(() => null);
    await until(async () => (await shop.arrived('refund')) > before);
    held.release();
    await passed(ms);
    await killed();
    await going;
    await comesBack(id);
    expect(await moved(id)).toEqual([2_500]);
  });

  test('F28 in a storm of deaths, parts of six sales going back: never more than was paid', async () => {
    const sales = await Promise.all(Array.from({ length: 6 }, () => paid(1_000)));
    let open = true;
    const managers = async () => {
      while (open) {
        for (const { id } of sales) await askBack(id, 400).catch(() => null);
        await passed(30);
      }
    };
    const going = managers();
    for (const ms of [60, 200, 30, 350]) {
      await passed(ms);
      await killed();
    }
    open = false;
    await going;
    const settled = async () => {
      const all = await Promise.all(sales.map(({ id }) => refunds(id)));
      return all.flat().every(({ state }) => state === 'done' || state === 'failed');
    };
    await until(settled, { withinMs: 40_000 });
    for (const { id } of sales) {
      const back = (await moved(id)).reduce((sum, amount) => sum + amount, 0);
      expect(back).toBeLessThanOrEqual(1_000);
    }
  }, 90_000);
});

describe('managers who race', () => {
  test('F66 two of them give all of one sale back at once: one does, one hears what is left', async () => {
    const { id } = await paid();
    const answers = await Promise.all([askBack(id, 5_000), askBack(id, 5_000)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body).toMatchObject({ code: 'refund-too-large', refundableAmount: 0 });
    await comesBack(id);
    expect(await moved(id)).toEqual([5_000]);
  });

  test('F67 four parts and the whole at once: together never more than was paid', async () => {
    const { id } = await paid(4_000);
    const asked = [1_000, 1_000, 1_000, 1_000, 4_000].map((amount) => askBack(id, amount));
    const accepted = (await Promise.all(asked)).filter(({ status }) => status === 201);
    expect(accepted.length).toBeGreaterThan(0);
    await until(async () => (await refunds(id)).every(({ state }) => state === 'done'), {
      withinMs: 30_000,
    });
    const back = (await moved(id)).reduce((sum, amount) => sum + amount, 0);
    expect(back).toBeLessThanOrEqual(4_000);
    expect((await shop.payment(id)).refundedAmount).toBe(back);
  });
});

test('F73 more than was paid, by a crafted request: 422, and nothing is sent', async () => {
  const { id } = await paid();
  const before = await shop.arrived('refund');
  expect(await askBack(id, 5_001)).toMatchObject({
    status: 422,
    body: { code: 'refund-too-large', refundableAmount: 5_000 },
  });
  expect(await shop.arrived('refund')).toBe(before);
});
