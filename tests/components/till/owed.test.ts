import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepOwed, keptOwed, type Owed } from '@/components/till/owed';

const owed: Owed = {
  amount: 4850,
  saleId: '01JD2X9K7M4QX9RW4H0V8T6B2C',
  watched: 'H80KF930KTZYPK',
};

/** What a browser tab keeps, in memory. */
let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe('a sale that a manager let the customer pay another way', () => {
  test('is found again after a reload at its own counter, until it is settled', () => {
    keepOwed('1', owed);
    expect(keptOwed('1')).toEqual(owed);
    expect(keptOwed('2')).toBeNull();
    keepOwed('1', null);
    expect(keptOwed('1')).toBeNull();
  });

  test('is kept only while there is a payment to watch', () => {
    keepOwed('1', { ...owed, watched: null });
    expect(kept.size).toBe(0);
  });

  test.each([['{'], ['null'], ['{}'], [JSON.stringify({ ...owed, amount: 48.5 })]])(
    'is not made up from what is not one: %s',
    (text) => {
      kept.set('countertop.owed.1', text);
      expect(keptOwed('1')).toBeNull();
    },
  );

  test('does not stop a till whose tab may keep nothing', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => keepOwed('1', owed)).not.toThrow();
    expect(keptOwed('1')).toBeNull();
  });
});
