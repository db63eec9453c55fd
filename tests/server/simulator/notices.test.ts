import { describe, expect, test } from 'vitest';
import { noReach } from '@/server/simulator/model/notices';
import { flush, isGenuine, listen, noticesOf } from './receiver';
import { openShop, SALE, SHAPES } from './shop';

describe.each(SHAPES)('a notification, answers being %s', (shape) => {
  test('of a paid QR is signed over its bytes and says what was paid', async () => {
    const receiver = await listen();
    const shop = await openShop({ settings: { shape } });
    const { flat } = await shop.showQr('N-1', {
      notify_url: receiver.url,
      goods_name: '凍檸茶走甜',
    });
    await flush(shop);
    expect(receiver.heard).toEqual([]);
    await shop.control('pay', { number: 'N-1' });
    await flush(shop);
    expect(receiver.heard).toHaveLength(1);
    const [notice] = receiver.heard;
    expect(notice && isGenuine(notice)).toBe(true);
    expect(notice?.headers['content-type']).toBe('application/json');
    expect(notice?.text).toContain('"goods_name": "\\u51cd\\u6ab8\\u8336\\u8d70\\u751c"');
    expect(JSON.parse(notice?.text ?? '')).toMatchObject({
      status: '1',
      notify_type: 'payment',
      respcd: '0000',
      cancel: '0',
      syssn: flat.syssn,
      out_trade_no: 'N-1',
      txamt: '3850',
      txcurrcd: 'HKD',
      pay_type: '801501',
      cash_fee: '0',
    });
  });

  test('of a scan and of a refund goes to the same address; each has its switch', async () => {
    const receiver = await listen();
    const shop = await openShop({ settings: { shape } });
    const sold = await shop.scan('N-1', { notify_url: receiver.url });
    const refund = { syssn: String(sold.flat.syssn), txamt: '1000', txdtm: SALE.txdtm };
    await shop.client.refund({ ...refund, out_trade_no: 'R-1' });
    await flush(shop);
    const kinds = receiver.heard.map((one) => JSON.parse(one.text));
    expect(kinds.map((one) => one.notify_type).sort()).toEqual(['payment', 'refund']);
    const back = kinds.find((one) => one.notify_type === 'refund');
    expect(back).toMatchObject({ out_trade_no: 'R-1', orig_syssn: sold.flat.syssn, txamt: '1000' });
    expect(back.syssn).not.toBe(sold.flat.syssn);

    await shop.control('config', { notifyCpm: false, notifyRefunds: false, notifyMpm: false });
    await shop.scan('N-2', { notify_url: receiver.url });
    await shop.client.refund({ ...refund, out_trade_no: 'R-2' });
    await shop.showQr('N-3', { notify_url: receiver.url });
    await shop.control('pay', { number: 'N-3' });
    await flush(shop);
    expect(receiver.heard).toHaveLength(2);
  });
});

test('nothing but success is announced', async () => {
  const receiver = await listen();
  const shop = await openShop();
  const notify_url = receiver.url;
  await shop.showQr('N-1', { notify_url, expired_time: '5' });
  await shop.showQr('N-2', { notify_url });
  await shop.scan('N-3', { notify_url, auth_code: '0' });
  await shop.control('refuse', { number: 'N-2' });
  await shop.control('clock', { advance: 600_000 });
  await flush(shop);
  expect(await noticesOf(shop)).toEqual([]);
  expect(receiver.heard).toEqual([]);
});

test('an answer other than SUCCESS is tried again, eight times in a day in all', async () => {
  const receiver = await listen();
  const shop = await openShop();
  receiver.answer = [200, 'success'];
  await shop.scan('N-1', { notify_url: receiver.url });
  await flush(shop);
  expect(receiver.heard).toHaveLength(1);
  const minutes = [2, 10, 10, 60, 120, 360, 900];
  for (const [index, wait] of minutes.entries()) {
    await shop.control('clock', { advance: wait * 60_000 - 1 });
    await flush(shop);
    expect(receiver.heard).toHaveLength(index + 1);
    await shop.control('clock', { advance: 1 });
    await flush(shop);
    expect(receiver.heard).toHaveLength(index + 2);
  }
  expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(24 * 60 + 22);
  await shop.control('clock', { advance: 10 * 86_400_000 });
  await flush(shop);
  expect(receiver.heard).toHaveLength(8);
  expect(new Set(receiver.heard.map((one) => one.text)).size).toBe(1);
  expect((await noticesOf(shop))[0]).toMatchObject({ state: 'given-up' });
});

test('on a clock a hundred thousand times as fast, a day of trying passes by itself in a second', async () => {
  const receiver = await listen();
  const shop = await openShop({ clock: Date.now, speed: 100_000 });
  receiver.answer = [500, ''];
  await shop.scan('N-1', { notify_url: receiver.url });
  await expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBe(8);
  await expect.poll(async () => (await noticesOf(shop))[0]?.state).toBe('given-up');
});

test.each([
  [200, 'SUCCESS\n'],
  [200, '"SUCCESS"'],
  [201, 'SUCCESS'],
  [500, 'SUCCESS'],
  [302, 'SUCCESS'],
])('%i %j is no receipt, and a later SUCCESS is', async (status, body) => {
  const receiver = await listen();
  const shop = await openShop();
  receiver.answer = [status, body];
  await shop.scan('N-1', { notify_url: receiver.url });
  await flush(shop);
  expect((await noticesOf(shop))[0]).toMatchObject({ state: 'waiting', attempts: [{ status }] });
  receiver.answer = [200, 'SUCCESS'];
  await shop.control('clock', { advance: 120_000 });
  await flush(shop);
  expect((await noticesOf(shop))[0]).toMatchObject({ state: 'delivered' });
  await shop.control('clock', { advance: 86_400_000 });
  await flush(shop);
  expect(receiver.heard).toHaveLength(2);
});

test('a shop that is not there is tried again as well', async () => {
  const shop = await openShop();
  await shop.scan('N-1', { notify_url: 'http://127.0.0.1:1/notify' });
  await flush(shop);
  const [notice] = await noticesOf(shop);
  expect(notice).toMatchObject({ state: 'waiting', attempts: [{ status: null }] });
});

describe('where it goes', () => {
  test('the request’s own address first, or the registered one by switch', async () => {
    const registered = await listen();
    const own = await listen();
    const shop = await openShop({ account: { notifyUrl: registered.url } });
    await shop.scan('N-1', { notify_url: own.url });
    await shop.scan('N-2');
    await flush(shop);
    expect([own.heard.length, registered.heard.length]).toEqual([1, 1]);
    await shop.control('config', { notifyUrlFirst: 'registered' });
    await shop.scan('N-3', { notify_url: own.url });
    await flush(shop);
    expect([own.heard.length, registered.heard.length]).toEqual([1, 2]);
  });

  test('ports 80 and 443 anywhere; another only on this machine, everywhere or nowhere', () => {
    expect(noReach('https://shop.example/n', 'never')).toBeNull();
    expect(noReach('http://shop.example:80/n', 'never')).toBeNull();
    expect(noReach('http://127.0.0.1:3000/n', 'loopback')).toBeNull();
    expect(noReach('http://localhost:3000/n', 'loopback')).toBeNull();
    expect(noReach('http://127.0.0.1:3000/n', 'never')).toBe('port-not-allowed');
    expect(noReach('https://shop.example:8443/n', 'loopback')).toBe('port-not-allowed');
    expect(noReach('https://127.0.0.1.shop.example:8443/n', 'loopback')).toBe('port-not-allowed');
    expect(noReach('https://shop.example:8443/n', 'always')).toBeNull();
    expect(noReach('file:///etc/passwd', 'always')).toBe('not-a-url');
    expect(noReach('nonsense', 'always')).toBe('not-a-url');
  });

  test('a forbidden port is in the log as not sent', async () => {
    const receiver = await listen();
    const shop = await openShop({ settings: { anyPort: 'never' } });
    await shop.scan('N-1', { notify_url: receiver.url });
    await flush(shop);
    expect(receiver.heard).toEqual([]);
    expect((await noticesOf(shop))[0]).toMatchObject({
      state: 'withheld',
      faults: ['port-not-allowed'],
    });
  });
});
