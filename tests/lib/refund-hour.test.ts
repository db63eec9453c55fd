import { expect, test } from 'vitest';
import { isRefundHour, refundHourEnds } from '@/lib/refund-hour';

const hongKong = (text: string): number => Date.parse(`${text}+08:00`);

test('F70 QFPay gives nothing back from 23:30 to 00:31 in Hong Kong, and seconds beside it', () => {
  const asleep = ['T23:29:55', 'T23:30:00', 'T23:59:59', 'T00:00:00', 'T00:30:59', 'T00:31:04'];
  const awake = ['T23:29:54', 'T00:31:05', 'T12:00:00', 'T08:00:00'];
  for (const time of asleep) expect(isRefundHour(hongKong(`2026-03-31${time}`))).toBe(true);
  for (const time of awake) expect(isRefundHour(hongKong(`2026-03-31${time}`))).toBe(false);
});

test('F82 it ends just after the next 00:31, over a month’s end, a leap day and a new year', () => {
  const ends = (text: string) => refundHourEnds(hongKong(text));
  expect(ends('2026-12-31T23:45:00')).toBe(hongKong('2027-01-01T00:31:05'));
  expect(ends('2028-02-28T23:45:00')).toBe(hongKong('2028-02-29T00:31:05'));
  expect(ends('2028-02-29T00:10:00')).toBe(hongKong('2028-02-29T00:31:05'));
  expect(ends('2026-03-31T12:00:00')).toBe(hongKong('2026-04-01T00:31:05'));
  expect(ends('2026-03-31T00:31:05')).toBe(hongKong('2026-04-01T00:31:05'));
});
