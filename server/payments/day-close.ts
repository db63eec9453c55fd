/**
 * At half past three in the morning, Hong Kong, yesterday and the day three days ago are compared
 * with QFPay as anybody's comparison would: late money is found, and what differs becomes a
 * question to a manager. Nothing is corrected here that evidence does not correct by itself.
 */
import { shopDay } from '@/lib/time';
import { compareDay, totalsOf } from './compare-run';
import { QFPAY_DAYS } from './compare-sweep';
import { moment, type World } from './evidence';

const DAY_MS = 86_400_000;
const HONG_KONG = 8 * 3_600_000;
const CLOSES_AT = 3.5 * 3_600_000;
const AGAIN_MS = 600_000;
/** D-3, for what came late, and D-1: the record of yesterday says that both are done. */
const DAYS_BACK = [3, 1] as const;

const triedAt = new WeakMap<World['gateway'], number>();

export async function closeDays(world: World): Promise<void> {
  const { steady, wall } = moment(world.clock);
  const today = Math.floor((wall + HONG_KONG) / DAY_MS);
  if (wall + HONG_KONG - today * DAY_MS < CLOSES_AT) return;
  if (steady - (triedAt.get(world.gateway) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
  triedAt.set(world.gateway, steady);
  for (const outlet of await world.outlets()) {
    const last = await world.store.read.lastDayClose(outlet);
    if (last !== null && last.day >= nameOf(today - 1)) continue;
    for (const back of DAYS_BACK) {
      if (!(await closeDay(world, nameOf(today - back), outlet))) break;
    }
  }
}

const nameOf = (day: number): string => shopDay(day * DAY_MS - HONG_KONG, QFPAY_DAYS);

/** False when QFPay did not answer in full, or somebody compares another day: tried again later. */
async function closeDay(world: World, day: string, outlet: string | null): Promise<boolean> {
  const begun = await compareDay(world, { day, outlet, by: 'server' });
  if ('refused' in begun) return false;
  const done = await begun.done;
  const totals = totalsOf(done);
  if (done.state !== 'done' || totals === null) return false;
  const close = { day, outlet, at: world.clock.wall(), ...totals, differences: done.found };
  await world.store.transaction((records) => records.putDayClose(close));
  return true;
}
