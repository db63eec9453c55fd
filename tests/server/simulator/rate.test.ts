import { describe, expect, test } from 'vitest';
import { makeRateCounter } from '@/server/simulator/gateway/rate';
import { APPCODE, openShop } from './shop';

const LIMIT = { perSecond: 100, perMinute: 400 };

describe('the rate limit', () => {
  test('lets a hundred calls through in any second, per app code', () => {
    const counter = makeRateCounter();
    const taken = Array.from({ length: 150 }, () => counter.take('one', 5000, LIMIT));
    expect(taken.filter(Boolean)).toHaveLength(100);
    expect(counter.take('two', 5000, LIMIT)).toBe(true);
    expect(counter.take('one', 5999, LIMIT)).toBe(false);
    expect(counter.take('one', 6000, LIMIT)).toBe(true);
  });

  test('lets four hundred through in any minute: the window slides', () => {
    const counter = makeRateCounter();
    // One call every 100 ms: the four hundredth at 39.9 s, the first leaves the window at 60 s.
    for (let at = 0; at < 40_000; at += 100) expect(counter.take('one', at, LIMIT)).toBe(true);
    expect(counter.take('one', 40_000, LIMIT)).toBe(false);
    expect(counter.take('one', 59_999, LIMIT)).toBe(false);
    expect(counter.take('one', 60_000, LIMIT)).toBe(true);
    expect(counter.take('one', 60_000, LIMIT)).toBe(false);
    expect(counter.count('one', 60_000)).toEqual({ lastSecond: 1, lastMinute: 400 });
  });

  test('never lets more than its limit stand in any window, over a long day', () => {
    const counter = makeRateCounter();
    const taken: number[] = [];
    for (let at = 0; at < 600_000; at += 37) if (counter.take('one', at, LIMIT)) taken.push(at);
    for (const from of taken.filter((_, index) => index % 50 === 0)) {
      const within = taken.filter((at) => at >= from && at < from + 60_000);
      expect(within.length).toBeLessThanOrEqual(400);
    }
    expect(taken.length).toBeGreaterThan(3600);
  });
});

test('a call over the limit gets 429, is not processed, and can be counted', async () => {
  const shop = await openShop({ settings: { perSecond: 1000, perMinute: 3 } });
  for (const number of ['S-1', 'S-2', 'S-3']) await shop.scan(number);
  const limited = await shop.scan('S-4');
  expect(limited.status).toBe(429);
  expect(limited.json).toBeNull();
  const state = await shop.look('state');
  expect(state.rate).toEqual({ [APPCODE]: { lastSecond: expect.any(Number), lastMinute: 3 } });
  expect(state.calls).toMatchObject({ counts: { payment: 4 } });
  expect(state.orders).toHaveLength(3);
  await shop.control('config', { rateLimits: false });
  expect((await shop.scan('S-4')).flat.respcd).toBe('0000');
});
