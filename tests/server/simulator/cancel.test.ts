import { describe, expect, test } from 'vitest';
import { magicCode } from '@/server/simulator/magic';
import { openShop, SALE, SHAPES, type Shop } from './shop';

const WHAT = { txamt: SALE.txamt, txdtm: SALE.txdtm };
const pending = { auth_code: magicCode('never-decides') };
const close = (shop: Shop, number: string) =>
  shop.client.get('/trade/v1/close', { out_trade_no: number, ...WHAT });
const reverse = (shop: Shop, number: string) =>
  shop.client.post('/trade/v1/reversal', { out_trade_no: number, ...WHAT });
const rowOf = async (shop: Shop, number: string) =>
  (await shop.client.query({ out_trade_no: number })).rows[0];

describe.each(SHAPES)('stopping an order, %s', (shape) => {
  const settings = { shape };

  test('a waiting scan is reversed: 1142 with cancel 1, and no money', async () => {
    const shop = await openShop({ settings });
    const { flat } = await shop.scan('C-1', pending);
    const reversed = (await reverse(shop, 'C-1')).flat;
    expect(reversed).toMatchObject({ respcd: '0000', orig_syssn: flat.syssn });
    expect(reversed.syssn).not.toBe(flat.syssn);
    expect(await rowOf(shop, 'C-1')).toMatchObject({ respcd: '1142', cancel: '1' });
    expect((await shop.look('state')).ledger).toEqual([]);
  });

  test('a customer who is slow pays half a minute after the code was read all the same', async () => {
    const shop = await openShop({ settings });
    await shop.scan('C-1', { auth_code: magicCode('cancelled-yet-paid') });
    expect((await reverse(shop, 'C-1')).flat.respcd).toBe('0000');
    await shop.control('clock', { advance: 29_999 });
    expect(await shop.stateOf('C-1')).toBe('1142');
    await shop.control('clock', { advance: 1 });
    expect(await shop.stateOf('C-1')).toBe('0000');
  });

  test('takes GET and POST for both', async () => {
    const shop = await openShop({ settings });
    await shop.showQr('M-1');
    await shop.scan('C-1', pending);
    const closed = await shop.client.post('/trade/v1/close', { out_trade_no: 'M-1', ...WHAT });
    const reversed = await shop.client.get('/trade/v1/reversal', { out_trade_no: 'C-1', ...WHAT });
    expect(closed.flat.respcd).toBe('0000');
    expect(reversed.flat.respcd).toBe('0000');
  });

  test('an unknown number gets 1136 and a sparse answer', async () => {
    const shop = await openShop({ settings });
    const { flat } = await close(shop, 'NOBODY');
    expect(flat).toMatchObject({ respcd: '1136', out_trade_no: 'NOBODY' });
    expect(flat.syssn).toBeUndefined();
  });

  test('a paid order is not stopped: 1260', async () => {
    const shop = await openShop({ settings });
    await shop.scan('C-1');
    await shop.showQr('M-1');
    await shop.control('pay', { number: 'M-1' });
    expect((await reverse(shop, 'C-1')).flat.respcd).toBe('1260');
    expect((await close(shop, 'M-1')).flat.respcd).toBe('1260');
    expect(await shop.stateOf('M-1')).toBe('0000');
  });

  test('twice is once: 1264 for a closed one, 1263 for a reversed one', async () => {
    const shop = await openShop({ settings });
    await shop.showQr('M-1');
    await shop.scan('C-1', pending);
    await close(shop, 'M-1');
    await reverse(shop, 'C-1');
    expect((await close(shop, 'M-1')).flat.respcd).toBe('1264');
    expect((await reverse(shop, 'C-1')).flat.respcd).toBe('1263');
  });
});

describe('the switches', () => {
  test('by default scans are reversed and QRs closed, and not the other way', async () => {
    const shop = await openShop();
    await shop.showQr('M-1');
    await shop.scan('C-1', pending);
    const crossed = await reverse(shop, 'M-1');
    expect(crossed.flat.respcd).toBe('1297');
    expect(crossed.flat.syssn).toBeUndefined();
    expect((await close(shop, 'C-1')).flat.respcd).toBe('1297');
    expect(await shop.stateOf('M-1')).toBe('1143');
  });

  test.each(['1297', '1150', '1155'])(
    'one pay type refuses with %s, the others do not',
    async (code) => {
      const shop = await openShop({ settings: { close: { '800201': code } } });
      await shop.showQr('M-1', { pay_type: '800201' });
      await shop.showQr('M-2');
      expect((await close(shop, 'M-1')).flat.respcd).toBe(code);
      expect(await shop.stateOf('M-1')).toBe('1143');
      expect((await close(shop, 'M-2')).flat.respcd).toBe('0000');
    },
  );

  test('an answer of 0000 can be a lie: the customer pays a moment later', async () => {
    const shop = await openShop({
      settings: { close: { '*': 'lies' }, reversal: { '*': 'lies' } },
    });
    await shop.showQr('M-1');
    await shop.scan('C-1', pending);
    expect((await close(shop, 'M-1')).flat.respcd).toBe('0000');
    expect((await reverse(shop, 'C-1')).flat.respcd).toBe('0000');
    expect(await shop.stateOf('M-1')).toBe('1142');
    await shop.control('clock', { advance: 1000 });
    expect(await shop.stateOf('M-1')).toBe('0000');
    expect(await shop.stateOf('C-1')).toBe('0000');
  });

  test('WeChat can ask for five minutes’ patience', async () => {
    const shop = await openShop({ settings: { cancelMinAgeMs: { '800201': 300_000 } } });
    await shop.showQr('M-1', { pay_type: '800201', expired_time: '10' });
    await shop.control('clock', { advance: 299_999 });
    expect((await close(shop, 'M-1')).flat.respcd).toBe('1297');
    await shop.control('clock', { advance: 1 });
    expect((await close(shop, 'M-1')).flat.respcd).toBe('0000');
  });

  test('reversing a paid order can give the money back: 0000 with cancel 1', async () => {
    const shop = await openShop({ settings: { reversalOfPaid: 'refund' } });
    await shop.scan('C-1');
    expect((await reverse(shop, 'C-1')).flat.respcd).toBe('0000');
    expect(await rowOf(shop, 'C-1')).toMatchObject({ respcd: '0000', cancel: '1' });
    const { ledger } = await shop.look('state');
    expect(ledger).toMatchObject([
      { kind: 'payment', amount: 3850 },
      { kind: 'reversal', amount: -3850 },
    ]);
    const refund = { syssn: String((await rowOf(shop, 'C-1'))?.syssn), ...WHAT };
    const refused = await shop.client.refund({ ...refund, out_trade_no: 'R-1' });
    expect(refused.flat.respcd).toBe('1263');
  });
});
