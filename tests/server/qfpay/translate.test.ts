import { describe, expect, it } from 'vitest';
import { classify, RESULTS } from '@/lib/results';
import { hear } from '@/server/qfpay/answer';
import { refundEvidence } from '@/server/qfpay/refunds';
import { chargeEvidence, closeEvidence } from '@/server/qfpay/translate';
import { answer, type Fields, KEY, NUMBER, SHAPES, UNITS } from './scripted-gateway';

/** F13: 9999 is a code that nobody knows. */
const CODES = [...Object.keys(RESULTS), '9999', 'OK', '0001'];
const reading = { unitOf: UNITS, currency: 'HKD' };
const QR = 'https://qr.alipay.com/baxSIM000000000042';

const order: Fields = {
  respcd: '0000',
  syssn: '20260105180500020000000042',
  out_trade_no: NUMBER,
  pay_type: '801501',
  txamt: '3850',
  txcurrcd: 'HKD',
  sysdtm: '2026-01-05 13:07:10',
  paydtm: '2026-01-05 13:07:31',
  chnlsn: '2026010522001400000000000042',
};
const facts = {
  number: NUMBER,
  amount: 3850,
  currency: 'HKD',
  outlet: null,
  qfpayNumber: '20260105180500020000000042',
  walletNumber: '2026010522001400000000000042',
  payType: '801501',
  reversed: false,
};
/** 13:07:31 in Hong Kong. */
const PAID_AT = Date.UTC(2026, 0, 5, 5, 7, 31);

describe.each(SHAPES)('answers in the %s shape', (_name, shape) => {
  const charged = (mode: 'MPM' | 'CPM', fields: Fields) =>
    chargeEvidence(hear(answer(shape({ ...order, ...fields })), KEY), mode, reading);

  it.each(CODES)(
    'reports a scanned code answered with %s as the table of results says',
    (respcd) => {
      const says = classify(respcd, 'charge-cpm');
      const evidence = charged('CPM', { respcd });
      expect(evidence).toMatchObject({ source: 'charge', says, respcd });
      if (evidence.says === 'unclear') expect(evidence.why).toBe('code');
      if (evidence.says === 'paid') expect(evidence.facts).toEqual({ ...facts, paidAt: PAID_AT });
    },
  );

  it.each(CODES)('reports a QR order answered with %s as the table of results says', (respcd) => {
    const says = classify(respcd, 'charge-mpm');
    expect(charged('MPM', { respcd })).toMatchObject({ source: 'charge', says, respcd });
  });

  it.each(CODES)(
    'never takes an answer to a QR order for a payment, not even %s SUCCESS',
    (respcd) => {
      const evidence = charged('MPM', { respcd, txstatus: 'SUCCESS', qrcode: QR });
      expect(evidence.says).not.toBe('paid');
      if ('facts' in evidence) expect(evidence.facts.paidAt).toBeNull();
    },
  );

  it.each(CODES)('reports a close answered with %s as the table of results says', (respcd) => {
    const evidence = closeEvidence(hear(answer(shape({ ...order, respcd })), KEY), null);
    expect(evidence).toEqual({ source: 'close', says: classify(respcd, 'close'), respcd });
  });

  it.each(CODES)('reports a refund answered with %s as the table of results says', (respcd) => {
    const body = shape({ ...order, respcd, orig_syssn: '41' });
    const evidence = refundEvidence(hear(answer(body), KEY), reading);
    expect(evidence).toMatchObject({ source: 'refund', says: classify(respcd, 'refund'), respcd });
    if (evidence.says === 'done')
      expect(evidence.facts).toMatchObject({ payment: '41', amount: 3850 });
  });

  it.each([
    ['0000', 'SUCCESS', 'paid'],
    ['0000', 'PENDING', 'pending'],
    ['0000', 'FAILED', 'unclear'],
    ['0000', 'REVERSED', 'unclear'],
    ['1143', 'PENDING', 'pending'],
    ['1143', 'SUCCESS', 'unclear'],
    ['1145', 'FAILED', 'unclear'],
    ['1202', 'FAILED', 'refused'],
    ['1202', 'SUCCESS', 'unclear'],
    ['1201', 'PENDING', 'unclear'],
  ])('hears %s with the status %s of a scanned code as %s', (respcd, txstatus, says) => {
    const evidence = charged('CPM', { respcd, txstatus });
    expect(evidence).toMatchObject({ says, respcd });
    if (evidence.says === 'unclear') expect(evidence.why).toBe('contradiction');
  });

  it('finds the QR in qrcode first and in pay_url when that is empty', () => {
    expect(charged('MPM', { qrcode: QR, pay_url: 'https://x' })).toMatchObject({ qrCode: QR });
    expect(charged('MPM', { qrcode: '', pay_url: QR })).toMatchObject({ qrCode: QR });
    expect(charged('MPM', { qrcode: null })).toMatchObject({ says: 'created', qrCode: null });
  });

  it('takes an order still in progress that brings a QR for made', () => {
    expect(charged('MPM', { respcd: '1143', qrcode: QR })).toMatchObject({
      says: 'created',
      qrCode: QR,
    });
  });

  it.each(['38.50', 'HKD', '-3850', '3e3'])('calls an amount of %s a contradiction', (txamt) => {
    const why = 'contradiction';
    expect(charged('CPM', { txamt })).toMatchObject({ says: 'unclear', why });
    expect(charged('MPM', { txamt })).toMatchObject({ says: 'unclear', why });
  });

  it('F10, F11, F12: passes another number, amount or currency on as it was said', () => {
    expect(charged('CPM', { out_trade_no: 'X', txamt: 385, txcurrcd: 'USD' })).toMatchObject({
      says: 'paid',
      facts: { number: 'X', amount: 385, currency: 'USD' },
    });
  });

  it('says nothing where the answer says nothing', () => {
    const evidence = charged('CPM', {
      ...{ out_trade_no: null, txamt: '', txcurrcd: undefined, chnlsn: '', pay_type: null },
      ...{ sysdtm: undefined, paydtm: 'soon', syssn: '' },
    });
    expect(evidence).toMatchObject({
      says: 'paid',
      facts: {
        ...{ number: null, amount: null, currency: null, outlet: null, qfpayNumber: null },
        ...{ walletNumber: null, payType: null, paidAt: null, reversed: false },
      },
    });
  });

  it('takes "1251, out_trade_no is used" for a number sent before, not for a refusal', () => {
    const used = { respcd: '1251', respmsg: 'out_trade_no is used' };
    expect(charged('CPM', used)).toMatchObject({ says: 'unclear', why: 'code' });
    expect(refundEvidence(hear(answer(shape({ ...order, ...used })), KEY), reading)).toMatchObject({
      says: 'unclear',
    });
  });
});

describe('a close', () => {
  const closed = (fields: Fields) =>
    closeEvidence(hear(answer({ respcd: '0000', ...fields }), KEY), '42').says;

  it('is not believed when the answer brings the original number alone', () => {
    expect(closed({ syssn: '77', orig_syssn: '42' })).toBe('closed');
    expect(closed({ orig_syssn: '42' })).toBe('unclear');
    expect(closed({})).toBe('closed');
  });

  it('is not believed when the answer is about another order', () => {
    expect(closed({ syssn: '77', orig_syssn: '43' })).toBe('unclear');
    const unnamed = hear(answer({ respcd: '0000', syssn: '77', orig_syssn: '43' }), KEY);
    expect(closeEvidence(unnamed, null).says).toBe('closed');
  });

  it('is not believed when the status beside it says otherwise', () => {
    expect(closed({ data: { txstatus: 'FAILED' } })).toBe('unclear');
    expect(closed({ data: { txstatus: 'PENDING' } })).toBe('unclear');
    expect(closed({ data: { txstatus: 'SUCCESS' } })).toBe('closed');
  });

  it('that went unanswered says nothing', () => {
    const unclear = { source: 'close', says: 'unclear', respcd: null };
    expect(closeEvidence({ kind: 'unclear', why: 'timeout' }, '42')).toEqual(unclear);
    expect(closeEvidence({ kind: 'not-sent', why: 'limited' }, '42')).toEqual(unclear);
  });
});

describe('a refund', () => {
  const refunded = (fields: Fields) =>
    refundEvidence(hear(answer({ ...order, ...fields }), KEY), reading);

  it.each([
    ['Outside the refund period: none from 23:30 to 00:30', 'deferred'],
    ['該時段（23:30-00:30）不可退款', 'deferred'],
    ['', 'deferred'],
    ['The transaction is past its refundable period', 'refused'],
    ['已超過退款期限', 'refused'],
    ['超过可退款有效期', 'refused'],
  ])('answered 1265 with "%s" is %s', (resperr, says) => {
    expect(refunded({ respcd: '1265', resperr })).toMatchObject({ says });
  });

  it('that may have left is unclear, and one that did not is not sent', () => {
    const unclear = refundEvidence({ kind: 'unclear', why: 'timeout' }, reading);
    expect(unclear).toMatchObject({ says: 'unclear', why: 'timeout' });
    const unsent = refundEvidence({ kind: 'not-sent', why: 'limited' }, reading);
    expect(unsent).toMatchObject({ says: 'not-sent', why: 'limited' });
  });

  it('called done with the status PENDING is under way, with FAILED a contradiction', () => {
    expect(refunded({ txstatus: 'PENDING' })).toMatchObject({ says: 'processing' });
    expect(refunded({ txstatus: 'FAILED' })).toMatchObject({ why: 'contradiction' });
  });
});
