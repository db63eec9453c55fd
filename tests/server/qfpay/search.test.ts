import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import { MOST_ASKED } from '@/server/payments/ports';
import { createGatewayClock } from '@/server/qfpay/gateway-clock';
import { monthsOf } from '@/server/qfpay/search';
import {
  answer,
  type Fields,
  list,
  NUMBER,
  openShop,
  parametersOf,
  qrOrder,
  row,
} from './scripted-gateway';

const HOUR = 3_600_000;
/** Of a machine whose clock is right. */
const monthsAt = (createdAt: number) => {
  const time = createGatewayClock({ clock: { wall: () => createdAt, steady: () => 0 } });
  return monthsOf({ time }, { createdAt });
};
const JANUARY = { start_time: '2026-01-01 00:00:00', end_time: '2026-01-31 23:59:59' };
const FEBRUARY = { start_time: '2026-02-01 00:00:00', end_time: '2026-02-28 23:59:59' };
/** 2026-01-31 23:59:50 in Hong Kong. */
const LAST_SECONDS = Date.UTC(2026, 0, 31, 15, 59, 50);

describe('asking about one number', () => {
  it('searches the whole month of the order, a hundred rows at a time', async () => {
    const { qfpay, sent } = openShop(() => answer(list()));
    expect(await qfpay.ask(qrOrder)).toEqual({ source: 'query', says: 'none', by: 'number' });
    expect(sent).toMatchObject([{ method: 'POST', path: '/trade/v1/query', timeoutMs: 8_000 }]);
    expect(sent.map(parametersOf)).toEqual([
      { out_trade_no: NUMBER, ...JANUARY, page: '1', page_size: '100' },
    ]);
  });

  it('searches the month of Hong Kong, whatever the zone of the shop', async () => {
    // New Year's Eve in Hong Kong, 20:30; already the New Year in Auckland.
    const createdAt = Date.UTC(2025, 11, 31, 12, 30);
    const { qfpay, sent } = openShop(() => answer(list()), { shopTimeZone: 'Pacific/Auckland' });
    await qfpay.ask({ ...qrOrder, createdAt });
    expect(sent.map(parametersOf)).toMatchObject([
      { start_time: '2025-12-01 00:00:00', end_time: '2025-12-31 23:59:59' },
    ]);
  });

  it('F81: finds in February what was made at 23:59:50 on 31 January', async () => {
    const { qfpay, sent } = openShop((_request, { start_time }) =>
      answer(start_time === FEBRUARY.start_time ? list(row()) : list()),
    );
    const evidence = await qfpay.ask({ ...qrOrder, createdAt: LAST_SECONDS });
    expect(evidence).toMatchObject({ says: 'paid' });
    expect(sent.map(parametersOf)).toMatchObject([JANUARY, FEBRUARY]);
  });

  it('asks no second month once the first has it', async () => {
    const { qfpay, sent } = openShop(() => answer(list(row())));
    await qfpay.ask({ ...qrOrder, createdAt: LAST_SECONDS });
    expect(sent.map(parametersOf)).toMatchObject([JANUARY]);
  });

  it('says absent only when both months were answered', async () => {
    const { qfpay } = openShop((_request, { start_time }) =>
      start_time === FEBRUARY.start_time ? { kind: 'lost', why: 'timeout' } : answer(list()),
    );
    const order = { ...qrOrder, createdAt: LAST_SECONDS };
    expect(await qfpay.ask(order)).toMatchObject({ says: 'unclear', why: 'timeout' });
    const both = openShop(() => answer(list()));
    expect(await both.qfpay.ask(order)).toMatchObject({ says: 'none' });
    expect(both.sent).toHaveLength(2);
  });

  it('does not ask the second month without an allowance, and then knows nothing', async () => {
    const budget = { take: async () => false, wantsProbe: () => false, limited: () => {} };
    const { qfpay, sent } = openShop(() => answer(list()), { budget });
    const evidence = await qfpay.ask({ ...qrOrder, createdAt: LAST_SECONDS });
    expect(evidence).toMatchObject({ says: 'unclear', why: 'not-sent' });
    expect(sent).toHaveLength(1);
  });

  it('asks the month before in the first three hours of a month, and none in its middle', () => {
    const starts = (at: number) => monthsAt(at).map((month) => month.start);
    expect(starts(Date.UTC(2026, 1, 28, 18, 59, 59))).toEqual([
      '2026-03-01 00:00:00',
      '2026-02-01 00:00:00',
    ]);
    expect(starts(Date.UTC(2026, 1, 28, 19, 0, 1))).toEqual(['2026-03-01 00:00:00']);
    expect(starts(Date.UTC(2026, 1, 28, 12, 59, 59))).toEqual(['2026-02-01 00:00:00']);
    expect(starts(Date.UTC(2026, 1, 28, 13, 0, 1))).toEqual([
      '2026-02-01 00:00:00',
      '2026-03-01 00:00:00',
    ]);
  });

  it('covers every moment within three hours of the order', () => {
    const hours = fc.integer({ min: -3 * HOUR + 1000, max: 3 * HOUR - 1000 });
    const instant = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) });
    const nearEnd = fc
      .tuple(fc.integer({ min: 0, max: 71 }), fc.integer({ min: -4 * HOUR, max: 4 * HOUR }))
      .map(([month, offset]) => Date.UTC(2024, month, 1) - 8 * HOUR + offset);
    fc.assert(
      fc.property(fc.oneof(instant, nearEnd), hours, (createdAt, apart) => {
        const moment = createdAt + apart;
        const covered = monthsAt(createdAt).some(
          (month) => month.from <= moment && moment < month.to + 1000,
        );
        expect(covered).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['2028-02-29 12:00:00', '2028-02-01 00:00:00', '2028-02-29 23:59:59'],
    ['2027-02-28 12:00:00', '2027-02-01 00:00:00', '2027-02-28 23:59:59'],
    ['2026-12-31 12:00:00', '2026-12-01 00:00:00', '2026-12-31 23:59:59'],
    ['2027-01-01 12:00:00', '2027-01-01 00:00:00', '2027-01-31 23:59:59'],
  ])('F82: asks for an order of %s from %s to %s', async (at, start_time, end_time) => {
    const { qfpay, sent } = openShop(() => answer(list()));
    const createdAt = Date.parse(`${at.replace(' ', 'T')}+08:00`);
    await qfpay.ask({ ...qrOrder, createdAt });
    expect(sent.map(parametersOf)).toMatchObject([{ start_time, end_time }]);
    await qfpay.charge({ ...qrOrder, createdAt });
    expect(parametersOf(sent[1] ?? nothing).txdtm).toBe(at);
  });

  it('warns when two orders under one number were paid', async () => {
    const { qfpay, alarms } = openShop(() => answer(list(row(), row({ syssn: '43' }))));
    expect(await qfpay.ask(qrOrder)).toMatchObject({ says: 'paid' });
    expect(alarms).toMatchObject([{ kind: 'paid-twice', number: NUMBER }]);
  });

  it('warns of a row that blames the set-up', async () => {
    const { qfpay, alarms } = openShop(() => answer(list(row({ respcd: '1241' }))));
    expect(await qfpay.ask(qrOrder)).toMatchObject({ says: 'unclear', respcd: '1241' });
    expect(alarms).toMatchObject([{ kind: 'set-up', respcd: '1241' }]);
  });
});

describe('asking about several numbers at once', () => {
  const numbers = ['ABC0000000001X', 'ABC0000000002X', 'ABC0000000003X'] as PaymentId[];
  const [first, second, third] = numbers as [PaymentId, PaymentId, PaymentId];
  const orders = numbers.map((id) => ({ ...qrOrder, id }));
  const rowOf = (out_trade_no: string, fields: Fields = {}) => row({ out_trade_no, ...fields });
  const saysOf = (answers: ReadonlyMap<PaymentId, { readonly says: string }> | null) =>
    answers && [...answers].map(([id, evidence]) => [id, evidence.says]);

  it('is one list in one month, and a number that is not shown is absent', async () => {
    const { qfpay, sent } = openShop(() =>
      answer(list(rowOf(second), rowOf(first, { respcd: '1143' }))),
    );
    expect(saysOf(await qfpay.askMany(orders))).toEqual([
      [first, 'pending'],
      [second, 'paid'],
      [third, 'none'],
    ]);
    expect(sent.map(parametersOf)).toEqual([
      { out_trade_no: numbers.join(','), ...JANUARY, page: '1', page_size: '100' },
    ]);
  });

  it('says of each number what asking about it alone would say', async () => {
    const rows = [rowOf(first, { cancel: '5' }), rowOf(second, { respcd: '1202' })];
    const { qfpay } = openShop(() => answer(list(...rows)));
    const answers = await qfpay.askMany(orders);
    for (const order of orders) expect(answers?.get(order.id)).toEqual(await qfpay.ask(order));
  });

  it('F84: answers nothing about numbers that nobody asked for', async () => {
    const strangers = [rowOf('OTHER-1'), rowOf('OTHER-2', { mchid: 'SIMmchB' })];
    const { qfpay } = openShop(() => answer(list(...strangers, rowOf(first))));
    const answers = await qfpay.askMany(orders);
    expect([...(answers?.keys() ?? [])]).toEqual(numbers);
  });

  it('takes as many of our numbers as a list may hold, and no more', async () => {
    const { qfpay, sent, alarms } = openShop(() => answer(list()));
    const many = Array.from({ length: MOST_ASKED + 1 }, (_, index) => ({
      ...qrOrder,
      id: `ABC000000000${index}X` as PaymentId,
    }));
    const answers = await qfpay.askMany(many.slice(0, MOST_ASKED));
    expect(answers?.size).toBe(MOST_ASKED);
    expect(parametersOf(sent[0] ?? nothing).out_trade_no?.length).toBeLessThanOrEqual(128);
    expect(await qfpay.askMany(many)).toBeNull();
    const long = many.slice(0, 6).map((one) => ({ ...one, id: `${one.id}-2026-01` as PaymentId }));
    expect(await qfpay.askMany(long)).toBeNull();
    expect(sent).toHaveLength(1);
    expect(alarms).toEqual([]);
  });

  it('mixes no outlets, and asks nothing about nothing', async () => {
    const { qfpay, sent } = openShop(() => answer(list()));
    const mixed = orders.map((order, index) => ({ ...order, outlet: `SIM${index}` }));
    expect(await qfpay.askMany(mixed)).toBeNull();
    expect(await qfpay.askMany([])).toEqual(new Map());
    expect(sent).toHaveLength(0);
  });

  it.each([
    ['silence', { kind: 'lost', why: 'timeout' } as const],
    ['a refusal of the list', answer({ respcd: '1104', data: [] })],
    ['no list', answer({ respcd: '0000' })],
  ])('knows nothing after %s', async (_name, outcome) => {
    const { qfpay, sent } = openShop(() => outcome);
    expect(await qfpay.askMany(orders)).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it('calls nothing absent on a page that is full, or with a row that names no order', async () => {
    const full = Array.from({ length: 99 }, (_, index) => rowOf(`Z-${index}`));
    for (const rows of [
      [...full, rowOf(first)],
      [rowOf(first), rowOf('')],
    ]) {
      const { qfpay } = openShop(() => answer(list(...rows)));
      expect(saysOf(await qfpay.askMany(orders))).toEqual([
        [first, 'paid'],
        [second, 'unclear'],
        [third, 'unclear'],
      ]);
    }
  });

  it('asks the neighbour month too near a month’s end, and pays for it', async () => {
    let paid = 0;
    const budget = {
      take: async () => {
        paid += 1;
        return true;
      },
      wantsProbe: () => false,
      limited: () => {},
    };
    const script = (start: string | undefined) =>
      answer(start === FEBRUARY.start_time ? list(rowOf(second)) : list(rowOf(first)));
    const { qfpay, sent } = openShop((_request, { start_time }) => script(start_time), { budget });
    const late = orders.map((order) => ({ ...order, createdAt: LAST_SECONDS }));
    expect(saysOf(await qfpay.askMany(late))).toEqual([
      [first, 'paid'],
      [second, 'paid'],
      [third, 'none'],
    ]);
    expect(sent.map(parametersOf)).toMatchObject([JANUARY, FEBRUARY]);
    expect(paid).toBe(1);
  });

  it('leaves open what the month that was not answered might show', async () => {
    const { qfpay } = openShop((_request, { start_time }) =>
      start_time === FEBRUARY.start_time
        ? { kind: 'lost', why: 'timeout' }
        : answer(list(rowOf(first))),
    );
    const late = orders.map((order) => ({ ...order, createdAt: LAST_SECONDS }));
    expect(saysOf(await qfpay.askMany(late))).toEqual([
      [first, 'paid'],
      [second, 'unclear'],
      [third, 'unclear'],
    ]);
  });
});

const nothing = { method: 'POST', path: '', headers: {}, timeoutMs: 0 } as const;
