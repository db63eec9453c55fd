import { describe, expect, test } from 'vitest';
import { openShop, SHAPES } from './shop';

const MINUTE = 60_000;

describe.each(SHAPES)('a QR that we show, %s', (shape) => {
  const settings = { shape };

  test.each([
    ['801501', /^https:\/\/qr\.alipay\.com\/bax\w+$/],
    ['800101', /^https:\/\/qr\.alipay\.com\/bax\w+$/],
    ['800201', /^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/],
    ['805801', /^https:\/\/qr\.payme\.hsbc\.com\.hk\/2\/\w+$/],
    ['802001', /^000201010212.*540538\.505802HK.*6304[0-9A-F]{4}$/],
    ['800701', /^https:\/\//],
    ['803701', /^https:\/\//],
  ])('for %s looks like its wallet’s', async (pay_type, pattern) => {
    const shop = await openShop({ settings });
    const answer = await shop.showQr('M-1', { pay_type });
    expect(answer.flat.qrcode).toMatch(pattern);
    expect(String(answer.flat.qrcode).length).toBeLessThanOrEqual(512);
    if (pay_type === '805801' && shape === 'flat') expect(answer.flat.pay_url).toBe('');
  });

  test('is unpaid until the customer pays, and then shows when', async () => {
    const shop = await openShop({ settings });
    await shop.showQr('M-1');
    expect(await shop.stateOf('M-1')).toBe('1143');
    await shop.control('clock', { advance: 21_000 });
    await shop.control('pay', { number: 'M-1' });
    const row = (await shop.client.query({ out_trade_no: 'M-1' })).rows[0];
    expect(row).toMatchObject({
      respcd: '0000',
      cancel: '0',
      sysdtm: '2026-01-05 12:00:00',
      paydtm: '2026-01-05 12:00:21',
    });
    expect(row?.chnlsn).toMatch(/^\d{28}$/);
  });

  test.each(['1181', '1142'] as const)('expires as %s by switch', async (expiredCode) => {
    const shop = await openShop({ settings: { ...settings, expiredCode } });
    await shop.showQr('M-1', { expired_time: '5' });
    await shop.control('clock', { advance: 5 * MINUTE - 1 });
    expect(await shop.stateOf('M-1')).toBe('1143');
    await shop.control('clock', { advance: 1 });
    expect(await shop.stateOf('M-1')).toBe(expiredCode);
  });

  test('lives thirty minutes when nobody says how long', async () => {
    const shop = await openShop({ settings });
    await shop.showQr('M-1');
    await shop.control('clock', { advance: 30 * MINUTE - 1 });
    expect(await shop.stateOf('M-1')).toBe('1143');
    await shop.control('clock', { advance: 1 });
    expect(await shop.stateOf('M-1')).toBe('1181');
  });

  test('closed by the till is 1142 with cancel 2, and cannot be paid', async () => {
    const shop = await openShop({ settings });
    const { flat } = await shop.showQr('M-1');
    const closed = await shop.client.get('/trade/v1/close', { syssn: String(flat.syssn) });
    expect(closed.flat.respcd).toBe('0000');
    const row = (await shop.client.query({ out_trade_no: 'M-1' })).rows[0];
    expect(row).toMatchObject({ respcd: '1142', cancel: '2', paydtm: '' });
    await expect(shop.control('pay', { number: 'M-1' })).rejects.toThrow('closed');
  });

  test('refused by the customer carries the wallet’s reason', async () => {
    const shop = await openShop({ settings });
    await shop.showQr('M-1');
    await shop.control('refuse', { number: 'M-1', code: '1147' });
    expect(await shop.stateOf('M-1')).toBe('1147');
  });
});

describe('money that comes late', () => {
  test('is taken after expiry and after a close when the setting allows it', async () => {
    const shop = await openShop({ settings: { latePayment: true } });
    await shop.showQr('L-1', { expired_time: '5' });
    await shop.showQr('L-2');
    await shop.client.get('/trade/v1/close', { out_trade_no: 'L-2' });
    await shop.control('clock', { advance: 6 * MINUTE });
    expect(await shop.stateOf('L-1')).toBe('1181');
    await shop.control('pay', { number: 'L-1' });
    await shop.control('pay', { number: 'L-2' });
    expect(await shop.stateOf('L-1')).toBe('0000');
    expect(await shop.stateOf('L-2')).toBe('0000');
  });

  test('is taken for one order alone when that order allows it', async () => {
    const shop = await openShop();
    await shop.showQr('L-1');
    await shop.showQr('L-2');
    await shop.control('order', { number: 'L-1', late: true });
    await shop.control('expire', { number: 'L-1' });
    await shop.control('expire', { number: 'L-2' });
    await shop.control('pay', { number: 'L-1' });
    expect(await shop.stateOf('L-1')).toBe('0000');
    await expect(shop.control('pay', { number: 'L-2' })).rejects.toThrow('409');
  });

  test('counts as in time at the very moment of expiry, and not a millisecond after', async () => {
    const shop = await openShop();
    await shop.showQr('L-1', { expired_time: '5' });
    await shop.showQr('L-2', { expired_time: '5' });
    await shop.control('pay', { number: 'L-1', afterMs: 5 * MINUTE });
    await shop.control('pay', { number: 'L-2', afterMs: 5 * MINUTE + 1 });
    await shop.control('clock', { advance: 10 * MINUTE });
    expect(await shop.stateOf('L-1')).toBe('0000');
    expect(await shop.stateOf('L-2')).toBe('1181');
  });
});

test('a shop without customers can have its QRs paid by themselves', async () => {
  const shop = await openShop({ settings: { autoPayMs: 3000 } });
  await shop.showQr('M-1');
  await shop.control('clock', { advance: 2999 });
  expect(await shop.stateOf('M-1')).toBe('1143');
  await shop.control('clock', { advance: 1 });
  expect(await shop.stateOf('M-1')).toBe('0000');
});

test('a switch keeps expired_time to WeChat and Alipay', async () => {
  const shop = await openShop({ settings: { expiryFor: 'wechat-alipay' } });
  await shop.showQr('M-1', { pay_type: '805801', expired_time: '5' });
  await shop.showQr('M-2', { pay_type: '800201', expired_time: '5' });
  await shop.control('clock', { advance: 6 * MINUTE });
  expect(await shop.stateOf('M-1')).toBe('1143');
  expect(await shop.stateOf('M-2')).toBe('1181');
});
