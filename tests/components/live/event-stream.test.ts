import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serverNow } from '@/components/live/clock';
import { openStream, type Source } from '@/components/live/event-stream';
import type { PaymentView, RefundView } from '@/lib/contract';
import { paymentWith } from '../../support/shop-window';

/** A server's event stream, spoken by the test. */
class Line extends EventTarget {
  static readonly all: Line[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Line.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  say(name: string, data: unknown): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    if (!this.closed) this.dispatchEvent(new MessageEvent(name, { data: text }));
  }
}

const SECOND = 1000;
const newest = (): Line => {
  const line = Line.all.at(-1);
  if (line === undefined) throw new Error('Nobody listens');
  return line;
};

function listen(answers: () => boolean = () => true) {
  const told: Source[] = [];
  const payments: PaymentView[] = [];
  const refunds: RefundView[] = [];
  const count = { polls: 0, reopened: 0 };
  const { close } = openStream({
    heardFrom: (source) => told.push(source),
    payment: (payment) => payments.push(payment),
    refund: (refund) => refunds.push(refund),
    reopened: () => {
      count.reopened += 1;
    },
    poll: async () => {
      count.polls += 1;
      return answers();
    },
  });
  return { told, payments, refunds, count, close };
}

beforeEach(() => {
  vi.useFakeTimers();
  Line.all.length = 0;
  vi.stubGlobal('EventSource', Line);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('while the server speaks', () => {
  test('nobody asks, however long the day is', async () => {
    const till = listen();
    newest().dispatchEvent(new Event('open'));
    for (let beat = 0; beat < 900; beat++) {
      await vi.advanceTimersByTimeAsync(4 * SECOND);
      newest().say('heartbeat', { now: '2026-01-05T14:02:07+08:00' });
    }
    expect(till.count.polls).toBe(0);
    expect(new Set(till.told)).toEqual(new Set(['events']));
    expect(Line.all).toHaveLength(1);
    till.close();
  });

  test('a payment is handed on, and half an event is not', () => {
    const till = listen();
    newest().say('payment', paymentWith({ state: 'paid' }));
    newest().say('payment', '{"id":"H80KF');
    expect(till.payments.map(({ state }) => state)).toEqual(['paid']);
    till.close();
  });

  test('a refund is handed on, and counts as a word of the server', async () => {
    const till = listen();
    await vi.advanceTimersByTimeAsync(9 * SECOND);
    newest().say('refund', { id: 'H80KF9302KTZYQ', paymentId: 'H80KF930KTZYPK', version: 2 });
    newest().say('refund', '{"id":"H80KF');
    await vi.advanceTimersByTimeAsync(9 * SECOND);
    expect(till.refunds.map(({ paymentId }) => paymentId)).toEqual(['H80KF930KTZYPK']);
    expect(till.count.polls).toBe(0);
    till.close();
  });

  test('a heartbeat sets the clock that the countdowns go by', () => {
    vi.setSystemTime('2026-01-05T06:00:00Z');
    const till = listen();
    newest().say('heartbeat', { now: '2026-01-05T14:02:07+08:00' });
    expect(serverNow()).toBe(Date.parse('2026-01-05T06:02:07Z'));
    till.close();
  });
});

describe('when the events fall silent', () => {
  test('it asks after ten seconds, then every two', async () => {
    const till = listen();
    newest().dispatchEvent(new Event('open'));
    await vi.advanceTimersByTimeAsync(9 * SECOND);
    expect(till.count.polls).toBe(0);
    await vi.advanceTimersByTimeAsync(11 * SECOND);
    expect(till.count.polls).toBeGreaterThanOrEqual(5);
    expect(till.count.polls).toBeLessThanOrEqual(6);
    expect(new Set(till.told.slice(1))).toEqual(new Set(['silence', 'poll']));
    till.close();
  });

  test('it listens anew, for a line that hangs never ends by itself', async () => {
    const till = listen();
    await vi.advanceTimersByTimeAsync(11 * SECOND);
    expect(Line.all.map(({ closed }) => closed)).toEqual([true, false]);
    till.close();
  });

  test('when the server speaks again it stops asking and reads what it missed', async () => {
    const till = listen();
    newest().dispatchEvent(new Event('open'));
    await vi.advanceTimersByTimeAsync(15 * SECOND);
    const asked = till.count.polls;
    newest().dispatchEvent(new Event('open'));
    await vi.advanceTimersByTimeAsync(8 * SECOND);
    expect(till.count).toEqual({ polls: asked, reopened: 1 });
    expect(till.told.at(-1)).toBe('events');
    till.close();
  });

  test('no answer either means that there is no network', async () => {
    const till = listen(() => false);
    await vi.advanceTimersByTimeAsync(11 * SECOND);
    expect(till.told).toContain('nothing');
    expect(till.told).not.toContain('poll');
    till.close();
  });
});

test('a closed stream neither listens nor asks', async () => {
  const till = listen();
  till.close();
  await vi.advanceTimersByTimeAsync(60 * SECOND);
  expect(till.count.polls).toBe(0);
  expect(Line.all.every(({ closed }) => closed)).toBe(true);
});
