import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keptPins } from '@/components/till/pins';
import { MOST_PINS } from '@/lib/quick-amounts';

let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null });
});

describe('what somebody keeps at a counter', () => {
  test('is that counter’s own', () => {
    kept.set('countertop.pins.1', '[2000,500]');
    expect(keptPins('1')).toEqual([2000, 500]);
    expect(keptPins('2')).toEqual([]);
  });

  test.each(['{', 'null', '{"0":100}', '["5",-1,0,1.5,1e12,null]'])(
    'is not made up from what is no amount: %s',
    (text) => {
      kept.set('countertop.pins.1', text);
      expect(keptPins('1')).toEqual([]);
    },
  );

  test('is never more than a row', () => {
    kept.set('countertop.pins.1', JSON.stringify(Array.from({ length: 40 }, (_, n) => n + 1)));
    expect(keptPins('1')).toHaveLength(MOST_PINS);
  });

  test('is nothing where a browser keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined);
    expect(keptPins('1')).toEqual([]);
  });
});
