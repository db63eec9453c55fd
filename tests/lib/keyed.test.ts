import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Keyed,
  minorOf,
  NOTHING_KEYED,
  pressSum,
  putFigure,
  type SumKey,
  sumOf,
} from '@/lib/keyed';
import { LARGEST_KEYED } from '@/lib/money';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '00'] as const;
const press = (keys: readonly SumKey[], places = 2): Keyed =>
  keys.reduce<Keyed>((keyed, key) => pressSum(keyed, key, places) ?? keyed, NOTHING_KEYED);
const keys = (text: string): SumKey[] =>
  [...text].map((key) => (key === '<' ? 'back' : (key as SumKey)));
const sum = (text: string, places = 2): number => sumOf(press(keys(text), places), places);

describe('a sum', () => {
  test('is what stands there after each plus, and the plus alone adds nothing', () => {
    expect(press(keys('1250+800'))).toEqual({ parts: [1250], figure: '800' });
    expect(sum('1250+800')).toBe(2050);
    expect(sum('1250+')).toBe(1250);
    expect(sum('1250+800+100')).toBe(2150);
    expect(press(keys('+++1250+++'))).toEqual({ parts: [1250], figure: '' });
  });

  test('is taken back key by key, through the plus, and cleared at once', () => {
    expect(sum('1250+8<')).toBe(1250);
    expect(press(keys('1250+8<<'))).toEqual({ parts: [], figure: '1250' });
    expect(sum('1250+8<<<')).toBe(125);
    expect(press([...keys('1250+800'), 'clear'])).toEqual(NOTHING_KEYED);
  });

  test('never goes past the largest amount: that key is refused and changes nothing', () => {
    const full = press(keys('999999999+'));
    expect(pressSum(full, '1', 2)).toBeNull();
    expect(pressSum(full, '0', 2)).toEqual(full);
    expect(pressSum(press(keys('999999999')), '9', 2)).toBeNull();
    expect(putFigure(full, 1)).toBeNull();
  });

  test('has the amount of one tap added where a plus waits for it, and replaced where none does', () => {
    expect(putFigure(press(keys('1250+')), 2000)).toEqual({ parts: [1250], figure: '2000' });
    expect(putFigure(press(keys('1250+8')), 2000)).toEqual({ parts: [], figure: '2000' });
    expect(putFigure(press(keys('1250')), 2000)).toEqual({ parts: [], figure: '2000' });
  });

  test('of whatever was pressed is whole and fits, and any key but clear can be taken back', () => {
    const course = fc.array(fc.constantFrom<SumKey>(...DIGITS, '+', '.', 'back'), {
      maxLength: 40,
    });
    const places = fc.constantFrom(0, 2);
    fc.assert(
      fc.property(course, places, (pressed, many) => {
        const keyed = press(pressed, many);
        const amount = sumOf(keyed, many);
        expect(Number.isSafeInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(amount).toBeLessThanOrEqual(LARGEST_KEYED);
        expect(keyed.parts.every((part) => part > 0)).toBe(true);
        const after = pressSum(keyed, '7', many);
        if (after !== null && after !== keyed && after.figure !== keyed.figure) {
          expect(sumOf(pressSum(after, 'back', many) ?? after, many)).toBe(amount);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a point', () => {
  test('makes whole units of what stands before it, as somebody who types expects', () => {
    expect(sum('48.')).toBe(4800);
    expect(sum('48.5')).toBe(4850);
    expect(sum('48.50')).toBe(4850);
    expect(sum('.5')).toBe(50);
    expect(sum('12.5+8.')).toBe(2050);
  });

  test('takes no third digit, no second point, and half of a double zero never', () => {
    expect(sum('48.505')).toBe(4850);
    expect(sum('4.8.5')).toBe(485);
    expect(sumOf(press(['4', '.', '8', '00']), 2)).toBe(480);
  });

  test('is nothing where a currency has no digits after it', () => {
    expect(sum('48.50', 0)).toBe(4850);
    expect(minorOf('4850', 0)).toBe(4850);
  });

  test('does not go past the largest amount', () => {
    expect(sum('9999999.99')).toBe(LARGEST_KEYED);
    expect(sum('99999999.')).toBe(99_999_999);
  });
});
