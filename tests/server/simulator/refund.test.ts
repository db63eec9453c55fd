import { describe, expect, test } from 'vitest';
import { openShop, SALE, SHAPES, type Shop } from './shop';

/** A paid scan of HK$38.50; answers its syssn. */
const sell = async (shop: Shop, number = 'S-1', more: Record<string, string> = {}) =>
  String((await shop.scan(number, more)).flat.syssn);
const sellQr = async (shop: Shop, number: string, more: Record<string, string> = {}) => {
  const { flat } = await shop.showQr(number, more);
  await shop.control('pay', { number });
  return String(flat.syssn);
};
const giveBack = (shop: Shop, syssn: string, more: Record<string, string> = {}) =>
  shop.client.refund({ syssn, out_trade_no: 'R-1', txamt: '1000', txdtm: SALE.txdtm, ...more });
const rowOf = async (shop: Shop, number: string) =>
  (await shop.client.query({ out_trade_no: number })).rows[0];
const moved = async (shop: Shop) => {
  const { ledger } = await shop.look('state');
  return Array.isArray(ledger) ? ledger.map((one) => one.amount) : [];
};
const DAY = 86_400_000;

describe.each(SHAPES)('a refund, %s', (shape) => {
  const settings = { shape };

  test('is a record of its own beside the sale, which stays 0000 and says cancel 5, then 1', async () => {
    const shop = await openShop({ settings });
    const syssn = await sell(shop);
    const { flat } = await giveBack(shop, syssn);
    expect(flat).toMatchObject({ respcd: '0000', orig_syssn: syssn, txcurrcd: 'HKD' });
    expect(flat.syssn).not.toBe(syssn);
    expect(await rowOf(shop, 'S-1')).toMatchObject({ respcd: '0000', cancel: '5' });
    expect(await rowOf(shop, 'R-1')).toMatchObject({
      respcd: '0000',
      order_type: 'refund',
      origssn: syssn,
      txamt: '1000',
    });
    const tooMuch = await giveBack(shop, syssn, { out_trade_no: 'R-2', txamt: '2851' });
    expect(tooMuch.flat.respcd).toBe('1272');
    await giveBack(shop, syssn, { out_trade_no: 'R-3', txamt: '2850' });
    expect(await rowOf(shop, 'S-1')).toMatchObject({ respcd: '0000', cancel: '1' });
    expect(await moved(shop)).toEqual([3850, -1000, -2850]);
  });

  test('of a whole QR sale leaves cancel 3 behind', async () => {
    const shop = await openShop({ settings });
    await giveBack(shop, await sellQr(shop, 'S-1'), { txamt: '3850' });
    expect(await rowOf(shop, 'S-1')).toMatchObject({ respcd: '0000', cancel: '3' });
  });

  test.each([
    ['more than is left', { txamt: '3851' }, '1272'],
    ['an unknown sale', { syssn: '20260105000000000000000000' }, '1268'],
    ['no sale at all', { syssn: '' }, '1104'],
    ['the number of the sale itself', { out_trade_no: 'S-1' }, '1251'],
  ])('of %s moves nothing', async (_, more, code) => {
    const shop = await openShop({ settings });
    const syssn = await sell(shop);
    const params = Object.entries({ syssn, ...more }).filter(([, value]) => value !== '');
    const sent = { out_trade_no: 'R-1', txamt: '1000', txdtm: SALE.txdtm };
    const { flat } = await shop.client.refund({ ...sent, ...Object.fromEntries(params) });
    expect(flat.respcd).toBe(code);
    expect(await moved(shop)).toEqual([3850]);
  });

  test('runs, and is done after a time or after so many questions', async () => {
    const shop = await openShop({ settings: { ...settings, refundInProgress: '1145' } });
    const syssn = await sell(shop);
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1145');
    expect(await rowOf(shop, 'S-1')).toMatchObject({ cancel: '0' });
    await shop.control('clock', { advance: 9999 });
    expect(await shop.stateOf('R-1')).toBe('1145');
    await shop.control('clock', { advance: 1 });
    expect(await shop.stateOf('R-1')).toBe('0000');

    await shop.control('config', { refundInProgress: '1143', refundMs: null, refundPolls: 2 });
    await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(await shop.stateOf('R-2')).toBe('1143');
    expect(await shop.stateOf('R-2')).toBe('1143');
    expect(await shop.stateOf('R-2')).toBe('0000');
    expect(await moved(shop)).toEqual([3850, -1000, -1000]);
  });
});

describe('a refund is refused', () => {
  test('before the sale is paid: 1261, and the refusal stays on record', async () => {
    const shop = await openShop();
    const { flat } = await shop.showQr('S-1');
    expect((await giveBack(shop, String(flat.syssn))).flat.respcd).toBe('1261');
    expect(await rowOf(shop, 'R-1')).toMatchObject({ respcd: '1261', order_type: 'refund' });
  });

  test.each(['1125', '1262', '1264'])('once all is back: %s by switch', async (refundedCode) => {
    const shop = await openShop({ settings: { refundedCode } });
    const syssn = await sell(shop);
    await giveBack(shop, syssn, { txamt: '3850' });
    const again = await giveBack(shop, syssn, { out_trade_no: 'R-2', txamt: '1' });
    expect(again.flat.respcd).toBe(refundedCode);
  });

  test('under a number that was used: 1251 "out_trade_no is used"', async () => {
    const shop = await openShop();
    const syssn = await sell(shop);
    await giveBack(shop, syssn);
    const again = await giveBack(shop, syssn);
    expect(again.flat).toMatchObject({ respcd: '1251', respmsg: 'out_trade_no is used' });
    expect(await moved(shop)).toEqual([3850, -1000]);
  });

  test('and has used its number up, unless the switch gives it back', async () => {
    const shop = await openShop();
    const syssn = await sell(shop);
    await giveBack(shop, syssn, { txamt: '9999' });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1251');
    await shop.control('config', { refusedRefundKeepsNumber: false });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('0000');
  });

  test.each([
    ['23:29:59', '0000'],
    ['23:30:00', '1265'],
    ['00:00:00', '1265'],
    ['00:30:59', '1265'],
    ['00:31:00', '0000'],
  ])('at night: at %s it is %s', async (time, code) => {
    const shop = await openShop({ settings: { balance: 'unlimited' } });
    const syssn = await sell(shop);
    await shop.control('clock', { now: `2026-01-06 ${time}` });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe(code);
  });

  test('by the hour of the payment instead, when so switched', async () => {
    const shop = await openShop({ settings: { blackoutBy: 'payment', balance: 'unlimited' } });
    const atNoon = await sell(shop);
    await shop.control('clock', { now: '2026-01-05 23:45:00' });
    const atNight = await sell(shop, 'S-2');
    expect((await giveBack(shop, atNoon)).flat.respcd).toBe('0000');
    await shop.control('clock', { now: '2026-01-06 12:00:00' });
    const late = await giveBack(shop, atNight, { out_trade_no: 'R-2' });
    expect(late.flat.respcd).toBe('1265');
  });

  test('when today’s takings do not cover it: 1269, until more is sold', async () => {
    const shop = await openShop();
    const syssn = await sell(shop);
    await shop.control('clock', { now: '2026-01-06 09:00:00' });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1269');
    await sell(shop, 'S-2', { txamt: '1000' });
    const next = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(next.flat.respcd).toBe('0000');
    await shop.control('takings', { amount: 1 });
    const last = await giveBack(shop, syssn, { out_trade_no: 'R-3', txamt: '2' });
    expect(last.flat.respcd).toBe('1269');
  });

  test('in part where only the whole goes back: by currency 1270, by pay type 1271', async () => {
    const shop = await openShop({ settings: { fullOnlyCurrencies: ['HKD'] } });
    const syssn = await sell(shop);
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1270');
    await shop.control('config', { fullOnlyCurrencies: [], fullOnlyPayTypes: ['800208'] });
    const part = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(part.flat.respcd).toBe('1271');
    const whole = await giveBack(shop, syssn, { out_trade_no: 'R-3', txamt: '3850' });
    expect(whole.flat.respcd).toBe('0000');
  });

  test('in part for a card on the same day: 1124', async () => {
    const shop = await openShop({ settings: { balance: 'unlimited' } });
    const made = await shop.control('foreign-order', {
      number: 'CARD-1',
      amount: 3850,
      payType: '802808',
    });
    const syssn = String(Object(made.order).syssn);
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1124');
    await shop.control('clock', { advance: DAY });
    const tomorrow = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(tomorrow.flat.respcd).toBe('0000');
  });

  test('for FPS: 1155, or after 29 days by switch', async () => {
    const shop = await openShop({ settings: { balance: 'unlimited' } });
    const syssn = await sellQr(shop, 'S-1', { pay_type: '802001' });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('1155');
    await shop.control('config', { fpsRefunds: '29-days' });
    await shop.control('clock', { advance: 29 * DAY });
    const inTime = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(inTime.flat.respcd).toBe('0000');
    await shop.control('clock', { advance: 1 });
    const late = await giveBack(shop, syssn, { out_trade_no: 'R-3' });
    expect(late.flat).toMatchObject({ respcd: '1265' });
    expect(late.flat.resperr).toContain('refundable period');
  });

  test.each([
    ['805801', 90, '1250'],
    ['801501', 365, '1297'],
  ])('for %s after %i days: %s', async (pay_type, days, code) => {
    const shop = await openShop({ settings: { balance: 'unlimited' } });
    const syssn = await sellQr(shop, 'S-1', { pay_type });
    await shop.control('clock', { advance: days * DAY });
    expect((await giveBack(shop, syssn)).flat.respcd).toBe('0000');
    await shop.control('clock', { advance: 1 });
    const late = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(late.flat.respcd).toBe(code);
  });

  test.each(['1145', '1254'])('while another runs: %s and no record', async (busyRefundCode) => {
    const shop = await openShop({ settings: { refundInProgress: '1143', busyRefundCode } });
    const syssn = await sell(shop);
    await giveBack(shop, syssn);
    const second = await giveBack(shop, syssn, { out_trade_no: 'R-2' });
    expect(second.flat.respcd).toBe(busyRefundCode);
    expect(second.flat.resperr).toContain('processing requests');
    expect(await shop.stateOf('R-2')).toBeNull();
  });

  test('when asked for by another outlet', async () => {
    const shop = await openShop({ account: { mchids: ['one', 'two'] } });
    const syssn = await sell(shop, 'S-1', { mchid: 'one' });
    expect((await giveBack(shop, syssn, { mchid: 'two' })).flat.respcd).toBe('1268');
    expect((await giveBack(shop, syssn, { mchid: 'one' })).flat.respcd).toBe('0000');
  });
});

describe('a refund in the specification’s own way', () => {
  const bare = { out_trade_no: 'S-1', txamt: '1000', txdtm: SALE.txdtm };

  test('may name the sale as qf_trade_no', async () => {
    const shop = await openShop();
    const qf_trade_no = await sell(shop);
    const { flat } = await shop.client.refund({ ...bare, out_trade_no: 'R-1', qf_trade_no });
    expect(flat).toMatchObject({ respcd: '0000', orig_syssn: qf_trade_no });
  });

  test('may name nothing but the sale’s own number, more than once', async () => {
    const shop = await openShop();
    await sell(shop);
    expect((await shop.client.refund(bare)).flat.respcd).toBe('0000');
    expect((await shop.client.refund({ ...bare, txamt: '2850' })).flat.respcd).toBe('0000');
    expect((await shop.client.refund({ ...bare, txamt: '1' })).flat.respcd).toBe('1125');
    const { rows } = await shop.client.query({ out_trade_no: 'S-1' });
    expect(rows.filter((row) => row.order_type === 'refund' && row.respcd === '0000')).toHaveLength(
      2,
    );
  });

  test('gets 1104 when it is switched off', async () => {
    const shop = await openShop({ settings: { seedRefunds: 'refuse' } });
    await sell(shop);
    expect((await shop.client.refund(bare)).flat.respcd).toBe('1104');
  });
});
