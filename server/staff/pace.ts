/** How many sales one person may start: a stuck key or a script must not drown the shop. */
const PER_MINUTE = 120;
const MINUTE = 60_000;

/** Answers false when the person has started too many sales within the last minute. */
export function createPace(now: () => number): (staffCode: string) => boolean {
  const starts = new Map<string, number[]>();
  return (staffCode) => {
    const since = now() - MINUTE;
    const recent = (starts.get(staffCode) ?? []).filter((at) => at > since);
    const allowed = recent.length < PER_MINUTE;
    if (allowed) recent.push(now());
    starts.set(staffCode, recent);
    return allowed;
  };
}
