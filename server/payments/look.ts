/** When the watch should look at the last minutes although nothing is due. */
import { GRACE_MS } from '@/lib/absence';
import type { World } from './evidence';

/** Steady ms, by the gateway that is asked. */
const wanted = new WeakMap<World['gateway'], readonly number[]>();
/** Twice, because a fresh row may stay invisible for a while (money.md §2.4, G). */
const SOON_MS = [0, GRACE_MS + 10_000];

/** Something was told of that we do not know: the watch sweeps the last minutes. */
export function lookSoon(world: World): void {
  const now = world.clock.steady();
  // These two looks see all that an earlier wish was about.
  wanted.set(
    world.gateway,
    SOON_MS.map((wait) => now + wait),
  );
}

/** The last look was not answered in full. */
export function lookAgain(world: World): void {
  const later = wanted.get(world.gateway) ?? [];
  wanted.set(world.gateway, [...later, world.clock.steady() + GRACE_MS]);
}

/** Whether it is time to look; then the wish is taken down. */
export function takeLook(world: World): boolean {
  const now = world.clock.steady();
  const times = wanted.get(world.gateway) ?? [];
  if (!times.some((at) => at <= now)) return false;
  wanted.set(
    world.gateway,
    times.filter((at) => at > now),
  );
  return true;
}

/** Another server has the watch now, and looks back over the time in which it had not. */
export const dropLooks = (world: World): boolean => wanted.delete(world.gateway);
