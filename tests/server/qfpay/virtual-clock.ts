/** Time that passes only when told to. Sleepers wake in order; nothing waits for real. */
export function createVirtualClock(start = 0) {
  let now = start;
  type Sleeper = { readonly at: number; readonly wake: () => void };
  /** The next one last. */
  const sleepers: Sleeper[] = [];
  function put(sleeper: Sleeper): void {
    let [low, high] = [0, sleepers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sleepers[middle]?.at ?? 0) > sleeper.at) low = middle + 1;
      else high = middle;
    }
    sleepers.splice(low, 0, sleeper);
  }
  /** Lets every promise run that waits for nothing but other promises. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    steady: () => now,
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        put({ at: now + ms, wake });
      }),
    async runUntil(end: number): Promise<void> {
      await settle();
      for (;;) {
        const next = sleepers.at(-1);
        if (next === undefined || next.at > end) break;
        sleepers.pop();
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}
export type VirtualClock = ReturnType<typeof createVirtualClock>;
