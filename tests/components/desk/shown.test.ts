import { expect, test } from 'vitest';
import { placeOf, shownOf } from '@/components/desk/history/shown';
import { paymentWith } from '../../support/shop-window';

const sale = (minute: number, more = {}) =>
  paymentWith({
    id: `SALE${String(minute).padStart(2, '0')}`,
    createdAt: `2026-01-05T14:${String(minute).padStart(2, '0')}:00+08:00`,
    ...more,
  });
const ids = ({ payments }: ReturnType<typeof shownOf>) => payments.map(({ id }) => id);
const page = [sale(5), sale(4), sale(3)];
const known = { pages: [page], hasMore: true, news: [], belongs: () => true, ceiling: null };

test('a new sale heads the list of whoever is at its top', () => {
  const shown = shownOf({ ...known, news: [sale(6)] });
  expect(ids(shown)).toEqual(['SALE06', 'SALE05', 'SALE04', 'SALE03']);
  expect(shown.waiting).toBe(0);
});

test('for whoever reads further down it is counted, also when the pages were read again', () => {
  const ceiling = placeOf(sale(5));
  const told = shownOf({ ...known, ceiling, news: [sale(7), sale(6)] });
  expect(ids(told)).toEqual(['SALE05', 'SALE04', 'SALE03']);
  expect(told.waiting).toBe(2);
  const again = shownOf({ ...known, ceiling, pages: [[sale(7), sale(6), ...page]] });
  expect([ids(again), again.waiting]).toEqual([ids(told), 2]);
});

test('what does not belong to the list, or lies below its end, is not put in', () => {
  const belongs = ({ id }: { id: string }) => id !== 'SALE06';
  expect(ids(shownOf({ ...known, belongs, news: [sale(6), sale(1)] }))).toEqual(
    page.map(({ id }) => id),
  );
  const whole = shownOf({ ...known, hasMore: false, news: [sale(1)] });
  expect(ids(whole).at(-1)).toBe('SALE01');
});

test('a sale is there once, in its newest picture', () => {
  const renewed = sale(4, { version: 9, state: 'paid' });
  const shown = shownOf({ ...known, pages: [page, [sale(3)]], news: [renewed] });
  expect(ids(shown)).toEqual(['SALE05', 'SALE04', 'SALE03']);
  expect(shown.payments[1]?.state).toBe('paid');
});

test('sales of one second stand in the order in which they were rung up', () => {
  const at = (fraction: string) => `2026-01-05T14:06:00${fraction}+08:00`;
  const [early, late] = [
    sale(6, { id: 'SALE9', createdAt: at('.100') }),
    sale(6, { id: 'SALE1', createdAt: at('.900') }),
  ];
  expect(ids(shownOf({ ...known, news: [early, late] })).slice(0, 2)).toEqual(['SALE1', 'SALE9']);
});
