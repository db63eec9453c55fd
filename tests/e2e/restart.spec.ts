/** The server dies without a word in the worst moments; the shop opens again and knows. */
import { expect, test } from '../support/shop-fixture';
import type { Stack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  charges,
  expectState,
  freshCode,
  gatewayWorld,
  key,
  moment,
  paymentId,
  scan,
  signIn,
} from '../support/till';

let stack: Stack;
test.beforeEach(({ stack: shop }) => {
  stack = shop;
});

/** Until `answered`, so that nothing is known before the tablet has been read again. */
const silent = async () => {
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  // An answer that says nothing. A dropped one would open the breaker, and no charge would leave.
  await stack.control('fault', { kind: 'respcd', respcd: '1254', endpoint: 'query', times: 0 });
};
const answered = () => fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
const arrived = async () => (await gatewayWorld(stack)).calls.counts.payment ?? 0;

test('F23 killed while the answer is on its way: one charge, and the reloaded tablet shows it paid', async ({
  page,
}) => {
  await signIn(page, stack);
  await silent();
  await stack.control('fault', {
    ...{ kind: 'delay', endpoint: 'payment', stage: 'after', ms: 10_000, times: 1 },
  });
  await key(page, '4850');
  await scan(page, freshCode());
  await expect.poll(arrived).toBe(1);
  await stack.kill9App();
  await stack.restartApp();
  await page.reload();
  await expectState(page, 'unknown');
  await answered();
  await expectState(page, 'paid', 20_000);
  await expect(moment(page)).toContainText('HK$48.50');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('killed while a QR is up: the same QR after the restart, and the first question within 2 s', async ({
  page,
}) => {
  await signIn(page, stack);
  await key(page, '4850');
  await page.getByRole('button', { name: 'WeChat Pay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const id = await paymentId(page);
  const qr = await page.getByTestId('qr').getAttribute('data-qr');
  await stack.kill9App();
  const before = (await gatewayWorld(stack)).calls.counts.query ?? 0;
  const queries = async () => ((await gatewayWorld(stack)).calls.counts.query ?? 0) - before;
  await stack.restartApp();
  const started = Date.now();
  await expect.poll(queries, { intervals: [50] }).toBeGreaterThan(0);
  expect(Date.now() - started).toBeLessThan(2_000);
  await page.reload();
  await expect(page.getByTestId('qr')).toHaveAttribute('data-qr', qr ?? '');
  await stack.control('pay', { number: id });
  await expectState(page, 'paid');
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('F37 paid while the server was down: green after the restart, without notifications', async ({
  page,
}) => {
  await signIn(page, stack);
  await silent();
  await key(page, '4850');
  await page.getByRole('button', { name: 'Alipay', exact: true }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const id = await paymentId(page);
  await stack.kill9App();
  await stack.control('pay', { number: id });
  await stack.restartApp();
  await page.reload();
  await expectState(page, 'awaiting');
  await answered();
  await expectState(page, 'paid', 20_000);
  expect(await charges(stack)).toEqual({ asked: 1, moved: 1 });
});

test('a server that is asked to stop lets go of its tablets at once', async () => {
  const cashier = await enter(stack.till);
  const stream = await cashier.send('/api/events');
  expect(stream.status).toBe(200);
  const asked = Date.now();
  await stack.endApp();
  expect(Date.now() - asked).toBeLessThan(1_500);
  await stack.restartApp();
});
