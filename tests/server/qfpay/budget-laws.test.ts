/** I12 and F86: what must hold whatever arrives, however many processes, whatever the clocks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallKind } from '@/server/payments/ports';
import { createSharedRow, type Grant, most, openCounter, openWarm } from './shared-row';
import { createVirtualClock } from './virtual-clock';

const KINDS = ['charge', 'refund', 'close', 'query', 'tail'] as const;
const questions = (grants: readonly Grant[]) =>
  grants.filter(({ kind }) => kind === 'query' || kind === 'tail');

function expectLimits(grants: readonly Grant[]): void {
  expect(most(grants, 60_000)).toBeLessThanOrEqual(400);
  expect(most(grants, 1_000)).toBeLessThanOrEqual(100);
  expect(most(questions(grants), 60_000)).toBeLessThanOrEqual(280);
  expect(most(questions(grants), 1_000)).toBeLessThanOrEqual(70);
}

const HOUR = 3_600_000;
const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
const demand = fc.record({
  process: fc.nat({ max: 2 }),
  at: fc.integer({ min: 0, max: 150_000 }),
  kind: fc.constantFrom<CallKind>(...KINDS),
  count: fc.integer({ min: 1, max: 300 }),
  waitMs: fc.constantFrom(0, 50, 2_000, 30_000),
  limited: fc.boolean(),
});

describe('several processes on one row', () => {
  it('F86: never make more than 400 calls in any 60 s or 100 in any second, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(demand, { minLength: 1, maxLength: 12 }),
        fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -2 * HOUR, max: 2 * HOUR }))),
        chance,
        async (demands, skews, random) => {
          const [clock, row] = [createVirtualClock(9 * HOUR), createSharedRow()];
          const start = clock.steady();
          // Long before the first call they were all there: each clock is off by its own.
          const processes = skews.map((skew) =>
            openCounter({ clock, row, skew, random: () => random }),
          );
          for (const { ask } of processes) void ask('charge', 0);
          await clock.runUntil(start + 70_000);
          for (const { process, ...one } of [...demands].sort((a, b) => a.at - b.at)) {
            await clock.runUntil(start + 70_000 + one.at);
            const { ask, budget } = processes[process] ?? openCounter({ clock, row });
            for (let call = 0; call < one.count; call += 1) void ask(one.kind, one.waitMs);
            if (one.limited) budget.limited();
          }
          await clock.runUntil(start + 400_000);
          const asked = demands.reduce((sum, one) => sum + one.count, processes.length);
          const grants = processes.flatMap((one) => one.grants);
          const refused = processes.flatMap((one) => one.refused);
          expect(grants.length + refused.length).toBe(asked);
          expectLimits(grants);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('F78: nor when one of them starts anew under a clock that jumped by hours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
        fc.integer({ min: 20_000, max: 60_000 }),
        chance,
        async (jump, restart, random) => {
          const [clock, row] = [createVirtualClock(9 * HOUR), createSharedRow()];
          const start = clock.steady();
          const flood = (one: ReturnType<typeof openCounter>, count: number) => {
            for (let call = 0; call < count; call += 1) {
              void one.ask(KINDS[call % KINDS.length] ?? 'query', 300_000);
            }
          };
          const given = { clock, row, random: () => random };
          const [stays, goes] = [openCounter(given), openCounter(given)];
          flood(stays, 600);
          flood(goes, 100);
          await clock.runUntil(start + restart);
          const anew = openCounter({ ...given, skew: jump });
          flood(anew, 300);
          await clock.runUntil(start + restart + 60_000);
          expectLimits([...stays.grants, ...goes.grants, ...anew.grants]);
          // Nobody is shut out by the other's idea of the time: both are served within a minute.
          for (const one of [stays, anew]) {
            expect(one.grants.some(({ at }) => at > start + restart + 1_000)).toBe(true);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('F79: no jump of the wall clock reaches one that runs: it never looks at it', async () => {
    const wall = (): number => {
      throw new Error('looked at the wall clock');
    };
    const virtual = createVirtualClock();
    const { row, clock } = await openWarm({ clock: { ...virtual, ...{ wall } } });
    const again = openCounter({ row, clock });
    again.budget.limited();
    void again.ask('query', 30_000);
    await clock.runUntil(clock.steady() + 30_000);
    expect(again.grants).toHaveLength(1);
  });
});

describe('whoever waits', () => {
  it('is served in bounded time, after whatever came before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(demand, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<CallKind>(...KINDS),
        chance,
        async (demands, kind, random) => {
          const [clock, row] = [createVirtualClock(), createSharedRow()];
          const busy = openCounter({ clock, row, random: () => random });
          for (const one of [...demands].sort((a, b) => a.at - b.at)) {
            await clock.runUntil(one.at);
            for (let call = 0; call < one.count; call += 1) void busy.ask(one.kind, 2_000);
            if (one.limited) busy.budget.limited();
          }
          const asked = clock.steady();
          const single = openCounter({ clock, row, random: () => random });
          void single.ask(kind, 60_000);
          await clock.runUntil(asked + 60_000);
          // Two seconds of rivals, a hold of at most thirty, and the slowest pace after it.
          expect(single.grants.map(({ at }) => at - asked < 36_000)).toEqual([true]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('for money goes before whoever waits for questions, in its process and beside another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 100, max: 400 }),
        fc.integer({ min: 0, max: 30_000 }),
        fc.constantFrom<CallKind>('charge', 'refund', 'close'),
        fc.boolean(),
        async (flood, after, kind, elsewhere) => {
          const [clock, row] = [createVirtualClock(), createSharedRow()];
          const asking = openCounter({ clock, row });
          for (let call = 0; call < flood; call += 1) {
            void asking.ask(call % 2 === 0 ? 'query' : 'tail', 200_000);
          }
          await clock.runUntil(after);
          const till = elsewhere ? openCounter({ clock, row }) : asking;
          void till.ask(kind, 2_000);
          await clock.runUntil(after + 200);
          const served = till.grants.find((grant) => grant.kind === kind);
          expect((served?.at ?? Number.POSITIVE_INFINITY) - after).toBeLessThanOrEqual(200);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('F85: after a minute of 429', () => {
  it('the pace is nine tenths again within a minute, and money goes first all the time', async () => {
    await fc.assert(
      fc.asyncProperty(chance, fc.integer({ min: 50, max: 3_000 }), async (random, latency) => {
        const { clock, budget, grants, ask, start } = await openWarm({ random: () => random });
        // Every call is answered 429: whoever waits hears it, again and again.
        const storm = start + 60_000;
        let limitedAt = 0;
        while (clock.steady() < storm) {
          const before = grants.length;
          void ask('charge', 30_000);
          void ask('query', 30_000);
          await clock.runUntil(clock.steady() + latency);
          if (grants.length === before) continue;
          limitedAt = clock.steady();
          budget.limited();
        }
        expect(limitedAt).toBeGreaterThan(0);
        const well = storm + 60_000;
        // The burst is used up before it counts.
        await clock.runUntil(well - 8_000);
        for (let call = 0; call < 200; call += 1) void ask('charge', 60_000);
        await clock.runUntil(well);
        const before = grants.length;
        await clock.runUntil(well + 10_000);
        expect(grants.length - before).toBeGreaterThanOrEqual(53);
        const first = grants.find(({ at }) => at > start);
        expect(first?.kind).toBe('charge');
      }),
      { numRuns: 8 },
    );
  });
});
