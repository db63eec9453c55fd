import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallKind } from '@/server/payments/ports';
import { createBudget } from '@/server/qfpay/budget';
import { createVirtualClock } from './virtual-clock';

type Grant = { readonly kind: CallKind; readonly at: number };

function openCounter(random: () => number = () => 0.5) {
  const clock = createVirtualClock();
  const budget = createBudget({ clock, random });
  const grants: Grant[] = [];
  const refused: Grant[] = [];
  const ask = (kind: CallKind, waitMs: number) =>
    budget.take(kind, waitMs).then((granted) => {
      (granted ? grants : refused).push({ kind, at: clock.steady() });
    });
  return { clock, budget, grants, refused, ask };
}

/** The fullest window of `ms`, both ends included. */
function most(grants: readonly Grant[], ms: number): number {
  const times = grants.map((grant) => grant.at).sort((a, b) => a - b);
  let start = 0;
  let best = 0;
  times.forEach((time, end) => {
    while ((times[start] ?? time) < time - ms) start += 1;
    best = Math.max(best, end - start + 1);
  });
  return best;
}

const KINDS = ['charge', 'refund', 'close', 'query', 'tail'] as const;

describe('the budget', () => {
  it('gives a burst of twenty and then six a second', async () => {
    const { clock, grants, ask } = openCounter();
    for (let call = 0; call < 60; call += 1) void ask('charge', 60_000);
    await clock.runUntil(0);
    expect(grants).toHaveLength(20);
    await clock.runUntil(5_010);
    expect(grants).toHaveLength(20 + 30);
  });

  it('refuses at once who cannot wait, and in time who can wait a little', async () => {
    const { clock, grants, refused, ask } = openCounter();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
    void ask('charge', 0);
    void ask('charge', 100);
    await clock.runUntil(0);
    expect({ grants: grants.length, refused: refused.length }).toEqual({ grants: 20, refused: 1 });
    await clock.runUntil(1_000);
    expect(refused).toEqual([
      { kind: 'charge', at: 0 },
      { kind: 'charge', at: 100 },
    ]);
  });

  it('does not spend on who has given up', async () => {
    const { clock, grants, refused, ask } = openCounter();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
    void ask('charge', 100);
    void ask('query', 400);
    await clock.runUntil(1_000);
    expect(refused).toHaveLength(1);
    expect(grants.at(-1)).toEqual({ kind: 'query', at: 167 });
  });

  it('gives the next call to money, then to closes, then to questions, then to the tail', async () => {
    const { clock, grants, ask } = openCounter();
    for (let call = 0; call < 20; call += 1) void ask('query', 0);
    for (const kind of ['tail', 'query', 'close', 'charge', 'tail', 'refund'] as const) {
      void ask(kind, 60_000);
    }
    await clock.runUntil(60_000);
    expect(grants.slice(20).map((grant) => grant.kind)).toEqual([
      'charge',
      'refund',
      'close',
      'query',
      'tail',
      'tail',
    ]);
  });

  it('lets a charge that comes last pass a hundred questions that wait', async () => {
    const { clock, grants, ask } = openCounter();
    for (let call = 0; call < 120; call += 1) void ask('query', 60_000);
    await clock.runUntil(1_000);
    const before = grants.length;
    void ask('charge', 2_000);
    await clock.runUntil(1_400);
    expect(grants[before]).toMatchObject({ kind: 'charge' });
  });

  it('leaves a charge room however many questions there are', async () => {
    const { clock, grants, ask } = openCounter();
    const flood = () => {
      for (let call = 0; call < 500; call += 1) void ask('query', 60_000);
    };
    flood();
    await clock.runUntil(59_000);
    expect(grants).toHaveLength(280);
    const asked = clock.steady();
    for (let call = 0; call < 20; call += 1) void ask('charge', 2_000);
    await clock.runUntil(asked);
    expect(grants.filter((grant) => grant.kind === 'charge')).toHaveLength(20);
  });

  it('never goes over 400 in any 60 s, 100 in any second, or 70 % of either for questions', async () => {
    const demand = fc.record({
      at: fc.integer({ min: 0, max: 150_000 }),
      kind: fc.constantFrom(...KINDS),
      count: fc.integer({ min: 1, max: 300 }),
      waitMs: fc.constantFrom(0, 50, 2_000, 30_000),
      limited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(demand, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (demands, chance) => {
          const { clock, budget, grants, refused, ask } = openCounter(() => chance);
          for (const { at, kind, count, waitMs, limited } of [...demands].sort(
            (a, b) => a.at - b.at,
          )) {
            await clock.runUntil(at);
            for (let call = 0; call < count; call += 1) void ask(kind, waitMs);
            if (limited) budget.limited();
          }
          await clock.runUntil(400_000);
          const asked = demands.reduce((sum, one) => sum + one.count, 0);
          expect(grants.length + refused.length).toBe(asked);
          expect(most(grants, 60_000)).toBeLessThanOrEqual(400);
          expect(most(grants, 1_000)).toBeLessThanOrEqual(100);
          const questions = grants.filter(({ kind }) => kind === 'query' || kind === 'tail');
          expect(most(questions, 60_000)).toBeLessThanOrEqual(280);
          expect(most(questions, 1_000)).toBeLessThanOrEqual(70);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('after a 429', () => {
  it('everybody waits half a second to one second, and the pace is halved', async () => {
    for (const [chance, until] of [
      [0, 500],
      [0.999, 999.5],
    ] as const) {
      const { clock, budget, grants, ask } = openCounter(() => chance);
      budget.limited();
      for (let call = 0; call < 40; call += 1) void ask('charge', 60_000);
      await clock.runUntil(until - 1);
      expect(grants).toHaveLength(0);
      await clock.runUntil(until + 3_010);
      // One at the end of the hold, then three a second: no burst.
      expect(grants).toHaveLength(1 + 9);
    }
  });

  it('the holds double up to thirty seconds while it goes on', async () => {
    const { clock, budget, grants, ask } = openCounter(() => 0);
    const holds: number[] = [];
    for (let again = 0; again < 7; again += 1) {
      const before = clock.steady();
      budget.limited();
      void ask('charge', 60_000);
      await clock.runUntil(before + 31_000);
      // Whole milliseconds are slept, so a hold may end one late.
      holds.push(Math.floor(((grants.at(-1)?.at ?? 0) - before) / 10) * 10);
    }
    // Recovery begins with each hold's end; seven in a row never let it end.
    expect(holds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('many calls that hear the same 429 count as one', async () => {
    const { clock, budget, grants, ask } = openCounter(() => 0);
    for (let call = 0; call < 10; call += 1) budget.limited();
    for (let call = 0; call < 10; call += 1) void ask('charge', 60_000);
    await clock.runUntil(1_600);
    // Still half the pace: one at 500 ms and one every 334 ms after it.
    expect(grants).toHaveLength(4);
  });

  it('the pace is whole again within a minute, however long the block was', async () => {
    const { clock, budget, grants, ask } = openCounter(() => 0.999);
    while (clock.steady() < 60_000) {
      budget.limited();
      await clock.runUntil(clock.steady() + 2_000);
    }
    await clock.runUntil(clock.steady() + 30_000 + 60_000);
    const start = clock.steady();
    const before = grants.length;
    for (let call = 0; call < 200; call += 1) void ask('charge', 60_000);
    await clock.runUntil(start + 10_000);
    expect(grants.length - before).toBe(20 + 60);
  });
});
