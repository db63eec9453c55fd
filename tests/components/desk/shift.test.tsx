import { describe, expect, test } from 'vitest';
import { changeOf, percent, percentOf } from '@/components/desk/reports/report-words';
import { Summary } from '@/components/desk/reports/summary';
import { Paper } from '@/components/desk/shift/slip';
import { Flight, Wallets } from '@/components/desk/shift/takings-tables';
import type { Report } from '@/lib/contract-report';
import type { ShiftView } from '@/lib/contract-shift';
import { LANGUAGES } from '@/lib/messages/language';
import { drawn } from '../../support/shop-window';

const takings = (amount: number, refundAmount = 0) => ({
  ...{ count: 2, amount, average: amount / 2, refundCount: refundAmount === 0 ? 0 : 1 },
  ...{ refundAmount, net: amount - refundAmount },
});

const SHIFT: ShiftView = {
  id: '7',
  counter: 'Front',
  state: 'closed',
  number: 12,
  day: '2026-01-05',
  openedAt: '2026-01-05T09:00:00+08:00',
  openedBy: '3000',
  openedItself: true,
  closedAt: '2026-01-05T18:00:00+08:00',
  closedBy: '3001',
  figures: {
    currency: 'HKD',
    takings: takings(10_000, 500),
    wallets: [
      { wallet: 'octopus', ...takings(6_000, 500) },
      { wallet: '800008', ...takings(4_000) },
    ],
    others: [],
    late: { count: 0, amount: 0, named: [] },
    openPayments: {
      ...{ count: 1, amount: 4_850 },
      named: [
        {
          ...{ id: 'H80KF930KTZYPK', state: 'unknown', wallet: 'wechat', amount: 4_850 },
          ...{ currency: 'HKD', createdAt: '2026-01-05T17:59:00+08:00' },
        },
      ],
    },
    openRefunds: { count: 0, amount: 0, named: [] },
  },
  figuresAt: '2026-01-05T18:00:00+08:00',
  corrections: [{ at: '2026-01-06T09:00:00+08:00', staff: '2000', reason: 'Wrong counter' }],
};

describe('a slip', () => {
  const slip = (shift: ShiftView, isCopy: boolean) =>
    drawn(<Paper {...{ shift, isCopy }} printedAt={null} />);

  test('of a sealed shift bears its number, and says when it is a copy', () => {
    expect(slip(SHIFT, false)).toContain('Z 12');
    expect(slip(SHIFT, false)).not.toContain('Copy');
    expect(slip(SHIFT, true)).toContain('Copy');
  });

  test('of an open shift says that nothing is sealed', () => {
    const open = { ...SHIFT, state: 'open', number: null, closedAt: null, closedBy: null } as const;
    expect(slip(open, false)).toContain('X · Not sealed');
  });

  test('names what is carried over and every correction', () => {
    const said = slip(SHIFT, false);
    expect(said).toContain('H80KF930KTZYPK');
    expect(said).toContain('Payments 1, HK$48.50');
    expect(said).toContain('Wrong counter');
    expect(said).toContain('-HK$5.00');
  });

  test('speaks every language, and leaves no hole open', () => {
    for (const language of LANGUAGES) {
      const said = drawn(<Paper shift={SHIFT} isCopy printedAt={Date.now()} />, language);
      expect(said).not.toMatch(/\{\w+\}|shift\.[a-z]/);
    }
    expect(drawn(<Paper shift={SHIFT} isCopy printedAt={null} />, 'zh-Hant')).toContain('八達通');
  });
});

test('a shift names each wallet, and the one that nobody could tell', () => {
  const said = drawn(<Wallets figures={SHIFT.figures} />);
  expect(said).toContain('Octopus');
  expect(said).toContain('Any wallet');
  expect(said).toContain('HK$55.00');
});

test('a shift without anything in flight says so', () => {
  const figures = { ...SHIFT.figures, openPayments: { count: 0, amount: 0, named: [] } };
  expect(drawn(<Flight figures={figures} />)).toContain('Nothing is in flight.');
});

describe('a report in words', () => {
  test('writes parts of a hundred without a float', () => {
    expect([0, 5, 50, 5_154, 10_000, -250].map(percent)).toEqual([
      ...['0.00%', '0.05%', '0.50%', '51.54%', '100.00%', '-2.50%'],
    ]);
    expect([percentOf(2, 3), percentOf(0, 4), percentOf(1, 0)]).toEqual(['66.67%', '0.00%', null]);
  });

  test('compares with the week before only when there was one', () => {
    expect(changeOf(150, 100)).toEqual({ is: 'more', percent: '50.00%' });
    expect(changeOf(-50, 100)).toEqual({ is: 'less', percent: '150.00%' });
    expect(changeOf(100, 100)).toEqual({ is: 'same' });
    expect([changeOf(100, 0), changeOf(100, -5)]).toEqual([null, null]);
  });

  test('says which day a payment counts on, and how far the week before is compared', () => {
    const report: Report = {
      ...{ from: '2026-01-05', to: '2026-01-05', isOver: false, currency: 'HKD' },
      beginsAt: '2026-01-05T04:00:00+08:00',
      endsAt: '2026-01-06T04:00:00+08:00',
      takings: takings(10_000, 500),
      refundRate: 500,
      outcome: { ended: 4, paid: 3, medianSeconds: 6 },
      ...{ wallets: [], hours: [], days: [], counters: [], staff: [], outlets: [], others: [] },
      before: {
        ...{ from: '2025-12-29', to: '2025-12-29', until: '2025-12-29T14:02:00+08:00' },
        takings: takings(5_000),
      },
    };
    const said = drawn(<Summary report={report} />);
    expect(said).toContain('A payment counts on the day it was paid');
    expect(said).toContain('01-05 04:00 to 01-06 04:00 · still running');
    expect(said).toContain('90.00% more · Week before, up to 12-29 14:02: HK$50.00');
    expect(said).toContain('5.00%');
    expect(said).toContain('75.00%');
    expect(said).toContain('6 s');
  });
});
