/** How many sales one person may start: a stuck key or a script must not drown the shop. */
const PER_MINUTE = 120;
const MINUTE = 60_000;

/** Answers false when there were too many starts under this name within the last minute. */
export function createPace(now: () => number, perMinute = PER_MINUTE): (name: string) => boolean {
  const starts = new Map<string, number[]>();
  return (name) => {
    const since = now() - MINUTE;
    const recent = (starts.get(name) ?? []).filter((at) => at > since);
    const allowed = recent.length < perMinute;
    if (allowed) recent.push(now());
    starts.set(name, recent);
    return allowed;
  };
}
