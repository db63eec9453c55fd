/** What an operator sees of a running server, from outside and without a browser. */
import { figure, readExposition } from '../support/exposition';
import { expect, test } from '../support/shop-fixture';
import { METRICS_TOKEN } from '../support/stack';
import { enter } from '../support/staff-client';

test('metrics are for the bearer of the token, and change with the first sale', async ({
  stack,
}) => {
  const ask = (authorization?: string) =>
    fetch(`${stack.till}/api/metrics`, { headers: authorization ? { authorization } : {} });
  const refused = await ask();
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  expect(await refused.text()).toBe('');
  expect((await ask(`Bearer ${METRICS_TOKEN.toUpperCase()}`)).status).toBe(401);
  const shownQrs = async () => {
    const answer = await ask(`Bearer ${METRICS_TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const families = readExposition(await answer.text());
    expect(figure(families, 'countertop_watch_held_here')).toBe(1);
    return figure(families, 'countertop_payments', { wallet: 'wechat', state: 'awaiting' });
  };
  const before = await shownQrs();
  const cashier = await enter(stack.till);
  const sale = { amount: 4850, payType: '800201', counter: 'Metrics' };
  const key = `metrics-${Date.now()}`;
  expect((await cashier.call('POST', '/api/payments', { body: sale, key })).status).toBe(201);
  expect(await shownQrs()).toBe(before + 1);
});
