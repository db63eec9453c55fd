/**
 * The gateway keeps its word in strange ways: it finds new orders late, changes its mind, knows the
 * number already, closes and takes the money all the same. Half a minute passes in a second here.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/processes';
import { magicCode } from '../support/till';
import { CHARGE, codeTap, openShop, passed, type Shop } from './shop';

const RATE = 30;
const seconds = (shopSeconds: number) => (shopSeconds * 1_000) / RATE;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ rate: RATE });
}, 300_000);
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.calm();
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
});
afterEach(() => shop.booksAgree(), 20_000);

const config = (patch: object) => shop.stack.control('config', patch);
const shown = (payType?: string) => shop.shown(payType);
const cancel = (id: string) => shop.cashier.call('POST', `/api/payments/${id}/cancel`);
const fate = (outcome: string, polls = 0) => {
  const tap = codeTap();
  return { ...tap, body: { ...tap.body, authCode: magicCode(outcome, polls) } };
};

describe('a charge', () => {
  test('F17 that no question finds for eight seconds is doubt meanwhile, then paid', async () => {
    await config({ visibilityDelayMs: 8_000 });
    shop.proxy.strike({ kind: 'reset-answer', after: 0 }, { on: CHARGE });
    const { id, state } = await shop.whatBecameOf(codeTap());
    expect(state).toBe('unknown');
    const { late } = await shop.comes(id, 'paid');
    expect(late).toBe(false);
  });

  test('F18 that was pending and is refused at the end: failed, and it took nothing', async () => {
    const { id } = await shop.whatBecameOf(fate('03', 3));
    await shop.comes(id, 'failed');
    expect((await shop.order(id))?.paidAt).toBeNull();
  });

  test('F19 that was refused and yet takes the money is paid late', async () => {
    const { id } = await shop.whatBecameOf(fate('04'));
    await shop.comes(id, 'failed');
    await shop.stack.control('pay', { number: id, force: true });
    expect(await shop.comes(id, 'paid')).toMatchObject({ late: true });
  });

  test('F20 whose number is said to be used: asked about, never sent again', async () => {
    await shop.stack.control('fault', { kind: 'respcd', respcd: '1102', endpoint: 'payment' });
    const { id } = await shop.whatBecameOf(codeTap());
    await shop.comes(id, 'paid');
    expect(await shop.arrived('payment', id)).toBe(1);
  });

  test('F20 whose number is somebody else’s order: a manager looks, and it is never paid', async () => {
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CHARGE });
    const tap = codeTap();
    const going = shop.tapAndGo(tap);
    await until(() => held.struck() === 1);
    const mine = (await shop.payments()).find(({ amount }) => amount === tap.body.amount);
    const number = mine?.id ?? '';
    await shop.stack.control('foreign-order', { number, amount: 77, paid: false });
    shop.differsAt(number);
    held.release();
    await going;
    await until(async () => (await shop.payment(number)).review === 'answer-differs');
    await passed(seconds(60));
    expect((await shop.payment(number)).state).toBe('unknown');
  });
});

describe('a QR that is stopped', () => {
  test('F49 and is paid a second after that was accepted: late money, told', async () => {
    const { id } = await shown();
    await cancel(id);
    await shop.comes(id, 'closed');
    await shop.stack.control('pay', { number: id, force: true, afterMs: 1_000 });
    expect(await shop.comes(id, 'paid')).toMatchObject({ late: true });
    expect(shop.stack.logs()).toMatch(new RegExp(`late-money.*${id}|${id}.*late-money`));
  });

  test('F51 but its wallet never closes: it can be paid, and nobody calls it closed', async () => {
    await config({ close: { '*': '1297' } });
    const { id } = await shown();
    await cancel(id);
    await passed(seconds(30));
    expect((await shop.payment(id)).state).toBe('cancelling');
    await shop.stack.control('pay', { number: id });
    expect(await shop.comes(id, 'paid')).toMatchObject({ late: false });
  });

  test('F52 but its wallet closes only after five minutes: stopped then, not before', async () => {
    await config({ cancelMinAgeMs: { '800201': 300_000 } });
    const { id } = await shown();
    await cancel(id);
    await passed(seconds(60));
    expect((await shop.payment(id)).state).toBe('cancelling');
    expect((await shop.order(id))?.state).toBe('open');
    await shop.comes(id, 'closed', 20_000);
    expect((await shop.order(id))?.state).not.toBe('open');
  });
});

test('F54 a reversal that gives a paid order back: paid, and a manager sees that it went back', async () => {
  await config({ reversalOfPaid: 'refund' });
  const { id } = await shop.whatBecameOf(fate('10'));
  await passed(seconds(20));
  const held = shop.proxy.strike({ kind: 'hold-request' }, { on: '/trade/v1/reversal' });
  const going = cancel(id);
  await until(() => held.struck() === 1);
  await shop.stack.control('pay', { number: id });
  held.release();
  await going;
  expect(await shop.comes(id, 'paid')).toMatchObject({ review: 'reversed-outside' });
});

test('F83 twenty-five open orders, and a page shows ten unless asked for more: all are found', async () => {
  const opened = await Promise.all(Array.from({ length: 25 }, () => shown()));
  await Promise.all(opened.map(({ id }) => shop.stack.control('pay', { number: id })));
  for (const { id } of opened) await shop.comes(id, 'paid');
});
