import { describe, expect, test } from 'vitest';
import { MOST_PINS, QUICK_IN_SIGHT, quickAmounts, withPin } from '@/lib/quick-amounts';

const froms = (sources: Parameters<typeof quickAmounts>[0]) =>
  quickAmounts(sources).map(({ minor, from }) => `${minor} ${from}`);

describe('the amounts above the keys', () => {
  test('are the shop’s, then the counter’s own, then what was learnt, each once', () => {
    const sources = { shop: [500, 300], counter: [300, 900], learnt: [100, 500, 900] };
    expect(froms(sources)).toEqual(['500 shop', '300 shop', '900 counter', '100 learnt']);
  });

  test('what was learnt only fills the row, and never pushes away what somebody set', () => {
    const learnt = [1, 2, 3, 4, 5, 6];
    const shop = Array.from({ length: QUICK_IN_SIGHT - 1 }, (_, n) => 100 + n);
    expect(froms({ shop, counter: [], learnt })).toHaveLength(QUICK_IN_SIGHT);
    const more = [...shop, 200, 201];
    expect(froms({ shop: more, counter: [], learnt })).toEqual(more.map((one) => `${one} shop`));
  });
});

describe('holding one', () => {
  test('keeps it, and holding it again lets it go', () => {
    expect(withPin([], 500)).toEqual([500]);
    expect(withPin([500, 300], 500)).toEqual([300]);
  });

  test('a counter keeps no more than a row', () => {
    const full = Array.from({ length: MOST_PINS }, (_, n) => n + 1);
    expect(withPin(full, 99)).toBeNull();
    expect(withPin(full, 1)).toHaveLength(MOST_PINS - 1);
  });
});
