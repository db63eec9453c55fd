import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, RESULTS } from '@/lib/results';
import { hear } from '@/server/qfpay/answer';
import { refundQueryEvidence } from '@/server/qfpay/refunds';
import { merge, paymentEvidence } from '@/server/qfpay/rows';
import { answer, type Fields, KEY, list, NUMBER, row, UNITS } from './scripted-gateway';
import vectors from './vectors.json';

const CODES = [...Object.keys(RESULTS), '9999'];
const reading = { unitOf: UNITS, currency: 'HKD' };
const asked = (body: object | string, number: string = NUMBER) =>
  paymentEvidence(hear(answer(body), KEY), number, reading);
const none = { source: 'query', says: 'none', by: 'number' };

describe('a question about a payment', () => {
  it.each(CODES)('reports a row with %s as the table of results says', (respcd) => {
    const says = classify(respcd, 'query');
    const evidence = asked(list(row({ respcd })));
    expect(evidence).toMatchObject(says === 'none' ? none : { source: 'query', says, respcd });
  });

  it.each(CODES.filter((code) => code !== '0000'))(
    'learns nothing about the payment from the outer code %s',
    (respcd) => {
      const evidence = asked({ ...list(row()), respcd });
      expect(evidence).toEqual({ source: 'query', says: 'unclear', respcd, why: 'code' });
    },
  );

  it('reads the published vectors: a paid row, and an empty list that is no failure', () => {
    const [paid, empty] = ['S03-query', 'S04-query-empty'].map(
      (id) => vectors.response.find((vector) => vector.id === id)?.raw_body ?? '',
    );
    expect(asked(paid ?? '')).toMatchObject({
      says: 'paid',
      respcd: '0000',
      facts: {
        number: NUMBER,
        amount: 3850,
        currency: 'HKD',
        paidAt: Date.UTC(2026, 0, 5, 5, 7, 31),
        reversed: false,
      },
    });
    expect(asked(empty ?? '')).toEqual(none);
  });

  it('takes an answer without a list for no answer', () => {
    expect(asked({ respcd: '0000' })).toMatchObject({ says: 'unclear', why: 'no-code' });
    expect(asked({ respcd: '0000', data: null })).toMatchObject({ says: 'unclear' });
  });

  it('F84: looks at nobody else’s rows, and never at a refund', () => {
    const others = [
      row({ out_trade_no: `${NUMBER}0` }),
      row({ out_trade_no: NUMBER.toLowerCase() }),
      row({ order_type: 'refund' }),
      row({ order_type: 'close' }),
    ];
    expect(asked(list(...others))).toEqual(none);
  });

  it('takes a row without order_type for a payment', () => {
    expect(asked(list(row({ order_type: undefined })))).toMatchObject({ says: 'paid' });
    expect(asked(list(row({ order_type: '' })))).toMatchObject({ says: 'paid' });
  });

  it('does not call it absent when a row names no order or cannot be read', () => {
    const why = 'contradiction';
    expect(asked(list(row({ out_trade_no: null })))).toMatchObject({ says: 'unclear', why });
    expect(asked({ ...list(), data: ['?'] })).toMatchObject({ says: 'unclear', why });
  });

  it('prefers the paid row whatever the order of rows', () => {
    const rows = [
      row({ syssn: '1', respcd: '1142', cancel: '2' }),
      row({ syssn: '2', respcd: '1143' }),
      row({ syssn: '3', respcd: '0000', sysdtm: '2026-01-05 13:00:00' }),
      row({ syssn: '4', respcd: '1202', sysdtm: '2026-01-05 14:00:00' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 4 }), (shuffled) => {
        expect(asked(list(...shuffled))).toMatchObject({
          says: 'paid',
          facts: { qfpayNumber: '3' },
        });
      }),
    );
  });

  it('prefers what is still open to what is over, and the later of two ends', () => {
    const open = row({ syssn: '1', respcd: '1143', sysdtm: '2026-01-05 13:00:00' });
    const over = row({ syssn: '2', respcd: '1202', sysdtm: '2026-01-05 13:05:00' });
    const shut = row({ syssn: '3', respcd: '1142', sysdtm: '2026-01-05 13:09:00' });
    expect(asked(list(over, open))).toMatchObject({ says: 'pending' });
    expect(asked(list(shut, over))).toMatchObject({ says: 'closed' });
    const odd = row({ syssn: '4', respcd: '1202', txamt: '38.50' });
    expect(asked(list(odd, shut, over))).toMatchObject({ says: 'unclear', why: 'contradiction' });
    expect(asked(list(over, shut))).toMatchObject({ says: 'closed' });
  });

  it.each(['1', '2', '3', '4', '5', 5, 'x'])('sees by cancel %s that money went back', (cancel) => {
    expect(asked(list(row({ cancel })))).toMatchObject({ says: 'paid', facts: { reversed: true } });
  });

  it.each(['0', 0, '', null, undefined])('sees nothing reversed in cancel %s', (cancel) => {
    expect(asked(list(row({ cancel })))).toMatchObject({ facts: { reversed: false } });
  });

  it.each(['1125', '1262'])('knows by %s that it was paid and refunded', (respcd) => {
    expect(asked(list(row({ respcd })))).toMatchObject({ says: 'paid', facts: { reversed: true } });
  });

  it('shows no time of payment for what is not paid', () => {
    const evidence = asked(list(row({ respcd: '1143', paydtm: '2026-01-05 13:07:10' })));
    expect(evidence).toMatchObject({ says: 'pending', facts: { paidAt: null } });
  });

  describe('answered by the envelope with one object', () => {
    const one = (fields: Fields) =>
      asked({ respcd: '0000', respmsg: 'success', data: row({ respcd: undefined, ...fields }) });

    it.each([
      ['SUCCESS', { says: 'paid', respcd: '0000' }],
      ['PENDING', { says: 'pending', respcd: '1143' }],
      ['FAILED', { says: 'refused', respcd: 'FAILED' }],
      ['ELSE', { says: 'unclear', why: 'no-code' }],
    ])('goes by the status %s', (txstatus, expected) => {
      expect(one({ txstatus })).toMatchObject(expected);
    });

    it.each([
      ['0000', 'FAILED'],
      ['0000', 'PENDING'],
      ['1143', 'SUCCESS'],
      ['1143', 'FAILED'],
      ['1202', 'SUCCESS'],
      ['1202', 'PENDING'],
      ['0000', 'ELSE'],
    ])('finds %s and %s contradictory', (respcd, txstatus) => {
      expect(one({ respcd, txstatus })).toMatchObject({ says: 'unclear', why: 'contradiction' });
    });

    it.each([
      ['1205', 'pending'],
      ['1142', 'closed'],
      ['1202', 'refused'],
      ['1136', 'none'],
      ['9999', 'unclear'],
    ])('reads %s and FAILED as %s, no less carefully', (respcd, says) => {
      expect(one({ respcd, txstatus: 'FAILED' }).says).toBe(says);
    });

    it('finds 0000 and SUCCESS paid', () => {
      expect(one({ respcd: '0000', txstatus: 'SUCCESS' })).toMatchObject({ says: 'paid' });
    });
  });

  it('is open when one month was not answered and the other does not have it', () => {
    const unanswered = asked('');
    expect(merge([asked(list()), unanswered])).toMatchObject({ says: 'unclear', why: 'not-json' });
    expect(merge([unanswered, asked(list(row()))])).toMatchObject({ says: 'paid' });
    expect(merge([asked(list()), asked(list())])).toEqual(none);
  });
});

describe('a question about a refund', () => {
  const refund = (fields: Fields = {}) =>
    row({ order_type: 'refund', out_trade_no: 'R-1', origssn: '42', txamt: '1000', ...fields });
  const refundAsked = (body: object) =>
    refundQueryEvidence(hear(answer(body), KEY), 'R-1', reading);

  const DID_NOT_HAPPEN = ['1125', '1262', '1263', '1264'];
  it.each(DID_NOT_HAPPEN)('hears from its own row with %s that it did not happen', (respcd) => {
    const evidence = refundAsked(list(refund({ respcd })));
    expect(evidence).toMatchObject({ source: 'refund-query', says: 'refused', respcd });
  });

  const others = CODES.filter((respcd) => !DID_NOT_HAPPEN.includes(respcd));
  it.each(others)('reports a row with %s as the table of results says', (respcd) => {
    const says = classify(respcd, 'refund');
    const evidence = refundAsked(list(refund({ respcd })));
    expect(evidence).toMatchObject({ source: 'refund-query', says, respcd });
  });

  it('names the payment that it gives back, which a query spells origssn', () => {
    expect(refundAsked(list(refund()))).toMatchObject({
      says: 'done',
      facts: { number: 'R-1', payment: '42', amount: 1000 },
    });
  });

  it('looks at refunds alone, and a list without it says none', () => {
    expect(refundAsked(list(row({ out_trade_no: 'R-1' })))).toEqual({
      source: 'refund-query',
      says: 'none',
    });
    expect(refundAsked({ ...list(), respcd: '1108' })).toMatchObject({ says: 'unclear' });
  });

  it('prefers the row that is done', () => {
    const rows = [
      refund({ respcd: '1269' }),
      refund({ respcd: '0000' }),
      refund({ respcd: '1143' }),
    ];
    expect(refundAsked(list(...rows))).toMatchObject({ says: 'done' });
  });
});
