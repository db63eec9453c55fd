import { describe, expect, it } from 'vitest';
import type { RefundId } from '@/lib/refund';
import { goodsName } from '@/server/qfpay/client';
import { BASE_URLS } from '@/server/qfpay/environments';
import { sameHex, signedPairs, signRequest } from '@/server/qfpay/sign';
import type { TransportOutcome } from '@/server/qfpay/transport';
import {
  APP_CODE,
  answer,
  KEY,
  list,
  NUMBER,
  openShop,
  parametersOf,
  qrOrder,
  row,
  scanOrder,
} from './scripted-gateway';

const paid = { respcd: '0000', syssn: '42', out_trade_no: NUMBER, txamt: '3850', txcurrcd: 'HKD' };
const refundOrder = {
  id: 'R-S01T02-20260105-000123-1' as RefundId,
  paymentNumber: '20260105180500020000000042',
  amount: 1000,
  currency: 'HKD',
  createdAt: Date.UTC(2026, 0, 5, 7, 0, 1),
  counter: 'till-02',
  outlet: 'SIMmchA001',
} as const;
const closeOrder = { ...qrOrder, mode: 'MPM', qfpayNumber: '43' } as const;

describe('what a charge sends', () => {
  it('is, for a QR, exactly the parameters of the specification', async () => {
    const { qfpay, sent } = openShop(() => answer(paid));
    await qfpay.charge(qrOrder);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/trade/v1/payment', timeoutMs: 15_000 });
    expect(sent.map(parametersOf)).toEqual([
      {
        txamt: '3850',
        txcurrcd: 'HKD',
        pay_type: '801501',
        out_trade_no: NUMBER,
        txdtm: '2026-01-05 13:07:09',
        expired_time: '5',
        udid: 'till-02',
      },
    ]);
  });

  it('is, for a scanned code, the code and no life of a QR', async () => {
    const { qfpay, sent } = openShop(() => answer(paid));
    await qfpay.charge({ ...scanOrder, outlet: 'SIMmchA001' });
    expect(sent.map(parametersOf)).toEqual([
      {
        txamt: '3850',
        txcurrcd: 'HKD',
        pay_type: '800208',
        out_trade_no: NUMBER,
        txdtm: '2026-01-05 13:07:09',
        udid: 'till-02',
        auth_code: '150123456789012345',
        mchid: 'SIMmchA001',
      },
    ]);
  });

  it('carries notify_url and the name of the shop where there are some', async () => {
    const notifyUrl = 'https://shop.example.hk/api/qfpay/notify';
    const options = { notifyUrl, shopName: '大文茶餐廳 ★ Tai Man & Co.' };
    const { qfpay, sent } = openShop(() => answer(paid), options);
    await qfpay.charge(qrOrder);
    expect(sent.map(parametersOf)).toMatchObject([
      { notify_url: notifyUrl, goods_name: '大文茶餐廳 Tai Man Co' },
    ]);
  });

  it.each(['SHA256', 'MD5'] as const)('is signed by %s and says so', async (signType) => {
    const { qfpay, sent } = openShop(() => answer(paid), { signType });
    await qfpay.charge(qrOrder);
    await qfpay.close(closeOrder);
    for (const request of sent) {
      const expected = signRequest(signedPairs(parametersOf(request)), KEY, signType);
      expect(request.headers).toMatchObject({
        'X-QF-APPCODE': APP_CODE,
        'X-QF-SIGNTYPE': signType,
        'X-QF-SIGN': expected,
      });
      expect(sameHex(expected, request.headers['X-QF-SIGN'] ?? '')).toBe(true);
    }
    expect(sent).toHaveLength(2);
  });

  it('tells the time of the shop, whatever the zone of the process', async () => {
    const before = process.env.TZ;
    process.env.TZ = 'America/New_York';
    try {
      const tokyo = openShop(() => answer(paid), { shopTimeZone: 'Asia/Tokyo' });
      await tokyo.qfpay.charge(qrOrder);
      expect(tokyo.sent.map(parametersOf)).toMatchObject([{ txdtm: '2026-01-05 14:07:09' }]);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('the outlet', () => {
  const everyCall = async (outlet: string | null) => {
    const { qfpay, sent } = openShop((request) =>
      request.path.endsWith('query') ? answer(list()) : answer(paid),
    );
    await qfpay.charge({ ...qrOrder, outlet });
    await qfpay.charge({ ...scanOrder, outlet });
    await qfpay.ask({ ...qrOrder, outlet });
    await qfpay.sweep({ from: 0, to: 1000, outlet, mayAskAgain: async () => true });
    await qfpay.close({ ...closeOrder, outlet });
    await qfpay.close({ ...closeOrder, mode: 'CPM', outlet });
    await qfpay.refund({ ...refundOrder, outlet });
    await qfpay.askRefund({ ...refundOrder, outlet });
    return sent;
  };

  it('is in every call when one was assigned', async () => {
    const sent = await everyCall('SIMmchA001');
    expect(sent).toHaveLength(8);
    for (const request of sent) expect(parametersOf(request).mchid).toBe('SIMmchA001');
  });

  it('is in no call and no signature when none was assigned', async () => {
    const sent = await everyCall(null);
    expect(sent).toHaveLength(8);
    for (const request of sent) {
      expect(`${request.body}${request.query}`).not.toContain('mchid');
      const signed = signRequest(signedPairs(parametersOf(request)), KEY, 'SHA256');
      expect(request.headers['X-QF-SIGN']).toBe(signed);
    }
  });
});

describe('the customer’s code', () => {
  const CODE = scanOrder.authCode;

  it.each([
    ['an answer', answer({ ...paid, auth_code: CODE })],
    ['a refusal that repeats it', answer({ respcd: '1202', resperr: `code ${CODE}` })],
    ['an answer of another kind', answer(`<html>${CODE}</html>`, { status: 500 })],
    ['silence', { kind: 'lost', why: 'timeout' } as TransportOutcome],
  ])('reaches the transport and nothing else, given %s', async (_name, outcome) => {
    const { qfpay, sent, reports, alarms } = openShop(() => outcome);
    const evidence = await qfpay.charge(scanOrder);
    expect(JSON.stringify(sent)).toContain(CODE);
    expect(reports).toHaveLength(1);
    expect(JSON.stringify({ evidence, reports, alarms })).not.toContain(CODE);
    expect(JSON.stringify({ evidence, reports, alarms })).not.toContain(KEY);
  });

  it.each([
    ['a control character', `15\u00010123456789012345`],
    ['another parameter', '150123&txamt=1'],
    ['too much', '1'.repeat(129)],
  ])('is not sent with %s in it, and not told to anybody', async (_name, authCode) => {
    const { qfpay, sent, reports, alarms } = openShop(() => answer(paid));
    const evidence = await qfpay.charge({ ...scanOrder, authCode });
    expect(evidence).toEqual({ source: 'charge', says: 'not-sent', why: 'unreachable' });
    expect(sent).toHaveLength(0);
    expect(alarms).toMatchObject([{ kind: 'unsendable', endpoint: 'payment', number: NUMBER }]);
    expect(JSON.stringify({ reports, alarms })).not.toContain('15');
  });

  it('may hold signs that mean something elsewhere', async () => {
    const { qfpay, sent } = openShop(() => answer(paid));
    const authCode = 'a+b%20c&d=e f/日';
    await qfpay.charge({ ...scanOrder, authCode });
    expect(sent.map(parametersOf)).toMatchObject([{ auth_code: authCode }]);
  });
});

describe('an amount', () => {
  const charged = async (unitOf: { JPY: 1 | 100 | null; IDR: null; MMK: null }) => {
    const txamt = String(500 * (unitOf.JPY ?? 0));
    const shop = openShop(() => answer({ ...paid, txamt, txcurrcd: 'JPY' }), { unitOf });
    const order = { ...scanOrder, amount: 500, currency: 'JPY' } as const;
    return { ...shop, evidence: await shop.qfpay.charge(order) };
  };

  it.each([
    [1, '500'],
    [100, '50000'],
  ] as const)('of ¥500 goes out and comes back in units of %i', async (JPY, txamt) => {
    const { sent, evidence } = await charged({ JPY, IDR: null, MMK: null });
    expect(sent.map(parametersOf)).toMatchObject([{ txamt, txcurrcd: 'JPY' }]);
    expect(evidence).toMatchObject({ says: 'paid', facts: { amount: 500, currency: 'JPY' } });
  });

  it('of a currency whose unit nobody confirmed is never sent', async () => {
    const { sent, evidence, alarms } = await charged({ JPY: null, IDR: null, MMK: null });
    expect(sent).toHaveLength(0);
    expect(evidence).toMatchObject({ says: 'not-sent' });
    expect(alarms).toMatchObject([{ kind: 'unsendable', detail: 'out of bounds: txamt' }]);
  });

  it.each([0, -1, 0.5, 2 ** 31, Number.NaN])('of %d is never sent', async (amount) => {
    const { qfpay, sent } = openShop(() => answer(paid));
    expect(await qfpay.charge({ ...qrOrder, amount })).toMatchObject({ says: 'not-sent' });
    expect(sent).toHaveLength(0);
  });
});

describe('the name of the goods', () => {
  it.each([
    [null, null],
    ['', null],
    ['★&¤<img>', 'img'],
    ['<>&', null],
    ['  Joe’s   Diner\n#2 ', 'Joe s Diner 2'],
    ['凍檸茶走甜'.repeat(5), '凍檸茶走甜'.repeat(4)],
    ['𠮷'.repeat(21), '𠮷'.repeat(20)],
  ])('made of %j is %j', (shop, goods) => {
    expect(goodsName(shop)).toBe(goods);
  });
});

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
    expect(parametersOf(sent[0] ?? closeNothing)).toEqual({
      out_trade_no: NUMBER,
      txamt: '3850',
      txdtm: '2026-01-05 13:07:09',
      udid: 'till-02',
    });
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

const closeNothing = {
  method: 'POST',
  path: '',
  headers: {},
  timeoutMs: 0,
} as const;

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

describe('whoever listens', () => {
  it('hears of every call what it came to, and how far the clocks are apart', async () => {
    const headers = { date: 'Mon, 05 Jan 2026 05:07:11 GMT' };
    const { qfpay, reports } = openShop(() => answer(paid, { headers }));
    await qfpay.charge(scanOrder);
    expect(reports).toEqual([
      {
        endpoint: 'payment',
        number: NUMBER,
        ms: 40,
        says: 'paid',
        respcd: '0000',
        status: 200,
        silence: null,
        gatewayTime: Date.UTC(2026, 0, 5, 5, 7, 11),
        signedBy: null,
      },
    ]);
  });

  it('hears why there was no answer', async () => {
    const { qfpay, reports } = openShop(() => ({ kind: 'not-sent', why: 'ECONNREFUSED' }));
    expect(await qfpay.charge(qrOrder)).toEqual({
      source: 'charge',
      says: 'not-sent',
      why: 'unreachable',
    });
    expect(reports).toMatchObject([{ says: 'not-sent', silence: 'ECONNREFUSED', status: null }]);
  });

  it('is alarmed by a wrong signature, which decides nothing', async () => {
    const headers = { 'x-qf-sign': '0'.repeat(32) };
    const { qfpay, alarms } = openShop(() => answer(paid, { headers }));
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'unclear', why: 'bad-signature' });
    expect(alarms).toMatchObject([{ kind: 'bad-signature', endpoint: 'payment', number: NUMBER }]);
  });

  it('is alarmed by a set-up that repeating never mends', async () => {
    const { qfpay, alarms } = openShop(() => answer({ respcd: '1108' }));
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'refused', respcd: '1108' });
    expect(await qfpay.ask(qrOrder)).toMatchObject({ says: 'unclear', respcd: '1108' });
    expect(alarms.map((alarm) => [alarm.kind, alarm.endpoint, alarm.respcd])).toEqual([
      ['set-up', 'payment', '1108'],
      ['set-up', 'query', '1108'],
    ]);
  });

  it('is alarmed by an answer that contradicts itself', async () => {
    const { qfpay, alarms } = openShop(() => answer({ ...paid, data: { txamt: '385' } }));
    await qfpay.charge(scanOrder);
    expect(alarms).toMatchObject([{ kind: 'contradiction', number: NUMBER, respcd: '0000' }]);
  });

  it('cannot break a payment by failing', async () => {
    const onCall = () => {
      throw new Error('the log is full');
    };
    const { qfpay } = openShop(() => answer(paid), { onCall });
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'paid' });
  });

  it('is not needed', async () => {
    const { qfpay } = openShop(() => {
      throw new Error('a transport that breaks its word');
    });
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'unclear', why: 'connection' });
  });

  it('hears 429 as the budget does, once for each', async () => {
    let limited = 0;
    const count = () => {
      limited += 1;
    };
    const budget = { take: async () => true, limited: count };
    const { qfpay } = openShop(() => answer('slow down', { status: 429 }), { budget });
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'not-sent', why: 'limited' });
    expect(await qfpay.ask(qrOrder)).toMatchObject({ says: 'unclear', why: 'not-sent' });
    expect(limited).toBe(2);
  });
});

describe('the environments', () => {
  it('are the three of the specification, over TLS', () => {
    expect(BASE_URLS).toEqual({
      sandbox: 'https://openapi-int.qfapi.com',
      test: 'https://test-openapi-hk.qfapi.com',
      prod: 'https://openapi-hk.qfapi.com',
    });
  });
});
