import { describe, expect, it } from 'vitest';
import type { Ending } from '@/server/qfpay/breaker';
import { answer, NUMBER, openShop, qrOrder, refundOrder, scanOrder } from './scripted-gateway';

const paid = { respcd: '0000', syssn: '42', out_trade_no: NUMBER, txamt: '3850', txcurrcd: 'HKD' };

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

  it('F09: is alarmed by a wrong signature, which decides nothing', async () => {
    const headers = { 'x-qf-sign': '0'.repeat(32) };
    const { qfpay, alarms } = openShop(() => answer(paid, { headers }));
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'unclear', why: 'bad-signature' });
    expect(alarms).toMatchObject([{ kind: 'bad-signature', endpoint: 'payment', number: NUMBER }]);
  });

  it('F89: is alarmed at once by a set-up that repeating never mends', async () => {
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

  it.each([
    ['an answer', answer(paid), 'answer'],
    ['a refusal', answer({ respcd: '1202' }), 'answer'],
    ['a wrong signature', answer(paid, { headers: { 'x-qf-sign': '0' } }), 'answer'],
    ['an unknown path', answer('', { status: 404 }), 'answer'],
    ['429', answer('', { status: 429 }), 'limited'],
    ['a page of HTML (F08)', answer('<html>Back soon</html>'), 'nothing'],
    ['JSON without a code', answer('{"message": "bad gateway"}'), 'nothing'],
    ['502 (F04, F05)', answer(paid, { status: 502 }), 'nothing'],
    ['another place', answer('', { status: 302 }), 'nothing'],
    ['silence', { kind: 'lost', why: 'timeout' } as const, 'nothing'],
    ['a cut line (F06)', { kind: 'lost', why: 'connection' } as const, 'nothing'],
    ['nobody there', { kind: 'not-sent', why: 'ECONNREFUSED' } as const, 'nothing'],
  ])('F87: tells the breaker after %s whether QFPay answered', async (_name, outcome, came) => {
    const endings: Ending[] = [];
    const take = async () => true;
    const [wantsProbe, limited] = [() => false, () => {}];
    const ended = (ending: Ending) => endings.push(ending);
    const budget = { take, wantsProbe, limited, ended };
    const { qfpay } = openShop(() => outcome, { budget });
    await qfpay.charge(scanOrder);
    await qfpay.askRefund(refundOrder);
    expect(endings).toEqual([
      { endpoint: 'payment', came, startedAt: 0 },
      { endpoint: 'query', came, startedAt: 40 },
    ]);
    // What was never sent says nothing about QFPay.
    await qfpay.charge({ ...qrOrder, amount: 0 });
    expect(endings).toHaveLength(2);
  });

  it('hears 429 as the budget does, once for each', async () => {
    let limited = 0;
    const count = () => {
      limited += 1;
    };
    const budget = { take: async () => true, wantsProbe: () => false, limited: count };
    const { qfpay } = openShop(() => answer('slow down', { status: 429 }), { budget });
    expect(await qfpay.charge(scanOrder)).toMatchObject({ says: 'not-sent', why: 'limited' });
    expect(await qfpay.ask(qrOrder)).toMatchObject({ says: 'unclear', why: 'not-sent' });
    expect(limited).toBe(2);
  });
});
