/** P13 (L18): how many simulated worlds one core lives through in a minute of its own time. */
import { cpus } from 'node:os';
import { buildWorlds } from '../../simulation/build';
import { runShare } from '../../simulation/running';
import { figure } from '../report';
import { eachPair, type Row } from '../row';
import { median } from '../statistics';

const WORLDS = 250;
const MARK = 1_000;

export const worlds: Row = {
  id: 'P13',
  what: 'simulated worlds per minute and core (L18)',
  yardstick: `${MARK} worlds`,
  run: async (setting) => {
    const built = await buildWorlds(null);
    try {
      const found = await eachPair(setting, async (pair) => {
        const first = (pair - 1) * WORLDS + 1;
        const sum = await runShare(built, { first, seeds: WORLDS, workers: cpus().length });
        return { ...sum, perMinute: (60_000 * sum.worlds) / sum.cpuMs };
      });
      const pairs = found.map(({ perMinute }) => ({ ours: perMinute, yardstick: MARK }));
      const measure = {
        what: 'worlds per minute and core ÷ 1,000',
        formula: 'worlds ÷ minutes of processor time of the processes that run them',
        values: pairs.map(({ ours, yardstick }) => ours / yardstick),
        marks: { better: 'higher', goal: 1, beyond: 3 },
        pairs,
        unit: 'worlds/min',
      } as const;
      const each = (of: (sum: (typeof found)[number]) => number) =>
        figure(median(found.map((sum) => of(sum) / sum.worlds)));
      const notes = [
        `${WORLDS} worlds per pair, as npm run simulate runs them: the store on a real SQLite ` +
          `file in memory; one lives ${each((sum) => sum.virtualMs / 60_000)} minutes with ` +
          `${each(({ events }) => events)} events and ${each(({ calls }) => calls)} calls`,
      ];
      const wrong = found.flatMap(({ bad }) =>
        bad.map(({ seed, violations }) => `seed ${seed} broke ${violations[0]?.invariant}`),
      );
      return { measures: [measure], notes, wrong };
    } finally {
      await built.forget();
    }
  },
};
