/**
 * P1 (L2): how many sales a minute 400 calls a minute carry. Sustained means: customers come for
 * ten minutes, no call is answered 429, nobody is turned away, and 99 of 100 wait no longer for
 * their QR, and later for the word that they paid, than money.md I2 allows.
 */
import { pairsApart } from '../apart';
import type { Row, RowSetting } from '../row';
import { lagsOf } from '../virtual/trade';
import { playScene, type Scene, type Who } from './virtual-pair';

const MINUTES = 10;
/** money.md I2: while a payment is open, paid money is shown within one tick and one round trip. */
const LONGEST_WAIT_MS = 5_000;
const LATE_SHARE = 0.01;
/** Until the last customer has decided; and how long it may take until each is told. */
const LAST_DECIDES_MS = 45_000;
const AFTERWARDS_MS = 300_000;
/** Rates are tried on this scale: 1.04 to the power of a whole number. */
const STEP = 1.04;
/** Where the search begins; it ends where it must. */
const GUESS: Readonly<Record<Who, number>> = { ours: 120, naive: 17 };
const rateOf = (step: number): number => STEP ** step;
const stepOf = (rate: number): number => Math.round(Math.log(rate) / Math.log(STEP));

export const capacity: Row = {
  id: 'P1',
  what: 'sales per minute under 400 calls/min, no 429 (L2)',
  yardstick: 'one client polling each payment every 3 s',
  run: async (setting) => {
    const found = await pairsApart<Capacity>('P1', setting);
    const wrong = found.flatMap((one) => one.wrong);
    const pairs = found.map(({ ours, naive }) => ({ ours, yardstick: naive }));
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

export type Capacity = {
  /** Sales a minute. */
  readonly ours: number;
  readonly naive: number;
  readonly wrong: readonly string[];
};

/** One pair; `say` hears of every rate that was tried. */
export async function capacityOf(seed: number, say: RowSetting['say']): Promise<Capacity> {
  const wrong: string[] = [];
  const naive = await search({ who: 'naive', seed, say, wrong });
  const ours = await search({ who: 'ours', seed, say, wrong });
  return { ours, naive, wrong };
}

type Search = {
  readonly who: Who;
  readonly seed: number;
  readonly say: RowSetting['say'];
  readonly wrong: string[];
};

/** Walks from the guess to the border between what is sustained and what is not. */
async function search({ who, seed, say, wrong }: Search): Promise<number> {
  const tried = new Map<number, boolean>();
  const holds = async (step: number): Promise<boolean> => {
    const known = tried.get(step);
    if (known !== undefined) return known;
    const perMinute = rateOf(step);
    const played = await playScene({ who, seed, perMinute, lastsMs: MINUTES * 60_000 }, sustained);
    if (who === 'ours') wrong.push(...played.wrong);
    tried.set(step, played.seen);
    say(`seed ${seed}: ${who} ${perMinute.toFixed(1)}/min ${played.seen ? 'holds' : 'too many'}`);
    return played.seen;
  };
  let step = stepOf(GUESS[who]);
  let stride = (await holds(step)) ? 1 : -1;
  // Doubling until the border lies between two tries, then halving.
  for (; (await holds(step + stride)) === stride > 0; stride *= 2) step += stride;
  let [good, bad] = stride > 0 ? [step, step + stride] : [step + stride, step];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (await holds(middle)) good = middle;
    else bad = middle;
  }
  return rateOf(good);
}

async function sustained(scene: Scene): Promise<boolean> {
  const { loop, gateway, client, trade } = scene;
  const end = loop.now() + MINUTES * 60_000;
  const slow = (): number => lagsOf(trade, client, loop.now()).filter(isLate).length;
  const hopeless = (): boolean =>
    gateway.limited() > 0 || slow() > trade.expected * LATE_SHARE * 1.2;
  while (loop.now() < end && !hopeless()) await loop.runUntil(loop.now() + 10_000);
  const inTime = loop.now() >= end;
  trade.closed = true;
  // The last ones decide, and the books are only compared when everybody has been told.
  await loop.runUntil(loop.now() + LAST_DECIDES_MS);
  const giveUpAt = loop.now() + AFTERWARDS_MS;
  while (loop.now() < giveUpAt && unheard(scene) > 0) await loop.runUntil(loop.now() + 1_000);
  const waits = [...lagsOf(trade, client, loop.now()), ...trade.waits];
  const wellServed = waits.filter(isLate).length <= LATE_SHARE * waits.length;
  return inTime && wellServed && trade.turnedAway === 0 && gateway.limited() === 0;
}

const isLate = (ms: number): boolean => ms > LONGEST_WAIT_MS;

/** Customers who have paid and whom nobody has thanked. */
const unheard = ({ trade, client }: Scene): number =>
  [...trade.paidAt.keys()].filter((number) => !client.learnt.has(number)).length;
