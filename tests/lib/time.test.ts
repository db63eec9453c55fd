import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isoWithOffset,
  isShopDay,
  monthOf,
  monthWindows,
  parseShopTime,
  shopDay,
  shopTime,
  startOfShopDay,
  wholeMonth,
} from '@/lib/time';

const HK = 'Asia/Hong_Kong';
const ZONES = [HK, 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'UTC', 'Pacific/Apia'];
const zone = fc.constantFrom(...ZONES);
const utc = (text: string): number => Date.parse(text);
/** 1990 to 2060, in ms. */
const instant = fc.integer({ min: utc('1990-01-01T00:00:00Z'), max: utc('2060-01-01T00:00:00Z') });
const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

describe('the time on a slip', () => {
  test('is Hong Kong time whatever the machine thinks', () => {
    expect(shopTime(utc('2026-01-05T05:07:09.999Z'), HK)).toBe('2026-01-05 13:07:09');
    expect(shopTime(utc('2026-11-30T15:59:59Z'), HK)).toBe('2026-11-30 23:59:59');
  });

  test('the first second of a day is 00:00:00 and never 24:00:00', () => {
    expect(shopTime(utc('2026-11-30T16:00:00Z'), HK)).toBe('2026-12-01 00:00:00');
    expect(shopTime(utc('2026-12-31T16:00:00Z'), HK)).toBe('2027-01-01 00:00:00');
    expect(shopTime(utc('2024-02-28T16:00:00Z'), HK)).toBe('2024-02-29 00:00:00');
  });

  test('does not move with the zone of the process', () => {
    const before = process.env.TZ;
    try {
      for (const machine of ['America/New_York', 'Pacific/Kiritimati', 'UTC']) {
        process.env.TZ = machine;
        const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
        expect(here).toBe(machine);
        expect(shopTime(utc('2026-01-05T05:07:09Z'), HK)).toBe('2026-01-05 13:07:09');
        expect(parseShopTime('2026-01-05 13:07:09', HK)).toBe(utc('2026-01-05T05:07:09Z'));
        expect(wholeMonth(utc('2026-02-10T00:00:00Z'), HK).start).toBe('2026-02-01 00:00:00');
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  test('in Hong Kong is always eight hours ahead of UTC', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const eightLater = new Date(ms + 8 * 3_600_000).toISOString();
        expect(shopTime(ms, HK)).toBe(eightLater.slice(0, 19).replace('T', ' '));
      }),
      { numRuns: 1000 },
    );
  });

  test('a zone that does not exist is a fault', () => {
    expect(() => shopTime(0, 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('reading a time back', () => {
  test('gives the second that was written, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (ms, where) => {
        const text = shopTime(ms, where);
        const back = parseShopTime(text, where);
        expect(back).not.toBeNull();
        if (back === null) return;
        expect(shopTime(back, where)).toBe(text);
        // An hour that clocks show twice is read as the first of the two.
        expect([0, 3_600_000]).toContain(wholeSecond(ms) - back);
      }),
      { numRuns: 1000 },
    );
  });

  test('in Hong Kong nothing is shown twice', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(parseShopTime(shopTime(ms, HK), HK)).toBe(wholeSecond(ms));
      }),
      { numRuns: 1000 },
    );
  });

  test('an hour that New York skips does not exist, and one shown twice is the first', () => {
    // 2026: clocks go from 02:00 to 03:00 on 8 March and from 02:00 to 01:00 on 1 November.
    expect(parseShopTime('2026-03-08 02:30:00', 'America/New_York')).toBeNull();
    expect(parseShopTime('2026-03-08 03:00:00', 'America/New_York')).toBe(
      utc('2026-03-08T07:00:00Z'),
    );
    expect(parseShopTime('2026-11-01 01:30:00', 'America/New_York')).toBe(
      utc('2026-11-01T05:30:00Z'),
    );
  });

  test.each([
    ...['', '2026-02-30 00:00:00', '2025-02-29 12:00:00', '2026-13-01 00:00:00'],
    ...['2026-01-05 24:00:00', '2026-01-05 13:60:00', '2026-01-05 13:07:60'],
    ...['2026-01-05T13:07:09', '2026-01-05 13:07', ' 2026-01-05 13:07:09'],
    ...['2026-01-05 13:07:09\n', '2026-1-5 13:07:09', '2026-01-05 13:07:09.000'],
    ...['２０２６-01-05 13:07:09'],
  ])('%j is no time', (text) => {
    expect(parseShopTime(text, HK)).toBeNull();
  });

  test('any text is either no time or one that reads the same again', () => {
    const near = fc
      .tuple(fc.nat(9999), fc.nat(19), fc.nat(39), fc.nat(29), fc.nat(69), fc.nat(69))
      .map(([y, ...rest]) => {
        const [mo, d, h, mi, s] = rest.map((part) => String(part).padStart(2, '0'));
        return `${String(y).padStart(4, '0')}-${mo}-${d} ${h}:${mi}:${s}`;
      });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), zone, (text, where) => {
        const ms = parseShopTime(text, where);
        if (ms !== null) expect(shopTime(ms, where)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the time on the wire', () => {
  test('carries the offset of the shop on that day', () => {
    expect(isoWithOffset(utc('2026-01-05T05:07:09.500Z'), HK)).toBe(
      '2026-01-05T13:07:09.500+08:00',
    );
    expect(isoWithOffset(utc('2026-07-01T12:00:00Z'), 'America/New_York')).toBe(
      '2026-07-01T08:00:00-04:00',
    );
    expect(isoWithOffset(utc('2026-01-01T12:00:00Z'), 'Europe/London')).toBe(
      '2026-01-01T12:00:00+00:00',
    );
    expect(isoWithOffset(utc('2026-01-01T12:00:00Z'), 'Asia/Kolkata')).toBe(
      '2026-01-01T17:30:00+05:30',
    );
  });

  test('names the same instant for every program that can read ISO 8601', () => {
    fc.assert(
      fc.property(instant, zone, (ms, where) => {
        expect(Date.parse(isoWithOffset(ms, where))).toBe(ms);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the shop's day", () => {
  test('begins at midnight in the shop', () => {
    expect(startOfShopDay('2026-12-01', HK)).toBe(utc('2026-11-30T16:00:00Z'));
    expect(shopDay(utc('2026-11-30T16:00:00Z'), HK)).toBe('2026-12-01');
    expect(shopDay(utc('2026-11-30T15:59:59.999Z'), HK)).toBe('2026-11-30');
    expect(monthOf(utc('2026-11-30T16:00:00Z'), HK)).toBe('2026-12');
  });

  test('begins with its first second where clocks skip midnight', () => {
    // Clocks in São Paulo went from 00:00 to 01:00 on 4 November 2018, from UTC-3 to UTC-2.
    expect(startOfShopDay('2018-11-04', 'America/Sao_Paulo')).toBe(utc('2018-11-04T03:00:00Z'));
    // Apia had no 30 December 2011: the next day began at once, at UTC+14.
    expect(startOfShopDay('2011-12-30', 'Pacific/Apia')).toBe(utc('2011-12-30T10:00:00Z'));
    expect(startOfShopDay('2011-12-31', 'Pacific/Apia')).toBe(utc('2011-12-30T10:00:00Z'));
  });

  test('starts at an instant of that day, and the millisecond before was not', () => {
    fc.assert(
      fc.property(instant, zone, (ms, where) => {
        const day = shopDay(ms, where);
        const start = startOfShopDay(day, where);
        expect(start).toBeLessThanOrEqual(ms);
        expect(shopDay(start, where)).toBe(day);
        expect(shopDay(start - 1, where) < day).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('is a day of the calendar or nothing', () => {
    expect(isShopDay('2024-02-29')).toBe(true);
    expect(isShopDay('2026-02-29')).toBe(false);
    expect(isShopDay('2026-1-1')).toBe(false);
    expect(() => startOfShopDay('2026-02-29', HK)).toThrow(RangeError);
  });
});

describe('a question over months', () => {
  test('a sale at 23:59:50 on the last of the month is asked for in two months', () => {
    const windows = monthWindows(utc('2026-11-30T15:59:50Z'), utc('2026-11-30T16:00:20Z'), HK);
    expect(windows).toEqual([
      {
        start: '2026-11-30 23:59:50',
        end: '2026-11-30 23:59:59',
        from: utc('2026-11-30T15:59:50Z'),
        to: utc('2026-11-30T15:59:59Z'),
      },
      {
        start: '2026-12-01 00:00:00',
        end: '2026-12-01 00:00:20',
        from: utc('2026-11-30T16:00:00Z'),
        to: utc('2026-11-30T16:00:20Z'),
      },
    ]);
  });

  test('one second is one window, and an interval that ends before it began is none', () => {
    const ms = utc('2026-11-30T16:00:00Z');
    expect(monthWindows(ms, ms, HK)).toHaveLength(1);
    expect(monthWindows(ms + 100, ms + 900, HK)).toHaveLength(1);
    expect(monthWindows(ms, ms - 1000, HK)).toEqual([]);
  });

  test('every month of a year is whole, also February of a leap year', () => {
    const ends = (year: number): string[] =>
      monthWindows(utc(`${year - 1}-12-31T16:00:00Z`), utc(`${year}-12-31T15:59:59Z`), HK).map(
        (window) => window.end.slice(5, 10),
      );
    const plain = '01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31';
    expect(ends(2026)).toEqual(plain.split(' '));
    expect(ends(2100)).toEqual(plain.split(' '));
    expect(ends(2028)).toEqual(plain.replace('02-28', '02-29').split(' '));
    expect(ends(2000)).toEqual(plain.replace('02-28', '02-29').split(' '));
  });

  test('every second lies in exactly one window, and no window crosses a month', () => {
    const length = fc.oneof(fc.nat(90_000), fc.nat(500 * 86_400)).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(instant, length, zone, (from, span, where) => {
        const windows = monthWindows(from, from + span, where);
        // Laid end to end without gap or overlap, they are the interval.
        let next = wholeSecond(from);
        for (const window of windows) {
          expect(window.from).toBe(next);
          expect(window.to).toBeGreaterThanOrEqual(window.from);
          expect(window.start.slice(0, 7)).toBe(window.end.slice(0, 7));
          expect(window.start).toBe(shopTime(window.from, where));
          expect(window.end).toBe(shopTime(window.to, where));
          next = window.to + 1000;
        }
        expect(next).toBe(wholeSecond(from + span) + 1000);
        const months = windows.map((window) => window.start.slice(0, 7));
        expect(new Set(months).size).toBe(windows.length);
      }),
      { numRuns: 500 },
    );
  });

  test('the whole month holds the instant, from its first second to its last', () => {
    expect(wholeMonth(utc('2026-02-10T00:00:00Z'), HK)).toEqual({
      start: '2026-02-01 00:00:00',
      end: '2026-02-28 23:59:59',
      from: utc('2026-01-31T16:00:00Z'),
      to: utc('2026-02-28T15:59:59Z'),
    });
    fc.assert(
      fc.property(instant, zone, (ms, where) => {
        const month = wholeMonth(ms, where);
        expect(month.from).toBeLessThanOrEqual(ms);
        expect(month.to + 999).toBeGreaterThanOrEqual(ms);
        const [first, last] = [monthOf(month.from, where), monthOf(month.to, where)];
        expect([first, last]).toEqual([monthOf(ms, where), monthOf(ms, where)]);
        expect(monthOf(month.from - 1, where)).not.toBe(first);
        expect(monthOf(month.to + 1000, where)).not.toBe(last);
      }),
      { numRuns: 500 },
    );
  });
});
