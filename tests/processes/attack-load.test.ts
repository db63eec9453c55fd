/** Too much, too slow, too deep and too often, at the built server; and what nobody caught. */
import type { Socket } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { until } from '../support/processes';
import { aLine, get, type RawAnswer, say } from '../support/raw-http';
import { enter, jarOf } from '../support/staff-client';
import { STAFF } from '../support/till';
import { codeTap, openShop, type Shop } from './shop';

const FAULTS = pathToFileURL(path.join(import.meta.dirname, '../support/fault-on-signal.mjs')).href;

let shop: Shop;
let till = '';
let cookie = '';
/** Begins a body and never goes on; it is sent away while the other tests run. */
let trickle: Promise<RawAnswer>;
beforeAll(async () => {
  shop = await openShop({ env: { NODE_OPTIONS: `--import=${FAULTS}` } });
  till = shop.stack.till;
  cookie = jarOf(shop.cashier);
  trickle = say(till, posts('/api/payments', 'Content-Length: 100'), '{');
}, 300_000);
afterAll(() => shop.close());
afterEach(() => shop.booksAgree(), 20_000);

const paidNow = async (): Promise<void> => {
  expect(await shop.whatBecameOf(codeTap())).toMatchObject({ state: 'paid' });
};
const posts = (target: string, ...more: readonly string[]): string[] => [
  ...[`POST ${target} HTTP/1.1`, 'Host: {host}', 'Connection: close', `Cookie: ${cookie}`],
  ...[`Origin: ${till}`, 'Content-Type: application/json', 'Idempotency-Key: load', ...more],
];

test('S66 two hundred lines held open with half a request hold up no sale', async () => {
  const held: Socket[] = [];
  onTestFinished(() => {
    for (const line of held) line.destroy();
  });
  const host = `Host: ${new URL(till).host}\r\n`;
  const body = 'Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n{';
  for (let n = 0; n < 200; n += 1) {
    const line = await aLine(till);
    line.on('error', () => line.destroy());
    line.write(`POST /api/qfpay/notify HTTP/1.1\r\n${host}${n % 2 === 0 ? '' : body}`);
    held.push(line);
  }
  await paidNow();
});

test('S66 what is too large is not read to its end, however it is sent', async () => {
  const large = 'x'.repeat(1024 * 1024);
  for (const [target, streamedTo] of [
    ['/api/payments', 413],
    ['/api/qfpay/notify', 413],
    ['/api/auth/callback/staff', 413],
    // Closed for good since there is an owner.
    ['/api/setup', 404],
  ] as const) {
    const announced = await say(till, posts(target, 'Content-Length: 1000000000'), '{');
    expect([target, announced.status]).toEqual([target, 413]);
    const chunked = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    const streamed = await say(till, posts(target, 'Transfer-Encoding: chunked'), chunked);
    expect([target, streamed.status]).toEqual([target, streamedTo]);
  }
  await paidNow();
});

test('S66 S47 deep, broken, doubled and packed bodies are refused, and nothing more happens', async () => {
  const deep = '['.repeat(8_000) + ']'.repeat(8_000);
  const bodies = [deep, `{"a":${deep}`, '{"amount":1,"amount":2,"x":', '\u0000', '{"__proto__":'];
  for (const body of bodies) {
    const { status } = await say(
      till,
      posts('/api/payments', `Content-Length: ${Buffer.byteLength(body)}`),
      body,
    );
    expect([body.slice(0, 20), [400, 422].includes(status)]).toEqual([body.slice(0, 20), true]);
    expect(await shop.knock({ body, signature: 'x' })).toEqual({ status: 401, text: '' });
  }
  const broken = Buffer.from([0xff, 0xfe, 0x7b]);
  const { status } = await say(till, posts('/api/payments', 'Content-Length: 3'), broken);
  expect(status).toBe(400);
  for (const lines of [
    ['Content-Length: 5', 'Content-Length: 6'],
    ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
    ['Content-Length: -1'],
  ]) {
    const smuggled = await say(till, posts('/api/payments', ...lines), 'GET / HTTP/1.1\r\n\r\n');
    expect([lines, [400, 0].includes(smuggled.status)]).toEqual([lines, true]);
  }
  await paidNow();
});

test('S66 a body that does not come is not waited for', async () => {
  const { status, text } = await trickle;
  expect([status, text]).toEqual([408, expect.stringContaining('"code":"body-too-slow"')]);
  await paidNow();
});

test('S66 ten thousand headers, or long ones, are refused', async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `x-${n}: 1`);
  expect([431, 0]).toContain((await get(till, '/api/health', ...many)).status);
  expect((await get(till, '/api/health', `x: ${'a'.repeat(20_000)}`)).status).toBe(431);
  expect((await get(till, `/api/health?${'a'.repeat(20_000)}`)).status).toBe(431);
  await paidNow();
});

test('S48 whoever knocks without the key learns nothing, whatever they say', async () => {
  const { id } = await shop.shown();
  const notices = [
    JSON.stringify({ out_trade_no: id, respcd: '0000', notify_type: 'payment', txamt: '1' }),
    JSON.stringify({ out_trade_no: 'NOSUCHNUMBER', respcd: '0000', notify_type: 'payment' }),
    ...['', '{', 'SUCCESS', '<xml/>'],
  ];
  const answers = [];
  for (const body of notices) {
    for (const signature of ['', 'x', '0'.repeat(32), 'F'.repeat(64)]) {
      answers.push(await shop.knock({ body, signature }));
    }
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set(['{"status":401,"text":""}']),
  );
  expect((await shop.payment(id)).state).toBe('awaiting');
  await shop.stack.control('pay', { number: id });
  await shop.comes(id, 'paid');
});

test('S39 a flood of one person’s sales is held up, and nobody else’s', async () => {
  const owner = await enter(till, 'owner');
  const { saleId } = await shop.whatBecameOf(codeTap());
  // Nothing is owed for it any more, so that no call of the flood reaches the gateway.
  const order = (n: number) => {
    const body = { amount: 100, payType: '800201', saleId };
    return owner.call('POST', '/api/payments', { body, key: `flood-${n}` });
  };
  const answers = await Promise.all(Array.from({ length: 150 }, (_, n) => order(n)));
  const codes = answers.map(({ body }) => body.code);
  expect(codes.filter((code) => code === 'too-many-sales')).toHaveLength(30);
  expect(codes.filter((code) => code === 'amount-not-due')).toHaveLength(120);
  await paidNow();
});

test('S38 of refunds that race no cent goes back twice', async () => {
  const tap = codeTap();
  const { id } = await shop.whatBecameOf(tap);
  await until(async () => (await shop.payment(id)).confirmed);
  const part = Math.trunc(tap.body.amount / 4);
  const race = Array.from({ length: 20 }, (_, n) => {
    const body = { amount: part, reason: 'Race', pin: STAFF.manager.pin };
    return shop.manager.call('POST', `/api/payments/${id}/refunds`, { body, key: `race-${n}` });
  });
  const answers = await Promise.all(race);
  const made = answers.filter(({ status }) => status === 201);
  expect(made.length).toBeLessThanOrEqual(4);
  const { refundedAmount, refundableAmount } = await shop.payment(id);
  expect(refundedAmount).toBeLessThanOrEqual(tap.body.amount);
  expect(refundableAmount).toBe(tap.body.amount - made.length * part);
});

test('S67 what nobody caught is told, and the sale under way and the next one go well', async () => {
  const { id } = await shop.shown();
  shop.stack.app().signal('SIGUSR2');
  await until(() => shop.stack.logs().includes('a promise that nobody waited for'));
  shop.stack.app().signal('SIGUSR2');
  await until(() => shop.stack.logs().includes('a throw that nobody caught'));
  // A service manager starts it again where it ended; its books are on disk either way.
  if (shop.stack.app().exit() !== null) await shop.stack.restartApp();
  await shop.stack.control('pay', { number: id });
  await shop.comes(id, 'paid');
  await paidNow();
});
