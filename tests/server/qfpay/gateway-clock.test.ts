import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import { shopTime } from '@/lib/time';
import { createGatewayClock } from '@/server/qfpay/gateway-clock';
import {
  answer,
  CREATED_AT,
  closeOrder,
  list,
  openShop,
  parametersOf,
  qrOrder,
  refundOrder,
  row,
} from './scripted-gateway';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const paid = { respcd: '0000', syssn: '42', txamt: '3850', txcurrcd: 'HKD', qrcode: 'x' };

/** A machine whose wall clock is off, and a gateway that is right and says what time it is. */
function openMachine(first: number, trueStart = CREATED_AT) {
  let skew = first;
  let passed = 0;
  const now = () => trueStart + passed;
  const books: { start: string; end: string }[] = [];
  const shop = openShop(
    (request, { start_time, end_time }) => {
      passed += 40;
      const headers = { date: new Date(now()).toUTCString() };
      if (!request.path.endsWith('query')) return answer(paid, { headers });
      books.push({ start: start_time ?? '', end: end_time ?? '' });
      return answer(list(), { headers });
    },
    { clock: { wall: () => now() + skew, steady: () => 5_000_000 + passed } },
  );
  return {
    ...shop,
    books,
    now,
    wall: () => now() + skew,
    jump: (by: number) => {
      skew += by;
    },
    wait: (ms: number) => {
      passed += ms;
    },
  };
}

describe('the clock of QFPay', () => {
  it('is unknown before the first answer, and then known to the second', async () => {
    const { qfpay } = openMachine(-2 * HOUR);
    expect(qfpay.clockOffset()).toBeNull();
    await qfpay.ask(qrOrder);
    expect(Math.abs((qfpay.clockOffset() ?? 0) - 2 * HOUR)).toBeLessThanOrEqual(600);
  });

  it('F79: is right in the very moment when ours jumps', async () => {
    const { qfpay, jump, wait } = openMachine(0);
    await qfpay.ask(qrOrder);
    wait(10 * MINUTE);
    jump(2 * HOUR);
    expect(Math.abs((qfpay.clockOffset() ?? 0) + 2 * HOUR)).toBeLessThanOrEqual(600);
  });

  it('is not learnt from an answer without a date, nor from silence', async () => {
    for (const outcome of [answer(list()), { kind: 'lost', why: 'timeout' } as const]) {
      const { qfpay } = openShop(() => outcome);
      await qfpay.ask(qrOrder);
      expect(qfpay.clockOffset()).toBeNull();
    }
  });
});

describe('an answer that took long', () => {
  /** A steady clock that is right, and answers that say when they were written. */
  const hear = (...heard: { at: number; ms: number; written: number }[]) => {
    let now = 0;
    const clock = { wall: () => CREATED_AT + now, steady: () => now };
    const time = createGatewayClock({ clock });
    for (const { at, ms, written } of heard) {
      now = at;
      const gatewayTime = Math.floor((CREATED_AT + written) / 1_000) * 1_000;
      const report = { endpoint: 'query', number: null, says: 'none', respcd: '0000' } as const;
      const plain = { status: 200, silence: null, signedBy: null } as const;
      time.heard({ ...report, ...plain, ms, gatewayTime });
    }
    return time.offset() ?? Number.NaN;
  };

  it('F76: says little about the time, however late the machine woke', () => {
    const known = { at: 9_000, ms: 40, written: 8_980 };
    expect(Math.abs(hear(known))).toBeLessThanOrEqual(1_000);
    // Sent at 11 s, written at once, and read when the frozen machine went on at 79 s.
    const frozen = { at: 79_000, ms: 68_000, written: 11_100 };
    expect(Math.abs(hear(known, frozen))).toBeLessThanOrEqual(1_000);
    expect(Math.abs(hear(frozen))).toBeLessThanOrEqual(1_000);
  });

  it('still cannot be of a time that is over', () => {
    // An hour later by QFPay's clock than this machine can explain.
    const odd = { at: 79_000, ms: 68_000, written: 79_000 + HOUR };
    const offset = hear({ at: 9_000, ms: 40, written: 8_980 }, odd);
    expect(offset).toBeGreaterThanOrEqual(HOUR - 1_000);
    expect(offset).toBeLessThanOrEqual(HOUR + 68_000);
  });
});

describe('F78: with a clock that is wrong', () => {
  it.each([
    [0, 0],
    [-110_000, 0],
    [-130_000, 130_000],
    [2 * HOUR, -2 * HOUR],
  ])('by %i ms, txdtm is put right by %i ms', async (skew, by) => {
    const { qfpay, sent, wall } = openMachine(skew);
    await qfpay.ask(qrOrder);
    const createdAt = wall();
    await qfpay.charge({ ...qrOrder, createdAt });
    await qfpay.refund({ ...refundOrder, createdAt });
    await qfpay.close({ ...closeOrder, createdAt });
    // The date has whole seconds: half a second is the most that is right or wrong about it.
    const near = [-1_000, 0, 1_000].map((ms) => shopTime(createdAt + by + ms, 'Asia/Hong_Kong'));
    const told = sent.slice(1).map((request) => parametersOf(request).txdtm);
    expect(told).toHaveLength(3);
    for (const one of told) expect(by === 0 ? [near[1]] : near).toContain(one);
  });

  it('people are told once when it becomes wrong, and once when it is right again', async () => {
    const { qfpay, alarms, jump } = openMachine(0);
    const clocks = () => alarms.filter(({ kind }) => kind === 'clock').map(({ detail }) => detail);
    await qfpay.ask(qrOrder);
    expect(clocks()).toEqual([]);
    jump(-2 * HOUR);
    for (let call = 0; call < 3; call += 1) await qfpay.ask(qrOrder);
    expect(clocks()).toEqual([expect.stringMatching(/^our clock is 7(200|199|201) s behind/)]);
    // Less wrong than before is not yet right.
    jump(2 * HOUR - 100_000);
    await qfpay.ask(qrOrder);
    expect(clocks()).toHaveLength(1);
    jump(100_000);
    for (let call = 0; call < 3; call += 1) await qfpay.ask(qrOrder);
    expect(clocks().slice(1)).toEqual(['right again']);
  });

  it('a sweep looks where QFPay wrote it down', async () => {
    const { qfpay, books, wall, now } = openMachine(-2 * HOUR);
    await qfpay.ask(qrOrder);
    const [from, to] = [wall() - 5 * MINUTE, wall() + 2 * MINUTE];
    await qfpay.sweep({ from, to, outlet: null, mayAskAgain: async () => true });
    const window = books.at(-1) ?? { start: '', end: '' };
    const [start, end] = [now() - 4 * MINUTE, now() + MINUTE].map((ms) =>
      shopTime(ms, 'Asia/Hong_Kong'),
    );
    expect(window.start < (start ?? '') && (end ?? '') < window.end).toBe(true);
  });

  it('a second or two move no window, because Date tells whole seconds', async () => {
    const { qfpay, books, wall } = openMachine(-1_000);
    await qfpay.ask(qrOrder);
    await qfpay.sweep({ from: wall(), to: wall(), outlet: null, mayAskAgain: async () => true });
    expect(books.at(-1)?.start).toBe(shopTime(wall() - 40, 'Asia/Hong_Kong'));
  });

  it('F81: a payable order near a month’s end is never looked for in the wrong month alone', async () => {
    const end = Date.UTC(2026, 0, 31, 16);
    const instant = fc.integer({ min: end - 3 * HOUR, max: end + 3 * HOUR });
    // A clock two hours off when the order was made, and perhaps put right since, or not.
    const skew = fc.integer({ min: -2 * HOUR, max: 2 * HOUR });
    await fc.assert(
      fc.asyncProperty(instant, skew, fc.boolean(), fc.boolean(), async (real, off, fixed, met) => {
        const { qfpay, books, jump, wall } = openMachine(off, real);
        const createdAt = wall();
        if (fixed) jump(-off);
        if (met) await qfpay.charge({ ...qrOrder, createdAt });
        await qfpay.ask({ ...qrOrder, createdAt });
        const written = shopTime(real, 'Asia/Hong_Kong');
        expect(books.some(({ start, end: last }) => start <= written && written <= last)).toBe(
          true,
        );
        const other = { ...qrOrder, id: 'S01T02-20260105-000124-1' as PaymentId, createdAt };
        books.length = 0;
        await qfpay.askMany([{ ...qrOrder, createdAt }, other]);
        expect(books.some(({ start, end: last }) => start <= written && written <= last)).toBe(
          true,
        );
        books.length = 0;
        await qfpay.askRefund({ ...refundOrder, createdAt });
        expect(books.some(({ start, end: last }) => start <= written && written <= last)).toBe(
          true,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('an order made under a right clock is found after ours went wrong', async () => {
    // 00:30 on 1 February in Hong Kong; ten hours less is January.
    const { qfpay, books, jump, wall } = openMachine(0, Date.UTC(2026, 0, 31, 16, 30));
    const createdAt = wall();
    jump(10 * HOUR);
    await qfpay.charge({ ...qrOrder, createdAt: wall() });
    await qfpay.ask({ ...qrOrder, createdAt });
    expect(books.map(({ start }) => start)).toContain('2026-02-01 00:00:00');
  });

  it('a clock that is a year off still finds its orders, by QFPay’s calendar', async () => {
    const { qfpay, books, wall } = openMachine(-365 * 24 * HOUR);
    await qfpay.charge({ ...qrOrder, createdAt: wall() });
    await qfpay.ask({ ...qrOrder, createdAt: wall() });
    expect(books[0]).toEqual({ start: '2026-01-01 00:00:00', end: '2026-01-31 23:59:59' });
  });

  it('nothing of it costs a question in the middle of a month', async () => {
    const { qfpay, sent } = openMachine(2 * HOUR, Date.UTC(2026, 0, 15));
    await qfpay.ask({ ...qrOrder, createdAt: Date.UTC(2026, 0, 15) });
    await qfpay.ask({ ...qrOrder, createdAt: Date.UTC(2026, 0, 15) });
    expect(sent).toHaveLength(2);
    expect(row().out_trade_no).toBe(qrOrder.id);
  });
});
