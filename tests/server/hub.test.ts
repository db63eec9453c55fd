import { expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { createHub } from '@/server/hub';
import { aPayment } from '../support/payments';

const feedOf = (length: number) =>
  Array.from({ length }, (_each, place) => ({ seq: place + 1, payment: aPayment() as Payment }));

test('every screen hears every change once and in the order of the commits', async () => {
  const feed = feedOf(450);
  let reads = 0;
  const hub = createHub({
    changes: async (after, limit) => {
      reads += 1;
      return feed.slice(after, after + limit);
    },
    startAt: 0,
    onFault: (fault) => {
      throw fault;
    },
  });
  const heard: number[] = [];
  const all = new Promise<void>((resolve) => {
    hub.listen({
      onChange: ({ seq }) => {
        heard.push(seq);
        if (seq === 450) resolve();
      },
      onClose: () => {},
    });
  });
  for (let each = 0; each < 100; each += 1) hub.changed();
  await all;
  expect(heard).toEqual(feed.map(({ seq }) => seq));
  expect(reads).toBeLessThan(10);
});

test('a fault while reading is reported and the next change is still told', async () => {
  let broken = true;
  const faults: unknown[] = [];
  const hub = createHub({
    changes: async (after) => {
      if (broken) throw new Error('disk');
      return feedOf(1).slice(after);
    },
    startAt: 0,
    onFault: (fault) => faults.push(fault),
  });
  const told = new Promise<number>((resolve) => {
    hub.listen({ onChange: ({ seq }) => resolve(seq), onClose: () => {} });
  });
  hub.changed();
  await expect.poll(() => faults.length).toBe(1);
  broken = false;
  hub.changed();
  expect(await told).toBe(1);
});

test('a stopping server ends every stream', () => {
  const hub = createHub({ changes: async () => [], startAt: 0, onFault: () => {} });
  let ended = 0;
  for (let each = 0; each < 3; each += 1) {
    hub.listen({
      onChange: () => {},
      onClose: () => {
        ended += 1;
      },
    });
  }
  hub.close();
  expect([ended, hub.count()]).toEqual([3, 0]);
});

test('a tablet that connects while the server stops is sent away at once', () => {
  const hub = createHub({ changes: async () => [], startAt: 0, onFault: () => {} });
  hub.close();
  let ended = 0;
  const onClose = () => {
    ended += 1;
  };
  hub.listen({ onChange: () => {}, onClose });
  expect([ended, hub.count()]).toEqual([1, 0]);
});
