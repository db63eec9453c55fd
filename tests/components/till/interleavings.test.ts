/**
 * What a tablet shows of one payment while its own answers, the server's events, polls and reloads
 * overtake one another. The real store of the screens; only the line to the server is ours.
 */
import { notifyManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { heard, paymentQuery, recentQuery } from '@/components/live/queries';
import type { PaymentPage, PaymentView } from '@/lib/contract';
import { paymentWith } from '../../support/shop-window';

// Every picture is looked at, not only the last one of a frame.
beforeAll(() => notifyManager.setScheduler((draw) => draw()));
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Everything that has arrived has been read and drawn. */
const quiet = async (scheduler: fc.Scheduler) => {
  const drawn = () => new Promise((resolve) => setImmediate(resolve));
  await drawn();
  while (scheduler.count() > 0) {
    await scheduler.waitOne();
    await drawn();
  }
};

/** The life of a payment as the server writes it down, one version after the other. */
const LIFE: readonly PaymentView[] = (
  ['created', 'sending', 'awaiting', 'cancelling', 'closed', 'paid'] as const
).map((state, place) => paymentWith({ state, version: place + 1, late: state === 'paid' }));
const { id, counter } = paymentWith();

const DEEDS = ['server', 'event', 'cancel', 'poll', 'list'] as const;
type Deed = (typeof DEEDS)[number];

/** A server that moves on whenever it likes, and a line that delivers whenever it likes. */
function tablet(scheduler: fc.Scheduler) {
  let now = 0;
  const picture = (): PaymentView => LIFE[now] ?? paymentWith();
  // What an answer says is decided when the server is asked; when it arrives is the line's affair.
  vi.stubGlobal('fetch', (path: string) => {
    const page: PaymentPage = { payments: [picture()], next: null, reached: null };
    const body = path.includes(`/api/payments/${id}`) ? { payment: picture() } : page;
    const answer = { ok: true, headers: new Headers(), json: async () => body };
    return scheduler.schedule(Promise.resolve(answer), path);
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const shown: number[] = [];
  const listed: number[] = [];
  const payment = new QueryObserver(client, { ...paymentQuery(id), refetchInterval: false });
  const recent = new QueryObserver(client, recentQuery(counter));
  const endings = [
    payment.subscribe(({ data }) => data && shown.push(data.version)),
    recent.subscribe(({ data }) => data?.[0] && listed.push(data[0].version)),
  ];
  const deeds: Record<Deed, () => void> = {
    server: () => {
      now = Math.min(now + 1, LIFE.length - 1);
    },
    event: () => deliver('event'),
    cancel: () => deliver('the answer to cancel'),
    poll: () =>
      void client
        .getQueryCache()
        .find(paymentQuery(id))
        ?.fetch()
        .catch(() => undefined),
    list: () => void recent.refetch({ cancelRefetch: false }),
  };
  const deliver = (what: string) => {
    const told = picture();
    void scheduler.schedule(Promise.resolve(), what).then(() => heard(client, told));
  };
  const leave = () => {
    for (const end of endings) end();
    client.clear();
  };
  return { deeds, shown, listed, leave };
}

const neverSinks = (versions: readonly number[]) =>
  expect(versions).toEqual([...versions].sort((a, b) => a - b));

describe('F65 whatever overtakes whatever', () => {
  const course = fc.array(fc.constantFrom(...DEEDS), { minLength: 4, maxLength: 24 });

  test('an older picture never follows a newer one, in the pane nor in the strip', async () => {
    await fc.assert(
      fc.asyncProperty(course, fc.scheduler(), async (deeds, scheduler) => {
        const { deeds: does, shown, listed, leave } = tablet(scheduler);
        for (const deed of deeds) {
          does[deed]();
          if (scheduler.count() > 2) await scheduler.waitOne();
        }
        await quiet(scheduler);
        leave();
        expect(shown).not.toEqual([]);
        neverSinks(shown);
        neverSinks(listed);
      }),
      { numRuns: 500 },
    );
  });

  test('the last word of the server is what stays, whoever brought it', async () => {
    const last = fc.constantFrom('event', 'cancel', 'poll');
    await fc.assert(
      fc.asyncProperty(course, last, fc.scheduler(), async (deeds, end, scheduler) => {
        const { deeds: does, shown, leave } = tablet(scheduler);
        for (const deed of deeds) does[deed]();
        await quiet(scheduler);
        for (let n = 0; n < LIFE.length; n += 1) does.server();
        does[end]();
        await quiet(scheduler);
        leave();
        expect(shown.at(-1)).toBe(LIFE.length);
      }),
      { numRuns: 500 },
    );
  });

  test('a page that is read again starts from nothing and shows only what it was told since', async () => {
    await fc.assert(
      fc.asyncProperty(course, course, fc.scheduler(), async (before, after, scheduler) => {
        const old = tablet(scheduler);
        for (const deed of before) old.deeds[deed]();
        old.leave();
        const fresh = tablet(scheduler);
        for (const deed of after) fresh.deeds[deed]();
        await quiet(scheduler);
        fresh.leave();
        neverSinks(fresh.shown);
        neverSinks(fresh.listed);
      }),
      { numRuns: 300 },
    );
  });
});
