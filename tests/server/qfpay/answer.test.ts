import { describe, expect, it } from 'vitest';
import { hear } from '@/server/qfpay/answer';
import { answer, KEY, list, row } from './scripted-gateway';
import vectors from './vectors.json';

const heardOf = (body: string | object, headers: Record<string, string> = {}) =>
  hear(answer(body, { headers }), KEY);

describe('hearing the gateway', () => {
  it('knows what did not leave from what may have', () => {
    expect(hear({ kind: 'not-sent', why: 'ECONNREFUSED' }, KEY)).toEqual({
      kind: 'not-sent',
      why: 'unreachable',
    });
    expect(hear({ kind: 'lost', why: 'timeout' }, KEY)).toEqual({
      kind: 'unclear',
      why: 'timeout',
    });
    expect(hear({ kind: 'lost', why: 'connection' }, KEY)).toMatchObject({ why: 'connection' });
  });

  it('takes a 429 as not looked at, whatever its body says', () => {
    expect(hear(answer('{"respcd": "0000"}', { status: 429 }), KEY)).toEqual({
      kind: 'not-sent',
      why: 'limited',
    });
  });

  it.each([500, 502, 301, 302, 204, 403])('F05: learns nothing from HTTP %i', (status) => {
    expect(hear(answer('{"respcd": "0000"}', { status }), KEY)).toEqual({
      kind: 'unclear',
      why: 'http-status',
    });
  });

  it.each([
    ['half an answer (F07)', '{"respcd": "0000", "data": {"txamt": "38'],
    ['a maintenance page (F08)', '<html>Back soon</html>'],
    ['an empty body', ''],
    ['a list', '[{"respcd": "0000"}]'],
    ['a bare text', '"0000"'],
    ['two codes', '{"respcd": "1143", "respcd": "0000"}'],
    ['an amount that is a list', '{"respcd": "0000", "txamt": ["1", "2"]}'],
  ])('reads nothing into %s', (_name, body) => {
    expect(heardOf(body)).toEqual({ kind: 'unclear', why: 'not-json' });
  });

  it.each(['{}', '{"respcd": ""}', '{"respcd": null}', '{"data": {"respcd": "0000"}}'])(
    'F14: finds no code in %s',
    (body) => {
      expect(heardOf(body)).toEqual({ kind: 'unclear', why: 'no-code' });
    },
  );

  it.each([
    ['"0000"', '0000'],
    ['0000', '0000'],
    ['0', '0000'],
    ['1143', '1143'],
    ['"43"', '0043'],
    ['"OK"', 'OK'],
    ['12345', '12345'],
    ['-1', '-1'],
  ])('F14: makes four characters of the code %s', (written, respcd) => {
    expect(heardOf(`{"respcd": ${written}}`)).toMatchObject({ kind: 'answer', respcd });
  });

  it.each(vectors.response.map((vector) => [vector.id, vector] as const))(
    'F09: accepts %s with its signature, without one, and not with a wrong one',
    (_id, vector) => {
      const signed = { 'x-qf-sign': vector.x_qf_sign };
      expect(heardOf(vector.raw_body, signed)).toMatchObject({ signedBy: 'raw-body' });
      expect(heardOf(vector.raw_body)).toMatchObject({ kind: 'answer', signedBy: null });
      const wrong = { kind: 'unclear', why: 'bad-signature' };
      expect(heardOf(`${vector.raw_body} `, signed)).toEqual(wrong);
      expect(heardOf(vector.raw_body, { 'x-qf-sign': '' })).toEqual(wrong);
    },
  );

  it('accepts the envelope signed by its sorted fields', () => {
    const vector = vectors.response.find((one) => one.seed_rule !== undefined);
    const signed = { 'x-qf-sign': vector?.seed_rule?.md5 ?? '' };
    expect(heardOf(vector?.raw_body ?? '', signed)).toMatchObject({ signedBy: 'data-fields' });
  });

  it('makes one shape of flat and envelope', () => {
    const flat = heardOf({ respcd: '0000', syssn: '42', txamt: 3850, resperr: 'ok' });
    const envelope = heardOf({
      respcd: '0000',
      respmsg: 'ok',
      data: { qf_trade_no: '42', txamt: '3850' },
    });
    const record = { syssn: '42', txamt: '3850', text: 'ok' };
    expect(flat).toMatchObject({ record, disagrees: false, rows: null });
    expect(envelope).toMatchObject({ record, disagrees: false });
  });

  it.each([
    ['the amount', { txamt: '3850' }, { txamt: '385' }, true],
    ['the number', { out_trade_no: 'A' }, { out_trade_no: 'B' }, true],
    ['the outcome', {}, { respcd: '1143' }, true],
    ['QFPay’s number', { syssn: '1' }, { qf_trade_no: '2' }, true],
    ['nothing, the top being empty', { txamt: '', out_trade_no: null }, { txamt: '1' }, false],
    ['nothing that matters', { chnlsn: '1' }, { chnlsn: '2' }, false],
  ])('notices that top and data disagree about %s', (_name, top, data, disagrees) => {
    expect(heardOf({ respcd: '0000', ...top, data })).toMatchObject({ disagrees });
  });

  it('lets the top level win, and data fill what it leaves empty', () => {
    const heard = heardOf({
      respcd: '0000',
      chnlsn: '1',
      qrcode: '',
      data: { chnlsn: '2', qrcode: 'Q' },
    });
    expect(heard).toMatchObject({ record: { chnlsn: '1', qrcode: 'Q' } });
  });

  it('counts one object as a list of one, and counts rows that it cannot read', () => {
    expect(heardOf({ ...list(), data: row() })).toMatchObject({ rows: [{ txamt: '3850' }] });
    const mixed = heardOf({ ...list(), data: [row(), 'x', { txamt: {} }] });
    expect(mixed).toMatchObject({ rows: [{ txamt: '3850' }], unreadable: 2 });
    expect(heardOf(list())).toMatchObject({ rows: [], unreadable: 0 });
    expect(heardOf({ respcd: '0000', data: null })).toMatchObject({ rows: null });
  });

  it('passes over fields that it does not know and blemishes of those that decide nothing', () => {
    const heard = heardOf(row({ surprise: { deep: [1] }, chnlsn: { odd: true }, paydtm: false }));
    expect(heard).toMatchObject({ kind: 'answer', record: { chnlsn: null, txamt: '3850' } });
  });
});
