/**
 * The amounts of one tap above the keys: what the owner set for the shop, what somebody keeps at
 * this counter, and what this outlet takes most at this hour of the day. In that order.
 */

/** `GET /api/quick-amounts?counter=`: learnt ones, in minor units, the smallest first. */
export type LearntAmounts = { readonly amounts: readonly number[] };

/** One row on a tablet. What is learnt only fills it up; more than that is somebody's wish. */
export const QUICK_IN_SIGHT = 6;
/** What one counter may keep for itself. */
export const MOST_PINS = 6;

export type QuickAmount = {
  /** Minor units. */
  readonly minor: number;
  readonly from: 'shop' | 'counter' | 'learnt';
};
type Sources = {
  readonly shop: readonly number[];
  readonly counter: readonly number[];
  readonly learnt: readonly number[];
};

/** Each amount once, with the strongest reason for which it stands there. */
export function quickAmounts({ shop, counter, learnt }: Sources): readonly QuickAmount[] {
  const all: QuickAmount[] = [];
  const add = (from: QuickAmount['from'], minor: number) => {
    if (!all.some((one) => one.minor === minor)) all.push({ minor, from });
  };
  for (const minor of shop) add('shop', minor);
  for (const minor of counter) add('counter', minor);
  for (const minor of learnt) if (all.length < QUICK_IN_SIGHT) add('learnt', minor);
  return all;
}

/** The counter's own ones after an amount was held; null when it may keep no more. */
export function withPin(pins: readonly number[], minor: number): readonly number[] | null {
  if (pins.includes(minor)) return pins.filter((pin) => pin !== minor);
  return pins.length < MOST_PINS ? [...pins, minor] : null;
}
