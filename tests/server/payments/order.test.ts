import { describe, expect, test } from 'vitest';
import { type NewPayment, newPaymentSchema } from '@/lib/contract';
import { readOrder } from '@/server/payments/order';

const SETTING = { currency: 'HKD', outlet: null, staff: '3000', key: 'tap-1' } as const;
const read = (body: NewPayment, currency: 'HKD' | 'CNY' = 'HKD') =>
  readOrder(newPaymentSchema.parse(body), { ...SETTING, currency });

describe('an order', () => {
  test('by a tile is a QR of that wallet', () => {
    expect(read({ amount: 4850, payType: '800201' })).toMatchObject({
      ...{ mode: 'MPM', payType: '800201', authCode: null, amount: 4850, currency: 'HKD' },
      ...{ counter: '1', note: null, saleId: null, staff: '3000' },
    });
  });

  test('by a scan needs no wallet and goes to the router', () => {
    expect(read({ amount: 100, authCode: '130123456789012345\r\n' })).toMatchObject({
      ...{ mode: 'CPM', payType: '800008', authCode: '130123456789012345' },
    });
  });

  test('means the same in whatever order its fields were written', () => {
    const one = read({ amount: 100, payType: '800201', note: 'table 4' });
    const other = read({ note: 'table 4', payType: '800201', amount: 100 });
    const bigger = read({ note: 'table 4', payType: '800201', amount: 101 });
    expect(one).toEqual(other);
    expect(bigger).not.toEqual(one);
  });
});

describe('is refused', () => {
  const cases: [string, NewPayment, string][] = [
    [
      'with a card number in the note',
      { amount: 100, payType: '800201', note: '4111111111111111' },
      'card-number',
    ],
    [
      'with a QR pay type for a scanned code',
      { amount: 100, payType: '800201', authCode: '130123456789012345' },
      'pay-type-not-accepted',
    ],
    [
      'with a scanning pay type and no code',
      { amount: 100, payType: '800208' },
      'pay-type-not-accepted',
    ],
    ['with a pay type of web shops', { amount: 500, payType: '801101' }, 'pay-type-not-accepted'],
    ['with a product barcode', { amount: 100, authCode: '4006381333931' }, 'product-code'],
    ['with a printed merchant QR', { amount: 100, authCode: '00020101021226' }, 'merchant-code'],
    ['with blanks for a code', { amount: 100, authCode: '  ' }, 'unreadable-code'],
    ['without wallet and code', { amount: 100 }, 'code-missing'],
  ];
  test.each(cases)('%s', (_what, body, refused) => {
    expect(read(body)).toEqual({ refused });
  });

  test('S36 in another currency than the shop takes, and by a wallet that takes only HKD', () => {
    expect(read({ amount: 100, payType: '800201', currency: 'CNY' })).toEqual({
      refused: 'currency-not-accepted',
    });
    expect(read({ amount: 100, payType: '802001' }, 'CNY')).toEqual({
      refused: 'pay-type-not-accepted',
    });
    expect(read({ amount: 100, payType: '800201' }, 'CNY')).toMatchObject({ currency: 'CNY' });
  });
});
