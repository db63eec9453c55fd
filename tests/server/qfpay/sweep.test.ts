import { describe, expect, it } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
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

/** 2026-01-31 23:59:50 in Hong Kong. */
const LAST_SECONDS = Date.UTC(2026, 0, 31, 15, 59, 50);
const sentNothing = { method: 'POST', path: '', headers: {}, timeoutMs: 0 } as const;

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

  it('F83: reads pages until a short one', async () => {
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

  it('F83: is not fooled by a gateway that gives ten rows at a time', async () => {
    const { qfpay, sent } = paged(orders(25), 10);
    const { complete, rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect({ complete, rows: rows.length, calls: sent.length }).toEqual({
      complete: true,
      rows: 25,
      calls: 3,
    });
  });

  it('F81: asks each calendar month of Hong Kong by itself', async () => {
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

  describe('that holds refunds', () => {
    const refund = (fields: Fields = {}) =>
      row({ order_type: 'refund', out_trade_no: 'R-1', origssn: '42', txamt: '1000', ...fields });
    const swept = (...rows: readonly Fields[]) =>
      paged(rows).qfpay.sweep({ ...hour, mayAskAgain: yes });

    it('tells them apart from payments, and whose money went back', async () => {
      const { rows, refunds } = await swept(refund(), row());
      expect(rows).toMatchObject([{ number: NUMBER, evidence: { says: 'paid' } }]);
      expect(refunds).toMatchObject([
        {
          number: 'R-1',
          evidence: { source: 'refund-query', says: 'done', respcd: '0000' },
          facts: { number: 'R-1', payment: '42', amount: 1000, currency: 'HKD' },
        },
      ]);
    });

    it('says of each what a question about it would say, and what it reads in any case', async () => {
      const { qfpay } = paged([refund({ respcd: '9999' })]);
      const { refunds } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
      const asked = await qfpay.askRefund({ ...qrOrder, id: 'R-1' as RefundId });
      expect(asked).toMatchObject({ says: 'unclear', respcd: '9999' });
      expect(refunds).toMatchObject([{ evidence: asked, facts: { amount: 1000, payment: '42' } }]);
      const odd = await swept(refund({ txamt: '10.00' }));
      expect(odd.refunds).toMatchObject([{ evidence: { says: 'unclear' }, facts: null }]);
    });

    it('answers one that was refused and then done as done, whatever the order of rows', async () => {
      const twice = [refund({ respcd: '1269' }), refund()];
      for (const rows of [twice, twice.toReversed()]) {
        const { refunds } = await swept(...rows);
        expect(refunds).toMatchObject([{ number: 'R-1', evidence: { says: 'done' } }]);
      }
    });

    it('knows one without a type by the payment it points at', async () => {
      const { rows, refunds } = await swept(refund({ order_type: '' }), row({ order_type: '' }));
      expect(rows.map((one) => one.number)).toEqual([NUMBER]);
      expect(refunds.map((one) => one.number)).toEqual(['R-1']);
    });

    it('calls one that bears no number by QFPay’s own', async () => {
      const { complete, refunds } = await swept(refund({ out_trade_no: '', syssn: '66' }));
      expect({ complete, number: refunds[0]?.number }).toEqual({ complete: true, number: '66' });
    });

    it('leaves closes out of both', async () => {
      const { complete, rows, refunds } = await swept(row({ order_type: 'close' }));
      expect({ complete, rows, refunds }).toEqual({ complete: true, rows: [], refunds: [] });
    });
  });

  it('F84: shows every row under its own number, with the outlet it is of', async () => {
    const stranger = row({ out_trade_no: 'OTHER-1', syssn: '7', mchid: 'SIMmchB' });
    const { qfpay } = paged([stranger, row()]);
    const { rows } = await qfpay.sweep({ ...hour, mayAskAgain: yes });
    expect(rows).toMatchObject([
      { number: 'OTHER-1', evidence: { facts: { number: 'OTHER-1', outlet: 'SIMmchB' } } },
      { number: NUMBER, evidence: { facts: { outlet: null } } },
    ]);
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
