/**
 * The watch that never sleeps, run by the one server that holds the lease. After a start it times
 * everything afresh before anything else, looks back over what a restored copy may have forgotten,
 * and closes the day at night. A fault in one round is reported and the next round still comes.
 */
import { reboot } from '@/lib/advance';
import { rebootRefund } from '@/lib/advance-refund';
import { closeDays } from './day-close';
import { moment, type World } from './evidence';
import { fenced, hold, Stale } from './lease';
import { dropLooks, LOOKS_MS } from './look';
import { tick } from './sweep';
import { keep, lookIfWanted, sweepWindow } from './window';

const TICK_MS = 2_000;
/** Outlets that one allowance of calls serves at that pace. */
const SHARED_BY = 6;
/** A round may wait for a slow gateway longer than a lease lasts. */
const BEAT_MS = 3_000;
/** Whatever could not be asked in one round stays due; it must not make the rounds race. */
const LEAST_WAIT_MS = 500;
/** Six calls in two seconds (money.md §2.9): after a round that took more the rest is longer. */
const REST_EACH_MS = Math.ceil(TICK_MS / 6);
/** Nobody who has paid waits for longer than five seconds, the round itself included. */
const LONGEST_REST_MS = 3_000;
const BATCH = 100;
/** More than a large shop leaves within the three days of the watch. */
const MOST_LEFT = 200_000;
const DAY_MS = 86_400_000;
/** Our clock may have been hours off when it last wrote something down. */
const LOOK_BACK_MS = 3 * 3_600_000;
const LONGEST_LOOK_BACK_MS = 31 * DAY_MS;
const LOOK_AGAIN_MS = 60_000;
/** T11: what the last process left behind. Answers since when nobody watched, wall ms. */
export async function boot(world: World): Promise<number> {
  const since = await world.store.read.lastNoteAt();
  const at = moment(world.clock);
  const left = await world.store.read.due(Number.MAX_SAFE_INTEGER, MOST_LEFT);
  const payments = left.map((it) => reboot(it, at)).filter((now, n) => now !== left[n]);
  for (let from = 0; from < payments.length; from += BATCH) {
    await world.store.transaction(async (records) => {
      for (const payment of payments.slice(from, from + BATCH)) await records.update(payment);
    });
  }
  const refunds = await world.store.read.dueRefunds(Number.MAX_SAFE_INTEGER, MOST_LEFT);
  const changed = refunds.map((it) => rebootRefund(it, at)).filter((now, n) => now !== refunds[n]);
  if (changed.length > 0) {
    await world.store.transaction(async (records) => {
      for (const refund of changed) await records.updateRefund(refund);
    });
  }
  return since ?? at.wall;
}

export type Watch = { stop(): void; poke(): void; readonly done: Promise<void> };

/** What one watch has still to do for its epoch; `chore` is what runs beside the rounds. */
type Duty = {
  epoch: number;
  since: number | null;
  lookAgainAt: number;
  /** How many looks back were answered in full. */
  looks: number;
  /** What the last round has cost. */
  calls: number;
  chore: Promise<void> | null;
};

/** Runs until stopped. `since` as `boot` answered it, null while another server holds the lease. */
export function watch(world: World, first: { epoch: number; since: number } | null): Watch {
  let stopped = false;
  let poke = () => {};
  const duty: Duty = {
    epoch: 0,
    since: null,
    lookAgainAt: 0,
    looks: 0,
    calls: 0,
    chore: null,
    ...first,
  };
  const run = async () => {
    while (!stopped) {
      const poked = new Promise<void>((resolve) => {
        poke = resolve;
      });
      await round(world, duty);
      if (stopped) break;
      const rest = Math.min(duty.calls * REST_EACH_MS, LONGEST_REST_MS);
      const wait = Math.max(await untilNext(world), rest);
      await Promise.race([poked, world.clock.sleep(wait)]);
    }
    await duty.chore;
  };
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const beat = async () => {
    while (!stopped) {
      await Promise.race([ended, world.clock.sleep(BEAT_MS)]);
      if (!stopped && duty.epoch > 0) await hold(world).catch(() => null);
    }
  };
  const done = Promise.all([run(), beat()]).then(() => {});
  const stop = () => {
    stopped = true;
    end();
    poke();
  };
  return { stop, poke: () => poke(), done };
}

/**
 * A round asks each outlet once, so a chain waits longer between two: all together they ask no more
 * than six outlets would (money.md §2.9).
 */
async function untilNext(world: World): Promise<number> {
  const outlets = await world.outlets().catch(() => []);
  const tick = Math.max(TICK_MS, Math.ceil((TICK_MS * outlets.length) / SHARED_BY));
  const least = tick > TICK_MS ? tick : LEAST_WAIT_MS;
  return Math.max(Math.min((await untilDue(world)) ?? tick, tick), least);
}

/** Ms until the next question is due; null when none is, or the database does not say. */
async function untilDue(world: World): Promise<number | null> {
  const next = await world.store.read.nextDue().catch(() => null);
  return next === null ? null : next - world.clock.steady();
}

const round = (world: World, duty: Duty): Promise<void> =>
  guarded(world, async () => {
    const epoch = await hold(world);
    if (epoch === null) {
      if (duty.epoch > 0) dropLooks(world);
      duty.epoch = 0;
      // Another server watches; what this one is told of from now on it looks for itself.
      await lookIfWanted(world);
      return;
    }
    const mine = fenced(world, epoch);
    if (epoch !== duty.epoch) {
      // Somebody else watched until now, by a clock of its own.
      const since = await boot(mine);
      Object.assign(duty, { epoch, since, lookAgainAt: 0, looks: 0 });
    }
    duty.calls = 0;
    await tick({ ...mine, budget: counted(mine.budget, duty) });
    // Days may bring many pages; the customers of this minute do not wait for them.
    duty.chore ??= guarded(mine, () => chores(mine, { duty, told: world })).finally(() => {
      duty.chore = null;
    });
  });

const counted = (budget: World['budget'], duty: Duty): World['budget'] => ({
  take: (kind, waitMs) => {
    duty.calls += 1;
    return budget.take(kind, waitMs);
  },
  wantsProbe: () => budget.wantsProbe(),
  limited: () => budget.limited(),
});

async function guarded(world: World, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof Stale) return;
    const says = fault instanceof Error ? fault.message : String(fault);
    world.out.alert({ kind: 'stuck', paymentId: null, says });
  }
}

/** `told` is the server itself, with or without the lease: notifications come to it. */
async function chores(world: World, { duty, told }: { duty: Duty; told: World }): Promise<void> {
  await lookIfWanted(world, [told, world]);
  await lookBack(world, duty);
  await closeDays(world);
}

/** I11: after every start, until it was answered in full, and three times more (LOOKS_MS). */
async function lookBack(world: World, duty: Duty): Promise<void> {
  const { steady, wall } = moment(world.clock);
  if (duty.since === null || steady < duty.lookAgainAt) return;
  duty.lookAgainAt = steady + LOOK_AGAIN_MS;
  const from = Math.max(Math.min(duty.since, wall) - LOOK_BACK_MS, wall - LONGEST_LOOK_BACK_MS);
  let complete = true;
  for (const outlet of await world.outlets()) {
    const answer = await sweepWindow(world, { from, to: wall, outlet, kind: 'tail' });
    if (answer !== null) await keep(world, answer, outlet);
    complete &&= answer?.complete === true;
  }
  if (!complete) return;
  const wait = LOOKS_MS[duty.looks];
  duty.looks += 1;
  if (wait === undefined) duty.since = null;
  else duty.lookAgainAt = steady + wait;
}
