import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, type Measure, wrap } from '@/lib/receipt-layout';
import type { ReceiptLine } from '@/lib/receipt-paper';

/** A printer's own grid: Chinese is as wide as it is high, everything else half of that. */
const measure: Measure = (text, { size }) =>
  [...text].reduce((dots, each) => dots + (/[\u2e80-\uffef]/.test(each) ? size : size / 2), 0);
const PLAIN = { size: 24, bold: false };
const narrow = (columns: number) => ({ width: columns * 24, measure });
const rowsOf = (text: string, columns: number) => wrap(text, PLAIN, narrow(columns));

describe('a text that is too wide', () => {
  test.each([
    ['breaks between Chinese characters', '多謝惠顧歡迎再來', 4, ['多謝惠顧', '歡迎再來']],
    ['breaks at spaces', 'Thank you very much', 5, ['Thank you', 'very much']],
    ['breaks where the two meet', '多謝 Thank you', 4, ['多謝', 'Thank', 'you']],
    ['never begins a row with a stop', '多謝惠顧，歡迎', 4, ['多謝惠', '顧，歡迎']],
    ['never ends a row with an opening mark', '本店地址（中環）', 5, ['本店地址', '（中環）']],
    ['cuts a word that fits nowhere', 'ABCDEFGHIJ', 2, ['ABCD', 'EFGH', 'IJ']],
    ['stays one row where it fits', '銅鑼灣店', 4, ['銅鑼灣店']],
    ['keeps an empty line', '', 4, ['']],
  ] as const)('%s', (_what, text, columns, rows) => {
    expect(rowsOf(text, columns)).toEqual(rows);
  });

  test('loses nothing but spaces and is never wider than the paper', () => {
    const character = fc.constantFrom(...'香港多謝惠顧，。（）「」 ABCabc123.$é'.split(''));
    fc.assert(
      fc.property(
        fc.array(character, { maxLength: 60 }),
        fc.integer({ min: 4, max: 16 }),
        (all, columns) => {
          const text = all.join('');
          const rows = rowsOf(text, columns);
          expect(rows.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const row of rows) expect(measure(row, PLAIN)).toBeLessThanOrEqual(columns * 24);
        },
      ),
    );
  });

  test('ends even on a paper too narrow for one character', () => {
    expect(wrap('多謝', PLAIN, { width: 8, measure })).toEqual(['多', '謝']);
  });
});

const LINES: readonly ReceiptLine[] = [
  { kind: 'text', text: '副本 2 COPY 2', size: 'mark' },
  { kind: 'text', text: 'HK$9,999,999.99', size: 'loud' },
  { kind: 'pair', name: '錢包 Wallet', value: '微信支付 WeChat Pay' },
  { kind: 'rule' },
  { kind: 'qr', text: 'TST0000000000A' },
];

describe.each([384, 576])('on %i dots', (width) => {
  const laid = layOut(LINES, { width, measure });
  const texts = laid.placed.flatMap((one) => (one.kind === 'text' ? [one] : []));
  const extentOf = (one: (typeof laid.placed)[number]) =>
    one.kind === 'text' ? one.style.size : one.kind === 'qr' ? one.side : one.height;

  test('everything stands on the paper', () => {
    for (const one of laid.placed) {
      expect(one.y).toBeGreaterThanOrEqual(0);
      expect(one.y + extentOf(one)).toBeLessThanOrEqual(laid.height);
    }
    for (const { x, text, style } of texts) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + measure(text, style)).toBeLessThanOrEqual(width);
    }
  });

  test('no two texts lie on each other', () => {
    for (const [place, one] of texts.entries()) {
      for (const other of texts.slice(place + 1)) {
        const apart =
          other.y >= one.y + one.style.size ||
          one.x + measure(one.text, one.style) <= other.x ||
          other.x + measure(other.text, other.style) <= one.x;
        expect([one.text, other.text, apart]).toEqual([one.text, other.text, true]);
      }
    }
  });

  test('the largest amount is one row', () => {
    expect(texts.filter(({ text }) => text.startsWith('HK$'))).toHaveLength(1);
  });

  test('a copy is white on black', () => {
    const [mark] = texts;
    const box = laid.placed.find(({ kind }) => kind === 'box');
    expect(mark).toMatchObject({ text: '副本 2 COPY 2', inverse: true });
    expect(box?.y).toBeLessThanOrEqual(mark?.y ?? 0);
  });
});

test('a value that does not fit beside its name stands below it, at the right', () => {
  const line = { kind: 'pair', name: '以其他方式退回 Given back', value: '-HK$1,000.00' } as const;
  const texts = (width: number) =>
    layOut([line], { width, measure }).placed.flatMap((one) => (one.kind === 'text' ? [one] : []));
  const [name, value] = texts(384);
  expect(value?.y).toBeGreaterThan(name?.y ?? Number.POSITIVE_INFINITY);
  expect((value?.x ?? 0) + measure(line.value, PLAIN)).toBe(384);
  const [wideName, wideValue] = texts(576);
  expect(wideValue?.y).toBe(wideName?.y);
});
