import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPOKEN, spokenAmount, spokenPaid } from '@/lib/spoken';

test('a payment is said as a counter in Hong Kong says it', () => {
  const paid = { wallet: 'alipay', amount: 4_850 };
  expect(SPOKEN.map((language) => spokenPaid(paid, language))).toEqual([
    '支付寶，四十八蚊半，收到',
    '支付宝，四十八元五角，已收到',
    'Alipay, 48 dollars 50 cents, received',
  ]);
});

test('a wallet that nobody has a word for is left out', () => {
  expect(spokenPaid({ wallet: null, amount: 200 }, 'yue')).toBe('兩蚊，收到');
  expect(spokenPaid({ wallet: 'toString', amount: 200 }, 'cmn')).toBe('两元，已收到');
});

test.each([
  [1, '零點零一蚊', '零点零一元', '1 cent'],
  [20, '兩毫', '两角', '20 cents'],
  [50, '五毫', '五角', '50 cents'],
  [100, '一蚊', '一元', '1 dollar'],
  [230, '兩蚊三毫', '两元三角', '2 dollars 30 cents'],
  [1_200, '十二蚊', '十二元', '12 dollars'],
  [2_000, '二十蚊', '二十元', '20 dollars'],
  [4_837, '四十八點三七蚊', '四十八点三七元', '48 dollars 37 cents'],
  [10_500, '一百零五蚊', '一百零五元', '105 dollars'],
  [11_000, '一百一十蚊', '一百一十元', '110 dollars'],
  [100_050, '一千蚊半', '一千元五角', '1000 dollars 50 cents'],
  [1_020_500, '一萬零二百零五蚊', '一万零二百零五元', '10205 dollars'],
  [2_000_000, '兩萬蚊', '两万元', '20000 dollars'],
  [10_000_000, '十萬蚊', '十万元', '100000 dollars'],
  [999_999_900, '九百九十九萬九千九百九十九蚊', '九百九十九万九千九百九十九元', '9999999 dollars'],
])('%d cents', (amount, yue, cmn, en) => {
  expect([
    spokenAmount(amount, 'yue'),
    spokenAmount(amount, 'cmn'),
    spokenAmount(amount, 'en'),
  ]).toEqual([yue, cmn, en]);
});

test('no two amounts sound alike', () => {
  const amount = fc.integer({ min: 1, max: 999_999_999 });
  fc.assert(
    fc.property(amount, amount, fc.constantFrom(...SPOKEN), (one, other, language) => {
      fc.pre(one !== other);
      expect(spokenAmount(one, language)).not.toBe(spokenAmount(other, language));
    }),
  );
});
