import { beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '@/server/store/prepared';
import { createReports } from '@/server/store/report';
import { factsOf } from '@/server/store/taking';
import { aBigShop, type BigShop } from './big-shop';
import { plansIn } from './plans';
import { NOON } from './support';

describe('a shop of two thousand payments', () => {
  let big: BigShop;
  beforeAll(async () => {
    big = await aBigShop(2_000);
    return big.close;
  });

  const plansOf = (work: (session: Session) => Promise<unknown>) => plansIn(big.file, work);

  test('counts a span by walking the payments and refunds of that span alone', async () => {
    const span = { from: NOON, to: NOON + 60_000 };
    const [paid, done, waits, ends, tries, last] = await plansOf(async (session) => {
      const reports = createReports(session);
      await reports.paid(span, NOON);
      await reports.done(span, NOON);
      await reports.waits(span);
      await reports.ends(span);
      await reports.tries(span, 100);
      await reports.lastGood(span);
    });
    const byPaid = /SEARCH payment USING INDEX payment_paid \(paid_at>\? AND paid_at<\?\)/;
    expect(paid).toMatch(byPaid);
    expect(waits).toMatch(byPaid);
    expect(done).toMatch(/SEARCH refund USING INDEX refund_done \(done_at>\? AND done_at<\?\)/);
    expect(done).not.toMatch(/SCAN/);
    expect(ends).toMatch(/USING INDEX payment_time \(created_at>\? AND created_at<\?\)/);
    expect(tries).toMatch(/USING INDEX payment_time \(created_at>\? AND created_at<\?\)$/);
    expect(last).toMatch(byPaid);
  });

  test('adds up a shift by its own takings, and finds what is in flight at once', async () => {
    const plans = await plansOf((session) =>
      factsOf(session, { id: 1, counter: 'Front', opened_at: NOON }, 'HKD'),
    );
    for (const plan of plans) expect(plan).not.toMatch(/SCAN (taking|payment|refund)$/m);
    expect(plans.join('\n')).toMatch(/SEARCH taking USING PRIMARY KEY \(shift=\?\)/);
    expect(plans.join('\n')).toMatch(/payment USING INDEX payment_state \(state=\?\)/);
    expect(plans.join('\n')).toMatch(/refund USING INDEX refund_due/);
    expect(plans.join('\n')).not.toMatch(/payment_counter/);
  });
});
