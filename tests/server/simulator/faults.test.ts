import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KEY, openShop, SALE, type Shop } from './shop';

const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase();
const genuine = (answer: { text: string; headers: Record<string, unknown> }) =>
  answer.headers['x-qf-sign'] === md5(answer.text + KEY);
const fault = (shop: Shop, kind: string, more: object = {}) =>
  shop.control('fault', { kind, endpoint: 'payment', ...more });

describe('a call is lost', () => {
  test('before it is processed: nothing is known of it', async () => {
    const shop = await openShop();
    await fault(shop, 'drop', { stage: 'before' });
    await expect(shop.scan('F-1')).rejects.toThrow();
    expect(await shop.stateOf('F-1')).toBeNull();
    expect((await shop.scan('F-1')).flat.respcd).toBe('0000');
  });

  test('after it was processed: the customer has paid', async () => {
    const shop = await openShop();
    await fault(shop, 'drop');
    await expect(shop.scan('F-1')).rejects.toThrow();
    expect(await shop.stateOf('F-1')).toBe('0000');
    expect((await shop.scan('F-1')).flat.respcd).toBe('2011');
  });

  test('behind an error page, before or after', async () => {
    const shop = await openShop();
    await fault(shop, 'html');
    await fault(shop, 'html', { stage: 'after', number: 'F-2', status: 502 });
    const before = await shop.scan('F-1');
    expect(before).toMatchObject({ status: 500, json: null });
    expect(before.headers['content-type']).toBe('text/html');
    expect(await shop.stateOf('F-1')).toBeNull();
    expect((await shop.scan('F-2')).status).toBe(502);
    expect(await shop.stateOf('F-2')).toBe('0000');
  });

  test('to the rate limit, which processes nothing', async () => {
    const shop = await openShop();
    await fault(shop, 'status', { times: 2 });
    expect((await shop.scan('F-1')).status).toBe(429);
    expect((await shop.scan('F-1')).status).toBe(429);
    expect((await shop.scan('F-1')).flat.respcd).toBe('0000');
  });
});

describe('a call is slow', () => {
  test('on its way: it is executed even if the caller has gone, and not seen before', async () => {
    const shop = await openShop();
    await fault(shop, 'delay', { stage: 'before', ms: 250 });
    const answer = shop.scan('F-1');
    expect(await shop.stateOf('F-1')).toBeNull();
    await expect.poll(() => shop.stateOf('F-1')).toBe('0000');
    expect((await answer).flat.respcd).toBe('0000');
  });

  test('on its way back: it is seen while the caller still waits', async () => {
    const shop = await openShop();
    await fault(shop, 'delay', { ms: 300 });
    let answered = false;
    const answer = shop.scan('F-1').then((given) => {
      answered = true;
      return given;
    });
    await expect.poll(() => shop.stateOf('F-1')).toBe('0000');
    expect(answered).toBe(false);
    expect((await answer).flat.respcd).toBe('0000');
  });
});

describe('an answer is spoilt, though the payment stands', () => {
  const spoilt = async (kind: string, more: object = {}, shape = 'flat') => {
    const shop = await openShop({ settings: { shape } });
    await fault(shop, kind, more);
    const answer = await shop.scan('F-1');
    expect(await shop.stateOf('F-1')).toBe('0000');
    return answer;
  };

  test('cut in the middle', async () => {
    const answer = await spoilt('truncate');
    expect(answer.status).toBe(200);
    expect(answer.text.startsWith('{"pay_type": ')).toBe(true);
    expect(answer.json).toBeNull();
  });

  test('signed wrongly, or not at all', async () => {
    const wrong = await spoilt('wrong-signature');
    expect(wrong.headers['x-qf-sign']).toMatch(/^[0-9A-F]{32}$/);
    expect(genuine(wrong)).toBe(false);
    expect((await spoilt('no-signature')).headers['x-qf-sign']).toBeUndefined();
  });

  test('with its code unquoted, which is not even JSON', async () => {
    const answer = await spoilt('unquoted-respcd');
    expect(answer.text).toContain('"respcd": 0000}');
    expect(answer.json).toBeNull();
    expect(genuine(answer)).toBe(true);
  });

  test.each([
    ['integer-txamt', { txamt: 3850 }],
    ['unknown-pay-type', { pay_type: '899999' }],
    ['smaller-amount', { txamt: '1925' }],
    ['other-currency', { txcurrcd: 'USD' }],
    ['other-number', { out_trade_no: 'F-1-OTHER' }],
    ['extra-fields', { sim_extra: 'x', txamt: '3850' }],
  ])('with %s, well signed, in both shapes', async (kind, says) => {
    for (const shape of ['flat', 'envelope']) {
      const answer = await spoilt(kind, {}, shape);
      expect(answer.flat).toMatchObject({ respcd: '0000', ...says });
      expect(genuine(answer)).toBe(true);
    }
  });

  test('with a code that is not the truth, so many times', async () => {
    const shop = await openShop();
    await shop.scan('F-1');
    await shop.control('fault', { kind: 'respcd', endpoint: 'query', respcd: '1254', times: 2 });
    const ask = () => shop.client.query({ out_trade_no: 'F-1' });
    expect((await ask()).flat.respcd).toBe('1254');
    expect((await ask()).flat.respcd).toBe('1254');
    expect((await ask()).flat.respcd).toBe('0000');
    await shop.control('fault', { kind: 'respcd', endpoint: 'query', respcd: '1143', inner: true });
    const inner = await ask();
    expect(inner.flat.respcd).toBe('0000');
    expect(inner.rows[0]).toMatchObject({ respcd: '1143', out_trade_no: 'F-1' });
    expect((await ask()).rows[0]).toMatchObject({ respcd: '0000' });
  });

  test('or with one that comes instead of processing', async () => {
    const shop = await openShop();
    await fault(shop, 'respcd', { respcd: '1100', stage: 'before' });
    expect((await shop.scan('F-1')).flat.respcd).toBe('1100');
    expect(await shop.stateOf('F-1')).toBeNull();
  });
});

describe('a fault strikes', () => {
  test('only what it names: endpoint, number, amount, pay type', async () => {
    const shop = await openShop();
    const refused = { kind: 'respcd', respcd: '9999', times: 0 };
    await shop.control('fault', { ...refused, number: 'F-2' });
    await shop.control('fault', { ...refused, amount: 777 });
    await shop.control('fault', { ...refused, payType: '801501' });
    await shop.control('fault', { ...refused, endpoint: 'refund' });
    expect((await shop.scan('F-1')).flat.respcd).toBe('0000');
    expect((await shop.scan('F-2')).flat.respcd).toBe('9999');
    expect((await shop.scan('F-3', { txamt: '777' })).flat.respcd).toBe('9999');
    expect((await shop.showQr('F-4')).flat.respcd).toBe('9999');
    const { flat } = await shop.client.refund({ out_trade_no: 'R-1', ...SALE });
    expect(flat.respcd).toBe('9999');
  });

  test('for good until it is taken away', async () => {
    const shop = await openShop();
    const held = await fault(shop, 'respcd', { times: 0 });
    for (const number of ['F-1', 'F-2', 'F-3']) {
      expect((await shop.scan(number)).flat.respcd).toBe('9999');
    }
    const url = `${shop.simulator.url}/control/fault/${Object(held.fault).id}`;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);
    expect((await shop.scan('F-4')).flat.respcd).toBe('0000');
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
  });
});
