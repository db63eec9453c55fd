import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCIES } from '@/lib/money';
import { fromTxamt, toTxamt } from '@/server/qfpay/amount';

const none = { JPY: null, IDR: null, MMK: null } as const;
const whole = { JPY: 1, IDR: 1, MMK: 1 } as const;
const hundredths = { JPY: 100, IDR: 100, MMK: 100 } as const;

describe('amounts on the wire', () => {
  it.each([
    ['HK$38.50', 3850, 'HKD', none, '3850'],
    ['US$1.00', 100, 'USD', none, '100'],
    ['¥500, where one unit is a yen', 500, 'JPY', whole, '500'],
    ['¥500, where a hundred units are a yen', 500, 'JPY', hundredths, '50000'],
    ['Rp5,000.00, where one unit is a rupiah', 500_000, 'IDR', whole, '5000'],
    ['Rp5,000.00, where a hundred units are a rupiah', 500_000, 'IDR', hundredths, '500000'],
    ['K1,200.00, where one unit is a kyat', 120_000, 'MMK', whole, '1200'],
    ['K1,200.00, where a hundred units are a kyat', 120_000, 'MMK', hundredths, '120000'],
  ] as const)('sends %s', (_name, amount, currency, unitOf, txamt) => {
    expect(toTxamt(amount, currency, unitOf)).toBe(txamt);
    expect(fromTxamt(txamt, currency, unitOf)).toBe(amount);
  });

  it.each(['JPY', 'IDR', 'MMK'] as const)(
    'sends no %s before its unit is confirmed',
    (currency) => {
      expect(toTxamt(500, currency, none)).toBeNull();
    },
  );

  it('never rounds: half a rupiah cannot be said in whole ones', () => {
    expect(toTxamt(500_050, 'IDR', whole)).toBeNull();
    expect(fromTxamt('50050', 'JPY', hundredths)).toBeNull();
  });

  it.each(['38.50', '-1', '+1', '1e3', '007', ' 1', '１', 'HKD 1', '', '0x10', '1234567890123456'])(
    'reads no amount out of %s',
    (text) => {
      expect(fromTxamt(text, 'HKD', none)).toBeNull();
    },
  );

  it('reads back exactly what it sends, in every currency and unit', () => {
    const unit = fc.constantFrom(1, 100) as fc.Arbitrary<1 | 100>;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.constantFrom(...CURRENCIES),
        fc.record({ JPY: unit, IDR: unit, MMK: unit }),
        (amount, currency, unitOf) => {
          const txamt = toTxamt(amount, currency, unitOf);
          if (txamt !== null) expect(fromTxamt(txamt, currency, unitOf)).toBe(amount);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
