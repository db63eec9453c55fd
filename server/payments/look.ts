/** When the watch should look at the last minutes although nothing is due. */
import { GRACE_MS } from '@/lib/absence';
import type { World } from './evidence';

/**
 * Steady ms, by the gateway that is asked and the store that keeps what it says. A watch has a
 * store of its own for as long as it holds the lease (lease.ts): what it still wanted to see when
 * it lost it is the business of whoever watches now.
 */
const wanted = new WeakMap<World['gateway'], WeakMap<World['store'], readonly number[]>>();
/**
 * After the first look. A row may hide while it is fresh (money.md §2.4, G), and from windows until
 * it is paid: a QR lives for minutes. The last look comes when whatever stood in the line, and
 * answered for somebody else, is over.
 */
export const LOOKS_MS = [GRACE_MS + 10_000, 360_000, 1_800_000] as const;

const timesOf = ({ gateway, store }: World): readonly number[] =>
  wanted.get(gateway)?.get(store) ?? [];

function want({ gateway, store }: World, times: readonly number[]): void {
  const known = wanted.get(gateway) ?? new WeakMap();
  wanted.set(gateway, known.set(store, times));
}

/** Something was told of that we do not know: the watch sweeps the last minutes. */
export function lookSoon(world: World): void {
  const now = world.clock.steady();
  // These looks see all that an earlier wish was about.
  want(
    world,
    [0, ...LOOKS_MS].map((wait) => now + wait),
  );
}

/** The last look was not answered in full. */
export function lookAgain(world: World): void {
  want(world, [...timesOf(world), world.clock.steady() + GRACE_MS]);
}

/** Whether it is time to look; then the wish is taken down. */
export function takeLook(world: World): boolean {
  const now = world.clock.steady();
  const times = timesOf(world);
  if (!times.some((at) => at <= now)) return false;
  want(
    world,
    times.filter((at) => at > now),
  );
  return true;
}

/** Another server has the watch now, and looks back over the time in which it had not. */
export const dropLooks = (world: World): boolean => wanted.delete(world.gateway);
