/** P3 (L4): paid → green with notifications off, when only our own asking can find it. */
import type { Row } from '../row';
import { bootstrap, median, quantile } from '../statistics';
import { type Block, SCREEN_NOTE, watchScreens } from './screen';

/** money.md §2.9: the poller's tick. */
const TICK_MS = 2_000;
const SHARE = 0.99;

export const silent: Row = {
  id: 'P3',
  what: 'paid at the gateway → green in the browser, notifications off (L4)',
  yardstick: 'one tick of the poller (2 s) + one round trip',
  run: async (setting) => {
    const { blocks, wrong } = await watchScreens(setting, { notified: false });
    const own = blocks.flatMap(({ seen, roundTripMs }) => seen.map(({ ms }) => ms - roundTripMs));
    const inTicks = (values: readonly number[]) => quantile(values, SHARE) / TICK_MS;
    const times = blocks.flatMap(({ seen }) => seen.map(({ ms }) => ms));
    const measure = {
      what: '(p99 − round trip) ÷ tick',
      formula: `p99 of all ${times.length} payments; min–max: the slowest of each pair`,
      values: blocks.map((block) => slowest(block) / TICK_MS),
      pooled: { value: inTicks(own), ...bootstrap(own, inTicks) },
      marks: { better: 'lower', goal: 1.2, beyond: 1.05 },
      pairs: blocks.map((block) => ({
        ours: slowest(block) + block.roundTripMs,
        yardstick: TICK_MS + block.roundTripMs,
      })),
      unit: 'ms (slowest of the pair)',
    } as const;
    const notes = [
      SCREEN_NOTE,
      `p50 ${median(times).toFixed(0)} ms, p99 ${quantile(times, SHARE).toFixed(0)} ms`,
    ];
    return { measures: [measure], notes, wrong };
  },
};

const slowest = ({ seen, roundTripMs }: Block): number =>
  Math.max(...seen.map(({ ms }) => ms)) - roundTripMs;
