/** How many calls an app code made lately: sliding windows over real time (protocol.md §2.4). */
type RateCount = { readonly lastSecond: number; readonly lastMinute: number };

type Seen = { times: number[]; from: number };
const MINUTE = 60_000;
const SECOND = 1000;

function forget(seen: Seen, now: number): void {
  while (seen.from < seen.times.length && (seen.times[seen.from] ?? now) <= now - MINUTE) {
    seen.from += 1;
  }
  // Old entries are cut off in blocks: one by one would move the whole list each time.
  if (seen.from > 1024) {
    seen.times = seen.times.slice(seen.from);
    seen.from = 0;
  }
}

function countOf(seen: Seen, now: number): RateCount {
  let second = 0;
  for (let index = seen.times.length - 1; index >= seen.from; index -= 1) {
    if ((seen.times[index] ?? 0) <= now - SECOND) break;
    second += 1;
  }
  return { lastSecond: second, lastMinute: seen.times.length - seen.from };
}

export type RateCounter = {
  /** False when the call must not be processed; such a call is not counted. */
  take(appCode: string, now: number, limit: { perSecond: number; perMinute: number }): boolean;
  count(appCode: string, now: number): RateCount;
  reset(): void;
};

/** `now` is ms on a clock that never jumps. */
export function makeRateCounter(): RateCounter {
  const all = new Map<string, Seen>();
  const seenOf = (appCode: string, now: number): Seen => {
    const seen = all.get(appCode) ?? { times: [], from: 0 };
    all.set(appCode, seen);
    forget(seen, now);
    return seen;
  };
  return {
    take: (appCode, now, limit) => {
      const seen = seenOf(appCode, now);
      const { lastSecond, lastMinute } = countOf(seen, now);
      if (lastSecond >= limit.perSecond || lastMinute >= limit.perMinute) return false;
      seen.times.push(now);
      return true;
    },
    count: (appCode, now) => countOf(seenOf(appCode, now), now),
    reset: () => all.clear(),
  };
}
