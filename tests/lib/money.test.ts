import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_AMOUNT } from '@/lib/contract';
import { LANGUAGES } from '@/lib/messages/language';
import {
  add,
  CURRENCIES,
  digitsToMinor,
  EXPONENT,
  formatMoney,
  type Key,
  LARGEST_KEYED,
  money,
  parseAmount,
  plainAmount,
  pressKey,
  subtract,
} from '@/lib/money';

const KEYS: readonly Key[] = [
  ...(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const),
  '00',
  'back',
  'clear',
];
const press = (...keys: readonly Key[]): string => keys.reduce(pressKey, '');
const minor = fc.maxSafeInteger();
const currency = fc.constantFrom(...CURRENCIES);

describe('currencies', () => {
  test('only the yen has no digits after the point, as ISO 4217 says', () => {
    expect(CURRENCIES).toHaveLength(13);
    expect(CURRENCIES.filter((code) => EXPONENT[code] === 0)).toEqual(['JPY']);
    expect(EXPONENT.IDR).toBe(2);
    expect(EXPONENT.MMK).toBe(2);
  });
});

describe('sums', () => {
  test.each([0.1, 48.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'an amount of %s minor units is a fault',
    (wrong) => {
      expect(() => money(wrong, 'HKD')).toThrow(RangeError);
    },
  );

  test('ten cents and twenty cents are thirty cents', () => {
    expect(add(money(10, 'HKD'), money(20, 'HKD'))).toEqual({ minor: 30, currency: 'HKD' });
    expect(subtract(money(4850, 'HKD'), money(5000, 'HKD')).minor).toBe(-150);
  });

  test('dollars and yen never add, and never subtract', () => {
    expect(() => add(money(1, 'HKD'), money(1, 'JPY'))).toThrow(RangeError);
    expect(() => subtract(money(1, 'HKD'), money(1, 'USD'))).toThrow(RangeError);
  });

  test('a sum that leaves the safe integers is a fault and not a near miss', () => {
    const most = money(Number.MAX_SAFE_INTEGER, 'HKD');
    expect(() => add(most, money(1, 'HKD'))).toThrow(RangeError);
  });

  test('what was added and taken away again leaves the first amount', () => {
    const half = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
    fc.assert(
      fc.property(half, half, currency, (a, b, code) => {
        const sum = add(money(a, code), money(b, code));
        expect(BigInt(sum.minor)).toBe(BigInt(a) + BigInt(b));
        expect(subtract(sum, money(b, code))).toEqual(money(a, code));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the keypad', () => {
  test('digits enter from the right', () => {
    expect(press('4', '8', '5', '0')).toBe('4850');
    expect(press('5', '00', '00')).toBe('50000');
    expect(press('4', '8', 'back')).toBe('4');
    expect(press('4', '8', 'clear')).toBe('');
    expect(press('back')).toBe('');
  });

  test('zeros in front are never kept', () => {
    expect(press('0', '00', '0')).toBe('');
    expect(press('0', '5')).toBe('5');
  });

  test('the largest amount is HK$9,999,999.99 and a key past it does nothing', () => {
    const nines = press('9', '9', '9', '9', '9', '9', '9', '9', '9');
    expect(digitsToMinor(nines)).toBe(999_999_999);
    expect(pressKey(nines, '9')).toBe(nines);
    expect(pressKey('12345678', '00')).toBe('12345678');
    expect(pressKey('12345678', '0')).toBe('123456780');
    expect(LARGEST_KEYED).toBe(LARGEST_AMOUNT);
  });

  test('whatever is pressed, the amount is whole, not negative, and not too large', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KEYS), { maxLength: 40 }), (keys) => {
        const digits = press(...keys);
        expect(digits).toMatch(/^(?:[1-9]\d*)?$/);
        const amount = digitsToMinor(digits);
        expect(Number.isSafeInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(amount).toBeLessThanOrEqual(999_999_999);
      }),
      { numRuns: 1000 },
    );
  });

  test('keying the digits of any amount that fits gives that amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (amount) => {
        const keys = [...String(amount)].map((digit) => KEYS[Number(digit)] ?? 'clear');
        expect(digitsToMinor(press(...keys))).toBe(amount);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['1.5', '-1', '1e3', ' 1', '0x1', '1234567890123456'])(
    'the text %j is not the digits of an amount',
    (text) => {
      expect(() => digitsToMinor(text)).toThrow(RangeError);
    },
  );
});

describe('written amounts', () => {
  test('cents, groups and yen are written as a shop writes them', () => {
    expect(plainAmount(money(4850, 'HKD'))).toBe('48.50');
    expect(plainAmount(money(5, 'HKD'))).toBe('0.05');
    expect(plainAmount(money(0, 'HKD'))).toBe('0.00');
    expect(plainAmount(money(999_999_999, 'HKD'))).toBe('9,999,999.99');
    expect(plainAmount(money(4850, 'JPY'))).toBe('4,850');
    expect(plainAmount(money(-150, 'HKD'))).toBe('-1.50');
    expect(plainAmount(money(-0, 'HKD'))).toBe('0.00');
    expect(plainAmount(money(Number.MAX_SAFE_INTEGER, 'USD'))).toBe('90,071,992,547,409.91');
  });

  test.each(LANGUAGES)('Hong Kong dollars read HK$48.50 in %s', (language) => {
    expect(formatMoney(money(4850, 'HKD'), language)).toBe('HK$48.50');
    expect(formatMoney(money(-4850, 'HKD'), language)).toBe('-HK$48.50');
    expect(formatMoney(money(4850, 'JPY'), language)).toBe('JP¥4,850');
    expect(formatMoney(money(4850, 'USD'), language)).toBe('US$48.50');
    expect(formatMoney(money(4850, 'AUD'), language)).toBe('A$48.50');
  });

  test('renminbi is a bare ¥ only for readers of Simplified Chinese', () => {
    expect(formatMoney(money(4850, 'CNY'), 'zh-Hans')).toBe('¥48.50');
    expect(formatMoney(money(4850, 'CNY'), 'zh-Hant')).toBe('CN¥48.50');
    expect(formatMoney(money(4850, 'CNY'), 'en')).toBe('CN¥48.50');
  });

  test.each(LANGUAGES)('no two currencies look alike in %s', (language) => {
    const written = CURRENCIES.map((code) => formatMoney(money(0, code), language));
    const symbols = written.map((text) => text.replace(/[\d.]+$/, ''));
    expect(new Set(symbols).size).toBe(CURRENCIES.length);
    // A dollar sign alone would be five currencies.
    expect(symbols).not.toContain('$');
  });

  test('every amount is written exactly, digit for digit', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        const text = plainAmount(money(amount, code));
        expect(BigInt(text.replace(/[.,]/g, ''))).toBe(BigInt(amount));
        const shape = EXPONENT[code] === 2 ? /^-?\d{1,3}(,\d{3})*\.\d\d$/ : /^-?\d{1,3}(,\d{3})*$/;
        expect(text).toMatch(shape);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('amounts in a search', () => {
  test('a written amount is found, with or without cents and groups', () => {
    expect(parseAmount('48.50', 'HKD')).toBe(4850);
    expect(parseAmount('48', 'HKD')).toBe(4800);
    expect(parseAmount('0.05', 'HKD')).toBe(5);
    expect(parseAmount('9,999,999.99', 'HKD')).toBe(999_999_999);
    expect(parseAmount('9999999.99', 'HKD')).toBe(999_999_999);
    expect(parseAmount('4,850', 'JPY')).toBe(4850);
  });

  test.each([
    ...['', ' 48.50', '48.50 ', '48.5', '48.', '.50', '048.50', '00.50', '4,8.50', '48,50'],
    ...['-48.50', '+48.50', '1e3', '48.500', 'HK$48.50', '４８.５０', '0x10', '1,00', ',100'],
    ...['99999999999999', '48.50\n'],
  ])('the text %j is no amount in dollars', (text) => {
    expect(parseAmount(text, 'HKD')).toBeNull();
  });

  test('yen have no cents to search for', () => {
    expect(parseAmount('4850.00', 'JPY')).toBeNull();
  });

  test('what is written on a receipt can be searched for', () => {
    const shown = fc.integer({ min: 0, max: 999_999_999_999 });
    fc.assert(
      fc.property(shown, currency, (amount, code) => {
        expect(parseAmount(plainAmount(money(amount, code)), code)).toBe(amount);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text at all is either no amount or a whole one', () => {
    fc.assert(
      fc.property(fc.string(), currency, (text, code) => {
        const amount = parseAmount(text, code);
        expect(amount === null || (Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
