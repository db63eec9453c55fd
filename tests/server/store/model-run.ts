/**
 * Any store beside the model: the same commands, the same answers, and the same books afterwards.
 * It knows nothing of SQLite, so that it can be run for every database that is ever added.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '@/server/payments/ports';
import type { Change } from '@/server/store';
import { anyStep, everythingIn, opening, type Step } from './model-steps';
import { createModelStore, type ModelStore } from './model-store';

/** A store under test, and what may happen to the machine it runs on. */
export type Tested = {
  readonly store: () => Store;
  readonly changes: (seq: number, limit: number) => Promise<Change[]>;
  readonly lastChange: () => Promise<number>;
  /** Closed and opened again; or, with `kill`, left as a killed process leaves it. */
  readonly reopen: (kill: boolean) => Promise<void>;
  /** Whatever it can say of its own health; throws when it is not well. */
  readonly verify: () => Promise<void>;
};

/** How often a step had which answer: a run in which nothing meets proves nothing. */
type Tally = Map<string, number>;
type Model = { readonly books: ModelStore; readonly tally: Tally };
type Command = fc.AsyncCommand<Model, Tested>;

const FAULT = 'a fault';
const always = () => true;

type Answers = readonly unknown[] | typeof FAULT;

async function answers(store: Store, steps: readonly Step[]): Promise<Answers> {
  const work = store.transaction(async (records) => {
    const heard: unknown[] = [];
    for (const step of steps) heard.push(await step.run(records));
    return heard;
  });
  return work.catch(() => FAULT);
}

async function expected({ books, tally }: Model, steps: readonly Step[]): Promise<Answers> {
  const all = await answers(books, steps);
  const count = (name: string) => tally.set(name, (tally.get(name) ?? 0) + 1);
  if (all === FAULT) count(FAULT);
  else for (const [n, step] of steps.entries()) count(`${step.name} ${inAWord(all[n])}`);
  return all;
}

const inAWord = (answer: unknown): string =>
  answer === null || typeof answer !== 'object' ? String(answer) : 'made';

const transaction = (steps: readonly Step[]): Command => ({
  check: always,
  run: async (model, tested) => {
    const right = await expected(model, steps);
    expect(await answers(tested.store(), steps)).toEqual(right);
  },
  toString: () => `transaction(${steps.join(', ')})`,
});

/** Between two commands everybody else sees the same books, and the feed tells them in order. */
const look: Command = {
  check: always,
  run: async ({ books }, tested) => {
    expect(await everythingIn(tested.store().read)).toEqual(await everythingIn(books.read));
    const told = await tested.changes(0, 1_000);
    expect(told.map((it) => ('refund' in it ? it.refund : it.payment))).toEqual(books.feed());
    const seqs = told.map((it) => it.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(seqs.at(-1) ?? 0).toBeLessThanOrEqual(await tested.lastChange());
    const middle = Math.floor(told.length / 2);
    const since = told[middle - 1]?.seq ?? 0;
    expect(await tested.changes(since, 2)).toEqual(told.slice(middle, middle + 2));
  },
  toString: () => 'look',
};

const reopen = (kill: boolean): Command => ({
  check: always,
  run: async (_, tested) => tested.reopen(kill),
  toString: () => (kill ? 'kill' : 'reopen'),
});

/** A transaction whose promise nobody awaited when the next one began. */
const together = (one: readonly Step[], other: readonly Step[]): Command => ({
  check: always,
  run: async (model, tested) => {
    const right = [await expected(model, one), await expected(model, other)];
    const store = tested.store();
    expect(await Promise.all([answers(store, one), answers(store, other)])).toEqual(right);
  },
  toString: () => `together([${one.join(', ')}], [${other.join(', ')}])`,
});

const steps = fc.array(anyStep, { minLength: 1, maxLength: 3 });
const commands: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 7 }, () => steps.map(transaction)),
  fc.tuple(steps, steps).map(([one, other]) => together(one, other)),
  fc.constant(look),
  fc.boolean().map(reopen),
];

const END: readonly Command[] = [look, reopen(true), look];

type Runs = {
  readonly numRuns: number;
  /** What has to have happened more often than that, or the runs proved little. */
  readonly often: readonly string[];
  readonly moreThan: number;
};

export async function answersAsTheModelDoes(
  open: () => Promise<Tested>,
  { numRuns, often, moreThan }: Runs,
): Promise<void> {
  const tally: Tally = new Map();
  const isRare = (what: string) => (tally.get(what) ?? 0) <= moreThan;
  const many = fc.commands(commands, { maxCommands: 60, size: 'max' });
  const property = fc.asyncProperty(many, async (random) => {
    const tested = await open();
    const setup = () => ({ model: { books: createModelStore(), tally }, real: tested });
    await fc.asyncModelRun(setup, [transaction(opening), ...random, ...END]);
    await tested.verify();
  });
  // Chance may leave one of them out of a round; of four, hardly.
  for (let round = 0; round === 0 || (round < 4 && often.some(isRare)); round += 1) {
    await fc.assert(property, { numRuns });
  }
  expect(often.filter(isRare)).toEqual([]);
}
