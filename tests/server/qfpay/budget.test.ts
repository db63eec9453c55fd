import { describe, expect, it } from 'vitest';
import { createPurse } from '@/server/qfpay/purse';
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

  it('lets a charge use what was drawn for questions', async () => {
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

  it('costs no commit when there is nothing to be had', async () => {
    const { clock, row, ask, start, refused } = await openWarm();
    const other = openCounter({ clock, row });
    void other.ask('charge', 0);
    await clock.runUntil(start + 5_000);
    for (let call = 0; call < 20; call += 1) void other.ask('charge', 0);
    await clock.runUntil(start + 5_000);
    const before = { ...row.counts };
    void ask('charge', 0);
    await clock.runUntil(start + 5_000);
    expect(refused).toHaveLength(1);
    expect(row.counts).toEqual({ visits: before.visits + 1, commits: before.commits });
  });

  it('is shared by two processes that both want everything', async () => {
    const one = await openWarm({ random: () => 0 });
    const other = openCounter({ clock: one.clock, row: one.row, random: () => 0 });
    for (let call = 0; call < 400; call += 1) {
      void one.ask('charge', 120_000);
      void other.ask('charge', 120_000);
    }
    await one.clock.runUntil(one.start + 60_000);
    const total = one.grants.length + other.grants.length;
    expect(total).toBeGreaterThan(350);
    for (const { grants } of [one, other]) expect(grants.length).toBeGreaterThan(total / 3);
  });

  it('keeps what was drawn for money from questions', () => {
    const purse = createPurse();
    purse.add({ money: 1, questions: 1 }, 2_000);
    expect([purse.spend('tail', 0), purse.spend('query', 0)]).toEqual([true, false]);
    expect([purse.spend('charge', 0), purse.spend('charge', 0)]).toEqual([true, false]);
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
