import { describe, expect, test } from 'vitest';
import { daysNamed, nameOfDays, openedSearch, savedSearch } from '@/lib/history-days';
import { amountTyped, daysAfter, isWanted, readHistoryFilter } from '@/lib/history-filter';
import { paymentWith } from '../support/shop-window';

const HK = { timeZone: 'Asia/Hong_Kong', currency: 'HKD' } as const;
const read = (query: string) => {
  const filter = readHistoryFilter(new URLSearchParams(query), HK);
  if ('wrong' in filter) throw new Error(`wrong: ${filter.wrong.join()}`);
  return filter;
};

describe('an address', () => {
  test('is read wish by wish', () => {
    expect(
      read('state=paid,closed&payType=800201&refunded=partly&late=yes&review=1'),
    ).toMatchObject({
      states: ['paid', 'closed'],
      payTypes: ['800201'],
      refunded: ['partly'],
      late: true,
      review: true,
    });
  });

  test.each([
    ['20260105 1805 0002 0000', '20260105180500020000'],
    [' ４２００１２\r\n', '420012'],
    ['h80k\u200bf930', 'h80kf930'],
  ])('finds a number as it is printed or scanned: %j', (typed, number) => {
    expect(readHistoryFilter(new URLSearchParams({ q: typed }), HK)).toMatchObject({ q: number });
  });

  test.each(['48.50', 'HK$48.50', '$ 48.50', '４８.５０'])(
    'reads %s as an amount as well',
    (typed) => {
      expect(readHistoryFilter(new URLSearchParams({ q: typed }), HK)).toMatchObject({
        qAmount: 4850,
      });
    },
  );

  test('names every field that it cannot read', () => {
    const query = 'from=2026-02-30&state=done&min=1.5&refunded=all&late=maybe&cursor=x';
    expect(readHistoryFilter(new URLSearchParams(query), HK)).toEqual({
      wrong: ['from', 'state', 'min', 'refunded', 'late', 'cursor'],
    });
  });
});

test('an amount in a filter may be written short', () => {
  expect(['48', '48.5', '48.50', '9,999,999.99'].map((it) => amountTyped(it, 'HKD'))).toEqual([
    4800, 4850, 4850, 999_999_999,
  ]);
  expect(['', 'x', '1.234', '-5'].map((it) => amountTyped(it, 'HKD'))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

describe('a new sale belongs to the list that would show it:', () => {
  const sale = paymentWith({ state: 'paid', walletNumber: '4200aB', refundedAmount: 50 });
  test.each([
    ['', true],
    ['from=2026-01-05&to=2026-01-05', true],
    ['from=2026-01-06', false],
    ['to=2026-01-04', false],
    ['state=paid', true],
    ['state=failed', false],
    ['payType=801501', true],
    ['payType=800201', false],
    ['counter=1&staff=3000', true],
    ['counter=2', false],
    ['min=4850&max=4850', true],
    ['min=4851', false],
    ['refunded=partly', true],
    ['refunded=fully', false],
    ['late=yes', false],
    ['review=yes', false],
    ['q=4200aB', true],
    ['q=h80k', true],
    ['q=48.50', true],
    ['q=4201', false],
  ])('%s → %s', (query, belongs) => {
    expect(isWanted(sale, read(query))).toBe(belongs);
  });
});

describe('days of the shop', () => {
  // Ten past midnight in Hong Kong on the first of March; still February in London.
  const now = Date.UTC(2026, 1, 28, 16, 10);
  const zone = 'Asia/Hong_Kong';

  test('have names', () => {
    expect(daysNamed('today', now, zone)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(daysNamed('yesterday', now, zone)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
    expect(daysNamed('week', now, zone)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(daysNamed('month', now, zone)).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(nameOfDays({ from: '2026-02-28', to: '2026-02-28' }, now, zone)).toBe('yesterday');
    expect(nameOfDays({ from: '2026-02-27', to: '2026-02-28' }, now, zone)).toBeNull();
    expect(daysAfter('2024-02-28', 1)).toBe('2024-02-29');
  });

  test('are saved by name, so that tomorrow "today" is tomorrow; other days stay as they are', () => {
    const saved = savedSearch('from=2026-03-01&to=2026-03-01&state=paid', now, zone);
    expect(openedSearch(saved, now + 86_400_000, zone)).toBe(
      'state=paid&from=2026-03-02&to=2026-03-02',
    );
    const fixed = savedSearch('from=2026-01-01&to=2026-01-31', now, zone);
    expect(openedSearch(fixed, now + 86_400_000, zone)).toBe('from=2026-01-01&to=2026-01-31');
  });
});
