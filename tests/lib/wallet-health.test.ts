import { describe, expect, test } from 'vitest';
import { healthOf, type RecentTry, type Seen, type UsualWait } from '@/lib/wallet-health';

const NOW = Date.UTC(2026, 10, 27, 4, 0, 0);
const MINUTE = 60_000;

/** A WeChat QR, begun so many minutes ago. */
const began = (minutesAgo: number, more: Partial<RecentTry> = {}): RecentTry => ({
  ...{ payType: '800201', usedPayType: null, state: 'closed', failure: 'cancelled' },
  ...{ createdAt: NOW - minutesAgo * MINUTE, paidAt: null },
  ...more,
});
const paid = (minutesAgo: number, seconds: number, more: Partial<RecentTry> = {}): RecentTry => {
  const paidAt = NOW - minutesAgo * MINUTE + seconds * 1_000;
  return began(minutesAgo, { state: 'paid', failure: null, paidAt, ...more });
};
const failed = (minutesAgo: number, failure: RecentTry['failure']) =>
  began(minutesAgo, { state: 'failed', failure });
const usually = (seconds: number, count = 20): UsualWait => ({
  ...{ payType: '800201', usedPayType: null, seconds, count },
});
const wechat = (recent: readonly RecentTry[], more: Partial<Seen> = {}) => {
  const found = healthOf({ recent, usual: [], last: [], ...more }, NOW);
  return found.find(({ wallet }) => wallet === 'wechat');
};
const healthAfter = (...recent: RecentTry[]) => wechat(recent)?.health;

describe('the numbers of a wallet', () => {
  test('are those of its own payments, also of a code that any wallet could have shown', () => {
    const scanned = { payType: '800008', usedPayType: '800208' };
    const other = paid(5, 90, { payType: '801501' });
    const seen = wechat(
      [paid(40, 12), paid(30, 6, scanned), began(20), failed(10, 'refused'), other],
      {
        usual: [usually(8), usually(30, 3)],
        last: [{ payType: '800201', usedPayType: null, at: NOW - 300 * MINUTE }],
      },
    );
    expect(seen).toEqual({
      ...{ wallet: 'wechat', health: 'well', ended: 4, paid: 2, medianSeconds: 6 },
      ...{ usualSeconds: 8, lastPaidAt: NOW - 30 * MINUTE + 6_000 },
    });
  });

  test('say that nothing was seen, and when it last went well', () => {
    const at = NOW - 300 * MINUTE;
    const seen = wechat([], { last: [{ payType: '800201', usedPayType: null, at }] });
    expect(seen).toMatchObject({ health: 'unseen', ended: 0, medianSeconds: null, lastPaidAt: at });
    expect(wechat([])?.lastPaidAt).toBeNull();
  });
});

describe('a wallet is called', () => {
  test('down after two troubles of the gateway with nothing paid, and not after one', () => {
    expect(healthAfter(failed(4, 'no-answer'))).toBe('well');
    expect(healthAfter(failed(4, 'no-answer'), failed(3, 'gateway-busy'))).toBe('down');
  });

  test('down while two payments have been in doubt for long, and not for a moment', () => {
    const doubt = (minutesAgo: number) => began(minutesAgo, { state: 'unknown', failure: null });
    expect(healthAfter(doubt(1), doubt(2))).toBe('down');
    expect(healthAfter(doubt(0.1), doubt(0.2))).toBe('well');
  });

  test('slow where some are paid all the same, well again after two that went through', () => {
    const troubles = [failed(9, 'no-answer'), failed(8, 'gateway-unreachable')];
    expect(healthAfter(paid(12, 5), ...troubles)).toBe('slow');
    expect(healthAfter(paid(7, 5), ...troubles)).toBe('slow');
    expect(healthAfter(paid(7, 5), paid(6, 5), ...troubles)).toBe('well');
  });

  test('well whatever customers do: they refuse, leave, or have no money', () => {
    const theirs = ['refused', 'expired', 'cancelled'] as const;
    expect(healthAfter(...theirs.map((why) => failed(2, why)), began(1), began(3))).toBe('well');
  });

  test('well when the trouble is long over', () => {
    expect(healthAfter(failed(50, 'no-answer'), failed(40, 'no-answer'))).toBe('well');
  });

  test('slow when it takes twice its usual time, of four payments at least', () => {
    const took = (seconds: number, count: number, usual: number) =>
      wechat(
        Array.from({ length: count }, (_, n) => paid(n + 2, seconds)),
        { usual: [usually(usual)] },
      )?.health;
    expect(took(30, 4, 15)).toBe('slow');
    expect(took(29, 4, 15)).toBe('well');
    expect(took(30, 3, 15)).toBe('well');
    // Twice of very little is still quick.
    expect(took(19, 4, 3)).toBe('well');
  });
});
