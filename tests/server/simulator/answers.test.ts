import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KEY, openShop, SALE, SHAPES } from './shop';

const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase();

describe('the bytes of an answer', () => {
  test('are spaced and escaped as Python does it', async () => {
    const shop = await openShop();
    await shop.showQr('A-1', { goods_name: '奶茶🧋' });
    const { text } = await shop.client.query({ out_trade_no: 'A-1' });
    expect(text).toContain('"goods_name": "\\u5976\\u8336\\ud83e\\uddcb", "goods_info": ""');
    expect(text).toContain('"origssn": null');
    await shop.showQr('A-2');
    expect((await shop.client.query({})).text).toContain('"}, {"cardtp": "5"');
    expect(text).toContain('"page": 1, "page_size": 10}');
    expect(text).not.toMatch(/[^\x20-\x7e]/);
  });

  test('say who made them and when, by the gateway’s own clock', async () => {
    const shop = await openShop();
    await shop.control('clock', { now: '2026-03-01 09:30:00' });
    const { headers } = await shop.showQr('A-1');
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(headers['x-powered-by']).toBe('QF/1.1');
    expect(headers.date).toBe('Sun, 01 Mar 2026 01:30:00 GMT');
  });

  test('are flat for production as it is seen', async () => {
    const shop = await openShop();
    const { json } = await shop.showQr('A-1', { udid: 'till-02' });
    expect(json).toMatchObject({
      respcd: '0000',
      resperr: '交易成功',
      respmsg: '',
      pay_type: '801501',
      sysdtm: '2026-01-05 12:00:00',
      paydtm: '2026-01-05 12:00:00',
      txdtm: SALE.txdtm,
      txcurrcd: 'HKD',
      txamt: '3850',
      udid: 'till-02',
      chnlsn: '',
      cardcd: '',
    });
    expect(json).not.toHaveProperty('data');
    expect(json).not.toHaveProperty('txstatus');
  });

  test('carry the specification’s names in the envelope, and syssn and the QR beside them', async () => {
    const shop = await openShop({ settings: { shape: 'envelope' } });
    const { json, flat } = await shop.showQr('A-1');
    expect(Object.keys(json ?? {})).toEqual(['respcd', 'respmsg', 'data']);
    expect(json).toMatchObject({ respcd: '0000', respmsg: 'success' });
    expect(flat).toMatchObject({ txstatus: 'PENDING', pay_type: '801501', txamt: '3850' });
    expect(flat.qf_trade_no).toBe(flat.syssn);
    expect(flat.qrcode).toMatch(/^https:/);
  });

  test('say SUCCESS of an unpaid QR, as the specification prints it, by a switch', async () => {
    const shop = await openShop({ settings: { shape: 'envelope', unpaidStatus: 'SUCCESS' } });
    expect((await shop.showQr('A-1')).flat.txstatus).toBe('SUCCESS');
    expect(await shop.stateOf('A-1')).toBe('1143');
  });

  test('follow the account’s own shape before the setting', async () => {
    const shop = await openShop({ account: { shape: 'envelope' } });
    expect((await shop.showQr('A-1')).json).toHaveProperty('data');
  });
});

describe.each(SHAPES)('the state of a record, %s', (shape) => {
  test('stands where the settings put it', async () => {
    const shop = await openShop({ settings: { shape } });
    await shop.scan('A-1');
    const row = async () => (await shop.client.query({ out_trade_no: 'A-1' })).rows[0];
    expect(await row()).toMatchObject({ respcd: '0000' });
    expect((await row())?.txstatus).toBe(shape === 'envelope' ? 'SUCCESS' : undefined);
    await shop.control('config', { rowState: 'txstatus' });
    expect((await row())?.respcd).toBe(shape === 'envelope' ? undefined : '0000');
  });

  test('a lone record can come as an object', async () => {
    const shop = await openShop({ settings: { shape, queryData: 'object' } });
    await shop.scan('A-1');
    const one = await shop.client.query({ out_trade_no: 'A-1' });
    expect(one.json?.data).toMatchObject({ out_trade_no: 'A-1' });
    expect((await shop.client.query({ out_trade_no: 'A-2' })).json?.data).toEqual([]);
  });
});

describe('the signature of an answer', () => {
  test('can follow the specification’s rule, where that can be applied', async () => {
    const shop = await openShop({ settings: { shape: 'envelope', responseSignature: 'seed' } });
    const { json, headers } = await shop.showQr('A-1');
    const data = Object.entries(Object(json?.data)).sort(([a], [b]) => (a < b ? -1 : 1));
    const string = data.map(([name, value]) => `${name}=${value}`).join('&');
    expect(headers['x-qf-sign']).toBe(md5(string + KEY));
    const query = await shop.client.query({ out_trade_no: 'A-1' });
    expect(query.headers['x-qf-sign']).toBeUndefined();
  });

  test('can be missing, and can be wrong', async () => {
    const shop = await openShop({ settings: { responseSignature: 'none' } });
    expect((await shop.showQr('A-1')).headers['x-qf-sign']).toBeUndefined();
    await shop.control('config', { responseSignature: 'wrong' });
    const { headers, text } = await shop.showQr('A-2');
    expect(headers['x-qf-sign']).toMatch(/^[0-9A-F]{32}$/);
    expect(headers['x-qf-sign']).not.toBe(md5(text + KEY));
  });
});
