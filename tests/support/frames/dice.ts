/** Seeded draws for pictures: each part of a picture has a stream of its own. */
import { createRandom } from '../../bench/random';

export type Span = readonly [from: number, to: number];

export type Dice = {
  even(span: Span): number;
  /** Both ends included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<const T>(of: readonly T[]): T;
  /** Around nought. */
  normal(deviation: number): number;
  digits(count: number): string;
  fork(name: string): Dice;
};

export function dice(seed: number, stream: string): Dice {
  const random = createRandom(seed, stream);
  const even = ([from, to]: Span): number => from + (to - from) * random.next();
  return {
    even,
    whole: random.whole,
    chance: random.chance,
    pick(of) {
      const [one] = of.slice(random.whole(0, of.length - 1));
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    // Box and Muller.
    normal: (deviation) =>
      deviation *
      Math.sqrt(-2 * Math.log(1 - random.next())) *
      Math.cos(2 * Math.PI * random.next()),
    digits: (count) => Array.from({ length: count }, () => random.whole(0, 9)).join(''),
    fork: (name) => dice(seed, `${stream}/${name}`),
  };
}
