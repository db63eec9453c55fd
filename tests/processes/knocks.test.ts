/**
 * Somebody knocks who is not QFPay, or knocks too often. The shop is empty but for what a test puts
 * there, and it is two in the morning, before the day's close asks about every hour of two days: so
 * every question that reaches the gateway has the knocks to thank.
 */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../support/processes';
import { openShop, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ at: '02:00:00' });
}, 300_000);
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.calm();
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
});
afterEach(() => shop.booksAgree(), 20_000);

test('F45 F46 S48 without the key, or with another one: 401 and no change', async () => {
  const { id, version } = await shop.shown();
  for (const signWith of ['wrong', 'nothing']) {
    const forged = { number: id, signWith };
    expect(await shop.stack.control('forge-notification', forged)).toMatchObject({ status: 401 });
  }
  const body = JSON.stringify({ out_trade_no: id, respcd: '0000', notify_type: 'payment' });
  const signature = createHash('md5').update(`${body}another shop's key`).digest('hex');
  expect(await shop.knock({ body, signature })).toEqual({ status: 401, text: '' });
  expect(await shop.payment(id)).toMatchObject({ state: 'awaiting', version });
  await shop.stack.control('pay', { number: id });
  await shop.comes(id, 'paid');
});

test('F47 S45 with a true notification a thousand times: one effect, fast, no storm', async () => {
  const { id } = await shop.shown();
  await shop.stack.control('pay', { number: id });
  const told = await shop.notice(id);
  expect(await shop.knock(told)).toEqual({ status: 200, text: 'SUCCESS' });
  await until(async () => (await shop.payment(id)).confirmed);
  const { version } = await shop.payment(id);
  const [questions, about] = [await shop.arrived('query'), await shop.arrived('query', id)];
  let [bare, replay] = [0, 0];
  for (let round = 0; round < 40; round += 1) {
    bare += await msFor25(async () => {
      const answer = await fetch(`${shop.stack.till}/api/health`);
      await answer.arrayBuffer();
      return answer;
    });
    replay += await msFor25(() => shop.knock(told));
  }
  // Five milliseconds each on a quiet machine; on a busy one a bare request tells how busy.
  expect(replay).toBeLessThan(Math.max(5_000, bare * 5));
  expect(await shop.payment(id)).toMatchObject({ state: 'paid', version });
  expect(await shop.arrived('query', id)).toBe(about);
  expect((await shop.arrived('query')) - questions).toBeLessThan(10);
});

/** All at once, all answered 200. */
async function msFor25(ask: () => Promise<{ status: number }>): Promise<number> {
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: 25 }, ask));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  return performance.now() - began;
}
