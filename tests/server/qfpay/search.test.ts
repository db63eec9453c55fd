import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import { monthsOf } from '@/server/qfpay/search';
import {
  answer,
  CREATED_AT,
  type Fields,
  list,
  NUMBER,
  openShop,
  parametersOf,
  qrOrder,
  row,
} from './scripted-gateway';

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
    // New Year's Eve, 15:30 in London: half an hour before midnight in Hong Kong.
    const createdAt = Date.UTC(2025, 11, 31, 15, 30);
    const { qfpay, sent } = openShop(() => answer(list()), { shopTimeZone: 'Pacific/Auckland' });
    await qfpay.ask({ ...qrOrder, createdAt });
    expect(sent.map(parametersOf)).toMatchObject([
      { start_time: '2025-12-01 00:00:00', end_time: '2025-12-31 23:59:59' },
    ]);
  });

  it('finds in February what was made at 23:59:50 on 31 January', async () => {
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
    const budget = { take: async () => false, limited: () => {} };
    const { qfpay, sent } = openShop(() => answer(list()), { budget });
    const evidence = await qfpay.ask({ ...qrOrder, createdAt: LAST_SECONDS });
    expect(evidence).toMatchObject({ says: 'unclear', why: 'not-sent' });
    expect(sent).toHaveLength(1);
  });

  it('asks the month before in the first minutes of a month, and none in its middle', () => {
    const starts = (at: number) => monthsOf(at).map((month) => month.start);
    expect(starts(Date.UTC(2026, 1, 28, 16, 14, 59))).toEqual([
      '2026-03-01 00:00:00',
      '2026-02-01 00:00:00',
    ]);
    expect(starts(Date.UTC(2026, 1, 28, 16, 15, 1))).toEqual(['2026-03-01 00:00:00']);
    expect(starts(Date.UTC(2026, 1, 28, 15, 44, 59))).toEqual(['2026-02-01 00:00:00']);
    expect(starts(Date.UTC(2026, 1, 28, 15, 45, 1))).toEqual([
      '2026-02-01 00:00:00',
      '2026-03-01 00:00:00',
    ]);
  });

  it('covers every moment within fifteen minutes of the order', () => {
    const minutes = fc.integer({ min: -15 * 60_000 + 1000, max: 15 * 60_000 - 1000 });
    const instant = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) });
    const nearEnd = fc
      .tuple(fc.integer({ min: 0, max: 71 }), fc.integer({ min: -1_000_000, max: 1_000_000 }))
      .map(([month, offset]) => Date.UTC(2024, month, 1) - 8 * 3_600_000 + offset);
    fc.assert(
      fc.property(fc.oneof(instant, nearEnd), minutes, (createdAt, apart) => {
        const moment = createdAt + apart;
        const covered = monthsOf(createdAt).some(
          (month) => month.from <= moment && moment < month.to + 1000,
        );
        expect(covered).toBe(true);
      }),
      { numRuns: 400 },
    );
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

describe('sweeping a window', () => {
  const yes = async () => true;
  const hour = { from: CREATED_AT - 1_800_000, to: CREATED_AT + 1_800_000, outlet: null };
  const orders = (count: number, first = 0): Fields[] =>
    Array.from({ length: count }, (_, index) =>
      row({ out_trade_no: `A-${first + index}`, syssn: `${first + index}` }),
    );
  const paged = (rows: readonly Fields[], size = 100) =>
    openShop((_request, { page }) => {
      const start = (Number(page) - 1) * size;
      return answer({ ...list(...rows.slice(start, start + size)), page_size: size });
    });

  it('reads pages until a short one', async () => {
    const { qfpay, sent } = paged(orders(225));
    const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect(complete).toBe(true);
    expect(rows).toHaveLength(225);
    expect(sent.map((request) => parametersOf(request).page)).toEqual(['1', '2', '3']);
    expect(parametersOf(sent[0] ?? sentNothing)).toEqual({
      start_time: '2026-01-05 12:37:09',
      end_time: '2026-01-05 13:37:09',
      page: '1',
      page_size: '100',
    });
  });

  it('is not fooled by a gateway that gives ten rows at a time', async () => {
    const { qfpay, sent } = paged(orders(25), 10);
    const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect({ complete, rows: rows.length, calls: sent.length }).toEqual({
      complete: true,
      rows: 25,
      calls: 3,
    });
  });

  it('asks each calendar month of Hong Kong by itself', async () => {
    const { qfpay, sent } = openShop(() => answer(list()));
    const from = LAST_SECONDS - 3_600_000;
    await qfpay.sweep({ from, to: LAST_SECONDS + 60_000, outlet: null, mayAskAgain: yes });
    expect(sent.map(parametersOf)).toMatchObject([
      { start_time: '2026-01-31 22:59:50', end_time: '2026-01-31 23:59:59' },
      { start_time: '2026-02-01 00:00:00', end_time: '2026-02-01 00:00:50' },
    ]);
  });

  it('answers a number once, though pages shift and rows repeat', async () => {
    const shifted = [...orders(100), ...orders(1, 99), ...orders(30, 100)];
    const { qfpay, alarms } = paged(shifted);
    const { rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect(rows).toHaveLength(130);
    expect(new Set(rows.map((one) => one.number)).size).toBe(130);
    expect(alarms).toEqual([]);
  });

  it('leaves refunds out', async () => {
    const { qfpay } = paged([row({ order_type: 'refund', out_trade_no: 'R-1' }), row()]);
    const { rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect(rows).toMatchObject([{ number: NUMBER, evidence: { says: 'paid' } }]);
  });

  it('asks for leave before every page but the first, and is incomplete without it', async () => {
    let asked = 0;
    const { qfpay, sent } = paged(orders(225));
    const mayAskAgain = async () => {
      asked += 1;
      return asked < 2;
    };
    const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain });
    expect({ complete, rows: rows.length, calls: sent.length, asked }).toEqual({
      complete: false,
      rows: 200,
      calls: 2,
      asked: 2,
    });
  });

  it.each([
    ['no answer', { kind: 'lost', why: 'timeout' } as const],
    ['an error', answer({ respcd: '1100', data: [] })],
    ['no list', answer({ respcd: '0000' })],
  ])('keeps what it has and is incomplete when a page brings %s', async (_name, second) => {
    const { qfpay } = openShop((_request, { page }) =>
      page === '1' ? answer(list(...orders(100))) : second,
    );
    const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect({ complete, rows: rows.length }).toEqual({ complete: false, rows: 100 });
  });

  it('is incomplete, but goes on, when a row cannot be read or names no order', async () => {
    for (const bad of ['?', row({ out_trade_no: '' })]) {
      const { qfpay } = openShop((_request, { page }) =>
        answer({ ...list(), data: page === '1' ? [bad, ...orders(99)] : orders(5, 200) }),
      );
      const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
      expect({ complete, rows: rows.length }).toEqual({ complete: false, rows: 104 });
    }
  });

  it('ends after fifty pages, incomplete', async () => {
    const { qfpay, sent } = openShop((_request, _parameters, count) =>
      answer(list(...orders(100, count * 100))),
    );
    const { complete } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect({ complete, calls: sent.length }).toEqual({ complete: false, calls: 50 });
  });

  it('says of a paid row everything that asking by number would say', async () => {
    const number = 'ABC-1' as PaymentId;
    const { qfpay } = openShop(() => answer(list(row({ out_trade_no: number, cancel: '5' }))));
    const { rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    const asked = await qfpay.ask({ ...qrOrder, id: number });
    expect(rows).toEqual([{ number, evidence: asked }]);
  });
});

const sentNothing = { method: 'POST', path: '', headers: {}, timeoutMs: 0 } as const;
