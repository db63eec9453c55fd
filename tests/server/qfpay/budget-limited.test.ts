import { describe, expect, it } from 'vitest';
import { openCounter, openWarm } from './shared-row';

describe('F85: after a 429', () => {
  it('everybody waits half a second to one second, and the pace is halved', async () => {
    for (const [chance, until] of [
      [0, 500],
      [0.999, 999.5],
    ] as const) {
      const { clock, budget, grants, ask, start } = await openWarm({ random: () => chance });
      budget.limited();
      for (let call = 0; call < 40; call += 1) void ask('charge', 60_000);
      await clock.runUntil(start + until - 1);
      expect(grants).toHaveLength(0);
      await clock.runUntil(start + until + 3_050);
      // One at the end of the hold, then three a second: no burst.
      expect(grants).toHaveLength(1 + 9);
    }
  });

  it('every process slows down, the one that heard it and the others', async () => {
    const heard = await openWarm({ random: () => 0 });
    const other = openCounter({ clock: heard.clock, row: heard.row, random: () => 0 });
    heard.budget.limited();
    await heard.clock.runUntil(heard.start);
    for (let call = 0; call < 40; call += 1) void other.ask('charge', 60_000);
    await heard.clock.runUntil(heard.start + 499);
    expect(other.grants).toHaveLength(0);
    await heard.clock.runUntil(heard.start + 3_550);
    expect(other.grants).toHaveLength(1 + 9);
  });

  it('what was drawn before it is not used any more', async () => {
    const { clock, budget, grants, ask, start } = await openWarm({ random: () => 0 });
    for (let call = 0; call < 6; call += 1) void ask('query', 0);
    await clock.runUntil(start + 100);
    void ask('query', 0);
    await clock.runUntil(start + 100);
    const before = grants.length;
    budget.limited();
    void ask('charge', 0);
    await clock.runUntil(start + 400);
    expect(grants).toHaveLength(before);
  });

  it('the holds double up to thirty seconds while it goes on', async () => {
    const { clock, budget, grants, ask } = await openWarm({ random: () => 0 });
    const holds: number[] = [];
    for (let again = 0; again < 7; again += 1) {
      const before = clock.steady();
      budget.limited();
      void ask('charge', 60_000);
      while (grants.length <= again) await clock.runUntil(clock.steady() + 100);
      // A wake-up may be scattered by ten milliseconds here.
      holds.push(Math.floor(((grants.at(-1)?.at ?? 0) - before) / 100) * 100);
    }
    expect(holds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('many calls that hear the same 429 count as one', async () => {
    const { clock, budget, grants, ask, start } = await openWarm({ random: () => 0 });
    for (let call = 0; call < 10; call += 1) budget.limited();
    await clock.runUntil(start + 100);
    for (let call = 0; call < 10; call += 1) budget.limited();
    for (let call = 0; call < 10; call += 1) void ask('charge', 60_000);
    await clock.runUntil(start + 1_600);
    // Still half the pace: one at 500 ms and one every 334 ms after it.
    expect(grants).toHaveLength(4);
  });

  it('that two processes hear is one as well', async () => {
    const heard = await openWarm({ random: () => 0 });
    const other = openCounter({ clock: heard.clock, row: heard.row, random: () => 0 });
    void other.ask('charge', 0);
    await heard.clock.runUntil(heard.start);
    heard.budget.limited();
    other.budget.limited();
    await heard.clock.runUntil(heard.start + 100);
    expect(heard.row.read()).toMatchObject({ slowed: 0.5, holdMs: 1_000 });
  });

  it('lets no question wait for company for more than a second', async () => {
    const { clock, budget, grants, ask } = await openWarm({ random: () => 0 });
    for (let storm = 0; storm < 3; storm += 1) {
      budget.limited();
      await clock.runUntil(clock.steady() + 2_100);
    }
    for (let call = 0; call < 20; call += 1) void ask('query', 0);
    await clock.runUntil(clock.steady() + 10);
    const before = grants.length;
    // At four tenths of the pace four questions together would take 2.4 s.
    const asked = clock.steady();
    for (let call = 0; call < 4; call += 1) void ask('query', 2_000);
    await clock.runUntil(asked + 2_500);
    expect((grants[before]?.at ?? 0) - asked).toBeLessThanOrEqual(600 + 1_000 + 30);
    expect(grants.length - before).toBeGreaterThanOrEqual(3);
  });

  it('reaches the row late when the database failed just then', async () => {
    const { clock, budget, row, start } = await openWarm({ random: () => 0 });
    row.broken = true;
    budget.limited();
    await clock.runUntil(start + 100);
    row.broken = false;
    await clock.runUntil(start + 5_000);
    expect(row.read()).toMatchObject({ slowed: 0.5, holdMs: 1_000 });
  });
});
