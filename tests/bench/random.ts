/** Seeded draws, so that one seed makes one day of customers on every machine. */
export type Random = {
  /** Even over [0, 1). */
  next(): number;
  chance(probability: number): boolean;
  /** Even over the whole numbers from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** Time to the next of events that come independently, `mean` apart on average. */
  gap(mean: number): number;
};

/** mulberry32. Streams of one seed with different names have nothing to do with each other. */
export function createRandom(seed: number, stream = ''): Random {
  let state = mix(`${seed} ${stream}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    gap: (mean) => -Math.log(1 - next()) * mean,
  };
}

/** FNV-1a. */
function mix(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
