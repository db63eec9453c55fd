/**
 * Half a minute without a line in each state of a payment, on the till and the customer's screen:
 * nothing is called paid meanwhile, and both are right within a second of the return.
 */
import { expect, type Page, test } from 'playwright/test';
import { expectMoment, patience, tillAndScreen, untilShown } from '../support/customers-screen';
import { until } from '../support/processes';
import { type Stack, startStack } from '../support/stack';
import { enter } from '../support/staff-client';
import {
  expectOffline,
  expectState,
  freshCode,
  gatewayWorld,
  key,
  magicCode,
  moment,
  paymentId,
  scan,
} from '../support/till';

test.describe.configure({ timeout: 240_000 });

let stack: Stack;
test.beforeAll(async () => {
  stack = await startStack();
});
test.afterAll(() => stack.stop());

type Cut = {
  readonly name: string;
  /** Brings the till into the state. */
  readonly reach: (till: Page, screen: Page) => Promise<void>;
  readonly meanwhile: (id: string) => Promise<unknown>;
  /** What the till says while it hears nothing, where that is not what it said before. */
  readonly deaf?: string;
  readonly after: { readonly state: string; readonly moment: string };
};

/** The till itself learns the number of a charge on its way with the answer. */
async function begun(till: Page): Promise<string> {
  if ((await moment(till).getAttribute('data-state')) !== 'sending') return paymentId(till);
  const { orders } = await gatewayWorld(stack);
  return `${orders.at(-1)?.number}`;
}
const wechat = (till: Page) => till.getByRole('button', { name: 'WeChat Pay', exact: true });
const showQr = async (till: Page) => {
  await key(till, '4850');
  await wechat(till).click();
  await expect(till.getByTestId('qr')).toBeVisible();
};
const unclear = async () => {
  const fault = { kind: 'respcd', respcd: '1254', times: 0 };
  await stack.control('fault', { ...fault, endpoint: 'query' });
  await stack.control('fault', { ...fault, endpoint: 'close', stage: 'before' });
};
const pay = (id: string) => stack.control('pay', { number: id, force: true });
const clear = () => fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
const PAID = { state: 'paid', moment: 'paid' };

const CUTS: readonly Cut[] = [
  {
    name: 'a charge on its way, which is answered meanwhile',
    reach: async (till, screen) => {
      await stack.control('fault', { kind: 'delay', ms: 8_000, endpoint: 'payment', times: 1 });
      await key(till, '4850');
      await scan(till, freshCode());
      await expectState(till, 'sending');
      await expectMoment(screen, 'preparing');
    },
    meanwhile: async () => undefined,
    deaf: 'seeking',
    after: PAID,
  },
  { name: 'a QR that is paid meanwhile', reach: showQr, meanwhile: pay, after: PAID },
  {
    name: 'a QR that somebody else stops',
    reach: showQr,
    meanwhile: async (id) => (await enter(stack.till)).call('POST', `/api/payments/${id}/cancel`),
    after: { state: 'closed', moment: 'stopped' },
  },
  {
    name: 'a customer who confirms meanwhile',
    reach: async (till) => {
      await key(till, '4850');
      await scan(till, magicCode('10'));
      await expectState(till, 'awaiting');
    },
    meanwhile: pay,
    after: PAID,
  },
  {
    name: 'a stop that is not confirmed, and paid after all',
    reach: async (till) => {
      await showQr(till);
      await unclear();
      await till.getByRole('button', { name: 'Cancel payment' }).click();
      await expectState(till, 'cancelling');
    },
    meanwhile: async (id) => {
      await pay(id);
      await clear();
    },
    after: PAID,
  },
  {
    name: 'nobody knows, and QFPay answers again',
    reach: async (till) => {
      await stack.control('fault', {
        kind: 'respcd',
        respcd: '9999',
        endpoint: 'payment',
        times: 1,
      });
      await unclear();
      await key(till, '4850');
      await scan(till, magicCode('01'));
      await expectState(till, 'unknown');
    },
    meanwhile: clear,
    after: PAID,
  },
];

test('half a minute without a line in each: nothing is called paid meanwhile, then both are right', async ({
  browser,
}) => {
  const { till, screen, context } = await tillAndScreen(browser, {
    till: stack.till,
    counter: 'Cut',
    clock: true,
  });
  const elsewhere = await enter(stack.till);
  for (const { name, reach, meanwhile, deaf, after } of CUTS) {
    await stack.control('reset', {});
    await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
    await reach(till, screen);
    const id = await begun(till);
    const before = await moment(till).getAttribute('data-state');
    await context.setOffline(true);
    await Promise.all([till, screen].map((page) => page.clock.fastForward(30_000)));
    await expectOffline(till);
    await expectMoment(screen, 'cut');
    await meanwhile(id);
    await until(async () => {
      const { body } = await elsewhere.call('GET', `/api/payments/${id}`);
      return (body.payment as { state: string }).state === after.state;
    });
    const says = await moment(till).getAttribute('data-state');
    expect([name, says]).toEqual([name, deaf ?? before]);
    await expectMoment(screen, 'cut');
    const right = [
      till.evaluate(untilShown, after.state),
      screen.evaluate(untilShown, after.moment),
    ];
    const back = performance.now();
    await context.setOffline(false);
    const took = await Promise.all(right.map((it) => it.then(() => performance.now() - back)));
    const most = await patience(till);
    expect([name, Math.max(...took) < most || took]).toEqual([name, true]);
    await expect(till.getByTestId('network')).toHaveAttribute('data-link', 'live');
    await expect(screen.getByTestId('display-line')).toHaveAttribute('data-cut', 'false');
    await till.keyboard.press('Escape');
    await till.keyboard.press('Delete');
  }
  // What has ended stays as it was, on both.
  await showQr(till);
  await pay(await paymentId(till));
  await expectState(till, 'paid');
  await expectMoment(screen, 'paid');
  await context.setOffline(true);
  await Promise.all([till, screen].map((page) => page.clock.fastForward(30_000)));
  await expectOffline(till);
  await expectState(till, 'paid');
  await expectMoment(screen, 'paid');
  // The last sales can still be read, offline is said in one place, and no link leads away.
  await expect(till.getByTestId('recent-sale').first()).toContainText('48.50');
  await till.getByRole('button', { name: 'Done' }).click();
  await till.getByTestId('recent-sale').first().click();
  await expect(till.getByTestId('health')).toContainText('No network to the server.');
  await till.keyboard.press('Escape');
  await expect(till).toHaveURL(`${stack.till}/`);
  await context.setOffline(false);
  await expect(till.getByTestId('network')).toHaveAttribute('data-link', 'live');
  await expectMoment(screen, 'paid');
});
