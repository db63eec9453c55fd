/** The doors as contract.md promises them, knocked on without a browser. */
import { expect, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { enter, type StaffClient } from '../support/staff-client';
import { charges, freshCode } from '../support/till';

let stack: Stack;
let cashier: StaffClient;
let manager: StaffClient;
test.beforeAll(async ({ shop }) => {
  cashier = await enter(shop.till);
  manager = await enter(shop.till, 'manager');
});
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

let taps = 0;
const newKey = () => {
  taps += 1;
  return `tap-${Date.now()}-${taps}`;
};
const QR = { amount: 4850, payType: '800201' };
const charge = (body: unknown, key = newKey()) =>
  cashier.call('POST', '/api/payments', { body, key });
type Paid = { payment: { id: string; state: string; saleId: string } };

test('health says what runs', async () => {
  const answer = await fetch(`${stack.till}/api/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    environment: 'simulator',
    database: 'ok',
  });
});

test('a charge answers 201 with the payment and its sale', async () => {
  const { status, headers, body } = await charge({ ...QR, note: 'table 4', counter: '2' });
  expect(status).toBe(201);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(body).toMatchObject({
    payment: {
      ...{ state: 'awaiting', mode: 'MPM', payType: '800201', wallet: 'wechat', amount: 4850 },
      ...{ currency: 'HKD', confirmed: false, late: false, review: null, refundedAmount: 0 },
      ...{ failure: null, counter: '2', staff: '3000', paidAt: null },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+08:00$/),
    },
    sale: { amount: 4850, due: 4850, paid: false, note: 'table 4' },
  });
});

test('F59 a replayed POST is one charge; another body under the key is 409', async () => {
  const key = newKey();
  const first = await charge(QR, key);
  const again = await charge({ payType: '800201', amount: 4850 }, key);
  expect(again.status).toBe(201);
  expect((again.body as Paid).payment.id).toBe((first.body as Paid).payment.id);
  const other = await charge({ ...QR, amount: 4851 }, key);
  expect([other.status, other.body.code]).toEqual([409, 'key-reused']);
  expect((await charges(stack)).asked).toBe(1);
});

test('F57 twenty replays at once are one charge', async () => {
  const key = newKey();
  const body = { amount: 100, authCode: freshCode() };
  const answers = await Promise.all(Array.from({ length: 20 }, () => charge(body, key)));
  expect(new Set(answers.map((each) => (each.body as Paid).payment.id)).size).toBe(1);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('one code is one charge, whoever scans it again', async () => {
  const body = { amount: 100, authCode: freshCode() };
  const first = await charge(body);
  const again = await charge({ ...body, amount: 200 });
  expect([again.status, again.body.code]).toEqual([409, 'code-used']);
  expect(again.body.paymentId).toBe((first.body as Paid).payment.id);
  expect((await charges(stack)).asked).toBe(1);
});

test('F60 S36 one live payment per sale; what is not due is refused', async () => {
  const first = (await charge(QR)).body as Paid;
  const { saleId, id } = first.payment;
  const second = await charge({ ...QR, saleId });
  expect([second.status, second.body.code, second.body.paymentId]).toEqual([
    409,
    'sale-has-live-payment',
    id,
  ]);
  await stack.control('pay', { number: id });
  await cashier.call('POST', `/api/payments/${id}/check`);
  const third = await charge({ ...QR, saleId });
  expect([third.status, third.body.code]).toEqual([422, 'amount-not-due']);
});

for (const [what, body, code] of [
  ['no amount', { payType: '800201' }, 'invalid'],
  ['nothing', { amount: 0, payType: '800201' }, 'invalid'],
  ['a negative amount', { amount: -1, payType: '800201' }, 'invalid'],
  ['half a cent', { amount: 1.5, payType: '800201' }, 'invalid'],
  ['text for an amount', { amount: '100', payType: '800201' }, 'invalid'],
  ['more than the largest amount', { amount: 1_000_000_000, payType: '800201' }, 'invalid'],
  ['an unknown field', { ...QR, state: 'paid' }, 'invalid'],
  ['another currency', { ...QR, currency: 'CNY' }, 'currency-not-accepted'],
  ['neither wallet nor code', { amount: 100 }, 'code-missing'],
  [
    'a wallet that is not for counters',
    { amount: 200, payType: '801101' },
    'pay-type-not-accepted',
  ],
  ['an unknown pay type', { amount: 100, payType: '999999' }, 'pay-type-not-accepted'],
  ['a product barcode', { amount: 100, authCode: '4006381333931' }, 'product-code'],
  ['a shop QR', { amount: 100, authCode: 'weixin://wxpay/bizpayurl?pr=1' }, 'merchant-code'],
  ['a card number in the note', { ...QR, note: '4111 1111 1111 1111' }, 'card-number'],
] as const) {
  test(`${what} is refused with words, and nothing is sent`, async () => {
    const { status, headers, body: refusal } = await charge(body);
    expect([status, refusal.code]).toEqual([422, code]);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(refusal).toMatchObject({ status: 422, moneyMayHaveMoved: false });
    expect(String(refusal.says).length).toBeGreaterThan(10);
    expect((await charges(stack)).asked).toBe(0);
  });
}

test('a refusal speaks the reader’s language', async () => {
  const { body } = await cashier.call('POST', '/api/payments', {
    ...{ body: { amount: 100 }, key: newKey() },
    headers: { 'accept-language': 'zh-HK,zh;q=0.9' },
  });
  expect(body.says).toContain('請選擇錢包');
});

test('a key is needed, and only of its own letters', async () => {
  for (const key of [undefined, '', 'a b', 'x'.repeat(65)]) {
    const given = key === undefined ? { body: QR } : { body: QR, key };
    const { status, body } = await cashier.call('POST', '/api/payments', given);
    expect([status, body.code]).toEqual([400, 'key-missing']);
  }
});

test('a body must be JSON and small', async () => {
  const form = await cashier.call('POST', '/api/payments', {
    ...{ body: QR, key: newKey() },
    headers: { 'content-type': 'text/plain' },
  });
  expect([form.status, form.body.code]).toEqual([415, 'not-json']);
  const large = await charge({ ...QR, note: 'x'.repeat(20_000) });
  expect([large.status, large.body.code]).toEqual([413, 'body-too-large']);
  const broken = await cashier.send('/api/payments', {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'idempotency-key': newKey() },
      origin: stack.till,
    },
    body: '{"amount":',
  });
  expect(broken.status).toBe(400);
});

test('a changing call from a foreign page is turned away; a signed-out one too', async () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: stack.till },
  ];
  for (const headers of foreign) {
    const { status, body } = await cashier.call('POST', '/api/payments', {
      ...{ body: QR, key: newKey(), headers },
    });
    expect([status, body.code]).toEqual([403, 'foreign-origin']);
  }
  const nobody = await fetch(`${stack.till}/api/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stack.till },
    body: JSON.stringify(QR),
  });
  expect(nobody.status).toBe(401);
  expect((await charges(stack)).asked).toBe(0);
});

test('check asks QFPay and answers; cancel is a request with 202', async () => {
  const { id } = ((await charge(QR)).body as Paid).payment;
  const checked = await cashier.call('POST', `/api/payments/${id}/check`);
  expect([checked.status, (checked.body as Paid).payment.state]).toEqual([200, 'awaiting']);
  const cancelled = await cashier.call('POST', `/api/payments/${id}/cancel`);
  expect([cancelled.status, (cancelled.body as Paid).payment.state]).toEqual([202, 'cancelling']);
  const state = async () =>
    ((await cashier.call('GET', `/api/payments/${id}`)).body as Paid).payment.state;
  await expect.poll(state).toBe('closed');
});

test('the story of a payment has its timeline; a stranger’s number is not found', async () => {
  const { id } = ((await charge({ amount: 100, authCode: freshCode() })).body as Paid).payment;
  const { body } = await cashier.call('GET', `/api/payments/${id}`);
  expect(body).toMatchObject({ payment: { id, state: 'paid' }, refunds: [] });
  const kinds = (body.timeline as { kind: string }[]).map((entry) => entry.kind);
  // A notification may have come meanwhile; it stands after them.
  expect(kinds.slice(0, 4)).toEqual(['person', 'call', 'answer', 'state']);
  const missing = await cashier.call('GET', '/api/payments/NOSUCHNUMBER1');
  expect([missing.status, missing.body.code]).toEqual([404, 'not-found']);
});

test('a cashier sees their own sales, a manager everybody’s; pages follow without a gap', async () => {
  const made: string[] = [];
  for (let each = 0; each < 5; each += 1) {
    made.push(((await charge({ amount: 100, authCode: freshCode() })).body as Paid).payment.id);
  }
  const byManager = await manager.call('POST', '/api/payments', {
    ...{ body: { amount: 700, authCode: freshCode() }, key: newKey() },
  });
  const foreign = (byManager.body as Paid).payment.id;
  const ids = ({ body }: { body: Record<string, unknown> }) =>
    (body.payments as { id: string }[]).map((payment) => payment.id);
  const first = await cashier.call('GET', '/api/payments?limit=3');
  const second = await cashier.call('GET', `/api/payments?limit=3&cursor=${first.body.next}`);
  expect([...ids(first), ...ids(second)].slice(0, 5)).toEqual(made.toReversed());
  expect(ids(first)).not.toContain(foreign);
  expect(ids(await manager.call('GET', '/api/payments?limit=1'))).toEqual([foreign]);
  expect((await cashier.call('GET', `/api/payments/${foreign}`)).status).toBe(404);
});

test('the stream beats, tells a payment, and takes up from the last number it told', async () => {
  const listen = async (lastId?: string) => {
    const stop = new AbortController();
    const answer = await cashier.send('/api/events', {
      signal: stop.signal,
      headers: lastId === undefined ? {} : { 'last-event-id': lastId },
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    let heard = '';
    const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const match = pattern.exec(heard);
        if (match !== null) return match;
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) throw new Error(`the stream ended: ${heard}`);
        heard += decoder.decode(value, { stream: true });
      }
    };
    return { until, stop: () => stop.abort() };
  };
  const first = await listen();
  await first.until(/event: heartbeat\ndata: \{"now":"[^"]+"\}/);
  const { id } = ((await charge(QR)).body as Paid).payment;
  const told = await first.until(
    new RegExp(`id: (\\d+)\\nevent: payment\\ndata: [^\\n]*${id}[^\\n]*awaiting`),
  );
  first.stop();
  await stack.control('pay', { number: id });
  await cashier.call('POST', `/api/payments/${id}/check`);
  const second = await listen(told[1]);
  await second.until(new RegExp(`event: payment\\ndata: [^\\n]*${id}[^\\n]*"state":"paid"`));
  await second.until(/event: sale\ndata: [^\n]*"due":0,"paid":true/);
  second.stop();
});

test('every page and answer carries the security headers, with a nonce of its own', async () => {
  const policies = new Set<string>();
  for (const path of ['/sign-in', '/sign-in', '/api/health', '/api/payments']) {
    const { headers } = await fetch(stack.till + path, { redirect: 'manual' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    policies.add(headers.get('content-security-policy') ?? '');
  }
  expect(policies.size).toBe(4);
  for (const policy of policies) expect(policy).toContain("'strict-dynamic' 'wasm-unsafe-eval'");
});

test('a signed-out session is dead at once', async () => {
  const leaver = await enter(stack.till);
  expect((await leaver.call('GET', '/api/payments')).status).toBe(200);
  const { csrfToken } = (await (await leaver.send('/api/auth/csrf')).json()) as {
    csrfToken: string;
  };
  const stolen = new Map(leaver.cookies);
  await leaver.send('/api/auth/signout', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  });
  for (const [name, value] of stolen) leaver.cookies.set(name, value);
  expect((await leaver.call('GET', '/api/payments')).status).toBe(401);
});
