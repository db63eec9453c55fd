import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byWallet, type Counted, otherCurrencies, share, sumUp } from '@/lib/takings';

const part = (change: Partial<Counted>): Counted => ({
  ...{ what: 'payment', payType: '801501', usedPayType: null, currency: 'HKD', count: 1 },
  amount: 100,
  ...change,
});

test('an average is a whole cent, rounded half up, and nothing of nothing', () => {
  expect([share(10, 4), share(9, 4), share(11, 4), share(0, 3), share(7, 0)]).toEqual([
    3, 2, 3, 0, 0,
  ]);
  const whole = fc.integer({ min: 0, max: 2 ** 50 });
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 1_000_000 }), (sum, count) => {
      // In whole numbers of any size: the average is at most half a unit off.
      const off = BigInt(share(sum, count)) * BigInt(count) - BigInt(sum);
      return off * 2n <= BigInt(count) && off * 2n > -BigInt(count);
    }),
  );
});

test('what went back is taken off, even below nothing', () => {
  const parts = [part({ amount: 300 }), part({ what: 'refund', amount: 500, count: 2 })];
  expect(sumUp(parts)).toEqual({
    ...{ count: 1, amount: 300, average: 300, refundCount: 2, refundAmount: 500 },
    net: -200,
  });
});

test('a sum that cannot be counted is a fault, never a wrong figure', () => {
  const most = part({ amount: Number.MAX_SAFE_INTEGER });
  expect(() => sumUp([most, part({ amount: 1 })])).toThrow(RangeError);
});

test('a wallet is the one that was used, and an unknown type stands by its number', () => {
  const lines = byWallet([
    part({ payType: '800008', usedPayType: '800208', amount: 5 }),
    part({ payType: '800201', amount: 7 }),
    part({ payType: '800008', amount: 1 }),
    part({ payType: '999999', amount: 2 }),
  ]);
  expect(lines.map(({ wallet, amount }) => [wallet, amount])).toEqual([
    ['wechat', 12],
    ['999999', 2],
    ['800008', 1],
  ]);
});

test('other currencies stand apart, each for itself', () => {
  const parts = [part({}), part({ currency: 'CNY' }), part({ currency: 'CNY', what: 'refund' })];
  expect(otherCurrencies(parts, 'HKD')).toMatchObject([{ currency: 'CNY', count: 1, net: 0 }]);
});
