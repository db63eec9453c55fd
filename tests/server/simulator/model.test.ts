import { describe, expect, test } from 'vitest';
import { makeAccount } from '@/server/simulator/accounts';
import { makeClock } from '@/server/simulator/clock';
import { makeGateway } from '@/server/simulator/gateway/gateway';
import { issueCode, shapeOf } from '@/server/simulator/model/codes';
import { makeModel } from '@/server/simulator/model/model';
import { isSnapshot, putBack, takeSnapshot } from '@/server/simulator/model/snapshot';
import { specSign } from '@/tests/support/spec-client';
import { APPCODE, KEY, NOON, SALE } from './shop';

/** The gateway without a network: what a simulated world would hold. */
function makeWorld(seed: number) {
  const model = makeModel({ accounts: [makeAccount({ appCode: APPCODE, key: KEY })], seed });
  const gateway = makeGateway(model);
  const call = (endpoint: string, params: Record<string, string>, now: number): string => {
    const opened = gateway.open(
      {
        method: 'POST',
        path: `/trade/v1/${endpoint}`,
        search: '',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-qf-appcode': APPCODE,
          'x-qf-sign': specSign(params, KEY, 'md5'),
        },
        body: Buffer.from(new URLSearchParams(params).toString()),
      },
      now,
    );
    const ran = opened.run?.({ now, steady: now });
    ran?.done();
    return Buffer.from(ran?.answer?.body ?? []).toString();
  };
  return { model, gateway, call };
}

describe('the model', () => {
  test('gives the same world for the same seed and commands, byte for byte', () => {
    const live = (seed: number) => {
      const { model, call } = makeWorld(seed);
      const shape = shapeOf('wechat');
      if (shape === null) throw new Error('no WeChat');
      const { code } = issueCode(model.world, { shape, askPassword: false }, NOON);
      const scan = { ...SALE, pay_type: '800208', out_trade_no: 'D-1', auth_code: code };
      const shown = { ...SALE, pay_type: '801501', out_trade_no: 'D-2', expired_time: '5' };
      return [
        code,
        call('payment', scan, NOON),
        call('payment', shown, NOON + 5),
        call('query', {}, NOON + 400_000),
      ];
    };
    expect(live(7)).toEqual(live(7));
    expect(live(8)[0]).not.toBe(live(7)[0]);
    expect(live(7)[3]).toContain('"respcd": "1181"');
  });

  test('lets what is due happen in the order of its time, however late it is woken', () => {
    const { model, call } = makeWorld(1);
    for (const [number, minutes] of [
      ['D-1', '10'],
      ['D-2', '5'],
    ] as const) {
      const sale = { ...SALE, pay_type: '801501', out_trade_no: number, expired_time: minutes };
      call('payment', sale, NOON);
    }
    const second = model.find('D-2');
    if (second === null) throw new Error('no order');
    second.plan = { act: { kind: 'pay' }, at: NOON + 200_000, polls: null, force: false };
    expect(model.nextDue()).toBe(NOON + 200_000);
    model.advance(NOON + 86_400_000);
    expect(model.find('D-1')?.state).toBe('expired');
    expect(model.find('D-2')).toMatchObject({ state: 'paid', paidAt: NOON + 200_000 });
    expect(model.world.ledger).toMatchObject([{ number: 'D-2', at: NOON + 200_000 }]);
    expect(model.nextDue()).toBeNull();
  });

  test('writes movements down in the order in which they happened', () => {
    const { model, call } = makeWorld(1);
    for (const [index, after] of [300, 100, 200].entries()) {
      call('payment', { ...SALE, pay_type: '801501', out_trade_no: `D-${index}` }, NOON);
      const order = model.find(`D-${index}`);
      if (order === null) throw new Error('no order');
      order.plan = { act: { kind: 'pay' }, at: NOON + after, polls: null, force: false };
    }
    model.advance(NOON + 1000);
    const times = model.world.ledger.map((move) => move.at - NOON);
    expect(times).toEqual([100, 200, 300]);
  });

  test('hands out 26-digit numbers that begin with the day and never repeat', () => {
    const { call } = makeWorld(1);
    const numbers = Array.from({ length: 50 }, (_, index) => {
      const sale = { ...SALE, pay_type: '801501', out_trade_no: `D-${index}` };
      return /"syssn": "(\d+)"/.exec(call('payment', sale, NOON))?.[1] ?? '';
    });
    expect(new Set(numbers).size).toBe(50);
    for (const number of numbers) expect(number).toMatch(/^20260105\d{18}$/);
  });

  test('issues no code that passes for a card number or for a magic one', () => {
    const { model } = makeWorld(3);
    const shape = shapeOf('unionpay');
    if (shape === null) throw new Error('no UnionPay');
    const codes = Array.from(
      { length: 500 },
      () => issueCode(model.world, { shape, askPassword: false }, NOON).code,
    );
    expect(new Set(codes).size).toBe(500);
    const luhn = (code: string) =>
      [...code].reverse().reduce((sum, digit, place) => {
        const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
        return sum + (value > 9 ? value - 9 : value);
      }, 0) % 10;
    expect(codes.filter((code) => luhn(code) === 0)).toEqual([]);
  });
});

describe('the clock', () => {
  test('runs with the real one, faster, or not at all', () => {
    let real = 1000;
    const clock = makeClock(() => real);
    real += 500;
    expect(clock.now()).toBe(1500);
    clock.setSpeed(60);
    real += 1000;
    expect(clock.now()).toBe(61_500);
    expect(clock.realUntil(61_500 + 60_000)).toBe(1000);
    clock.setSpeed(0);
    real += 1000;
    expect(clock.now()).toBe(61_500);
    expect(clock.realUntil(61_501)).toBe(Number.POSITIVE_INFINITY);
    clock.advance(10);
    expect(clock.now()).toBe(61_510);
    clock.set(5);
    expect(clock.now()).toBe(5);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });
});

describe('a world that is stopped and started again', () => {
  test('answers as before, goes on where it was, and repeats no number', () => {
    const before = makeWorld(1);
    const sale = (number: string, more: object = {}) => ({
      ...SALE,
      pay_type: '801501',
      out_trade_no: number,
      ...more,
    });
    const scan = { pay_type: '800208', auth_code: '134567890123456789', notify_url: 'http://a/' };
    before.call('payment', sale('D-1', scan), NOON);
    before.call('payment', sale('D-2', { expired_time: '5' }), NOON);
    const syssn = before.model.find('D-1')?.syssn ?? '';
    const refund = { syssn, out_trade_no: 'R-1', txamt: '1000', txdtm: SALE.txdtm };
    before.call('refund', refund, NOON);
    before.call('payment', sale('D-3', scan), NOON);
    before.model.setSettings({ ...before.model.world.settings, refundInProgress: '1143' });
    const other = { ...refund, syssn: before.model.find('D-3')?.syssn ?? '' };
    before.call('refund', { ...other, out_trade_no: 'R-9' }, NOON);
    const text = JSON.stringify(takeSnapshot(before.model.world));
    expect(text).not.toContain(KEY);

    const after = makeWorld(2);
    const read: unknown = JSON.parse(text);
    expect(isSnapshot(read)).toBe(true);
    if (isSnapshot(read)) putBack(after.model.world, read);
    expect(after.call('query', {}, NOON + 1)).toBe(before.call('query', {}, NOON + 1));
    expect(after.model.nextDue()).toBe(before.model.nextDue());
    expect(after.call('query', {}, NOON + 300_000)).toContain('"respcd": "1181"');
    expect(after.call('payment', sale('D-1'), NOON)).toContain('"respcd": "2011"');
    const rest = { ...refund, out_trade_no: 'R-2', txamt: '2851' };
    expect(after.call('refund', rest, NOON)).toContain('"respcd": "1272"');
    expect(after.call('refund', { ...rest, out_trade_no: 'R-3', txamt: '2850' }, NOON)).toContain(
      '"respcd": "0000"',
    );
    const running = after.model.world.refunds.find((one) => one.number === 'R-9');
    expect(running).toMatchObject({ state: 'done', doneAt: NOON + 10_000 });
    const numbers = [...after.model.world.orders, ...after.model.world.refunds];
    expect(new Set(numbers.map((one) => one.syssn)).size).toBe(numbers.length);
  });

  test('takes nothing else for a world', () => {
    for (const other of [null, 7, {}, { version: 1 }, { version: 2, orders: [] }]) {
      expect(isSnapshot(other)).toBe(false);
    }
  });
});
