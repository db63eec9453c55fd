import { describe, expect, it } from 'vitest';
import {
  answer,
  closeOrder,
  list,
  NUMBER,
  openShop,
  parametersOf,
  refundOrder,
  row,
} from './scripted-gateway';

describe('closing', () => {
  it('a QR order goes by GET to close, with QFPay’s number', async () => {
    const { qfpay, sent } = openShop(() => answer({ respcd: '0000', syssn: '77' }));
    expect(await qfpay.close(closeOrder)).toEqual({
      source: 'close',
      says: 'closed',
      respcd: '0000',
    });
    expect(sent).toMatchObject([{ method: 'GET', path: '/trade/v1/close', timeoutMs: 8_000 }]);
    expect(sent[0]?.body).toBeUndefined();
    expect(sent[0]?.query).toContain('txdtm=2026-01-05%2013%3A07%3A09');
    expect(sent.map(parametersOf)).toEqual([
      { syssn: '43', txamt: '3850', txdtm: '2026-01-05 13:07:09', udid: 'till-02' },
    ]);
  });

  it('a scanned order goes by POST to reversal, with our number when QFPay’s is unknown', async () => {
    const { qfpay, sent } = openShop(() => answer({ respcd: '1143' }));
    const evidence = await qfpay.close({ ...closeOrder, mode: 'CPM', qfpayNumber: null });
    expect(evidence).toEqual({ source: 'close', says: 'unclear', respcd: '1143' });
    expect(sent).toMatchObject([{ method: 'POST', path: '/trade/v1/reversal', timeoutMs: 8_000 }]);
    expect(sent.map(parametersOf)).toEqual([
      {
        out_trade_no: NUMBER,
        txamt: '3850',
        txdtm: '2026-01-05 13:07:09',
        udid: 'till-02',
      },
    ]);
  });

  it.each([404, 405])('is tried once with the other method after %i', async (status) => {
    const { qfpay, sent } = openShop((request) =>
      request.method === 'GET' ? answer('no', { status }) : answer({ respcd: '0000', syssn: '7' }),
    );
    expect(await qfpay.close(closeOrder)).toMatchObject({ says: 'closed' });
    expect(sent.map((request) => request.method)).toEqual(['GET', 'POST']);
    expect(sent[0]?.headers['X-QF-SIGN']).toBe(sent[1]?.headers['X-QF-SIGN']);
  });

  it('gives up when neither method is known, and never repeats a reversal', async () => {
    const { qfpay, sent } = openShop(() => answer('no', { status: 405 }));
    expect(await qfpay.close(closeOrder)).toMatchObject({ says: 'unclear' });
    expect(sent).toHaveLength(2);
    expect(await qfpay.close({ ...closeOrder, mode: 'CPM' })).toMatchObject({ says: 'unclear' });
    expect(sent).toHaveLength(3);
  });

  it.each([500, 302, 200])('is not repeated after %i', async (status) => {
    const { qfpay, sent } = openShop(() => answer('no', { status }));
    await qfpay.close(closeOrder);
    expect(sent).toHaveLength(1);
  });
});

describe('refunding', () => {
  it('names the payment by QFPay’s number and the refund by a new one of ours', async () => {
    const { qfpay, sent } = openShop(() =>
      answer({ respcd: '0000', syssn: '50', orig_syssn: '42', out_trade_no: refundOrder.id }),
    );
    expect(await qfpay.refund(refundOrder)).toMatchObject({
      says: 'done',
      facts: { number: refundOrder.id, qfpayNumber: '50', payment: '42' },
    });
    expect(sent).toMatchObject([{ path: '/trade/v1/refund', method: 'POST', timeoutMs: 15_000 }]);
    expect(sent.map(parametersOf)).toEqual([
      {
        mchid: 'SIMmchA001',
        syssn: '20260105180500020000000042',
        out_trade_no: refundOrder.id,
        txamt: '1000',
        txdtm: '2026-01-05 15:00:01',
        udid: 'till-02',
      },
    ]);
    // R09 of the published vectors.
    expect(sent[0]?.headers['X-QF-SIGN']).toBe(
      '2A63285DDB3B0D82D1FB52D094421D97DD273285657488FCF70285D8C3962A8B',
    );
  });

  it('is asked about by the refund’s own number in the month of the refund', async () => {
    const { qfpay, sent } = openShop(() =>
      answer(list(row({ order_type: 'refund', out_trade_no: refundOrder.id, respcd: '1269' }))),
    );
    expect(await qfpay.askRefund(refundOrder)).toMatchObject({ says: 'refused', respcd: '1269' });
    expect(sent.map(parametersOf)).toMatchObject([
      {
        out_trade_no: refundOrder.id,
        start_time: '2026-01-01 00:00:00',
        end_time: '2026-01-31 23:59:59',
      },
    ]);
  });
});
