/** What the watch's questions cost, and how it spares them without letting anybody wait. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hold } from '@/server/payments/lease';
import type { SweepAnswer } from '@/server/payments/ports';
import { tick } from '@/server/payments/sweep';
import { watch } from '@/server/payments/watch';
import { type Counter, created, openCounter, query, queryPending } from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

const showQr = () => {
  counter.script.charge.push(created);
  return counter.take();
};

describe('twelve who left long ago, and two who stay', () => {
  const LEFT = 12;
  /** Rows of another till: they say how crowded a window is. */
  const crowd = (rows: number): SweepAnswer => {
    const paid = query('paid', '0000');
    const others = Array.from({ length: rows }, (_, n) => `OTHER-${n}`);
    const evidence = others.map((number) => ({ number, evidence: paid(number) }));
    return { complete: true, rows: evidence, refunds: [] };
  };
  const spans: number[] = [];
  let world: Counter['world'];
  beforeEach(async () => {
    spans.length = 0;
    const { gateway } = counter.world;
    const sweep: typeof gateway.sweep = (window) => {
      spans.push((window.to - window.from) / 1_000);
      return gateway.sweep(window);
    };
    world = { ...counter.world, gateway: { ...gateway, sweep } };
    for (let each = 0; each < LEFT; each += 1) await showQr();
    counter.later(240);
    counter.script.ask.push(...Array(80).fill(queryPending));
  });
  const lists = () => counter.sent.filter((it) => it.startsWith('list')).length;

  test('are asked for by one window where there are few others', async () => {
    for (const _ of [1, 2]) await showQr();
    counter.later(2);
    counter.script.sweep.push(crowd(20));
    await tick(world);
    counter.later(5);
    spans.length = 0;
    await tick(world);
    // Since they came, ten seconds before them, and two minutes to come.
    expect(spans).toEqual([377]);
  });

  test('do not make the window of those who stay long where there are many', async () => {
    for (const _ of [1, 2]) await showQr();
    counter.later(2);
    counter.script.sweep.push(crowd(2_000));
    await tick(world);
    counter.later(5);
    spans.length = 0;
    counter.sent.length = 0;
    await tick(world);
    expect(spans).toEqual([137]);
    expect(lists()).toBeGreaterThan(0);
  });

  test('cost nobody a window while the young ones are not due', async () => {
    counter.script.sweep.push(crowd(2_000));
    await tick(world);
    counter.later(5);
    for (const _ of [1, 2]) await showQr();
    spans.length = 0;
    counter.sent.length = 0;
    await tick(world);
    expect([spans, lists()]).toEqual([[], 2]);
  });
});

test('a round of eight calls is followed by a rest of nearly three seconds', async () => {
  const { gateway, clock } = counter.world;
  const rests: number[] = [];
  const sweep: typeof gateway.sweep = async (window) => {
    for (let page = 2; page <= 8; page += 1) await window.mayAskAgain();
    return gateway.sweep(window);
  };
  const sleep = (ms: number) => {
    rests.push(ms);
    return new Promise<void>(() => {});
  };
  const shown = [await showQr(), await showQr()];
  const rows = shown.map(({ id }) => ({ number: id, evidence: queryPending(id) }));
  counter.script.sweep.push({ complete: true, rows, refunds: [] });
  counter.later(2);
  const world = { ...counter.world, gateway: { ...gateway, sweep }, clock: { ...clock, sleep } };
  const epoch = await hold(world);
  const running = watch(world, { epoch: epoch ?? 0, since: clock.wall() });
  await expect.poll(() => rests.includes(8 * 334)).toBe(true);
  running.stop();
  await running.done;
});
