/**
 * The line to the gateway breaks in every way a line can: resets, half answers, answers of somebody
 * else, no connection at all, a gateway that dies. Doubt meanwhile, the truth afterwards, and never
 * a second charge.
 */

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/processes';
import { startSimulator } from '../support/stack';
import { CHARGE, CLOSE, codeTap, openShop, QUERY, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
}, 300_000);
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.calm();
  await shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
});
afterEach(() => shop.booksAgree(), 20_000);

const HTML = '<html><body>Down for maintenance</body></html>';
const MAINTENANCE = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/html',
  `Content-Length: ${HTML.length}`,
  'Connection: close',
  '',
  HTML,
].join('\r\n');

const shown = () => shop.shown();

describe('an answer to a charge that the customer has paid', () => {
  test.each([
    ['F06 is reset before its first byte', { kind: 'reset-answer', after: 0 }],
    ['F06 is reset in the middle of its head', { kind: 'reset-answer', after: 40 }],
    ['F06 is reset in the middle of its body', { kind: 'reset-answer', after: 400 }],
    ['F07 ends in the middle of its head', { kind: 'cut-answer', after: 40 }],
    ['F07 ends in the middle of its body', { kind: 'cut-answer', after: 400 }],
  ] as const)('%s: doubt, then paid by the question', async (_what, fault) => {
    const struck = shop.proxy.strike(fault, { on: CHARGE });
    const { id } = await shop.whatBecameOf(codeTap());
    expect(struck.struck()).toBe(1);
    await shop.comes(id, 'paid', 5_000);
    expect(await shop.arrived('payment', id)).toBe(1);
  });

  test('F05 is a 502 of somebody in between: doubt, then paid', async () => {
    const fault = { kind: 'status', status: 502, endpoint: 'payment', stage: 'after' };
    await shop.stack.control('fault', fault);
    const { id } = await shop.whatBecameOf(codeTap());
    await shop.comes(id, 'paid', 5_000);
    expect(await shop.arrived('payment', id)).toBe(1);
  });

  test('F08 is lost, and each question is answered by a maintenance page: doubt until it goes', async () => {
    shop.proxy.strike({ kind: 'reset-answer', after: 0 }, { on: CHARGE });
    const page = shop.proxy.strike({ kind: 'say', bytes: MAINTENANCE }, { on: QUERY, times: 0 });
    const { id } = await shop.whatBecameOf(codeTap());
    await until(() => page.struck() >= 2);
    expect((await shop.payment(id)).state).toBe('unknown');
    await shop.proxy.heal();
    await shop.comes(id, 'paid');
  });
});

describe('a charge that may not have arrived', () => {
  test.each([
    ['F04 502 before anybody looked at it', { kind: 'status', status: 502, stage: 'before' }],
    ['F04 500 as HTML before anybody looked at it', { kind: 'html', stage: 'before' }],
  ])('%s: doubt, and another tap joins it', async (_what, fault) => {
    await shop.stack.control('fault', { ...fault, endpoint: 'payment' });
    const { id, saleId, state } = await shop.whatBecameOf(codeTap());
    expect(state).toBe('unknown');
    const again = codeTap((await shop.payment(id)).amount);
    const second = await shop.tap({ key: again.key, body: { ...again.body, saleId } });
    expect(second).toMatchObject({ status: 409, body: { paymentId: id } });
  });

  test('F01 its connection is reset: doubt, and the same tap again sends nothing', async () => {
    shop.proxy.strike({ kind: 'reset-request' }, { on: CHARGE });
    const tap = codeTap();
    const { id, state } = await shop.whatBecameOf(tap);
    expect(state).toBe('unknown');
    expect(await shop.whatBecameOf(tap)).toMatchObject({ id, state: 'unknown' });
    expect(await shop.arrived('payment', id)).toBe(0);
  });

  test('no connection at all: it never left, so nobody has to wait; then sales go on', async () => {
    await shop.proxy.refuse();
    const { id, state } = await shop.whatBecameOf(codeTap());
    expect(state).toBe('closed');
    await shop.proxy.heal();
    expect(await shop.arrived('payment', id)).toBe(0);
    const next = await shop.whatBecameOf(codeTap());
    await shop.comes(next.id, 'paid');
  });
});

describe('a question or a stop that breaks', () => {
  test('three questions are reset: the QR stays up and the fourth one knows', async () => {
    const { id } = await shown();
    const struck = shop.proxy.strike({ kind: 'reset-answer', after: 0 }, { on: QUERY, times: 3 });
    await shop.stack.control('pay', { number: id });
    await until(() => struck.struck() >= 1);
    expect((await shop.payment(id)).state).toBe('awaiting');
    await shop.comes(id, 'paid', 20_000);
  });

  test('F53 the stop is answered half: closed there before it is called closed', async () => {
    const { id } = await shown();
    shop.proxy.strike({ kind: 'cut-answer', after: 60 }, { on: CLOSE });
    await shop.cashier.call('POST', `/api/payments/${id}/cancel`);
    await shop.comes(id, 'closed');
    expect((await shop.order(id))?.state).toBe('closed');
  });

  test('F50 the customer pays, and the answer to the stop is lost: paid', async () => {
    const { id } = await shown();
    const held = shop.proxy.strike({ kind: 'hold-request' }, { on: CLOSE });
    const going = shop.cashier.call('POST', `/api/payments/${id}/cancel`);
    await until(() => held.struck() === 1);
    await shop.stack.control('pay', { number: id });
    held.release();
    await going;
    expect(await shop.comes(id, 'paid', 5_000)).toMatchObject({ late: false });
  });
});

test('the gateway is killed and starts again: the QR of before is paid after', async () => {
  const { id } = await shown();
  const { stateFile } = shop;
  const remembered = () => existsSync(stateFile) && readFileSync(stateFile, 'utf8').includes(id);
  await until(remembered);
  const port = new URL(shop.stack.simulator.url).port;
  await shop.stack.simulator.program.end('SIGKILL');
  await shop.proxy.refuse();
  const { state } = await shop.whatBecameOf(codeTap());
  expect(state).toBe('closed');
  expect((await shop.payment(id)).state).toBe('awaiting');
  const gateway = await startSimulator({ SIMULATOR_PORT: port, SIMULATOR_STATE: stateFile });
  await shop.proxy.heal();
  await gateway.control('pay', { number: id });
  await shop.comes(id, 'paid');
  shop.alsoEnds(gateway.program);
});
