import { describe, expect, test } from 'vitest';
import { pinFault } from '@/lib/pin-rules';
import { idleLimit, readSetting, settingsChangeSchema, walletsOf } from '@/lib/settings';
import { COUNTER_WALLETS } from '@/lib/wallets';

describe('a setting', () => {
  test('that nobody made is as in a new shop', () => {
    expect(readSetting('refund-limit', null)).toBeNull();
    expect(readSetting('idle-lock-minutes', null)).toBe(5);
    expect(readSetting('wallets', null)).toHaveLength(6);
    expect(readSetting('receipt-text', null)).toEqual({ header: [], footer: [] });
    expect(readSetting('quick-amounts', null)).toEqual([]);
  });

  test('says what was kept', () => {
    expect(readSetting('refund-limit', '50000')).toBe(50_000);
    expect(readSetting('refund-limit', 'null')).toBeNull();
    expect(readSetting('wallets', '["fps","alipay"]')).toEqual(['fps', 'alipay']);
    expect(readSetting('outlet-wallets', '{"A":["payme"]}')).toEqual({ A: ['payme'] });
    expect(readSetting('receipt-languages', '["zh-Hans","en"]')).toEqual(['zh-Hans', 'en']);
  });

  test.each(['', 'x', '-1', '1.5', '{}'])(
    'that cannot be read, “%s”, counts as not set',
    (text) => {
      expect(readSetting('refund-limit', text)).toBeNull();
      expect(readSetting('day-ends-at', text)).toBe(0);
    },
  );

  test.each([
    { 'refund-limit': -1 },
    { 'refund-limit': 1.5 },
    { 'day-ends-at': 721 },
    { 'pin-mode': 'sometimes' },
    { 'idle-lock-minutes': 16 },
    { wallets: [] },
    { wallets: ['alipay', 'alipay'] },
    { wallets: ['card'] },
    { 'outlet-wallets': { outlet: 'X', wallets: [] } },
    { 'outlet-wallets': { outlet: '', wallets: ['fps'] } },
    { 'outlet-wallets': { X: ['fps'] } },
    { 'quick-amounts': [0] },
    { 'quick-amounts': [10.5] },
    { 'quick-amounts': [1_000_000_000] },
    { 'quick-amounts': [500, 500] },
    { 'quick-amounts': Array.from({ length: 13 }, (_each, place) => place + 1) },
    { 'staff-language': 'fr' },
    { 'receipt-languages': [] },
    { 'receipt-languages': ['en', 'en'] },
    { 'receipt-languages': ['en', 'zh-Hant', 'zh-Hans'] },
    { 'customer-language': '' },
    { 'receipt-text': { header: [] } },
    { 'receipt-text': { header: ['1', '2', '3', '4', '5'], footer: [] } },
    { 'receipt-text': { header: ['x'.repeat(49)], footer: [] } },
    { 'receipt-text': { header: [' '], footer: [] } },
    { 'receipt-text': { header: ['two\nlines'], footer: [] } },
    { 'receipt-text': { header: ['two\u2028lines'], footer: [] } },
    { 'receipt-text': { header: [], footer: ['\u001b@'] } },
    { 'receipt-text': { header: [], footer: ['turned \u202e round'] } },
    { 'refund-limits': 1 },
  ])('is never %o', (change) => {
    expect(settingsChangeSchema.safeParse({ ...change, pin: '1' }).success).toBe(false);
  });
});

test('a cashier’s screen locks after 15 minutes at most, a manager’s after 5', () => {
  const minutes = (set: number, role: 'cashier' | 'manager' | 'owner') => {
    const limit = idleLimit(set, role);
    return limit === null ? null : limit / 60_000;
  };
  expect([minutes(3, 'cashier'), minutes(15, 'cashier'), minutes(99, 'cashier')]).toEqual([
    3, 15, 15,
  ]);
  expect([minutes(3, 'manager'), minutes(15, 'manager'), minutes(15, 'owner')]).toEqual([3, 5, 5]);
  expect(minutes(0, 'owner')).toBeNull();
});

test('the tiles of an outlet are its own, else the shop’s', () => {
  const settings = {
    wallets: [...COUNTER_WALLETS],
    'outlet-wallets': { A: ['fps' as const] },
  };
  expect(walletsOf(settings, 'A')).toEqual(['fps']);
  expect(walletsOf(settings, 'B')).toEqual(COUNTER_WALLETS);
  // Every object knows this word, and it is no outlet.
  expect(walletsOf(settings, 'constructor')).toEqual(COUNTER_WALLETS);
});

describe('a PIN', () => {
  test.each(['300300', '121212', '123457', '998877', '135790', '012346'])('may be %s', (pin) => {
    expect(pinFault(pin, '3000')).toBeNull();
  });

  test.each([
    ['123456', 'run'],
    ['654321', 'run'],
    ['890123', 'run'],
    ['210987', 'run'],
    ['000000', 'same-digits'],
    ['30000', 'six-digits'],
    ['3000000', 'six-digits'],
    ['３００３００', 'six-digits'],
    ['482915', 'code'],
  ])('is not %s: %s', (pin, fault) => {
    expect(pinFault(pin, '482915')).toBe(fault);
  });
});
