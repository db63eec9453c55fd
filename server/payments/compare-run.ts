/**
 * Comparisons with QFPay as they run: one at a time for each outlet, whoever began it, and until it
 * is done or somebody stops it. A browser may leave; what it comes to is kept and can be read.
 */
import type { DayTotals } from '@/lib/difference';
import { shopDay } from '@/lib/time';
import { layBeside } from './compare';
import { QFPAY_DAYS, spanOf, sweepDay } from './compare-sweep';
import type { World } from './evidence';
import { Stale } from './lease';
import type { Comparison } from './ports';

type Job = { now: Comparison; stopped: boolean; readonly done: Promise<Comparison> };

/** By the gateway that is asked, and the outlet. */
const running = new WeakMap<World['gateway'], Map<string | null, Job>>();

function jobsOf({ gateway }: World): Map<string | null, Job> {
  const known = running.get(gateway) ?? new Map<string | null, Job>();
  running.set(gateway, known);
  return known;
}

export type CompareRequest = {
  /** Hong Kong, `YYYY-MM-DD`. */
  readonly day: string;
  readonly outlet: string | null;
  /** A staff code, or `server`. */
  readonly by: string;
};
export type Begun = { readonly comparison: Comparison; readonly done: Promise<Comparison> };
export type CompareRefusal = { readonly refused: 'busy'; readonly running: Comparison };

/** Begins; or answers the one that runs, when it is of the same day. */
export async function compareDay(
  world: World,
  { day, outlet, by }: CompareRequest,
): Promise<Begun | CompareRefusal> {
  const jobs = jobsOf(world);
  const known = jobs.get(outlet);
  if (known !== undefined) {
    if (known.now.day !== day) return { refused: 'busy', running: known.now };
    return { comparison: known.now, done: known.done };
  }
  const begun: Comparison = {
    ...{ id: world.ids.saleId(), day, outlet, state: 'running' },
    ...{ startedAt: world.clock.wall(), startedBy: by, endedAt: null, pages: 0, rows: 0 },
    ...{ ours: null, theirs: null, found: 0, explained: 0 },
  };
  let settle = (_: Comparison) => {};
  const done = new Promise<Comparison>((resolve) => {
    settle = resolve;
  });
  const job: Job = { now: begun, stopped: false, done };
  jobs.set(outlet, job);
  void run(world, job).then((ended) => {
    jobs.delete(outlet);
    settle(ended);
  });
  return { comparison: begun, done };
}

/** As it is at this moment; null when none of that name runs here. */
export function runningComparison(world: World, id: string): Comparison | null {
  for (const { now } of jobsOf(world).values()) if (now.id === id) return now;
  return null;
}

/** Those that run now. */
export const runningComparisons = (world: World): readonly Comparison[] =>
  [...jobsOf(world).values()].map(({ now }) => now);

/** Ends it after the call that is under way; null when none of that name runs. */
export async function stopComparison(world: World, id: string): Promise<Comparison | null> {
  const job = [...jobsOf(world).values()].find(({ now }) => now.id === id);
  if (job === undefined) return null;
  job.stopped = true;
  return job.done;
}

/** The server ends: nobody would be left to read what comes. */
export async function stopComparisons(world: World): Promise<void> {
  const jobs = [...jobsOf(world).values()];
  for (const job of jobs) job.stopped = true;
  await Promise.all(jobs.map(({ done }) => done));
}

/** Never rejects: a fault ends it as failed, and is told. */
async function run(world: World, job: Job): Promise<Comparison> {
  try {
    await world.comparisons.begin(job.now, world.server);
    return await compared(world, job);
  } catch (fault) {
    // Another server has the watch now: it closes the day.
    if (fault instanceof Stale) return end(world, job, 'stopped');
    const says = fault instanceof Error ? fault.message : String(fault);
    world.out.alert({ kind: 'stuck', paymentId: null, says });
    return await end(world, job, 'failed').catch(() => job.now);
  }
}

async function compared(world: World, job: Job): Promise<Comparison> {
  const follower = {
    isStopped: () => job.stopped,
    onPage: (rows: number) => {
      job.now = { ...job.now, pages: job.now.pages + 1, rows: job.now.rows + rows };
    },
  };
  const span = spanOf(job.now.day, job.now.outlet);
  const sweptAt = world.clock.wall();
  const rows = await sweepDay(world, span, follower);
  const books = rows === null ? null : await layBeside(world, rows, { span, follower, sweptAt });
  if (books === null) return end(world, job, job.stopped ? 'stopped' : 'failed');
  const { ours, theirs, lines } = books;
  const explained = lines.filter((line) => line.explained !== null).length;
  const ended: Comparison = {
    ...{ ...job.now, state: 'done', endedAt: world.clock.wall(), ours, theirs },
    ...{ found: lines.length - explained, explained },
  };
  const open = await world.comparisons.end(ended, { lines, newId: world.ids.saleId });
  job.now = ended;
  if (open > 0) {
    const says = `${ended.day}: ${open} numbers differ from QFPay`;
    world.out.alert({ kind: 'day-differs', paymentId: null, says });
  }
  return ended;
}

async function end(world: World, job: Job, state: 'stopped' | 'failed'): Promise<Comparison> {
  const ended: Comparison = { ...job.now, state, endedAt: world.clock.wall() };
  job.now = ended;
  await world.comparisons.end(ended, null);
  return ended;
}

/** The day that QFPay's books are in now, Hong Kong. */
export const today = ({ clock }: Pick<World, 'clock'>): string => shopDay(clock.wall(), QFPAY_DAYS);

/** The totals of one that is done. */
export function totalsOf({ ours, theirs }: Comparison): {
  readonly ours: DayTotals;
  readonly theirs: DayTotals;
} | null {
  return ours === null || theirs === null ? null : { ours, theirs };
}
