/**
 * The hour at which a shop of a test stands: refunds know midnight (protocol.md §7.6), and no test
 * may depend on when it is run. App and simulator are moved together.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Stack } from './stack';

const PRELOAD = pathToFileURL(path.join(import.meta.dirname, 'shifted-clock.mjs')).href;
const DAY_MS = 86_400_000;
const HONG_KONG_MS = 8 * 3_600_000;

export type Hour = {
  /** What the app is started with. */
  readonly env: Record<string, string>;
  /** Moves the simulator to the same hour. */
  readonly set: (stack: Pick<Stack, 'control'>) => Promise<void>;
};

/** `time`: "hh:mm" in Hong Kong, today or so many days later. `speed`: 20 runs a minute in 3 s. */
export function hour(time: string, { daysLater = 0, speed = 1 } = {}): Hour {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const now = Date.now();
  const midnight = Math.floor((now + HONG_KONG_MS) / DAY_MS) * DAY_MS - HONG_KONG_MS;
  const there = midnight + daysLater * DAY_MS + (hours * 60 + minutes) * 60_000;
  const shift = there - now;
  return {
    env: {
      NODE_OPTIONS: `--import=${PRELOAD}`,
      TEST_CLOCK_SHIFT_MS: String(shift),
      TEST_CLOCK_SPEED: String(speed),
    },
    set: async ({ control }) => {
      await control('clock', { now: there + (Date.now() - now) * speed, speed });
    },
  };
}
