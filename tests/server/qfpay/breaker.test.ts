import { describe, expect, it } from 'vitest';
import type { Ending } from '@/server/qfpay/breaker';
import { openWarm } from './shared-row';

type Came = Ending['came'];

async function openShop() {
  const counter = await openWarm();
  const { clock, budget, start } = counter;
  /** A call that ends now and left a moment ago. */
  const end = (came: Came, endpoint: Ending['endpoint'] = 'query', startedAt = clock.steady()) =>
    budget.ended({ endpoint, came, startedAt });
  const fail = (times: number) => {
    for (let call = 0; call < times; call += 1) end('nothing', 'payment');
  };
  const at = (ms: number) => clock.runUntil(start + ms);
  return { ...counter, end, fail, at };
}
const kinds = (grants: readonly { readonly kind: string }[]) => grants.map(({ kind }) => kind);

describe('F87: while QFPay cannot be reached', () => {
  it('five calls in a row without an answer stop all money, and a refusal between them does not', async () => {
    const { at, ask, budget, fail, end, grants, refused, start } = await openShop();
    fail(4);
    end('answer', 'payment');
    fail(4);
    void ask('charge', 0);
    await at(0);
    expect(kinds(grants)).toEqual(['charge']);
    expect(budget.isCut()).toBe(false);
    fail(1);
    expect(budget.isCut()).toBe(true);
    for (const kind of ['charge', 'refund', 'close'] as const) void ask(kind, 2_000);
    await at(60_000);
    expect(kinds(grants)).toEqual(['charge']);
    expect(refused).toEqual(
      (['charge', 'refund', 'close'] as const).map((kind) => ({ kind, at: start + 2_000 })),
    );
  });

  it('so does half of the last twenty, but not before ten were heard', async () => {
    const { budget, at, end } = await openShop();
    for (let pair = 0; pair < 4; pair += 1) {
      end('nothing');
      end('answer');
    }
    end('nothing');
    await at(30_000);
    expect(budget.wantsProbe()).toBe(false);
    end('nothing');
    await at(60_000);
    expect(budget.wantsProbe()).toBe(true);
  });

  it('a failure in three of every ten stops nobody, however long it goes on', async () => {
    const { budget, at, end } = await openShop();
    for (let call = 0; call < 200; call += 1) end(call % 10 < 3 ? 'nothing' : 'answer');
    await at(60_000);
    expect(budget.wantsProbe()).toBe(false);
  });

  it('429 speaks neither for nor against: QFPay is there, and says so', async () => {
    const { budget, at, end, fail } = await openShop();
    for (let call = 0; call < 30; call += 1) end('limited', 'payment');
    fail(4);
    end('limited', 'payment');
    await at(30_000);
    expect(budget.wantsProbe()).toBe(false);
    fail(1);
    await at(60_000);
    expect(budget.wantsProbe()).toBe(true);
  });

  it('one question goes after two seconds, then ever more rarely up to ten', async () => {
    const { at, ask, fail, end, grants, start, clock } = await openShop();
    fail(5);
    const seen: number[] = [];
    for (let second = 0; second <= 60; second += 0.5) {
      await at(second * 1_000);
      const before = grants.length;
      for (const kind of ['query', 'query', 'tail'] as const) void ask(kind, 0);
      void ask('charge', 0);
      await clock.runUntil(clock.steady());
      expect(grants.length - before).toBeLessThanOrEqual(1);
      if (grants.length === before) continue;
      seen.push((clock.steady() - start) / 1_000);
      end('nothing');
    }
    // After 2 s, then gaps of 4, 8 and always 10.
    expect(seen).toEqual([2, 6, 14, 24, 34, 44, 54]);
    expect(kinds(grants)).toEqual(seen.map(() => 'query'));
  });

  it('the first question that is answered lets everybody go on, and who waited goes at once', async () => {
    const { at, ask, fail, end, grants } = await openShop();
    fail(5);
    void ask('charge', 10_000);
    void ask('refund', 10_000);
    void ask('query', 10_000);
    await at(2_100);
    expect(kinds(grants)).toEqual(['query']);
    end('answer');
    await at(2_100);
    expect(kinds(grants)).toEqual(['query', 'charge', 'refund']);
  });

  it('draws one call for the probe and none for the others that wait', async () => {
    const { at, ask, fail, row, start } = await openShop();
    fail(5);
    for (let call = 0; call < 12; call += 1) void ask('query', 10_000);
    await at(2_500);
    const drawnFor = (row.read()?.questions ?? 0) - (start + 2_000);
    expect(drawnFor).toBeGreaterThan(230);
    expect(drawnFor).toBeLessThan(240 + 30);
  });

  it('a charge that is answered late closes nothing: money is no probe', async () => {
    const { at, fail, end, budget, ask, grants } = await openShop();
    fail(5);
    await at(2_000);
    end('answer', 'payment');
    end('answer', 'refund');
    end('answer', 'close');
    void ask('charge', 0);
    await at(2_000);
    expect(grants).toEqual([]);
    expect(budget.wantsProbe()).toBe(true);
  });

  it('what failed before it began to probe, or before it closed, counts no more', async () => {
    const { at, ask, fail, end, grants, start, budget } = await openShop();
    fail(5);
    void ask('query', 10_000);
    await at(2_100);
    end('nothing', 'query', start - 5_000);
    await at(7_000);
    // The probe is still under way: what left before it does not end it.
    expect(budget.wantsProbe()).toBe(false);
    end('answer', 'query');
    for (let call = 0; call < 9; call += 1) end('nothing', 'payment', start - 5_000);
    void ask('charge', 0);
    await at(7_000);
    expect(kinds(grants)).toEqual(['query', 'charge']);
  });

  it('somebody is wanted to ask when its time has come and nobody does', async () => {
    const { at, ask, fail, end, budget } = await openShop();
    expect(budget.wantsProbe()).toBe(false);
    fail(5);
    await at(1_999);
    expect(budget.wantsProbe()).toBe(false);
    await at(2_000);
    expect(budget.wantsProbe()).toBe(true);
    void ask('tail', 0);
    await at(2_000);
    expect(budget.wantsProbe()).toBe(false);
    end('nothing');
    await at(5_999);
    expect(budget.wantsProbe()).toBe(false);
    await at(6_000);
    expect(budget.wantsProbe()).toBe(true);
  });

  it('a probe that was granted and never made frees its place', async () => {
    const { at, ask, fail, grants, budget } = await openShop();
    fail(5);
    await at(2_000);
    void ask('query', 0);
    await at(13_999);
    expect(budget.wantsProbe()).toBe(false);
    await at(14_000);
    expect(budget.wantsProbe()).toBe(true);
    void ask('query', 0);
    await at(14_000);
    expect(grants).toHaveLength(2);
  });

  it('a question that waits is let through the moment it may', async () => {
    const { at, ask, fail, grants, start } = await openShop();
    fail(5);
    await at(500);
    void ask('query', 8_000);
    await at(4_000);
    expect(grants.map((grant) => grant.at - start)).toEqual([2_000]);
  });
});
