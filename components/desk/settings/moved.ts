/** The items with the one at `place` a place further up or down; at an end nothing moves. */
export function moved<T>(items: readonly T[], place: number, by: 1 | -1): readonly T[] {
  const [here, there] = [items[place], items[place + by]];
  if (here === undefined || there === undefined) return items;
  const next = [...items];
  next[place] = there;
  next[place + by] = here;
  return next;
}
