/** A seeded stream, so that one seed makes one world. Not for secrets. */
export type Random = { u32(): number; digits(count: number): string };

/** splitmix32. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const u32 = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  const digits = (count: number) =>
    Array.from({ length: count }, () => String(u32() % 10)).join('');
  return { u32, digits };
}

/** FNV-1a over a text: an order for query rows that is stable but means nothing. */
export function scatter(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
