/** P14 (L19): bugs planted into the product's own sources; in how many worlds each is noticed. */
import { cpus } from 'node:os';
import { buildWorlds } from '../../simulation/build';
import { PLANTED } from '../../simulation/planted';
import { huntBug, type Kill } from '../../simulation/running';
import type { Row } from '../row';

/** As npm run simulate looks for them. */
const MOST = 3_000;

export const planted: Row = {
  id: 'P14',
  what: 'planted bugs killed; seeds to kill (L19)',
  yardstick: `all ${PLANTED.length}`,
  run: async ({ say }) => {
    const sound = await buildWorlds(null);
    const kills: Kill[] = [];
    try {
      for (const bug of PLANTED) {
        const kill = await huntBug(bug, { most: MOST, workers: cpus().length, sound });
        kills.push(kill);
        say(`${kill.seeds ?? 'survived'}  ${kill.name}`);
      }
    } finally {
      await sound.forget();
    }
    // One that survives counts as worse than any that was looked for.
    const seeds = kills.map((kill) => kill.seeds ?? MOST + 1).sort((a, b) => a - b);
    const survived = kills.filter((kill) => kill.seeds === null);
    const measures = [
      {
        what: 'planted bugs killed',
        formula: `noticed within ${MOST} worlds ÷ planted`,
        values: [(kills.length - survived.length) / kills.length],
        marks: { better: 'higher', goal: 1, beyond: 1 },
        pairs: [],
        unit: `of ${kills.length}`,
      },
      {
        what: 'seeds to kill, median of the bugs',
        formula: 'the first seed, from 1, whose world notices, and notices nothing without the bug',
        values: seeds,
        marks: { better: 'lower', goal: 50, beyond: 10 },
        pairs: [],
        unit: 'seeds; min–max: over the bugs',
      },
      {
        what: 'seeds to kill, the worst',
        formula: 'the same, of the bug that hides best',
        values: [Math.max(...seeds)],
        marks: { better: 'lower', goal: MOST, beyond: 500 },
        pairs: [],
        unit: 'seeds',
      },
    ] as const;
    const notes = ['the same worlds, without the bug, break no promise'];
    return { measures, notes, wrong: survived.map(({ name }) => `${name} survived`) };
  },
};
