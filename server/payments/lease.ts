/**
 * One watch for all servers. Whoever holds the lease asks; a holder that slept past its time comes
 * back to a grown epoch, and nothing that it writes is kept (I13).
 */
import type { World } from './evidence';
import type { Gateway, Lease } from './ports';

const TTL_MS = 10_000;

/** A write came from a watch that has lost its lease. */
export class Stale extends Error {
  override readonly name = 'Stale';
}

const epochs = new WeakMap<Gateway, number>();

/**
 * Takes or renews the lease. Answers the epoch; null while somebody else has it. A server that
 * starts anew under the same name takes over at once: its forerunner is dead.
 */
export function hold(world: World): Promise<number | null> {
  const now = world.clock.wall();
  const mine = epochs.get(world.gateway);
  return world.store.transaction(async (records) => {
    const lease = await records.lease('watch');
    const held = lease !== null && isHeldByAnother(lease, { name: world.server, mine, now });
    if (held) return null;
    const renews = lease?.holder === world.server && lease.epoch === mine;
    if (renews && lease.expiresAt - now > TTL_MS / 2 && lease.expiresAt - now <= TTL_MS) {
      return lease.epoch;
    }
    const epoch = renews ? lease.epoch : (lease?.epoch ?? 0) + 1;
    const next: Lease = { holder: world.server, epoch, expiresAt: now + TTL_MS };
    if (!(await records.putLease('watch', next))) return null;
    epochs.set(world.gateway, epoch);
    return epoch;
  });
}

type Asker = { readonly name: string; readonly mine: number | undefined; readonly now: number };

function isHeldByAnother(lease: Lease, { name, mine, now }: Asker): boolean {
  const left = lease.expiresAt - now;
  // More than a lease can last: a clock was set back, and nobody may wait for hours because of it.
  if (left <= 0 || left > 2 * TTL_MS) return false;
  if (lease.holder !== name) return true;
  return mine !== undefined && lease.epoch !== mine;
}

const worlds = new WeakMap<Gateway, { readonly epoch: number; readonly world: World }>();

/** The same world, whose writes count only while `epoch` is the lease's; one for each epoch. */
export function fenced(world: World, epoch: number): World {
  const known = worlds.get(world.gateway);
  if (known?.epoch === epoch) return known.world;
  const made = fence(world, epoch);
  worlds.set(world.gateway, { epoch, world: made });
  return made;
}

function fence(world: World, epoch: number): World {
  return {
    ...world,
    store: {
      ...world.store,
      transaction: (work) =>
        world.store.transaction(async (records) => {
          const lease = await records.lease('watch');
          if (lease?.epoch !== epoch) throw new Stale(`epoch ${epoch} is over`);
          return work(records);
        }),
    },
  };
}
