/**
 * The gateway's own clock: it can be set, pushed forward and sped up. It never runs a timer; who
 * needs to be woken asks how long to wait.
 */
export type SimClock = {
  /** Ms UTC as the simulated gateway believes. */
  now(): number;
  set(at: number): void;
  /** Never backwards: `ms` below zero is refused. */
  advance(ms: number): void;
  /** 0 stops it; 60 makes a minute of every second. */
  setSpeed(factor: number): void;
  speed(): number;
  /** Real ms until `at`; Infinity while it stands still. */
  realUntil(at: number): number;
};

export function makeClock(real: () => number, startSpeed = 1): SimClock {
  let factor = startSpeed;
  let realAnchor = real();
  let simAnchor = realAnchor;
  const now = () => Math.floor(simAnchor + (real() - realAnchor) * factor);
  const anchor = (at: number) => {
    simAnchor = at;
    realAnchor = real();
  };
  return {
    now,
    set: anchor,
    advance: (ms) => {
      if (ms < 0) throw new RangeError('a clock is set back with set, not advance');
      anchor(now() + ms);
    },
    setSpeed: (next) => {
      anchor(now());
      factor = next;
    },
    speed: () => factor,
    realUntil: (at) => {
      if (at <= now()) return 0;
      return factor > 0 ? Math.ceil((at - now()) / factor) : Number.POSITIVE_INFINITY;
    },
  };
}
