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

/** What this process holds, and until when (steady) it need not look again. */
type Hold = { readonly epoch: number; readonly sureUntil: number };
const holds = new WeakMap<Gateway, Hold>();

/**
 * Takes or renews the lease. Answers the epoch; null while somebody else has it. A server that
 * starts anew under the same name takes over at once: its forerunner is dead.
 */
export async function hold(world: World): Promise<number | null> {
  const known = holds.get(world.gateway);
  const steady = world.clock.steady();
  // Should the time have run out all the same, the fence keeps what is written away.
  if (known !== undefined && steady < known.sureUntil) return known.epoch;
  const epoch = await take(world, known?.epoch);
  if (epoch !== null) holds.set(world.gateway, { epoch, sureUntil: steady + TTL_MS / 2 });
  return epoch;
}

function take(world: World, mine: number | undefined): Promise<number | null> {
  const now = world.clock.wall();
  return world.store.transaction(async (records) => {
    const lease = await records.lease('watch');
    const held = lease !== null && isHeldByAnother(lease, { name: world.server, mine, now });
    if (held) return null;
    const renews = lease?.holder === world.server && lease.epoch === mine;
    const epoch = renews ? lease.epoch : (lease?.epoch ?? 0) + 1;
    const next: Lease = { holder: world.server, epoch, expiresAt: now + TTL_MS };
    return (await records.putLease('watch', next)) ? epoch : null;
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
