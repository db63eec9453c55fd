/**
 * A look at everything that the gateway has of a span of time. It brings what nobody asked for:
 * orders that a restored copy has forgotten, refunds made elsewhere, money that came late. It
 * records what it saw and concludes nothing from what it did not see.
 */
import type { Moment } from '@/lib/ladder';
import { type Payment, type PaymentId, type QueryEvidence, RANK } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { announce, apply, moment, type World } from './evidence';
import { lookAgain, lookSoon, takeLook } from './look';
import { adoptAll } from './orphans';
import type { SweepAnswer, SweepRow } from './ports';
import { keepRefunds, rowsToTrust } from './window-refunds';

const MARGIN_MS = 120_000;
const TURN_MS = 2_000;
const PATIENCE_MS = 30_000;
/** Older days have been swept by the day's close. */
const REFUNDS_BACK_MS = 2 * 86_400_000;
const AT_ONCE = 200;

export type Span = {
  readonly from: number;
  readonly to: number;
  readonly outlet: string | null;
  /** `tail`: nobody waits for it, so it lets every other question go first. */
  readonly kind?: 'query' | 'tail';
  /** How much earlier a row may stand in their books than in ours; two minutes unless told. */
  readonly earlierMs?: number;
};

/** One sweep with its margins; null when no call came free. Wall ms. */
export async function sweepWindow(world: World, span: Span): Promise<SweepAnswer | null> {
  const { kind = 'query', outlet } = span;
  const turn = () => world.budget.take(kind, kind === 'tail' ? PATIENCE_MS : TURN_MS);
  if (!(await turn())) return null;
  const [from, to] = [span.from - (span.earlierMs ?? MARGIN_MS), span.to + MARGIN_MS];
  return world.gateway.sweep({ from, to, outlet, mayAskAgain: turn });
}

/** The payment's row says that money went back, and no refund of ours explains it. */
export async function lookForRefunds(world: World, payment: Payment): Promise<void> {
  const to = world.clock.wall();
  const from = Math.max(payment.createdAt, to - REFUNDS_BACK_MS);
  const answer = await sweepWindow(world, { from, to, outlet: payment.outlet });
  const kept = answer === null ? null : await keep(world, answer, payment.outlet);
  // Its row may not be visible yet.
  if (kept?.refunds.some(({ paymentId }) => paymentId === payment.id) !== true) lookSoon(world);
}

/** Longer than an answer can fail to come and the look is made again. */
const SOON_BACK_MS = 3_600_000;

/** What a notification or a payment's row made somebody want to see; `whose` wishes count. */
export async function lookIfWanted(world: World, whose: readonly World[] = [world]): Promise<void> {
  // Each of them is taken down.
  if (whose.filter(takeLook).length === 0) return;
  const to = world.clock.wall();
  let complete = true;
  for (const outlet of await world.outlets()) {
    const answer = await sweepWindow(world, { from: to - SOON_BACK_MS, to, outlet });
    if (answer !== null) await keep(world, answer, outlet);
    complete &&= answer?.complete === true;
  }
  if (!complete) lookAgain(world);
}

export type Kept = {
  /** What the rows were about, as it is now. */
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
};

/** Writes down all rows: orphans first, then refunds, so that they explain a reversed payment. */
export async function keep(
  world: World,
  answer: SweepAnswer,
  /** Whose rows they are: no row says it. */
  outlet: string | null,
): Promise<Kept> {
  const known = new Map<string, Payment>();
  for (const { number } of answer.rows) {
    const payment = await world.store.read.payment(number as PaymentId);
    if (payment !== null) known.set(number, payment);
  }
  const strangers = answer.rows.filter(({ number }) => !known.has(number));
  const orphans = await adoptAll(world, strangers, outlet);
  const theirs = answer.rows.filter(({ number }) => orphans.some(({ id }) => id === number));
  for (const orphan of orphans) known.set(orphan.id, orphan);
  // Paid first: only then can what went back of them be theirs.
  for (const orphan of await keepPayments(world, theirs)) known.set(orphan.id, orphan);
  const refunds: Refund[] = [];
  const sure = await rowsToTrust(world, answer.refunds, outlet);
  for (const rows of batches(sure)) refunds.push(...(await keepRefunds(world, rows)));
  // Most rows say what is long known: they need no transaction.
  const at = moment(world.clock);
  const news = answer.rows.filter(({ number, evidence }) => {
    const payment = known.get(number);
    const heard = orphans.some(({ id }) => id === number);
    return payment !== undefined && !heard && isNews(payment, evidence, at);
  });
  for (const rows of batches(news)) {
    for (const payment of await keepPayments(world, rows)) known.set(payment.id, payment);
  }
  const payments = [...known.values()].filter(({ state }) => RANK[state] >= 2);
  return { payments, refunds };
}

function batches<T>(rows: readonly T[]): (readonly T[])[] {
  const count = Math.ceil(rows.length / AT_ONCE);
  return Array.from({ length: count }, (_, n) => rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}

async function keepPayments(world: World, rows: readonly SweepRow[]): Promise<Payment[]> {
  const at = moment(world.clock);
  const applied = await world.store.transaction(async (records) => {
    const results = [];
    for (const { number, evidence } of rows) {
      const before = await records.payment(number as PaymentId);
      if (before === null || !isNews(before, evidence, at)) continue;
      results.push(await apply(records, before, { evidence, at }));
    }
    return results;
  });
  for (const result of applied) announce(world, result);
  return applied.map((result) => result.after);
}

/**
 * A window over them was answered in full and shows none of these payments, which ended: that is
 * an answer as good as any, and the next question is a minute away.
 */
export async function keepUnseen(world: World, payments: readonly Payment[]): Promise<void> {
  const at = moment(world.clock);
  const evidence = { source: 'query', says: 'none', by: 'window' } as const;
  for (const some of batches(payments)) {
    const applied = await world.store.transaction(async (records) => {
      const results = [];
      for (const { id } of some) {
        const before = await records.payment(id);
        if (before === null || RANK[before.state] !== 3) continue;
        results.push(await apply(records, before, { evidence, at }));
      }
      return results;
    });
    for (const result of applied) announce(world, result);
  }
}

function isNews(payment: Payment, evidence: QueryEvidence, at: Moment): boolean {
  if (evidence.says === 'unclear' || RANK[payment.state] < 2) return false;
  if (payment.state === 'paid' && payment.confirmed) {
    return evidence.says !== 'paid' || evidence.facts.reversed;
  }
  // A payment that ended is due once a minute; between, only good news counts.
  const isDue = (payment.nextCheckAt ?? Number.MAX_SAFE_INTEGER) <= at.steady;
  return RANK[payment.state] !== 3 || evidence.says === 'paid' || isDue;
}
