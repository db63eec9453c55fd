/**
 * What surrounds the till goes wrong: a locked database, a slow gateway, a gateway with somebody
 * else's certificate, a key that was changed. Each shop starts afresh where it must.
 */
import { createHash } from 'node:crypto';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import type { PaymentView } from '@/lib/contract';
import { until } from '../support/processes';
import { startImpostor } from '../support/proxy/impostor';
import { startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import { gatewayWorld, STAFF } from '../support/till';
import { codeTap, openShop, qrTap, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ env: { TZ: 'America/New_York' } });
}, 300_000);
afterAll(() => shop.close());
beforeEach(() => shop.calm());
afterEach(() => shop.booksAgree(), 20_000);

const shown = () => shop.shown();
const withheld = { kind: 'notice-never', endpoint: 'payment', times: 0 };

describe('another program holds the database', () => {
  test('F31 F48 longer than anybody waits: no sale is sent, a notification comes again', async () => {
    await shop.stack.control('fault', withheld);
    const { id } = await shown();
    await shop.stack.control('pay', { number: id });
    const told = await shop.notice(id);
    const before = await shop.arrived('payment');
    const other = new DatabaseSync(shop.stack.databaseFile);
    other.exec('begin immediate');
    const going = Promise.all([shop.tap(codeTap()), shop.knock(told)]);
    await answersAtOnce(`/api/payments/${id}`);
    const [sale, knocked] = await going;
    expect(sale).toMatchObject({ status: 503, body: { code: 'database-failed' } });
    expect(knocked.status).toBe(500);
    expect(await shop.arrived('payment')).toBe(before);
    other.exec('rollback');
    other.close();
    expect(await shop.knock(told)).toEqual({ status: 200, text: 'SUCCESS' });
    await shop.comes(id, 'paid');
    expect(await shop.whatBecameOf(codeTap())).toMatchObject({ state: 'paid' });
  });
});

test('F60 two tablets charge one sale in the same instant: one does, the other is told which', async () => {
  await shop.proxy.refuse();
  const { state, saleId, amount } = await shop.whatBecameOf(codeTap());
  expect(state).toBe('closed');
  await shop.proxy.heal();
  const taps = [qrTap(), qrTap()].map(({ key, body }) => ({
    key,
    body: { ...body, amount, saleId },
  }));
  const answers = await Promise.all(taps.map(shop.tap));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const [id] = answers.flatMap(({ status, body }) =>
    status === 201 ? [(body.payment as PaymentView).id] : [],
  );
  const other = answers.find(({ status }) => status === 409);
  expect(other?.body).toMatchObject({ code: 'sale-has-live-payment', paymentId: id });
  await shop.stack.control('pay', { number: id });
  await shop.comes(id ?? '', 'paid');
});

test('F38 a notification that comes fifteen hours late: thanked, and nothing changes', async () => {
  await shop.stack.control('fault', withheld);
  const { id } = await shown();
  await shop.stack.control('pay', { number: id });
  const told = await shop.notice(id);
  const { version } = await shop.comes(id, 'paid');
  await shop.clock.jump(15 * 3_600_000, shop.stack.app());
  expect(await shop.knock(told)).toEqual({ status: 200, text: 'SUCCESS' });
  await shop.clock.jump(0, shop.stack.app());
  expect(await shop.payment(id)).toMatchObject({ state: 'paid', version, late: false });
});

test.each([
  ...['0', '-1', '-0.01', '1.5', '99.999', '"1e3"', '"100.0"', '"100"', 'true', 'null', '[100]'],
  ...['1e21', '9007199254740993', '1000000000', '{"amount":1}', 'NaN', '0x64', '1_000', ''],
])('F90 %s is no amount: refused before anything is written down', async (amount) => {
  const known = (await shop.payments()).length;
  const answer = await shop.cashier.send('/api/payments', {
    method: 'POST',
    headers: {
      origin: shop.stack.till,
      'content-type': 'application/json',
      'idempotency-key': `no-amount-${Buffer.from(amount).toString('hex')}`,
    },
    body: `{"amount":${amount},"payType":"800201"}`,
  });
  expect([400, 422]).toContain(answer.status);
  expect(await shop.payments()).toHaveLength(known);
});

test('F87 while every answer of the gateway hangs, the till answers its tablets at once', async () => {
  const { id } = await shown();
  const held = shop.proxy.strike({ kind: 'hold-answer' }, { times: 0 });
  const going = [codeTap(), codeTap(), qrTap()].map((tap) => shop.tapAndGo(tap));
  await until(() => held.struck() >= 3);
  await answersAtOnce(`/api/payments/${id}`);
  await shop.proxy.heal();
  await Promise.all(going);
  await shop.stack.control('pay', { number: id });
  await shop.comes(id, 'paid');
});

/**
 * 57 of 60 requests within 200 ms. What this machine is busy with besides shows in what a program
 * that has nothing to wait for answers between them.
 */
async function answersAtOnce(where: string): Promise<void> {
  const [own, bare]: [number[], number[]] = [[], []];
  for (let n = 0; n < 60; n += 1) {
    own.push(await msFor(() => shop.cashier.send(where)));
    bare.push(await msFor(() => fetch(`${shop.stack.simulator.url}/control/magic`)));
  }
  const slowest = (took: number[]) => took.sort((a, b) => a - b)[56] ?? 0;
  expect(slowest(own)).toBeLessThan(Math.max(200, slowest(bare) * 5));
}

async function msFor(ask: () => Promise<Response>): Promise<number> {
  const began = performance.now();
  const answer = await ask();
  await answer.arrayBuffer();
  expect(answer.status).toBe(200);
  return performance.now() - began;
}

test('F80 on a machine in New York: the gateway hears Hong Kong time, and so do the tablets', async () => {
  const { id, createdAt } = await shop.whatBecameOf(codeTap());
  const order = await shop.order(id);
  const wall = new Date(Date.parse(createdAt) + 8 * 3_600_000).toISOString();
  expect(order?.txdtm).toBe(wall.slice(0, 19).replace('T', ' '));
  expect([createdAt.slice(0, 19), createdAt.slice(-6)]).toEqual([wall.slice(0, 19), '+08:00']);
});

describe('a gateway that is not QFPay', () => {
  test('F88 shows a certificate nobody vouches for: it hears not one byte of a charge', async () => {
    const impostor = await startImpostor();
    await shop.stack.restartApp({ QFPAY_BASE_URL: impostor.url });
    const { state, failure } = await shop.whatBecameOf(codeTap());
    expect([state, failure?.code]).toEqual(['closed', 'gateway-unreachable']);
    expect(impostor.knocks()).toBeGreaterThan(0);
    expect(impostor.heard()).toBe(0);
    await impostor.stop();
    await shop.stack.restartApp();
    expect(await shop.whatBecameOf(codeTap())).toMatchObject({ state: 'paid' });
  });

  test('F88 cannot be found by its name: refused, nothing sent in the clear', async () => {
    // Only a shop with credentials of QFPay asks another machine.
    const real = await startStack({
      env: {
        QFPAY_ENV: 'sandbox',
        QFPAY_BASE_URL: 'https://gateway.invalid',
        QFPAY_SANDBOX_APPCODE: 'AN-APP-CODE',
        QFPAY_SANDBOX_KEY: 'a-key',
        SETUP_OWNER_PIN: STAFF.owner.pin,
      },
    });
    onTestFinished(() => real.stop());
    const owner = await enter(real.till, 'owner');
    const { body } = await owner.call('POST', '/api/payments', codeTap());
    expect(body.payment).toMatchObject({
      ...{ state: 'closed', failure: { code: 'gateway-unreachable' } },
    });
    expect((await gatewayWorld(real)).calls.counts.payment ?? 0).toBe(0);
  });

  test('F89 S49 has changed the key: an alarm at the first call, and the truth with the new key', async () => {
    await shop.stack.control('fault', withheld);
    const { id } = await shown();
    const { key } = shop.stack.simulator;
    onTestFinished(async () => {
      await shop.stack.control('account', { key });
    });
    await shop.stack.control('account', { key: 'A-NEW-KEY' });
    await shop.stack.control('pay', { number: id });
    const refused = await shop.whatBecameOf(codeTap());
    expect(['failed', 'unknown']).toContain(refused.state);
    expect(shop.stack.logs()).toMatch(/"qfpay-alarm".*check the network and the key/);
    expect((await shop.payment(id)).state).toBe('awaiting');
    const old = (body: string) =>
      createHash('md5')
        .update(body + key)
        .digest('hex');
    const late = JSON.stringify({ out_trade_no: 'ELSEWHERE1', respcd: '0000', txamt: '1' });
    await shop.stack.restartApp({ QFPAY_SIMULATOR_KEY: 'A-NEW-KEY' });
    await shop.comes(id, 'paid');
    expect(await shop.knock({ body: late, signature: old(late) })).toMatchObject({ status: 401 });
    // While QFPay changes it, what was signed before still comes in.
    const both = { QFPAY_SIMULATOR_KEY: 'A-NEW-KEY', QFPAY_SIMULATOR_PREVIOUS_KEY: key };
    await shop.stack.restartApp(both);
    expect(await shop.knock({ body: late, signature: old(late) })).toMatchObject({ status: 200 });
    expect(await shop.whatBecameOf(codeTap())).toMatchObject({ state: 'paid' });
    await shop.stack.control('account', { key });
    await shop.stack.restartApp();
    expect(await shop.whatBecameOf(codeTap())).toMatchObject({ state: 'paid' });
  });
});
