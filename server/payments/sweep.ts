/**
 * The watch that never sleeps: whatever is open is asked about, many with one call where it can
 * be, and after a restart before anything else. It ends nothing by itself; it only asks.
 */
import { reboot } from '@/lib/advance';
import { type Payment, type PaymentId, RANK } from '@/lib/payment';
import { ask, followUp } from './ask';
import { announce, apply, moment, record, type World } from './evidence';
import type { SweepAnswer } from './ports';

const TICK_MS = 2_000;
/** Whatever could not be asked in one round stays due; it must not make the rounds race. */
const LEAST_WAIT_MS = 500;
/** Payments that come due this soon are taken along, so that they share one call. */
const AHEAD_MS = 5_000;
const BATCH = 100;
/** More than a large shop leaves within the three days of the watch. */
const MOST_LEFT = 200_000;
const SINGLES = 8;
const MARGIN_MS = 120_000;
/** Older than this is asked by number: a window over it would bring too many pages. */
const WINDOW_MS = 2 * 3_600_000;

/** T11: what the last process left behind. Done before the first request is served. */
export async function boot(world: World): Promise<void> {
  const at = moment(world.clock);
  const left = await world.store.read.due(Number.MAX_SAFE_INTEGER, MOST_LEFT);
  const changed = left.map((payment) => reboot(payment, at)).filter((now, n) => now !== left[n]);
  for (let from = 0; from < changed.length; from += BATCH) {
    await world.store.transaction(async (records) => {
      for (const payment of changed.slice(from, from + BATCH)) await records.update(payment);
    });
  }
}

export type Watch = { stop(): void; poke(): void; readonly done: Promise<void> };

/** Runs until stopped. A fault in one round is reported and the next round still comes. */
export function watch(world: World): Watch {
  let stopped = false;
  let poke = () => {};
  const round = async () => {
    try {
      await tick(world);
    } catch (fault) {
      const says = fault instanceof Error ? fault.message : String(fault);
      world.out.alert({ kind: 'stuck', paymentId: null, says });
    }
  };
  const run = async () => {
    while (!stopped) {
      const poked = new Promise<void>((resolve) => {
        poke = resolve;
      });
      await round();
      const next = await world.store.read.nextDue().catch(() => null);
      const wait = Math.min(
        (next ?? TICK_MS + world.clock.steady()) - world.clock.steady(),
        TICK_MS,
      );
      await Promise.race([poked, world.clock.sleep(Math.max(wait, LEAST_WAIT_MS))]);
    }
  };
  const done = run();
  const stop = () => {
    stopped = true;
    poke();
  };
  return { stop, poke: () => poke(), done };
}

/** One round: everything due is asked about, by window where several are, else by number. */
export async function tick(world: World): Promise<void> {
  const now = world.clock.steady();
  const due = await world.store.read.due(now, BATCH);
  if (due.length === 0) return;
  await Promise.all(due.filter((payment) => RANK[payment.state] < 2).map((p) => giveUp(world, p)));
  const tail = due.filter((payment) => RANK[payment.state] === 3);
  const open = due.filter((payment) => RANK[payment.state] === 2 || isUnconfirmed(payment));
  const missed = open.length === 0 ? [] : await sweepOpen(world, open);
  const missedTail = tail.length > 3 ? await sweepWindow(world, tail) : tail;
  await Promise.all([
    ...missed.slice(0, SINGLES).map((payment) => ask(world, payment, 'query')),
    ...missedTail.slice(0, SINGLES).map((payment) => ask(world, payment, 'tail')),
  ]);
}

const isUnconfirmed = (payment: Payment): boolean => payment.state === 'paid' && !payment.confirmed;

/** A minute after the tap nobody goes on: unsent ends, sent becomes doubtful. */
async function giveUp(world: World, payment: Payment): Promise<void> {
  const evidence =
    payment.state === 'created'
      ? ({ source: 'stop', says: 'stop', by: 'deadline' } as const)
      : ({ source: 'charge', says: 'unclear', respcd: null, why: 'timeout' } as const);
  await record(world, payment.id, { evidence });
}

async function sweepOpen(world: World, due: Payment[]): Promise<Payment[]> {
  const soon = await world.store.read.due(world.clock.steady() + AHEAD_MS, BATCH);
  const open = soon.filter((payment) => RANK[payment.state] === 2 || isUnconfirmed(payment));
  return open.length > 1 ? sweepWindow(world, open) : due;
}

/** One call per outlet. Answers the payments that it did not show: those are asked by number. */
async function sweepWindow(world: World, payments: Payment[]): Promise<Payment[]> {
  const wall = world.clock.wall();
  const young = payments.filter((payment) => wall - payment.createdAt < WINDOW_MS);
  const outlets = new Set(young.map((payment) => payment.outlet));
  const seen = new Set<PaymentId>();
  for (const outlet of outlets) {
    const mine = young.filter((payment) => payment.outlet === outlet);
    const oldest = Math.min(...mine.map((payment) => payment.createdAt));
    if (!(await world.budget.take('query', TICK_MS))) continue;
    const answer = await world.gateway.sweep({
      from: oldest - MARGIN_MS,
      to: wall + MARGIN_MS,
      outlet,
      mayAskAgain: () => world.budget.take('query', TICK_MS),
    });
    const heard = await applyRows(world, answer);
    for (const payment of heard) seen.add(payment.id);
    await Promise.all(heard.map((payment) => followUp(world, payment)));
  }
  return payments.filter((payment) => !seen.has(payment.id));
}

/** All rows of a sweep in one transaction: one commit, however many customers just paid. */
async function applyRows(world: World, answer: SweepAnswer): Promise<Payment[]> {
  const at = moment(world.clock);
  if (answer.rows.length === 0) return [];
  const applied = await world.store.transaction(async (records) => {
    const results = [];
    for (const row of answer.rows) {
      const payment = await records.payment(row.number as PaymentId);
      if (payment === null || RANK[payment.state] < 2) continue;
      const settled = payment.state === 'paid' && payment.confirmed;
      const watched = RANK[payment.state] === 3 && row.evidence.says !== 'paid';
      const isDue = (payment.nextCheckAt ?? Number.MAX_SAFE_INTEGER) <= at.steady;
      if (settled || (watched && !isDue)) continue;
      results.push(await apply(records, payment, { evidence: row.evidence, at }));
    }
    return results;
  });
  for (const result of applied) announce(world, result);
  return applied.map((result) => result.after);
}
