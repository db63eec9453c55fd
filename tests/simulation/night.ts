/** After hours: the nights over which refunds wait, and when they are over. */
import type { Books } from './books';
import { type Rest, unrest } from './closing';
import type { Loop } from './loop';
import type { Shop } from './shop';

const MINUTE = 60_000;

type Night = Rest & { readonly loop: Loop; readonly shop: Shop; readonly books: Books };

/** A look at everything is dear, so it is taken once in a while. */
export function throttled(loop: Loop, resting: () => boolean): () => boolean {
  let next = 0;
  return () => {
    if (loop.now() < next) return false;
    next = loop.now() + 10_000;
    return resting();
  };
}

/** Refunds that were put off: the shop closes for the night and opens when they may go. */
export async function waitForMorning(
  world: Night,
  { after, whole }: { after: () => void; whole: boolean },
): Promise<void> {
  const { loop, shop, books } = world;
  // A copy restored in the night has forgotten what was open, and what it should look for.
  const settled = throttled(loop, () => books.open.size === 0 && unrest(world) === null);
  const isPutOff = [...books.open].some((id) => books.refunds.get(id)?.state === 'deferred');
  if (!isPutOff && !whole) {
    shop.sleepUntil(loop.now() + MINUTE);
    return loop.run(loop.now() + 20 * MINUTE, settled, after);
  }
  const day = 24 * 60 * MINUTE;
  const hongKong = 8 * 60 * MINUTE;
  const midnight = Math.ceil((loop.now() + hongKong) / day) * day - hongKong;
  const due = midnight - loop.now() > day - 31 * MINUTE ? midnight - day : midnight;
  const opens = Math.max(loop.now(), due + 30 * MINUTE);
  loop.tell('world', 'waits for the morning');
  shop.sleepUntil(opens);
  const end = due + 31 * MINUTE + 20 * MINUTE;
  await loop.run(Math.max(end, opens + 20 * MINUTE), settled, after);
}
