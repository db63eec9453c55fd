/**
 * P1 (L2): how many sales a minute 400 calls a minute carry. Sustained means: customers come for
 * ten minutes, no call is answered 429, nobody is turned away, and 99 of 100 wait no longer for
 * their QR, and later for the word that they paid, than money.md I2 allows.
 */
import { eachPair, type Row, type RowSetting } from '../row';
import { lagsOf } from '../virtual/trade';
import { playScene, type Scene, type Who } from './virtual-pair';

const MINUTES = 10;
/** money.md I2: while a payment is open, paid money is shown within one tick and one round trip. */
const LONGEST_WAIT_MS = 5_000;
const LATE_SHARE = 0.01;
/** After the last customer came: until each has decided, and been told. */
const AFTERWARDS_MS = 60_000;
/** Rates are tried on this scale: 1.04 to the power of a whole number. */
const STEP = 1.04;
const rateOf = (step: number): number => STEP ** step;
const stepOf = (rate: number): number => Math.round(Math.log(rate) / Math.log(STEP));

export const capacity: Row = {
  id: 'P1',
  what: 'sales per minute under 400 calls/min, no 429 (L2)',
  yardstick: 'one client polling each payment every 3 s',
  run: async (setting) => {
    const wrong: string[] = [];
    const guess: Record<Who, number> = { ours: stepOf(120), naive: stepOf(17) };
    const pairs = await eachPair(setting, async (seed) => {
      const found: Record<Who, number> = { ours: 0, naive: 0 };
      for (const who of ['naive', 'ours'] as const) {
        const best = await search({ who, seed, from: guess[who], say: setting.say }, wrong);
        guess[who] = best;
        found[who] = rateOf(best);
      }
      return { ours: found.ours, yardstick: found.naive };
    });
    const measure = {
      what: 'sales per minute, ours ÷ naive',
      formula: 'highest sustained arrival rate, ours ÷ naive; same customers',
      values: pairs.map(({ ours, yardstick }) => ours / yardstick),
      marks: { better: 'higher', goal: 10, beyond: 15 },
      pairs,
      unit: 'sales/min',
    } as const;
    const notes = [
      `virtual clock; Poisson arrivals for ${MINUTES} min, 12 % walk away unseen, the others pay ` +
        `after 3–40 s; gateway 70–130 ms away; notifications off`,
      `sustained: no 429, nobody turned away, 99 % wait ≤ ${LONGEST_WAIT_MS / 1000} s for the QR ` +
        `and for the green (I2), both clients alike; rates tried in steps of 4 %`,
    ];
    return { measures: [measure], notes, wrong };
  },
};

type Search = {
  readonly who: Who;
  readonly seed: number;
  readonly from: number;
  readonly say: RowSetting['say'];
};

/** Walks from the guess to the border between what is sustained and what is not. */
async function search({ who, seed, from, say }: Search, wrong: string[]): Promise<number> {
  const tried = new Map<number, boolean>();
  const holds = async (step: number): Promise<boolean> => {
    const known = tried.get(step);
    if (known !== undefined) return known;
    const perMinute = rateOf(step);
    const played = await playScene({ who, seed, perMinute, lastsMs: MINUTES * 60_000 }, sustained);
    if (who === 'ours') wrong.push(...played.wrong);
    tried.set(step, played.seen);
    say(`  ${who} ${perMinute.toFixed(1)}/min ${played.seen ? 'holds' : 'does not hold'}`);
    return played.seen;
  };
  let step = from;
  let stride = (await holds(step)) ? 1 : -1;
  // Doubling until the border lies between two tries, then halving.
  for (; (await holds(step + stride)) === stride > 0; stride *= 2) step += stride;
  let [good, bad] = stride > 0 ? [step, step + stride] : [step + stride, step];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

async function sustained({ loop, gateway, client, trade }: Scene): Promise<boolean> {
  const end = loop.now() + MINUTES * 60_000;
  const expected = trade.expected * LATE_SHARE * 1.2;
  const hopeless = (): boolean => gateway.limited() > 0 || lateOf() > expected;
  const lateOf = (): number =>
    [...lagsOf(trade, client), ...trade.waits].filter(
      (ms) => ms > LONGEST_WAIT_MS && ms < Number.POSITIVE_INFINITY,
    ).length;
  for (let at = loop.now(); at < end; at += 10_000) {
    await loop.runUntil(at + 10_000);
    if (hopeless()) break;
  }
  const inTime = !hopeless();
  // The books are compared afterwards, so the last customers must have been told.
  await loop.runUntil(loop.now() + AFTERWARDS_MS);
  const lags = [...lagsOf(trade, client), ...trade.waits];
  const late = lags.filter((ms) => ms > LONGEST_WAIT_MS).length;
  const wellServed = late <= LATE_SHARE * lags.length && trade.turnedAway === 0;
  return inTime && wellServed && gateway.limited() === 0;
}
