import { describe, expect, test } from 'vitest';
import { NOON, openShop, SHAPES, type Shop } from './shop';

const numbersOf = async (shop: Shop, params: Record<string, string>) => {
  const { rows } = await shop.client.query(params);
  return rows.map((row) => String(row.out_trade_no)).sort();
};
const scanMany = async (shop: Shop, count: number) => {
  for (let index = 1; index <= count; index += 1) await shop.scan(`Q-${index}`, { txamt: '200' });
};
const JANUARY = { start_time: '2026-01-01 00:00:00', end_time: '2026-01-31 23:59:59' };

describe.each(SHAPES)('a question, %s', (shape) => {
  test('about an unknown number is answered 0000 with no records', async () => {
    const shop = await openShop({ settings: { shape } });
    const { json } = await shop.client.query({ out_trade_no: 'NOBODY' });
    expect(json).toMatchObject({ respcd: '0000', data: [], page: 1, page_size: 10 });
  });

  test('finds by either number, by lists of them, and by both at once', async () => {
    const shop = await openShop({ settings: { shape } });
    const one = String((await shop.scan('Q-1')).flat.syssn);
    const two = String((await shop.scan('Q-2')).flat.syssn);
    await shop.scan('Q-3');
    expect(await numbersOf(shop, { out_trade_no: 'Q-1' })).toEqual(['Q-1']);
    expect(await numbersOf(shop, { out_trade_no: 'Q-1,Q-3,Q-9' })).toEqual(['Q-1', 'Q-3']);
    expect(await numbersOf(shop, { syssn: two })).toEqual(['Q-2']);
    expect(await numbersOf(shop, { syssn: `${one},${two}` })).toEqual(['Q-1', 'Q-2']);
    expect(await numbersOf(shop, { syssn: one, out_trade_no: 'Q-2' })).toEqual([]);
  });

  test('keeps to pay types and to a state when asked to', async () => {
    const shop = await openShop({ settings: { shape } });
    await shop.scan('Q-1');
    await shop.showQr('Q-2');
    await shop.showQr('Q-3', { pay_type: '805801' });
    expect(await numbersOf(shop, { pay_type: '801501,805801' })).toEqual(['Q-2', 'Q-3']);
    expect(await numbersOf(shop, { respcd: '0000' })).toEqual(['Q-1']);
    expect(await numbersOf(shop, { respcd: '1143', pay_type: '805801' })).toEqual(['Q-3']);
  });

  test('ignores a txdtm, as the specification’s sample sends one', async () => {
    const shop = await openShop({ settings: { shape } });
    await shop.scan('Q-1');
    const params = { out_trade_no: 'Q-1', txdtm: '2001-01-01 00:00:00' };
    expect(await numbersOf(shop, params)).toEqual(['Q-1']);
  });
});

describe('the window of time', () => {
  test('is this calendar month when none is named', async () => {
    const shop = await openShop();
    await shop.scan('Q-1');
    await shop.control('clock', { now: '2026-01-31 23:59:59' });
    expect(await numbersOf(shop, {})).toEqual(['Q-1']);
    await shop.control('clock', { now: '2026-02-01 00:00:00' });
    expect(await numbersOf(shop, {})).toEqual([]);
    expect(await numbersOf(shop, JANUARY)).toEqual(['Q-1']);
  });

  test('bites even when a number is named, unless that is switched off', async () => {
    const shop = await openShop();
    const syssn = String((await shop.scan('Q-1')).flat.syssn);
    await shop.control('clock', { now: '2026-02-01 00:00:03' });
    expect(await shop.stateOf('Q-1')).toBeNull();
    expect(await numbersOf(shop, { syssn })).toEqual([]);
    expect(await shop.stateOf('Q-1', JANUARY)).toBe('0000');
    await shop.control('config', { monthPartition: false });
    expect(await shop.stateOf('Q-1')).toBe('0000');
  });

  test('is cut in Hong Kong time, to the second at both ends', async () => {
    const shop = await openShop();
    await shop.control('clock', { now: '2026-01-05 07:59:59' });
    await shop.scan('Q-1');
    await shop.control('clock', { now: '2026-01-05 08:00:00' });
    await shop.scan('Q-2');
    await shop.control('clock', { now: NOON - 4 * 3_600_000 - 1 });
    await shop.scan('Q-3');
    const until = { start_time: '2026-01-05 07:00:00', end_time: '2026-01-05 07:59:59' };
    const from = { start_time: '2026-01-05 08:00:00', end_time: '2026-01-05 08:00:00' };
    // Q-3 came 999 ms into the last second, which a stamp cannot say.
    expect(await numbersOf(shop, until)).toEqual(['Q-1', 'Q-3']);
    expect(await numbersOf(shop, from)).toEqual(['Q-2']);
  });

  test.each([
    ['two months', '2026-01-31 00:00:00', '2026-02-01 00:00:00'],
    ['no time at all', 'yesterday', '2026-01-05 00:00:00'],
  ])('of %s gets 1104, which says nothing about the sale', async (_, start_time, end_time) => {
    const shop = await openShop();
    const { flat, rows } = await shop.client.query({ start_time, end_time });
    expect(flat.respcd).toBe('1104');
    expect(rows).toEqual([]);
  });
});

describe('pages', () => {
  test('hold ten unless told, a hundred at most, and together everything once', async () => {
    const shop = await openShop({ settings: { rateLimits: false } });
    await scanMany(shop, 105);
    expect(await numbersOf(shop, {})).toHaveLength(10);
    const first = await shop.client.query({ page_size: '500' });
    expect(first.json).toMatchObject({ page: 1, page_size: 100 });
    expect(first.rows).toHaveLength(100);
    const second = await shop.client.query({ page_size: '500', page: '2' });
    expect(second.rows).toHaveLength(5);
    const all = [...first.rows, ...second.rows].map((row) => row.out_trade_no);
    expect(new Set(all).size).toBe(105);
  });

  test('come in no order that means anything, unless shuffling is off', async () => {
    const shop = await openShop();
    await scanMany(shop, 12);
    const serials = async () =>
      (await shop.client.query({ page_size: '100' })).rows.map((row) => Number(row.clisn));
    const shuffled = await serials();
    const newestFirst = [...shuffled].sort((a, b) => b - a);
    expect(shuffled).not.toEqual(newestFirst);
    expect(shuffled).not.toEqual([...newestFirst].reverse());
    expect(await serials()).toEqual(shuffled);
    await shop.control('config', { shuffle: false });
    expect(await serials()).toEqual(newestFirst);
  });
});

test('a new record can stay invisible for a while', async () => {
  const shop = await openShop({ settings: { visibilityDelayMs: 8000 } });
  await shop.scan('Q-1');
  await shop.control('clock', { advance: 7999 });
  expect(await shop.stateOf('Q-1')).toBeNull();
  await shop.control('clock', { advance: 1 });
  expect(await shop.stateOf('Q-1')).toBe('0000');
});

test('a list of numbers longer than its field gets 1104, unless the limit is lifted', async () => {
  const shop = await openShop();
  await shop.scan('Q-1');
  const out_trade_no = `Q-1,${'x'.repeat(125)}`;
  expect((await shop.client.query({ out_trade_no })).flat.respcd).toBe('1104');
  await shop.control('config', { numberListChars: null });
  expect(await numbersOf(shop, { out_trade_no })).toEqual(['Q-1']);
});

test('an outlet sees its own records only', async () => {
  const shop = await openShop({ account: { mchids: ['one', 'two'] } });
  await shop.scan('Q-1', { mchid: 'one' });
  expect(await numbersOf(shop, { mchid: 'one' })).toEqual(['Q-1']);
  expect(await numbersOf(shop, { mchid: 'two', out_trade_no: 'Q-1' })).toEqual([]);
  // The number is used up for the whole company all the same.
  expect((await shop.scan('Q-1', { mchid: 'two' })).flat.respcd).toBe('2011');
});

test('what another till sold under the same credential shows up, and may share a number', async () => {
  const shop = await openShop();
  await shop.scan('Q-1');
  await shop.control('foreign-order', { number: 'Q-1', amount: 9900, payType: '802808' });
  const { rows } = await shop.client.query({ out_trade_no: 'Q-1' });
  expect(rows.map((row) => row.txamt).sort()).toEqual(['3850', '9900']);
});
