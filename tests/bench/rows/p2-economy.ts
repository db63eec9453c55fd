/**
 * P2 (L1): what a finished sale costs in calls, at ten sales a minute with notifications off. The
 * watch over payments that ended unpaid (an hour of it) is part of the price and in steady state.
 */
import { pairsApart } from '../apart';
import type { Row, RowSetting } from '../row';
import { playScene, type Scene, type Who } from './virtual-pair';

const PER_MINUTE = 10;
const MINUTES = 30;
/** Ours watches what ended unpaid for an hour; the naive client forgets after five minutes. */
const WARM_UP: Readonly<Record<Who, number>> = { ours: 66, naive: 6 };

export const economy: Row = {
  id: 'P2',
  what: 'calls per finished sale, notifications off (L1)',
  yardstick: 'one client polling each payment every 3 s',
  run: async (setting) => {
    const found = await pairsApart<Economy>('P2', setting);
    const wrong = found.flatMap((one) => one.wrong);
    const pairs = found.map(({ ours, naive }) => ({ ours: ours.calls, yardstick: naive.calls }));
    const kinds: Record<string, number> = {};
    for (const { ours } of found) {
      for (const [kind, calls] of Object.entries(ours.kinds)) {
        kinds[kind] = (kinds[kind] ?? 0) + calls / found.length;
      }
    }
    const common = { pairs, unit: 'calls/sale' };
    const measures = [
      {
        ...common,
        what: 'calls per finished sale',
        formula: 'calls ÷ sales paid, in the same half hour',
        values: pairs.map(({ ours }) => ours),
        marks: { better: 'lower', goal: 3, beyond: 2 },
      },
      {
        ...common,
        what: 'calls per finished sale, naive ÷ ours',
        formula: 'same customers',
        values: pairs.map(({ ours, yardstick }) => yardstick / ours),
        marks: null,
      },
    ] as const;
    const spent = Object.entries(kinds).map(([kind, calls]) => `${kind} ${calls.toFixed(2)}`);
    const notes = [
      `virtual clock; ${PER_MINUTE} sales/min, 12 % walk away; ${MINUTES} min counted after ` +
        `${WARM_UP.ours} min (naive: ${WARM_UP.naive}), so the hour's watch over unpaid ends is in`,
      `ours by kind of call: ${spent.join(', ')}`,
    ];
    return { measures, notes, wrong };
  },
};

/** Calls for each finished sale, all together and by kind. */
type Price = { readonly calls: number; readonly kinds: Readonly<Record<string, number>> };
export type Economy = {
  readonly ours: Price;
  readonly naive: Price;
  readonly wrong: readonly string[];
};

export async function economyOf(seed: number, say: RowSetting['say']): Promise<Economy> {
  const price = (who: Who) => {
    const lastsMs = (WARM_UP[who] + MINUTES) * 60_000;
    const scene = { who, seed, perMinute: PER_MINUTE, lastsMs };
    return playScene(scene, (played) => count(who, played));
  };
  const [naive, ours] = [await price('naive'), await price('ours')];
  say(`seed ${seed}: ours ${ours.seen.calls.toFixed(2)}, naive ${naive.seen.calls.toFixed(2)}`);
  return { ours: ours.seen, naive: naive.seen, wrong: ours.wrong };
}

async function count(who: Who, { loop, gateway, client }: Scene): Promise<Price> {
  const startAt = loop.now();
  await loop.runUntil(startAt + WARM_UP[who] * 60_000);
  const [calls, kinds, learnt] = [gateway.calls(), gateway.counts(), client.learnt.size];
  await loop.runUntil(loop.now() + MINUTES * 60_000);
  const sold = client.learnt.size - learnt;
  const each = Object.entries(gateway.counts()).map(
    ([kind, now]) => [kind, (now - (kinds[kind] ?? 0)) / sold] as const,
  );
  const spent = (gateway.calls() - calls) / sold;
  // Nobody is left in the middle of deciding when the books are compared.
  await loop.runUntil(loop.now() + 60_000);
  return { calls: spent, kinds: Object.fromEntries(each) };
}
