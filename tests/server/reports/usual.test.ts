/** Which amounts a counter is offered: what its outlet takes most around this hour. */
import { describe, expect, test } from 'vitest';
import type { AmountCell, Span } from '@/server/reports/ports';
import { createUsual, spansAround } from '@/server/reports/usual';

const ZONE = 'Asia/Hong_Kong';
const at = (text: string): number => Date.parse(`${text}+08:00`);
const NOW = at('2026-01-05T14:25:00');
const DAY = 86_400_000;

type Sale = { readonly at: number; readonly amount: number; readonly outlet?: string | null };

/** A shop whose books are a list; `reads` counts the questions. */
function shop(sales: readonly Sale[], currency: AmountCell['currency'] = 'HKD') {
  const state = { now: NOW, reads: 0, fails: false };
  const amounts = async ({ from, to }: Span): Promise<AmountCell[]> => {
    state.reads += 1;
    if (state.fails) throw new Error('no database');
    return sales
      .filter((sale) => sale.at >= from && sale.at < to)
      .map(({ amount, outlet = null }) => ({ outlet, currency, amount, count: 1 }));
  };
  const usual = createUsual({
    ...{ store: { amounts }, zone: ZONE, currency: 'HKD' as const },
    ...{ now: () => state.now, breathe: async () => {} },
  });
  return { state, usual };
}

const often = (amount: number, times: number, when = NOW, outlet: string | null = null): Sale[] =>
  Array.from({ length: times }, (_, n) => ({ at: when - (n + 1) * DAY, amount, outlet }));

describe('the usual amounts', () => {
  test('are the most frequent of this hour, six at most, the smallest first', async () => {
    const sales = [900, 800, 700, 600, 500, 400, 300].flatMap((amount, n) => often(amount, 3 + n));
    expect(await shop(sales).usual(null)).toEqual([300, 400, 500, 600, 700, 800]);
  });

  test('need three sales: less is chance', async () => {
    expect(await shop([...often(500, 2), ...often(300, 3)]).usual(null)).toEqual([300]);
  });

  test('are of this time of day: what is bought at breakfast is not offered at two', async () => {
    const breakfast = at('2026-01-05T08:25:00');
    const { usual, state } = shop([...often(2800, 5, breakfast), ...often(4800, 5)]);
    expect(await usual(null)).toEqual([4800]);
    state.now = breakfast;
    expect(await usual(null)).toEqual([2800]);
  });

  test('reach an hour to each side of the hour of the clock, and four weeks back', () => {
    const spans = spansAround(NOW, ZONE);
    expect(spans).toHaveLength(29);
    expect(spans[0]).toEqual({ from: at('2026-01-05T13:00:00'), to: at('2026-01-05T16:00:00') });
    expect(spans[28]).toEqual({ from: at('2025-12-08T13:00:00'), to: at('2025-12-08T16:00:00') });
  });

  test('go by the clock on the wall where a zone changes its hour', () => {
    const spans = spansAround(Date.parse('2026-03-30T12:30:00+02:00'), 'Europe/Berlin');
    expect(spans[0]?.from).toBe(Date.parse('2026-03-30T11:00:00+02:00'));
    expect(spans[2]?.from).toBe(Date.parse('2026-03-28T11:00:00+01:00'));
  });

  test('are each outlet’s own, and of the shop’s currency', async () => {
    const sales = [...often(500, 4, NOW, 'M100'), ...often(900, 4, NOW, 'M200')];
    const { usual } = shop(sales);
    expect([await usual('M100'), await usual('M200'), await usual(null)]).toEqual([
      ...[[500], [900], []],
    ]);
    expect(await shop(sales, 'CNY').usual('M100')).toEqual([]);
  });
});

describe('remembering', () => {
  test('one look is good for every counter for ten minutes, and not for the next hour', async () => {
    const { usual, state } = shop(often(500, 4));
    await Promise.all([usual(null), usual('M100')]);
    state.now = NOW + 9 * 60_000;
    await usual(null);
    expect(state.reads).toBe(29);
    state.now = NOW + 11 * 60_000;
    await usual(null);
    expect(state.reads).toBe(58);
    state.now = at('2026-01-05T15:00:00');
    await usual(null);
    expect(state.reads).toBe(87);
  });

  test('a failure is not remembered', async () => {
    const { usual, state } = shop(often(500, 4));
    state.fails = true;
    await expect(usual(null)).rejects.toThrow('no database');
    state.fails = false;
    expect(await usual(null)).toEqual([500]);
  });
});
