import { describe, expect, test } from 'vitest';
import { pinFault } from '@/lib/pin-rules';
import { idleLimit, readSetting, settingsChangeSchema } from '@/lib/settings';

describe('a setting', () => {
  test('that nobody made is as in a new shop', () => {
    expect(readSetting('refund-limit', null)).toBeNull();
    expect(readSetting('idle-lock-minutes', null)).toBe(5);
    expect(readSetting('wallets', null)).toHaveLength(6);
  });

  test('says what was kept', () => {
    expect(readSetting('refund-limit', '50000')).toBe(50_000);
    expect(readSetting('refund-limit', 'null')).toBeNull();
    expect(readSetting('wallets', '["fps"]')).toEqual(['fps']);
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
