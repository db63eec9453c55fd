import { describe, expect, it } from 'vitest';
import { goodsName } from '@/server/qfpay/client';
import { BASE_URLS } from '@/server/qfpay/environments';
import { signedPairs, signRequest } from '@/server/qfpay/sign';
import type { TransportOutcome } from '@/server/qfpay/transport';
import {
  APP_CODE,
  answer,
  closeOrder,
  KEY,
  list,
  NUMBER,
  openShop,
  parametersOf,
  qrOrder,
  refundOrder,
  scanOrder,
} from './scripted-gateway';

const paid = { respcd: '0000', syssn: '42', out_trade_no: NUMBER, txamt: '3850', txcurrcd: 'HKD' };

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

  it.each(['SHA256', 'MD5'] as const)('S41 is signed by %s and says so', async (signType) => {
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
    }
    expect(sent).toHaveLength(2);
  });

  it('F80: tells the time of the shop, whatever the zone of the process', async () => {
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
  ])('S59 reaches the transport and nothing else, given %s', async (_name, outcome) => {
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
  ])('S42 is not sent with %s in it, and not told to anybody', async (_name, authCode) => {
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

describe('the environments', () => {
  it('F88 S50 are the three of the specification, over TLS', () => {
    expect(BASE_URLS).toEqual({
      sandbox: 'https://openapi-int.qfapi.com',
      test: 'https://test-openapi-hk.qfapi.com',
      prod: 'https://openapi-hk.qfapi.com',
    });
  });
});
