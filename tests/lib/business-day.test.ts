import { describe, expect, test } from 'vitest';
import { businessDay, dayAfter, daysBetween, startOfBusinessDay } from '@/lib/business-day';
import { readSetting } from '@/lib/settings';

const HONG_KONG = 'Asia/Hong_Kong';
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('a business day', () => {
  const four = { zone: HONG_KONG, endsAt: 240 };

  test('that ends at four belongs to the evening before, up to the last moment', () => {
    expect(businessDay(at('2026-03-01T03:59:59.999'), four)).toBe('2026-02-28');
    expect(businessDay(at('2026-03-01T04:00:00'), four)).toBe('2026-03-01');
    expect(businessDay(at('2026-03-01T23:59:59'), four)).toBe('2026-03-01');
    expect(businessDay(at('2028-03-01T00:00:00'), four)).toBe('2028-02-29');
    expect(businessDay(at('2027-01-01T02:00:00'), four)).toBe('2026-12-31');
  });

  test('ends at midnight where nobody chose another time', () => {
    const midnight = { zone: HONG_KONG, endsAt: readSetting('day-ends-at', null) };
    expect(businessDay(at('2026-03-01T00:00:00'), midnight)).toBe('2026-03-01');
    expect(businessDay(at('2026-02-28T23:59:59.999'), midnight)).toBe('2026-02-28');
    expect(startOfBusinessDay('2026-03-01', midnight)).toBe(at('2026-03-01T00:00:00'));
  });

  test('follows the one before without a gap, also where clocks change', () => {
    for (const zone of [HONG_KONG, 'Europe/Berlin', 'America/New_York']) {
      for (const endsAt of [0, 120, 150, 240]) {
        const rule = { zone, endsAt };
        for (let day = '2026-03-05'; day < '2026-11-10'; day = dayAfter(day)) {
          const [start, end] = [day, dayAfter(day)].map((it) => startOfBusinessDay(it, rule));
          expect(businessDay(start ?? 0, rule)).toBe(day);
          expect(businessDay((end ?? 0) - 1, rule)).toBe(day);
        }
      }
    }
  });

  test('ends at a minute up to noon, and at midnight by anything else', () => {
    expect(['0', '240', '720'].map((kept) => readSetting('day-ends-at', kept))).toEqual([
      0, 240, 720,
    ]);
    const odd = ['721', '-1', '4.5', 'four', ''];
    expect(odd.map((kept) => readSetting('day-ends-at', kept))).toEqual([0, 0, 0, 0, 0]);
  });

  test('is counted on over months and years', () => {
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
    expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
  });
});
