import { describe, expect, it } from 'vitest';
import { createSharedRow, openCounter, openWarm } from './shared-row';

describe('the budget', () => {
  it('gives a burst of twenty and then six a second', async () => {
    const { clock, grants, ask, start } = await openWarm();
    for (let call = 0; call < 60; call += 1) void ask('charge', 60_000);
    await clock.runUntil(start);
    expect(grants).toHaveLength(20);
    await clock.runUntil(start + 5_050);
    expect(grants).toHaveLength(20 + 30);
  });

  it('gives a process that just came eight, however long the row lay still', async () => {
    const { clock, grants, ask } = openCounter();
    for (let call = 0; call < 60; call += 1) void ask('charge', 60_000);
    await clock.runUntil(0);
    expect(grants).toHaveLength(8);
  });

  it('refuses at once who cannot wait, and in time who can wait a little', async () => {
    const { clock, grants, refused, ask, start } = await openWarm();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
    void ask('charge', 0);
    void ask('charge', 100);
    await clock.runUntil(start);
    expect({ grants: grants.length, refused: refused.length }).toEqual({ grants: 20, refused: 1 });
    await clock.runUntil(start + 1_000);
    expect(refused).toEqual([
      { kind: 'charge', at: start },
      { kind: 'charge', at: start + 100 },
    ]);
  });

  it('does not spend on who has given up', async () => {
    const { clock, grants, refused, ask, start } = await openWarm();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
    void ask('charge', 100);
    void ask('close', 400);
    await clock.runUntil(start + 1_000);
    expect(refused).toHaveLength(1);
    expect(grants.at(-1)).toMatchObject({ kind: 'close' });
    expect(grants.at(-1)?.at).toBeLessThanOrEqual(start + 167 + 30);
  });

  it('gives the next call to money, then to closes, then to questions, then to the tail', async () => {
    const { clock, grants, ask } = await openWarm();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
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
    const { clock, grants, ask, start } = await openWarm();
    for (let call = 0; call < 120; call += 1) void ask('query', 60_000);
    await clock.runUntil(start + 1_000);
    const before = grants.length;
    void ask('charge', 2_000);
    await clock.runUntil(start + 1_000);
    expect(grants.slice(before)).toMatchObject([{ kind: 'charge' }]);
  });

  it('leaves a charge room however many questions there are', async () => {
    const { clock, grants, ask, start } = await openWarm();
    for (let call = 0; call < 500; call += 1) void ask('query', 120_000);
    await clock.runUntil(start + 59_000);
    // A burst of fourteen and 4.2 a second.
    expect(grants.length).toBeGreaterThan(14 + 59 * 4.2 - 5);
    expect(grants.length).toBeLessThanOrEqual(280);
    const asked = clock.steady();
    for (let call = 0; call < 12; call += 1) void ask('charge', 2_000);
    await clock.runUntil(asked);
    expect(grants.filter((grant) => grant.kind === 'charge')).toHaveLength(12);
  });

  it('lets a charge use what was drawn for questions, and never a question what was for money', async () => {
    const { clock, grants, ask, row, start } = await openWarm();
    // Enough questions in the last two seconds for the next to be drawn ahead of them.
    for (let call = 0; call < 6; call += 1) void ask('query', 0);
    await clock.runUntil(start + 100);
    void ask('query', 0);
    await clock.runUntil(start + 100);
    const { visits } = row.counts;
    void ask('charge', 0);
    await clock.runUntil(start + 100);
    expect(row.counts.visits).toBe(visits);
    expect(grants.at(-1)).toEqual({ kind: 'charge', at: start + 100 });
  });

  it('lets what was drawn and not used within two seconds lapse', async () => {
    const { clock, ask, row, start } = await openWarm();
    for (let call = 0; call < 6; call += 1) void ask('query', 0);
    await clock.runUntil(start + 100);
    void ask('query', 0);
    await clock.runUntil(start + 2_099);
    const { visits } = row.counts;
    void ask('query', 0);
    await clock.runUntil(start + 2_099);
    expect(row.counts.visits).toBe(visits);
    await clock.runUntil(start + 2_100);
    void ask('query', 0);
    await clock.runUntil(start + 2_100);
    expect(row.counts.visits).toBe(visits + 1);
  });

  it('costs few commits: one for four questions of a flood, and for seven of a stream', async () => {
    const flood = await openWarm();
    for (let call = 0; call < 400; call += 1) void flood.ask('query', 120_000);
    const before = { ...flood.row.counts };
    await flood.clock.runUntil(flood.start + 60_000);
    const granted = flood.grants.length;
    expect(granted).toBeGreaterThan(200);
    expect(flood.row.counts.commits - before.commits).toBeLessThanOrEqual(0.3 * granted);
    expect(flood.row.counts.visits - before.visits).toBeLessThanOrEqual(0.3 * granted);

    const stream = await openWarm();
    const first = { ...stream.row.counts };
    for (let call = 0; call < 200; call += 1) {
      await stream.clock.runUntil(stream.start + call * 250);
      void stream.ask('query', 2_000);
    }
    await stream.clock.runUntil(stream.start + 60_000);
    expect(stream.grants).toHaveLength(200);
    expect(stream.row.counts.visits - first.visits).toBeLessThanOrEqual(0.2 * 200);
  });

  it('grants nothing twice after a restart', async () => {
    const { clock, row, ask, start, grants } = await openWarm();
    for (let call = 0; call < 20; call += 1) void ask('charge', 0);
    await clock.runUntil(start + 10);
    expect(grants).toHaveLength(20);
    const again = openCounter({ clock, row });
    for (let call = 0; call < 20; call += 1) void again.ask('charge', 0);
    await clock.runUntil(start + 20);
    expect(again.grants).toHaveLength(0);
  });

  it('loses nobody while the database fails, and goes on when it is well', async () => {
    const { clock, row, ask, grants, refused, start } = await openWarm();
    row.broken = true;
    void ask('charge', 0);
    void ask('charge', 1_000);
    void ask('query', 10_000);
    await clock.runUntil(start + 5_000);
    expect(grants).toEqual([]);
    expect(refused).toEqual([
      { kind: 'charge', at: start },
      { kind: 'charge', at: start + 1_000 },
    ]);
    row.broken = false;
    await clock.runUntil(start + 7_000);
    expect(grants).toMatchObject([{ kind: 'query' }]);
  });

  it('answers in time though the database never does', async () => {
    const row = createSharedRow();
    const store = { transaction: () => new Promise<never>(() => {}) };
    const { clock, ask, refused } = openCounter({ row: Object.assign(row, { store }) });
    void ask('charge', 2_000);
    await clock.runUntil(3_000);
    expect(refused).toEqual([{ kind: 'charge', at: 3_000 }]);
  });
});

describe('after a 429', () => {
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
