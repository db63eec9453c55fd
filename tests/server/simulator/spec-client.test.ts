import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KEY, openShop, SALE, SHAPES } from './shop';

const ALGORITHMS = ['MD5', 'SHA256'] as const;

describe.each(SHAPES)('a stranger’s client, answered in the %s shape', (shape) => {
  test.each(ALGORITHMS)(
    'takes a payment, sees it paid and gives it back, signing %s',
    async (algorithm) => {
      const shop = await openShop({ settings: { shape } });
      const client = shop.clientWith({ algorithm });
      const created = await client.payment({ ...SALE, pay_type: '801501', out_trade_no: 'S-1' });
      expect(created.flat).toMatchObject({ respcd: '0000', out_trade_no: 'S-1', txamt: '3850' });
      expect(created.flat.qrcode).toMatch(/^https:\/\/qr\.alipay\.com\//);
      expect(created.flat.syssn).toMatch(/^20260105\d{18}$/);

      expect((await client.query({ out_trade_no: 'S-1' })).rows[0]).toMatchObject({
        respcd: '1143',
      });
      await shop.control('pay', { number: 'S-1' });
      const paid = await client.query({ out_trade_no: 'S-1' });
      expect(paid.rows).toHaveLength(1);
      expect(paid.rows[0]).toMatchObject({ respcd: '0000', txamt: '3850', txcurrcd: 'HKD' });

      const refund = await client.refund({
        syssn: String(created.flat.syssn),
        out_trade_no: 'R-1',
        txamt: '1000',
        txdtm: SALE.txdtm,
      });
      expect(refund.flat).toMatchObject({ respcd: '0000', txamt: '1000', out_trade_no: 'R-1' });
      const back = await client.query({ out_trade_no: 'R-1' });
      expect(back.rows[0]).toMatchObject({
        respcd: '0000',
        order_type: 'refund',
        origssn: created.flat.syssn,
      });
    },
  );

  test('can check the signature of every answer over its exact bytes', async () => {
    const shop = await openShop({ settings: { shape } });
    const answer = await shop.showQr('S-1', { goods_name: '凍檸茶走甜' });
    const expected = createHash('md5')
      .update(answer.text + KEY)
      .digest('hex')
      .toUpperCase();
    expect(answer.headers['x-qf-sign']).toBe(expected);
  });
});

test('with a wrong key it gets 1108', async () => {
  const shop = await openShop();
  const client = shop.clientWith({ key: 'FFEEDDCCBBAA99887766554433221100' });
  const answer = await client.payment({ ...SALE, pay_type: '801501', out_trade_no: 'S-1' });
  expect(answer.flat.respcd).toBe('1108');
  expect(await shop.stateOf('S-1')).toBeNull();
});

test('SHA256 without its header gets 1108, unless the simulator is told to guess', async () => {
  const shop = await openShop();
  const client = shop.clientWith({ algorithm: 'SHA256-silent' });
  const sale = { ...SALE, pay_type: '801501', out_trade_no: 'S-1' };
  expect((await client.payment(sale)).flat.respcd).toBe('1108');
  await shop.control('config', { guessAlgorithm: true });
  expect((await client.payment(sale)).flat.respcd).toBe('0000');
});
