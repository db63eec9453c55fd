/** Time that passes only when told to. Sleepers wake in order; nothing waits for real. */
export function createVirtualClock() {
  let now = 0;
  let order = 0;
  const sleepers: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  };
  return {
    steady: () => now,
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        order += 1;
        sleepers.push({ at: now + ms, order, wake });
      }),
    async runUntil(end: number): Promise<void> {
      await settle();
      for (;;) {
        sleepers.sort((a, b) => a.at - b.at || a.order - b.order);
        const next = sleepers[0];
        if (next === undefined || next.at > end) break;
        sleepers.shift();
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}
