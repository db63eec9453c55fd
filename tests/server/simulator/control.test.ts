import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { isLoopbackAddress } from '@/server/simulator/door/control';
import { NOON, openShop } from './shop';

describe('the controls', () => {
  test('show every order, movement and call, and never a key or a payment code', async () => {
    const shop = await openShop();
    const sold = await shop.scan('K-1', { auth_code: '139999999999999999' });
    await shop.showQr('K-2', { goods_name: 'Tea' });
    const state = await shop.look('state');
    expect(state.clock).toEqual({ now: NOON, hk: '2026-01-05 12:00:00', speed: 1 });
    expect(state.orders).toMatchObject([
      { number: 'K-1', syssn: sold.flat.syssn, state: 'paid', respcd: '0000', mode: 'CPM' },
      { number: 'K-2', state: 'open', respcd: '1143', mode: 'MPM', goodsName: 'Tea' },
    ]);
    expect(state.ledger).toMatchObject([{ kind: 'payment', number: 'K-1', amount: 3850 }]);
    expect(state.calls).toMatchObject({
      counts: { payment: 2 },
      log: [
        { endpoint: 'payment', numbers: ['K-1'], respcd: '0000', status: 200, processed: true },
        { endpoint: 'payment', numbers: ['K-2'] },
      ],
    });
    const text = JSON.stringify(state);
    expect(text).not.toContain('00112233445566778899AABBCCDDEEFF');
    expect(text).not.toContain('139999999999999999');
  });

  test('show one order with all that belongs to it', async () => {
    const shop = await openShop();
    const sold = await shop.scan('K-1');
    await shop.client.refund({
      syssn: String(sold.flat.syssn),
      out_trade_no: 'R-1',
      txamt: '1000',
      txdtm: '2026-01-05 12:00:00',
    });
    await shop.scan('K-2');
    const one = await shop.look('order?number=K-1');
    expect(one.order).toMatchObject({ number: 'K-1', refunded: 1000, cancel: '5' });
    expect(one.refunds).toMatchObject([{ number: 'R-1', state: 'done' }]);
    expect(one.ledger).toMatchObject([{ amount: 3850 }, { amount: -1000 }]);
    expect(one.calls).toMatchObject([{ endpoint: 'payment' }, { endpoint: 'refund' }]);
  });

  test('forget everything on reset, settings and faults included, but repeat no number', async () => {
    const shop = await openShop();
    const first = await shop.scan('K-1');
    const { code } = await shop.control('issue-code');
    await shop.control('config', { shape: 'envelope' });
    await shop.control('fault', { kind: 'drop', times: 0 });
    await shop.control('account', { notifyUrl: 'http://127.0.0.1:9/n' });
    await shop.control('reset');
    const state = await shop.look('state');
    expect(state).toMatchObject({
      orders: [],
      ledger: [],
      faults: [],
      codes: [],
      calls: { counts: {}, log: [] },
      settings: { shape: 'flat' },
      accounts: [{ notifyUrl: null }],
    });
    expect((await shop.scan('K-1')).flat.syssn).not.toBe(first.flat.syssn);
    expect((await shop.control('issue-code')).code).not.toBe(code);
  });

  test.each([
    ['config', { shape: 'round' }],
    ['config', { perSecond: 0 }],
    ['config', { noSuchSwitch: true }],
    ['config', { close: { '800201': 'perhaps' } }],
    ['fault', { kind: 'gremlin' }],
    ['fault', { kind: 'drop', endpoint: 'everywhere' }],
    ['pay', {}],
    ['pay', { number: 'K-1', when: 'now' }],
    ['clock', { now: 'yesterday' }],
    ['clock', { speed: -1 }],
    ['clock', { advance: -1 }],
    ['account', { mchids: 'one' }],
    ['issue-code', { wallet: 'purse' }],
  ])('refuse %s %j whole', async (path, body) => {
    const shop = await openShop();
    await expect(shop.control(path, body)).rejects.toThrow('400');
  });

  test('name what they do not know: 404', async () => {
    const shop = await openShop();
    await expect(shop.control('pay', { number: 'NOBODY' })).rejects.toThrow('404');
    await expect(shop.control('nothing')).rejects.toThrow('404');
    await expect(shop.look('nothing')).rejects.toThrow('404');
  });

  test('set the clock, push it and speed it up', async () => {
    const shop = await openShop();
    const clock = await shop.control('clock', { now: '2026-02-28 23:59:59', advance: 1000 });
    expect(clock.hk).toBe('2026-03-01 00:00:00');
    expect((await shop.control('clock', { speed: 60 })).speed).toBe(60);
    expect((await shop.showQr('K-1')).flat.sysdtm).toBe('2026-03-01 00:00:00');
  });

  test('pay once only, and cannot refuse what is paid', async () => {
    const shop = await openShop();
    await shop.showQr('K-1');
    await shop.control('pay', { number: 'K-1' });
    await expect(shop.control('pay', { number: 'K-1', force: true })).rejects.toThrow('409');
    await expect(shop.control('refuse', { number: 'K-1' })).rejects.toThrow('409');
    expect((await shop.look('state')).ledger).toHaveLength(1);
  });

  test('open a second account beside the first, and close a pay type', async () => {
    const shop = await openShop();
    await shop.control('account', { appCode: 'SECOND', key: 'its key', mchids: ['one'] });
    const second = shop.clientWith({ appCode: 'SECOND', key: 'its key' });
    expect((await second.query({ mchid: 'one' })).flat.respcd).toBe('0000');
    await shop.scan('K-1');
    expect((await second.query({ mchid: 'one', out_trade_no: 'K-1' })).rows).toEqual([]);
    await shop.control('account', { payTypes: ['800208'] });
    expect((await shop.showQr('K-2')).flat.respmsg).toBe('filter error');
  });

  test('rotate a key: from then on the old one is 1108', async () => {
    const shop = await openShop();
    await shop.control('account', { key: 'new key' });
    expect((await shop.scan('K-1')).flat.respcd).toBe('1108');
    const next = shop.clientWith({ key: 'new key' });
    expect((await next.query({})).flat.respcd).toBe('0000');
  });
});

describe('who may turn them', () => {
  test('this machine only', () => {
    for (const near of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(isLoopbackAddress(near)).toBe(true);
    }
    for (const far of ['192.168.1.7', '10.127.0.1', '::ffff:10.0.0.1', 'fe80::1', undefined]) {
      expect(isLoopbackAddress(far)).toBe(false);
    }
  });

  test('and no page of another site in a browser on it', async () => {
    const shop = await openShop();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { Origin: 'https://elsewhere.example' };
      const target = `${shop.simulator.url}/control/reset`;
      const sent = request(target, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end('{}');
    });
    expect(status).toBe(403);
  });
});
