/** Whole seconds until then, never below zero. */
export const secondsTo = (then: number, now: number): number =>
  Math.max(0, Math.ceil((then - now) / 1000));

/** "4:07" of seconds. */
export const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
