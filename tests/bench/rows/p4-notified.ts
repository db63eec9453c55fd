/** P4 (L5): paid → green with notifications on; green may precede the question that confirms. */
import type { Row } from '../row';
import { bootstrap, median, quantile } from '../statistics';
import { type Block, SCREEN_NOTE, watchScreens } from './screen';

const SHARE = 0.99;

export const notified: Row = {
  id: 'P4',
  what: 'paid at the gateway → green in the browser, notifications on (L5)',
  yardstick: 'arrival of the notification + one query',
  run: async (setting) => {
    const { blocks, wrong } = await watchScreens(setting, { notified: true });
    const missing = blocks.flatMap(({ seen }) => seen.filter(({ noticeMs }) => noticeMs === null));
    const yardstick = median(blocks.flatMap(yardsticks));
    const times = blocks.flatMap(({ seen }) => seen.map(({ ms }) => ms));
    const ratio = (values: readonly number[]) => quantile(values, SHARE) / yardstick;
    const measure = {
      what: 'p99 ÷ (notification + one query)',
      formula: `p99 of all ${times.length} payments; min–max: the slowest of each pair`,
      values: blocks.map((block) => slowest(block) / median(yardsticks(block))),
      pooled: { value: ratio(times), ...bootstrap(times, ratio) },
      marks: { better: 'lower', goal: 1.5, beyond: 1.2 },
      pairs: blocks.map((block) => ({
        ours: slowest(block),
        yardstick: median(yardsticks(block)),
      })),
      unit: 'ms (slowest of the pair)',
    } as const;
    const notes = [
      SCREEN_NOTE,
      `p50 ${median(times).toFixed(0)} ms, p99 ${quantile(times, SHARE).toFixed(0)} ms`,
    ];
    const lost = missing.length === 0 ? [] : [`${missing.length} payments were not notified`];
    return { measures: [measure], notes, wrong: [...wrong, ...lost] };
  },
};

const slowest = ({ seen }: Block): number => Math.max(...seen.map(({ ms }) => ms));
const yardsticks = ({ seen, roundTripMs }: Block): number[] =>
  seen.map(({ noticeMs }) => (noticeMs ?? 0) + roundTripMs);
