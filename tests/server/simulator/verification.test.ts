import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Presented, STRICT, signString, verifies } from '@/server/simulator/signature';
import { specSign } from '@/tests/support/spec-client';
import { APPCODE, KEY, openShop, SALE } from './shop';

type Vector = {
  readonly id: string;
  readonly params: Readonly<Record<string, string | null>>;
  readonly sign_string: string;
  readonly client_key: string;
  readonly md5: string;
  readonly sha256: string;
  readonly body_plus: string;
  readonly body_pct20: string;
};
type Case = {
  readonly id: string;
  readonly applies_to: string;
  readonly client_key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: string;
};
const file = new URL('../qfpay/vectors.json', import.meta.url);
const vectors: {
  readonly request: readonly Vector[];
  readonly must_fail_or_pass: readonly Case[];
} = JSON.parse(readFileSync(file, 'utf8'));

const holds = (body: string, key: string, presented: Presented): boolean =>
  verifies(new Map(new URLSearchParams(body)), presented, {
    key,
    allowed: null,
    strictness: STRICT,
  });

describe('the published vectors', () => {
  test.each(vectors.request)(
    '$id: string, MD5 and SHA256 hold, however it was encoded',
    (vector) => {
      for (const body of [vector.body_plus, vector.body_pct20]) {
        expect(signString(new Map(new URLSearchParams(body)))).toBe(vector.sign_string);
        const md5 = { sign: vector.md5, signType: null };
        expect(holds(body, vector.client_key, md5)).toBe(true);
        const lower = { sign: vector.sha256.toLowerCase(), signType: 'SHA256' };
        expect(holds(body, vector.client_key, lower)).toBe(true);
        expect(holds(body, `${vector.client_key}0`, md5)).toBe(false);
        expect(holds(body, vector.client_key, { sign: vector.sha256, signType: null })).toBe(false);
      }
    },
  );

  const ofRequests = vectors.must_fail_or_pass.filter((one) => one.applies_to.startsWith('R'));
  test.each(ofRequests)('$id: $expect', (one) => {
    const vector = vectors.request.find((each) => each.id === one.applies_to);
    const presented = {
      sign: one.headers?.['X-QF-SIGN'] ?? null,
      signType: one.headers?.['X-QF-SIGNTYPE'] ?? null,
    };
    const accepted = holds(vector?.body_plus ?? '', one.client_key, presented);
    expect(accepted).toBe(one.expect.startsWith('accept'));
  });

  test('there are all of them', () => {
    expect(vectors.request).toHaveLength(15);
    expect(ofRequests).toHaveLength(5);
  });
});

describe('a call is looked at in QFPay’s order', () => {
  const code = async (shop: Awaited<ReturnType<typeof openShop>>, params: object) =>
    (await shop.client.payment({ ...params })).flat.respcd;
  const sale = { ...SALE, pay_type: '801501', out_trade_no: 'V-1' };

  test('an app code that nobody has gets 1108 and no signature, for there is no key', async () => {
    const shop = await openShop();
    const answer = await shop.clientWith({ appCode: 'NOBODY' }).payment(sale);
    expect(answer.flat.respcd).toBe('1108');
    expect(answer.headers['x-qf-sign']).toBeUndefined();
  });

  test('a wrong signature hides every other fault', async () => {
    const shop = await openShop({ account: { mchids: ['outlet1'] } });
    const answer = await shop.clientWith({ key: 'wrong' }).payment({ out_trade_no: 'V-1' });
    expect(answer.flat.respcd).toBe('1108');
  });

  test('an account bound to SHA256 refuses a good MD5', async () => {
    const shop = await openShop({ account: { signType: 'SHA256' } });
    expect(await code(shop, sale)).toBe('1108');
    const other = shop.clientWith({ algorithm: 'SHA256' });
    expect((await other.payment(sale)).flat.respcd).toBe('0000');
  });

  test('a name of the algorithm that is not exact is no algorithm', () => {
    const sign = specSign({ a: '1' }, KEY, 'sha256');
    expect(holds('a=1', KEY, { sign, signType: 'SHA256' })).toBe(true);
    expect(holds('a=1', KEY, { sign, signType: 'sha256' })).toBe(false);
  });

  test('empty values that were signed are refused unless a switch takes them', async () => {
    const shop = await openShop();
    const withEmpty = { ...sale, goods_name: '' };
    expect(await code(shop, withEmpty)).toBe('1108');
    await shop.control('config', { acceptSignedEmpties: true });
    expect(await code(shop, withEmpty)).toBe('0000');
  });

  test('an mchid is missed where one was assigned, and refused where none was', async () => {
    const none = await openShop();
    expect(await code(none, { ...sale, mchid: 'outlet1' })).toBe('1108');
    await none.control('config', { mchidRefusal: '1104' });
    expect(await code(none, { ...sale, mchid: 'outlet1' })).toBe('1104');

    const chain = await openShop({ account: { mchids: ['outlet1'] } });
    expect(await code(chain, sale)).toBe('1108');
    expect(await code(chain, { ...sale, mchid: 'outlet9' })).toBe('1108');
    expect(await code(chain, { ...sale, mchid: 'outlet1' })).toBe('0000');
  });

  test.each(['txamt', 'txcurrcd', 'pay_type', 'out_trade_no', 'txdtm'])(
    'a payment without %s gets 1104',
    async (name) => {
      const shop = await openShop();
      const params = Object.fromEntries(Object.entries(sale).filter(([key]) => key !== name));
      expect(await code(shop, params)).toBe('1104');
    },
  );

  test.each([
    ['a goods_name of 21 characters', { goods_name: '一二三四五六七八九十一二三四五六七八九十一' }],
    ['an amount of nothing', { txamt: '0' }],
    ['an amount with a point', { txamt: '38.50' }],
    ['an amount below nothing', { txamt: '-1' }],
    ['an amount past 31 bits', { txamt: '2147483648' }],
    ['a currency that was not opened', { txcurrcd: 'USD' }],
    ['four minutes to live', { expired_time: '4' }],
    ['121 minutes to live', { expired_time: '121' }],
    ['a scan without a code', { pay_type: '800208' }],
  ])('%s gets 1104', async (_, more) => {
    const shop = await openShop();
    expect(await code(shop, { ...sale, ...more })).toBe('1104');
    expect(await shop.stateOf('V-1')).toBeNull();
  });

  test('20 characters of goods_name, and 5 or 120 minutes to live, are taken', async () => {
    const shop = await openShop();
    const name = { goods_name: '一二三四五六七八九十一二三四五六七八九十' };
    expect(await code(shop, { ...sale, ...name, expired_time: '5' })).toBe('0000');
    expect(await code(shop, { ...sale, out_trade_no: 'V-2', expired_time: '120' })).toBe('0000');
  });

  test('a pay type that was not opened gets 1104 and the words "filter error"', async () => {
    const shop = await openShop({ account: { payTypes: ['800201'] } });
    const answer = await shop.client.payment(sale);
    expect(answer.flat).toMatchObject({ respcd: '1104', respmsg: 'filter error' });
    const nobody = await shop.client.payment({ ...sale, pay_type: '123456' });
    expect(nobody.flat).toMatchObject({ respcd: '1104', respmsg: 'filter error' });
  });

  test('a number that was used gets 2011 and never the first answer again', async () => {
    const shop = await openShop();
    expect(await code(shop, sale)).toBe('0000');
    const again = await shop.client.payment(sale);
    expect(again.flat.respcd).toBe('2011');
    expect(again.flat.qrcode).toBeUndefined();
  });

  test('the identical request gets 1102 while the first is still in flight', async () => {
    const shop = await openShop();
    await shop.control('fault', { kind: 'delay', endpoint: 'payment', ms: 400 });
    const first = shop.client.payment(sale);
    await expect.poll(async () => shop.simulator.model.find('V-1') !== null).toBe(true);
    expect(await code(shop, sale)).toBe('1102');
    expect(await code(shop, { ...sale, txamt: '1' })).toBe('2011');
    expect((await first).flat.respcd).toBe('0000');
    expect(await code(shop, sale)).toBe('2011');
  });

  test('what is not a form is not read, and what is not there is not found', async () => {
    const shop = await openShop();
    const url = `${shop.simulator.url}/trade/v1`;
    const sign = specSign(sale, KEY, 'md5');
    const headers = { 'X-QF-APPCODE': APPCODE, 'X-QF-SIGN': sign };
    const json = await fetch(`${url}/payment`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(sale),
    });
    expect(await json.json()).toMatchObject({ respcd: '1108' });
    const plain = await fetch(`${url}/payment`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/plain' },
      body: new URLSearchParams(sale).toString(),
    });
    expect(await plain.json()).toMatchObject({ respcd: '1108' });
    expect((await shop.client.get('/trade/v1/query', {})).status).toBe(405);
    expect((await shop.client.post('/trade/v1/nothing', {})).status).toBe(404);
  });
});
