import { describe, expect, test } from 'vitest';
import { ComparisonTable, gapOf } from '@/components/desk/compare/comparison-table';
import { DifferenceCard } from '@/components/desk/compare/difference-card';
import { Totals } from '@/components/desk/compare/totals';
import type { ComparisonView, DifferenceView } from '@/lib/contract-compare';
import { DIFFERENCE_KINDS } from '@/lib/difference';
import { drawn } from '../../support/shop-window';

const side = {
  amount: 7_700,
  currency: 'HKD',
  state: 'paid',
  at: '2026-10-31T12:00:00+08:00',
  qfpayNumber: '20261031120000020000000077',
  payType: '801501',
} as const;
const differenceWith = (facts: Partial<DifferenceView> = {}): DifferenceView => ({
  id: '01JD2X9K7M4QX9RW4H0V8T6B2C',
  day: '2026-10-31',
  outlet: null,
  number: 'TERMINAL-7',
  kind: 'only-theirs',
  explained: null,
  paymentId: null,
  ours: null,
  theirs: side,
  foundAt: '2026-11-01T03:30:00+08:00',
  settledAt: null,
  settledBy: null,
  reason: null,
  ...facts,
});
const card = (facts: Partial<DifferenceView> = {}, role: 'manager' | 'cashier' = 'manager') =>
  drawn(<DifferenceCard difference={differenceWith(facts)} />, 'en', role);

describe('a difference', () => {
  test('says what it is, what each side says, and what to do', () => {
    for (const said of [
      'Paid at QFPay, and not by this till',
      'HK$77.00',
      'Not there',
      'TERMINAL-7',
      '2026-10-31',
      'A terminal or another till on the same account',
      'Settle HK$77.00',
    ]) {
      expect(card()).toContain(said);
    }
  });

  test('has words of its own for every kind, in three languages', () => {
    for (const language of ['en', 'zh-Hant', 'zh-Hans'] as const) {
      const said = DIFFERENCE_KINDS.map((kind) =>
        drawn(<DifferenceCard difference={differenceWith({ kind })} />, language, 'manager'),
      );
      expect(new Set(said).size).toBe(DIFFERENCE_KINDS.length);
      expect(said.join()).not.toContain('difference.');
    }
  });

  test('that explains itself, or is settled, asks nobody for anything', () => {
    const review = card({ explained: 'review', paymentId: 'H80KF930KTZYPK' });
    expect(review).toContain('In the inbox with its payment');
    expect(review).toContain('/history/H80KF930KTZYPK');
    const at = '2026-11-01T09:15:00+08:00';
    const settled = card({ settledAt: at, settledBy: '2000', reason: 'Made on the terminal' });
    expect(settled).toContain('2000, 11-01 09:15: Made on the terminal');
    const gone = card({ settledAt: at, settledBy: 'server', reason: 'gone' });
    expect(gone).toContain('A later comparison did not find it any more');
    for (const html of [review, settled, gone]) expect(html).not.toContain('Settle HK$');
  });

  test('is settled by a manager only', () => {
    expect(card({}, 'cashier')).not.toContain('Settle HK$');
  });
});

const comparisonWith = (facts: Partial<ComparisonView> = {}): ComparisonView => ({
  id: '01JD2X9K7M4QX9RW4H0V8T6B2D',
  day: '2026-10-31',
  outlet: null,
  state: 'done',
  startedAt: '2026-11-01T03:30:00+08:00',
  startedBy: 'server',
  endedAt: '2026-11-01T03:30:05+08:00',
  pages: 3,
  rows: 212,
  ours: { paid: 2, paidSum: 10_000, refunds: 1, refundSum: 2_500 },
  theirs: { paid: 3, paidSum: 17_700, refunds: 1, refundSum: 2_500 },
  currency: 'HKD',
  found: 1,
  open: 1,
  explained: 0,
  ...facts,
});

describe('a comparison', () => {
  test('shows both sides’ sums and by how much they differ', () => {
    const html = drawn(<Totals it={comparisonWith()} />);
    for (const said of ['HK$100.00', 'HK$177.00', 'HK$25.00', '-HK$77.00', '2 ×', '3 ×']) {
      expect(html).toContain(said);
    }
    expect(gapOf(comparisonWith())).toBe(-7_700);
    const theirs = { paid: 2, paidSum: 10_000, refunds: 0, refundSum: 0 };
    expect(gapOf(comparisonWith({ theirs }))).toBe(-2_500);
  });

  test('names no outlet while there is one, and each where there are two', () => {
    const list = (outlets: readonly { id: string; name: string }[]) =>
      drawn(
        <ComparisonTable
          chosen={null}
          list={{
            today: '2026-11-01',
            outlets,
            comparisons: [comparisonWith({ outlet: outlets[0] ?? null })],
          }}
        />,
      );
    expect(list([])).not.toContain('Outlet');
    const two = list([
      { id: 'A', name: 'Wan Chai' },
      { id: 'B', name: 'Mong Kok' },
    ]);
    expect(two).toContain('Outlet');
    expect(two).toContain('Wan Chai');
  });

  test('that was stopped, failed or agrees says so', () => {
    const said = (facts: Partial<ComparisonView>) => {
      const list = { today: '2026-11-01', outlets: [], comparisons: [comparisonWith(facts)] };
      return drawn(<ComparisonTable chosen={null} list={list} />);
    };
    expect(said({})).toContain('1 to look at');
    expect(said({ found: 0, open: 0 })).toContain('Agrees');
    expect(said({ found: 1, open: 0 })).toContain('Settled');
    expect(said({ state: 'stopped' })).toContain('Stopped');
    expect(said({ state: 'failed' })).toContain('No full answer');
    expect(said({ state: 'running' })).toContain('Comparing');
  });
});
