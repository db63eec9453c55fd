/** What may be typed for a live test, and where and when none may be made. */
import { describe, expect, test } from 'vitest';
import { readWish, whyNotNow } from '@/server/commands/live-wish';
import { PROD, SIM, settings } from '../../support/settings';

const ENV = settings(PROD);
const read = (...args: string[]) => readWish(args, ENV);
const wished = (...args: string[]) => {
  const wish = read('--live', '2.00', ...args);
  if (wish === null) throw new Error('nothing was wished');
  return wish;
};
/** In Hong Kong. */
const at = (time: string) => Date.parse(`2026-11-27T${time}+08:00`);

describe('a live test', () => {
  test('is made only where its amount is typed', () => {
    expect(read()).toBeNull();
    expect(read('--live', '2.00')).toEqual({
      ...{ amount: 200, wallet: 'alipay', payType: '801501', counter: null, waitMs: 180_000 },
    });
    const all = ['--wallet', 'wechat', '--counter', 'Front', '--wait', '20'];
    expect(read('--live', '2.00', ...all)).toEqual({
      ...{ amount: 200, wallet: 'wechat', payType: '800201', counter: 'Front', waitMs: 20_000 },
    });
  });

  test.each([
    [['--live']],
    [['--live', '']],
    [['--live', '2.0']],
    [['--live', '-2.00']],
    [['--live', '0.00']],
    [['--live', 'yes']],
    [['--wallet', 'alipay']],
    [['--life', '2.00']],
    [['--live', '2.00', '--live-long', 'x']],
    [['2.00']],
  ])('is not made by %j', (args) => {
    expect(() => read(...args)).toThrow(/A live test moves real money, so say how much/);
  });

  test('is small', () => {
    expect(read('--live', '10.00')?.amount).toBe(1_000);
    expect(() => read('--live', '10.01')).toThrow(/at most HK\$10\.00/);
    expect(() => read('--live', '200')).toThrow(/at most HK\$10\.00/);
  });

  test('names a wallet that there is, and a time that ends', () => {
    expect(() => wished('--wallet', 'gold')).toThrow(/--wallet must be one of alipay, wechat/);
    for (const wait of ['0', '901', '1e3', 'long']) {
      expect(() => wished('--wait', wait)).toThrow(/--wait must be 1 to 900 seconds/);
    }
  });
});

describe('no money is moved that would not come back:', () => {
  const noon = at('12:00:00');

  test('not in the sandbox, where wallets do not work', () => {
    const sandbox = settings({ QFPAY_ENV: 'sandbox', QFPAY_APPCODE: 'CODE', QFPAY_KEY: 'KEY' });
    expect(whyNotNow(wished(), sandbox, noon)).toMatch(/sandbox/);
    for (const env of [ENV, settings(SIM)]) expect(whyNotNow(wished(), env, noon)).toBeNull();
  });

  test.each([
    ['alipay', null],
    ['wechat', null],
    ['payme', null],
    ['octopus', /no source says that QFPay refunds octopus/],
    ['unionpay', /no source says that QFPay refunds unionpay/],
    ['fps', /QFPay does not refund fps/],
  ])('by %s: %s', (wallet, why) => {
    const said = whyNotNow(wished('--wallet', wallet), ENV, noon);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });

  test('FPS only where QFPay has said that it goes back', () => {
    const env = settings({ ...PROD, QFPAY_FPS_REFUNDS: 'yes' });
    expect(whyNotNow(wished('--wallet', 'fps'), env, noon)).toBeNull();
  });

  test.each([
    ['23:29:00', false],
    ['23:30:00', true],
    ['00:15:00', true],
    ['00:32:00', false],
  ])('not in the hour in which QFPay refunds nothing: %s is %s', (time, isShut) => {
    const why = whyNotNow(wished(), ENV, at(time));
    expect(why === null).toBe(!isShut);
  });
});
