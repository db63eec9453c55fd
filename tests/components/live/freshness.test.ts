import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeList, newer, withPayment } from '@/components/live/freshness';
import { paymentWith } from '../../support/shop-window';

const at = (minute: number) => `2026-01-05T14:0${minute}:00+08:00`;

describe('pictures of one payment', () => {
  test('an older picture never replaces a newer one', () => {
    const paid = paymentWith({ state: 'paid', version: 5 });
    const waiting = paymentWith({ state: 'awaiting', version: 4 });
    expect(newer(paid, waiting)).toBe(paid);
    expect(newer(waiting, paid)).toBe(paid);
  });

  test('another payment is not mistaken for a newer picture', () => {
    const mine = paymentWith({ id: 'A', version: 9 });
    const other = paymentWith({ id: 'B', version: 1 });
    expect(newer(mine, other)).toBe(other);
  });

  test('in whatever order pictures arrive, the last version stays', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(versions, (order) => {
        const shown = order
          .map((version) => paymentWith({ version }))
          .reduce((known, heard) => newer(known, heard));
        expect(shown.version).toBe(Math.max(...order));
      }),
    );
  });
});

describe('the strip of last sales', () => {
  const first = paymentWith({ id: 'A', createdAt: at(1) });
  const second = paymentWith({ id: 'B', createdAt: at(2) });
  const third = paymentWith({ id: 'C', createdAt: at(3) });

  test('a new sale comes first and the oldest falls off', () => {
    const strip = withPayment([second, first], third, 2);
    expect(strip.map(({ id }) => id)).toEqual(['C', 'B']);
  });

  test('a change renews its sale where it stands', () => {
    const paid = paymentWith({ id: 'A', createdAt: at(1), state: 'paid', version: 4 });
    const strip = withPayment([second, first], paid, 5);
    expect(strip.map(({ id, state }) => [id, state])).toEqual([
      ['B', 'awaiting'],
      ['A', 'paid'],
    ]);
  });

  test('news that is old leaves the very same list', () => {
    const strip = [second, first];
    expect(withPayment(strip, paymentWith({ id: 'A', version: 2 }), 5)).toBe(strip);
  });

  test('a list read again keeps what had been heard of its sales meanwhile', () => {
    const paid = paymentWith({ id: 'A', state: 'paid', version: 7 });
    const list = mergeList([paid], [paymentWith({ id: 'B' }), paymentWith({ id: 'A' })]);
    expect(list.map(({ id, state }) => [id, state])).toEqual([
      ['B', 'awaiting'],
      ['A', 'paid'],
    ]);
  });
});
