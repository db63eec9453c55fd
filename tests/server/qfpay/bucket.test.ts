import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket } from '@/server/payments/ports';
import { draw, FRESH, firstSight, leastNow, limited, opensAt } from '@/server/qfpay/bucket';

/** What one process does to the row, each a while after the one before. */
const step = fc.record({
  after: fc.integer({ min: 0, max: 20_000 }),
  what: fc.constantFrom('money', 'questions', 'limited', 'first'),
  count: fc.integer({ min: 1, max: 40 }),
  chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function apply(bucket: Bucket, { what, count, chance }: Step, now: number): Bucket {
  if (what === 'limited') return limited(bucket, now, chance);
  if (what === 'first') return firstSight(bucket, now);
  const wanted = what === 'money' ? { money: count, questions: 0 } : { money: 0, questions: count };
  return draw(bucket, wanted, now).bucket;
}

describe('the row of the limiter', () => {
  it('never lets a reader believe it later than the writer knew, so clocks follow and never lead', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let [bucket, now] = [FRESH, 1_800_000_000_000];
        for (const one of steps) {
          now += one.after;
          bucket = apply(bucket, one, now);
          expect(leastNow(bucket)).toBeLessThanOrEqual(now + 1e-3);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('opens when it says, for as many as it says, and not before', () => {
    const wanted = fc.record({
      money: fc.integer({ min: 0, max: 4 }),
      questions: fc.integer({ min: 0, max: 4 }),
    });
    const some = wanted.filter(({ money, questions }) => money + questions > 0);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), some, (steps, one) => {
        let [bucket, now] = [FRESH, 1_800_000_000_000];
        for (const each of steps) {
          now += each.after;
          bucket = apply(bucket, each, now);
        }
        const at = opensAt(bucket, one, now);
        // Thirds of a millisecond: less than a thousandth of one is no time.
        if (at <= now + 1e-3) {
          expect(draw(bucket, one, now).drawn).toEqual(one);
          return;
        }
        const early = draw(bucket, one, now + (at - now) / 2).drawn;
        // Recovery may open it sooner than was foreseen, never later.
        expect(draw(bucket, one, at).drawn).toEqual(one);
        if (bucket.slowed === 1) expect(early).not.toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  it('holds nobody for more than thirty seconds, and slows to no less than four tenths', () => {
    let [bucket, now] = [FRESH, 1_800_000_000_000];
    for (let storm = 0; storm < 50; storm += 1) {
      bucket = limited(bucket, now, 0.999);
      expect(bucket.heldUntil - now).toBeLessThanOrEqual(30_000);
      expect(bucket.slowed).toBeGreaterThanOrEqual(0.4);
      now = bucket.heldUntil;
    }
    expect(bucket).toMatchObject({ slowed: 0.4, holdMs: 30_000 });
  });

  it('F85: is at nine tenths of its pace fifty seconds after a 429, however long its hold', () => {
    let [bucket, now] = [FRESH, 1_800_000_000_000];
    while (bucket.holdMs < 30_000) {
      now = bucket.heldUntil === 0 ? now : bucket.heldUntil;
      bucket = limited(bucket, now, 0.999);
    }
    const well = now + 50_000;
    const emptied = draw(bucket, { money: 99, questions: 0 }, well).bucket;
    // 5.4 a second.
    expect(draw(emptied, { money: 99, questions: 0 }, well + 1_000).drawn.money).toBe(5);
    expect(draw(emptied, { money: 99, questions: 0 }, well + 1_900).drawn.money).toBe(10);
  });

  it('gives 20 at once and 6 a second, and 14 and 4.2 of questions', () => {
    const now = 1_800_000_000_000;
    const all = draw(FRESH, { money: 99, questions: 0 }, now);
    expect(all.drawn).toEqual({ money: 20, questions: 0 });
    expect(draw(all.bucket, { money: 99, questions: 0 }, now + 10_000).drawn.money).toBe(20);
    expect(draw(all.bucket, { money: 99, questions: 0 }, now + 1_000).drawn.money).toBe(6);
    const asked = draw(FRESH, { money: 0, questions: 99 }, now);
    expect(asked.drawn).toEqual({ money: 0, questions: 14 });
    expect(draw(asked.bucket, { money: 0, questions: 99 }, now + 1_000).drawn.questions).toBe(4);
    // Six of the burst are left to money.
    expect(draw(asked.bucket, { money: 99, questions: 99 }, now).drawn).toEqual({
      money: 6,
      questions: 0,
    });
  });
});
