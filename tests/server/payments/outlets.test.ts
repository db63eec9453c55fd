import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPayments, type World } from '@/server/payments';
import { closeDays } from '@/server/payments/day-close';
import { type Counter, openCounter } from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const chain = (outlets: number) => Array.from({ length: outlets }, (_, n) => `M${100 + n}`);

/** How long the watch rests after its first round; its heartbeat rests too. */
async function firstRest(outlets: () => Promise<readonly (string | null)[]>): Promise<number[]> {
  const slept: number[] = [];
  const world: World = {
    ...counter.world,
    outlets,
    clock: {
      ...counter.world.clock,
      sleep: (ms) => {
        slept.push(ms);
        return new Promise(() => {});
      },
    },
  };
  const payments = createPayments(world);
  await payments.start();
  await expect.poll(() => slept.length).toBe(2);
  await payments.stop();
  return slept.sort((a, b) => a - b);
}

const HEARTBEAT_MS = 3_000;

test.each([
  [1, 2_000],
  [6, 2_000],
  [7, 2_334],
  [12, 4_000],
])('the watch of %i outlets rests %i ms between two rounds', async (outlets, rest) => {
  const expected = [rest, HEARTBEAT_MS].sort((a, b) => a - b);
  expect(await firstRest(async () => chain(outlets))).toEqual(expected);
});

test('a question that is due sooner is asked sooner, but not by a long chain', async () => {
  counter.script.charge.push(() => ({
    ...{ source: 'charge', says: 'unclear', respcd: null, why: 'timeout' },
  }));
  // Its first question is a second away.
  await counter.take();
  expect(await firstRest(async () => chain(6))).toEqual([1_000, HEARTBEAT_MS]);
  expect(await firstRest(async () => chain(12))).toEqual([HEARTBEAT_MS, 4_000]);
});

test('the night compares every outlet that there is by then', async () => {
  let outlets: readonly (string | null)[] = [null];
  const world: World = { ...counter.world, outlets: async () => outlets };
  counter.later(15.5 * 3_600);
  outlets = ['M100', 'M200'];
  await closeDays(world);
  const closed = await Promise.all(
    [null, 'M100', 'M200'].map((outlet) => world.store.read.lastDayClose(outlet)),
  );
  expect(closed.map((close) => close?.day ?? null)).toEqual([null, '2026-01-05', '2026-01-05']);
});
