import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serverNow } from '@/components/live/clock';
import { openStream, type Source, type Way } from '@/components/live/event-stream';
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

function listen(answers: () => boolean = () => true, way?: Way) {
  const told: Source[] = [];
  const payments: PaymentView[] = [];
  const refunds: RefundView[] = [];
  const count = { polls: 0, reopened: 0 };
  const { again, close } = openStream(
    {
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
    },
    way,
  );
  return { told, payments, refunds, count, again, close };
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

describe('a screen that must be right at once', () => {
  const hasty: Way = { path: '/api/display/events', pollEveryMs: 500, hasty: true };

  test('asks as soon as its stream breaks, and listens anew when it is answered', async () => {
    let back = false;
    const screen = listen(() => back, hasty);
    newest().say('heartbeat', {});
    newest().dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(0);
    expect([screen.count.polls, screen.told.at(-1)]).toEqual([1, 'nothing']);
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    expect(screen.count.polls).toBeGreaterThanOrEqual(4);
    expect(Line.all).toHaveLength(1);
    back = true;
    await vi.advanceTimersByTimeAsync(SECOND);
    expect(screen.told.at(-1)).toBe('poll');
    expect(Line.all.map(({ url, closed }) => [url, closed])).toEqual([
      [hasty.path, true],
      [hasty.path, false],
    ]);
    newest().say('heartbeat', {});
    const { polls } = screen.count;
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect([screen.count.polls, screen.told.at(-1)]).toEqual([polls, 'events']);
    screen.close();
  });

  test('trusts nothing after a sleep until somebody answers', async () => {
    const screen = listen(() => true, hasty);
    newest().say('heartbeat', {});
    await vi.advanceTimersByTimeAsync(SECOND);
    vi.setSystemTime(Date.now() + 600 * SECOND);
    await vi.advanceTimersByTimeAsync(SECOND);
    const since = screen.told.slice(screen.told.lastIndexOf('events') + 1);
    expect(since[0]).toBe('nothing');
    expect(since.at(-1)).toBe('poll');
    expect(Line.all.length).toBeGreaterThan(1);
    screen.close();
  });

  test('asks and listens anew when it is told that the line may be back', async () => {
    const screen = listen(() => true, hasty);
    newest().say('heartbeat', {});
    screen.again();
    await vi.advanceTimersByTimeAsync(0);
    expect([screen.count.polls, Line.all.length]).toEqual([1, 2]);
    screen.close();
  });

  test('asks at each look while a line that came back refuses, and then at its own pace', async () => {
    let answers = false;
    const line = listen(() => answers);
    line.again();
    await vi.advanceTimersByTimeAsync(2 * SECOND);
    expect(line.count.polls).toBe(5);
    answers = true;
    await vi.advanceTimersByTimeAsync(SECOND / 2);
    expect(line.told.at(-1)).toBe('poll');
    await vi.advanceTimersByTimeAsync(3 * SECOND);
    const { polls } = line.count;
    await vi.advanceTimersByTimeAsync(4 * SECOND);
    expect(line.count.polls).toBe(polls + 2);
    line.close();
  });

  test('a till whose stream breaks waits as before: its browser comes back by itself', async () => {
    const till = listen();
    newest().say('heartbeat', {});
    newest().dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(9 * SECOND);
    expect([till.count.polls, Line.all.length]).toEqual([0, 1]);
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
