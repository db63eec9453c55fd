/** `npm run doctor -- --live`: beside a running server, with a customer who may pay or not. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cleanEnvironment, startNode, until } from '../support/processes';
import { STAFF } from '../support/till';
import { openShop, type Shop } from './shop';

let shop: Shop;
beforeAll(async () => {
  // Around midnight in Hong Kong nothing goes back.
  shop = await openShop({ at: '12:00:00' });
}, 300_000);
afterAll(() => shop.close());
beforeEach(() => shop.calm());
afterEach(() => shop.booksAgree(), 20_000);

type Who = { readonly code: string; readonly pin: string };

function doctor(args: readonly string[], who: Who = STAFF.manager, more = {}) {
  const { stack } = shop;
  const program = startNode(['--import', 'tsx', 'server/commands/doctor.ts', ...args], {
    ...{ ...cleanEnvironment(), ...shop.clock.env },
    ...{ QFPAY_ENV: 'simulator', QFPAY_BASE_URL: stack.simulator.url },
    ...{ QFPAY_APPCODE: stack.simulator.appCode, QFPAY_KEY: stack.simulator.key },
    ...{ DATABASE_URL: `file:${stack.databaseFile}`, PORT: new URL(stack.till).port },
    ...more,
  });
  shop.alsoEnds(program);
  program.type(`${who.code}\n${who.pin}\n`);
  const begun = async (): Promise<string> => {
    let id = '';
    await until(
      () => {
        id = /^Payment (\w+), /m.exec(program.output())?.[1] ?? '';
        return id !== '';
      },
      { programs: [program] },
    );
    return id;
  };
  return { program, begun, says: program.output, code: () => program.exit()?.code };
}
const LIVE = ['--live', '2.00', '--wallet', 'wechat', '--counter', 'Doctor'];

test('what is paid goes back, whole, as a payment and a refund of the manager’s', async () => {
  const { program, begun, says, code } = doctor(LIVE);
  const id = await begun();
  // A code that a phone reads off the terminal.
  await until(() => /[█▀▄]{10}/.test(says()), { programs: [program] });
  await shop.stack.control('pay', { number: id });
  await program.ended;
  expect([code(), says()]).toEqual([0, expect.stringContaining('has gone back')]);
  expect(says()).toMatch(/The simulator plays QFPay, so no real money moves: HK\$2\.00/);
  expect(says()).not.toContain(STAFF.manager.pin);
  const payment = await shop.payment(id);
  expect(payment).toMatchObject({
    ...{ state: 'paid', amount: 200, refundedAmount: 200, refundableAmount: 0 },
    ...{ staff: '2000', counter: 'Doctor', wallet: 'wechat' },
  });
  expect(await shop.arrived('refund')).toBeGreaterThan(0);
});

test('what nobody pays is cancelled, and no money has moved', async () => {
  const { program, begun, says, code } = doctor([...LIVE, '--wait', '1']);
  const id = await begun();
  await program.ended;
  expect([code(), says()]).toEqual([1, expect.stringMatching(/WRONG live +it was not paid/)]);
  expect((await shop.payment(id)).state).toBe('closed');
  expect((await shop.order(id))?.state).not.toBe('paid');
});

test('Ctrl+C cancels it too, and does not leave before QFPay has agreed', async () => {
  const { program, begun, says, code } = doctor(LIVE);
  const id = await begun();
  await program.end('SIGINT');
  expect([code(), says()]).toEqual([1, expect.stringContaining('it was not paid')]);
  expect((await shop.payment(id)).state).toBe('closed');
});

test('a refund without an end is said to be one, and the server follows it', async () => {
  const slow = { refundInProgress: '1143', refundMs: 20_000 };
  await shop.stack.control('config', slow);
  const { program, begun, says, code } = doctor([...LIVE, '--wait', '3']);
  const id = await begun();
  await shop.stack.control('pay', { number: id });
  await program.ended;
  expect(code()).toBe(1);
  expect(says()).toMatch(/WRONG live .*is the shop's now .* which is processing, is done/);
  expect(says()).toMatch(/the server goes on asking QFPay/);
  expect((await shop.payment(id)).refundedAmount).toBe(0);
  await until(async () => (await shop.payment(id)).refundedAmount === 200, { withinMs: 45_000 });
});

test('nothing is begun by whoever may not refund, nor where no server runs', async () => {
  const before = await shop.arrived('payment');
  for (const [who, more, why] of [
    [STAFF.cashier, {}, /only a manager may refund/],
    [{ code: '2000', pin: '999999' }, {}, /the server refuses \(wrong code or PIN\)/],
    [STAFF.manager, { PORT: '9' }, /nothing of this shop answers.*start it first/],
  ] as const) {
    const { program, says, code } = doctor(LIVE, who, more);
    await program.ended;
    expect([code(), says()]).toEqual([1, expect.stringMatching(why)]);
  }
  const typo = doctor(['--live']);
  await typo.program.ended;
  expect([typo.code(), typo.says()]).toEqual([2, expect.stringContaining('say how much')]);
  const octopus = doctor(['--live', '2.00', '--wallet', 'octopus']);
  await octopus.program.ended;
  expect([octopus.code(), octopus.says()]).toEqual([1, expect.stringContaining('no source says')]);
  expect(await shop.arrived('payment')).toBe(before);
});
