import { describe, expect, it } from 'vitest';
import { feed, type Outcome, QUIET, type Stroke, settle, wakeAt } from '@/components/live/wedge';
import { CODE, keyed, keys, scans, type } from '../../support/strokes';

describe('a hand scanner at the till', () => {
  it('scans a code of 18 digits, and the keypad sees none of it', () => {
    const typed = type(keys(`${CODE}⏎`, { gap: 8 }));
    expect(scans(typed)).toEqual([CODE]);
    expect(keyed(typed)).toBe('');
  });

  it('does not press the button that has the focus when its Enter comes', () => {
    const typed = type(keys(`${CODE}⏎`, { gap: 8, onControl: true }));
    expect(typed.swallowed).toContain('Enter');
    expect(scans(typed)).toEqual([CODE]);
  });

  it('may end with Tab, or with nothing when it sent 16 digits or more', () => {
    const tab = [...keys(CODE, { gap: 8 }), { key: 'Tab', at: 1160 }];
    expect(scans(type(tab))).toEqual([CODE]);
    expect(scans(type(keys('1234567890123456', { gap: 8 })))).toEqual(['1234567890123456']);
    expect(scans(type(keys('123456789012345', { gap: 8 })))).toEqual([]);
  });

  it('has its late Enter, and the second of two, kept from the buttons', () => {
    const late = [...keys(CODE, { gap: 8 }), { key: 'Enter', at: 1000 + 17 * 8 + 200 }];
    expect(type(late).swallowed).toContain('Enter');
    expect(scans(type(late))).toEqual([CODE]);
    const twice = [...keys(`${CODE}⏎`, { gap: 8 }), { key: 'j', chord: true, at: 1152 }];
    expect(type(twice).swallowed).toContain('j');
    expect(keyed(type(twice))).toBe('');
  });

  it('may be slow and uneven as long as its mean gap stays under 35 ms', () => {
    const even = type(keys(`${CODE}⏎`, { gap: 34 }));
    expect(scans(even)).toEqual([CODE]);
    let at = 1000;
    const uneven = [...CODE, 'Enter'].map((key, i) => {
      at += i % 4 === 0 ? 60 : 20;
      return { key, at };
    });
    expect(scans(type(uneven))).toEqual([CODE]);
  });

  it('may press Shift between its letters', () => {
    const strokes: Stroke[] = [];
    let at = 1000;
    for (const key of 'HTTPS://PAY.EXAMPLE/1') {
      strokes.push({ key: 'Shift', at: at + 2 }, { key, at: at + 4 });
      at += 12;
    }
    strokes.push({ key: 'Enter', at });
    expect(scans(type(strokes))).toEqual(['HTTPS://PAY.EXAMPLE/1']);
  });

  it('is stripped of the prefix and suffix that the shop set', () => {
    const affixes = { prefix: '~~', suffix: '#' };
    expect(scans(type(keys(`~~${CODE}#⏎`, { gap: 8 }), affixes))).toEqual([CODE]);
    expect(scans(type(keys(`${CODE}⏎`, { gap: 8 }), affixes))).toEqual([CODE]);
  });

  it('may name the symbology, so that a product of 13 digits is known as one', () => {
    const [ean] = type(keys(']E04891234567898⏎', { gap: 8 })).out;
    expect(ean).toMatchObject({ text: '4891234567898', symbology: 'ean-13' });
    const [stripes] = type(keys(`]C0${CODE}⏎`, { gap: 8 })).out;
    expect(stripes).toMatchObject({ text: CODE, symbology: 'code-128' });
  });

  it('scans two customers in a row', () => {
    const second = '281234567890123456';
    const strokes = [
      ...keys(`${CODE}⏎`, { gap: 8 }),
      ...keys(`${second}⏎`, { gap: 8, from: 1200 }),
    ];
    const typed = type(strokes);
    expect(scans(typed)).toEqual([CODE, second]);
    expect(keyed(typed)).toBe('');
  });

  it('takes back only what the keypad took: of a mark before the code nothing was keyed', () => {
    // Slow to start, so that the first key is let go before the rest comes.
    const late = (first: string) => [
      { key: first, at: 1000 },
      ...keys(`C0${CODE}⏎`, { gap: 8, from: 1060 }),
    ];
    const marked = type(late(']'));
    expect(scans(marked)).toEqual([CODE]);
    expect(keyed(marked)).toBe('] ');
    const digits = type([
      { key: '1', at: 1000 },
      ...keys(`${CODE.slice(1)}⏎`, { gap: 8, from: 1060 }),
    ]);
    expect(scans(digits)).toEqual([CODE]);
    expect(keyed(digits)).toBe('1 Backspace ');
  });

  it('never leaves the half of a product code in the amount', () => {
    expect(keyed(type(keys('4891234567898', { gap: 8 })))).toBe('');
  });

  it.each([30, 60, 150])(
    'knows its code from a digit that the cashier keyed %i ms before',
    (ago) => {
      const typed = type([{ key: '5', at: 1000 - ago }, ...keys(`${CODE}⏎`, { gap: 8 })]);
      expect(keyed(typed)).toBe('5 ');
      expect(scans(typed)).toEqual([CODE]);
    },
  );

  it('may be slow to start: the keypad takes back what it was given', () => {
    const typed = type([{ key: '1', at: 935 }, ...keys(`${CODE.slice(1)}⏎`, { gap: 8 })]);
    expect(keyed(typed)).toBe('1 Backspace ');
    expect(scans(typed)).toEqual([CODE]);
    const octopus = '99887766554433221';
    const other = type([{ key: '9', at: 935 }, ...keys(`${octopus.slice(1)}⏎`, { gap: 8 })]);
    expect(keyed(other)).toBe('9 Backspace ');
    expect(scans(other)).toEqual([octopus]);
  });

  it('may be slow to start and slow at all', () => {
    const octopus = '99887766554433221';
    const typed = type([{ key: '9', at: 925 }, ...keys(`${octopus.slice(1)}⏎`, { gap: 20 })]);
    expect(keyed(typed)).toBe('9 Backspace ');
    expect(scans(typed)).toEqual([octopus]);
  });

  it('may be very slow to start when it reads a wallet’s known shape', () => {
    const typed = type([{ key: '1', at: 860 }, ...keys(`${CODE.slice(1)}⏎`, { gap: 8 })]);
    expect(keyed(typed)).toBe('1 Backspace ');
    expect(scans(typed)).toEqual([CODE]);
  });

  it('is told from an amount though no wallet’s shape is known', () => {
    const octopus = '99887766554433221';
    const strokes = [...keys('4850', { gap: 120, from: 500 }), ...keys(`${octopus}⏎`, { gap: 8 })];
    expect(keyed(type(strokes))).toBe('4 8 5 0 ');
    expect(scans(type(strokes))).toEqual([octopus]);
  });

  it('of UnionPay is not taken for Alipay’s for a 2 keyed before it', () => {
    const unionpay = '6212345678901234567';
    const typed = type([{ key: '2', at: 900 }, ...keys(`${unionpay}⏎`, { gap: 8 })]);
    expect(keyed(typed)).toBe('2 ');
    expect(scans(typed)).toEqual([unionpay]);
  });

  it('may stop for a moment half-way', () => {
    const halves = [
      ...keys(CODE.slice(0, 9), { gap: 8 }),
      ...keys(`${CODE.slice(9)}⏎`, { gap: 8, from: 1214 }),
    ];
    expect(scans(type(halves))).toEqual([CODE]);
    expect(keyed(type(halves))).toBe('');
  });

  it('without an ending key leaves no late digit in the amount', () => {
    const alipay = '281234567890123456';
    const typed = type([...keys(alipay, { gap: 8 }), { key: '7', at: 1000 + 17 * 8 + 90 }]);
    expect(scans(typed)).toEqual([alipay]);
    expect(keyed(typed)).toBe('');
    expect(typed.swallowed).toContain('7');
  });
});

describe('a cashier at the hardware keyboard', () => {
  it('keys an amount digit by digit, and Enter after it', () => {
    const typed = type(keys('4850⏎', { gap: 120 }));
    expect(keyed(typed)).toBe('4 8 5 0 Enter ');
    expect(typed.swallowed).toEqual([]);
  });

  it('sees each digit 40 ms later at most', () => {
    const fed = feed(QUIET, { key: '4', at: 1000 });
    expect(fed.out).toEqual([]);
    expect(wakeAt(fed.next)).toBe(1040);
    expect(settle(fed.next, 1040).out).toEqual([{ kind: 'key', key: '4' }]);
  });

  it('loses no digit of a hasty roll over the keys', () => {
    expect(keyed(type(keys('485', { gap: 15 })))).toBe('4 8 5 ');
    expect(keyed(type(keys('4850⏎', { gap: 15 })))).toBe('4 8 5 0 Enter ');
  });

  it('gets every digit in order when the timer is late', () => {
    let wedge = QUIET;
    const out: Outcome[] = [];
    for (const stroke of keys('4850', { gap: 120 })) {
      const fed = feed(wedge, stroke);
      wedge = fed.next;
      out.push(...fed.out);
    }
    expect(keyed({ out, swallowed: [] })).toBe('4 8 5 ');
  });

  it('may hold a key down without being taken for a scanner', () => {
    const held = Array.from({ length: 30 }, (_, i) => ({
      key: '0',
      at: 1000 + i * 30,
      repeat: i > 0,
    }));
    const typed = type([...held, { key: 'Enter', at: 1900 }]);
    expect(scans(typed)).toEqual([]);
    expect(keyed(typed)).toBe(`${'0 '.repeat(30)}Enter `);
  });

  it('is heard when deleting, and not when pressing a focused button or a shortcut', () => {
    expect(keyed(type([{ key: 'Backspace', at: 1000 }]))).toBe('Backspace ');
    expect(keyed(type([{ key: 'Enter', at: 1000, onControl: true }]))).toBe('');
    expect(keyed(type([{ key: ' ', at: 1000, onControl: true }]))).toBe('');
    expect(keyed(type([{ key: 'r', at: 1000, chord: true }]))).toBe('');
  });
});

describe('somebody who writes a note', () => {
  it('writes it, Enter included, without the keypad or the scanner hearing of it', () => {
    const typed = type(keys('two lattes 4850⏎', { gap: 90, inField: true }));
    expect(typed).toEqual({ out: [], swallowed: [] });
  });

  it('is not taken for a scanner for typing a word in a flash', () => {
    const typed = type(keys('cappuccino⏎', { gap: 20, inField: true }));
    expect(typed).toEqual({ out: [], swallowed: [] });
  });

  it('gets the note back when a customer is scanned into it, and the form is not sent', () => {
    const typed = type(keys(`${CODE}⏎`, { gap: 8, inField: true }));
    expect(typed.out).toEqual([{ kind: 'scan', text: CODE, symbology: null, restore: 1000 }]);
    expect(typed.swallowed).toEqual(['Enter']);
  });

  it('gets back what was written up to the scan, however close it came', () => {
    const strokes = [
      ...keys('latte ', { gap: 50, from: 700, inField: true }),
      ...keys(`${CODE}⏎`, { gap: 8, inField: true }),
    ];
    expect(type(strokes).out).toEqual([
      { kind: 'scan', text: CODE, symbology: null, restore: 1000 },
    ]);
  });

  it('may write with an input method, whose keys have no names', () => {
    const strokes = [...Array(12).keys()].map((i) => ({
      key: 'Process',
      at: 1000 + i * 20,
      inField: true,
    }));
    expect(type([...strokes, { key: 'Enter', at: 1300, inField: true }])).toEqual({
      out: [],
      swallowed: [],
    });
  });
});
