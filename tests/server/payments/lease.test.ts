import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { advance } from '@/lib/advance';
import { createPayments, type World } from '@/server/payments';
import { ask, check } from '@/server/payments/ask';
import { fenced, hold, Stale } from '@/server/payments/lease';
import { lookSoon } from '@/server/payments/look';
import { keep, lookIfWanted } from '@/server/payments/window';
import { type Counter, created, openCounter, queryPaid, swept } from '../../support/counter';
import { at, facts } from '../../support/payments';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

/** Another server over the same records; every object by which a server knows itself is its own. */
const another = (server: string): World => ({
  ...counter.world,
  gateway: { ...counter.world.gateway },
  server,
});

test('F77 one watches; another takes over ten seconds after it fell silent', async () => {
  const [one, two] = [another('one'), another('two')];
  expect(await hold(one)).toBe(1);
  expect(await hold(two)).toBeNull();
  counter.later(9);
  expect(await hold(two)).toBeNull();
  counter.later(1);
  expect(await hold(two)).toBe(2);
  expect(await hold(one)).toBeNull();
});

test('whoever renews keeps its epoch, and a new process of the same server takes over at once', async () => {
  const one = another('one');
  expect(await hold(one)).toBe(1);
  counter.later(8);
  expect(await hold(one)).toBe(1);
  counter.later(8);
  expect(await hold(another('two'))).toBeNull();
  expect(await hold(another('one'))).toBe(2);
  // The first process was only paused: it has lost.
  expect(await hold(one)).toBeNull();
});

test('a clock that was set back holds nobody up', async () => {
  const one = another('one');
  await hold(one);
  counter.later(-7_200);
  expect(await hold(another('two'))).toBe(2);
});

test('F76 what a holder of an old epoch writes is not kept', async () => {
  const [one, two] = [another('one'), another('two')];
  counter.script.charge.push(created);
  const payment = await counter.take();
  const epoch = await hold(one);
  const mine = fenced(one, epoch ?? 0);
  counter.later(60);
  await hold(two);
  const evidence = queryPaid(payment.id);
  const write = mine.store.transaction(async (records) => {
    const before = await records.payment(payment.id);
    if (before !== null) await records.update(advance(before, evidence, at(60)));
  });
  await expect(write).rejects.toBeInstanceOf(Stale);
  expect((await counter.payment(payment.id)).state).toBe('awaiting');
});

test('F76 what a watch still wanted to see goes with its lease, what its server is told of stays', async () => {
  const [one, two] = [another('one'), another('two')];
  const mine = fenced(one, (await hold(one)) ?? 0);
  const number = counter.world.ids.paymentNumber();
  const row = { number, evidence: queryPaid(number) };
  const rows = swept({ rows: [row] });
  const contradict = async () => {
    const less = {
      source: 'query',
      says: 'paid',
      respcd: '0000',
      facts: facts({ number, amount: 1 }),
    } as const;
    counter.script.ask.push(less);
    await keep(mine, rows, null);
    counter.later(30);
  };
  await contradict();
  counter.sent.length = 0;
  await lookIfWanted(mine, [one, mine]);
  expect(counter.sent).toEqual(['sweep']);
  await contradict();
  await hold(two);
  counter.sent.length = 0;
  await lookIfWanted(one);
  expect(counter.sent).toEqual([]);
  lookSoon(one);
  await lookIfWanted(one);
  expect(counter.sent).toEqual(['sweep']);
});

test('a person’s question outlives the lease of the watch that asks the same', async () => {
  const [one, two] = [another('one'), another('two')];
  counter.script.charge.push(created);
  const payment = await counter.take();
  const mine = fenced(one, (await hold(one)) ?? 0);
  let answerNow = () => {};
  const slow = new Promise<void>((resolve) => {
    answerNow = resolve;
  });
  const late = async (number: string) => {
    await slow;
    return queryPaid(number);
  };
  counter.script.ask.push(late, late);
  const watched = ask(mine, payment, 'query');
  const pressed = check(one, payment.id);
  counter.later(60);
  await hold(two);
  answerNow();
  await expect(watched).rejects.toBeInstanceOf(Stale);
  expect(await pressed).toMatchObject({ payment: { state: 'paid' } });
});

test('a round that waits for a slow gateway keeps its lease meanwhile', async () => {
  const one = another('one');
  let answerNow = () => {};
  const slow = new Promise<void>((resolve) => {
    answerNow = resolve;
  });
  counter.script.charge.push(created);
  const payment = await counter.take();
  counter.script.ask.push(async (number) => {
    await slow;
    return queryPaid(number);
  });
  const beats: (() => void)[] = [];
  const clock = {
    ...counter.world.clock,
    sleep: () => new Promise<void>((resolve) => void beats.push(resolve)),
  };
  const payments = createPayments({ ...one, clock });
  counter.later(2);
  await payments.start();
  for (let each = 0; each < 5; each += 1) {
    counter.later(3);
    await vi.waitUntil(() => beats.length > 0);
    for (const beat of beats.splice(0)) beat();
    const lease = await vi.waitUntil(async () => {
      const held = await counter.world.store.read.lease('watch');
      const left = (held?.expiresAt ?? 0) - counter.world.clock.wall();
      return left > 5_000 ? held : null;
    });
    expect(lease).toMatchObject({ holder: 'one', epoch: 1 });
  }
  answerNow();
  const stopped = payments.stop();
  for (const beat of beats.splice(0)) beat();
  await stopped;
  expect((await counter.payment(payment.id)).state).toBe('paid');
});
