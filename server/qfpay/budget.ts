/**
 * Who may call QFPay next (protocol.md §2.4, money.md §2.9): money before closes, closes before
 * questions, questions before the tail, and first come, first served among equals. It never
 * grants a call that could make the gateway count past its limits, over all processes that share
 * the row, and none but a probing question while QFPay cannot be reached. It never rejects.
 */
import type { Budget, CallKind } from '@/server/payments/ports';
import { type Allowance, type AllowanceOptions, createAllowance } from './allowance';
import { type Breaker, createBreaker, type Ending, isQuestion } from './breaker';
import type { Wanted } from './bucket';

export type BudgetOptions = AllowanceOptions;
export type SharedBudget = Budget & {
  /** How a call ended, whoever made it. The client tells it. */
  ended(ending: Ending): void;
};
/** What an operator sees of it. */
export type WatchedBudget = SharedBudget & {
  /** Nothing but a probing question goes out: QFPay cannot be reached. */
  isCut(): boolean;
};

const ORDER: Readonly<Record<CallKind, number>> = {
  charge: 0,
  refund: 0,
  close: 1,
  query: 2,
  tail: 3,
};
/** Questions that wait are drawn for together: a commit for each would be too dear. */
const TOGETHER = 4;
const LONGEST_GATHERING_MS = 1_000;
const BEFORE_DEADLINE_MS = 100;
/**
 * Processes that wait for the same moment must not always meet in the same order: whoever just
 * drew comes a little later than whoever went away empty.
 */
const POLITE_MS = 20;
const SCATTER_MS = 10;
/** Whoever's time is up while the row is being read waits for it this long and no longer. */
const PATIENCE_MS = 1_000;
const NEVER = Number.POSITIVE_INFINITY;

type Waiter = {
  readonly kind: CallKind;
  readonly until: number;
  readonly settle: (granted: boolean) => void;
  leaving: boolean;
};

type Counter = {
  readonly clock: BudgetOptions['clock'];
  readonly random: () => number;
  readonly allowance: Allowance;
  readonly breaker: Breaker;
  /** In the order in which they are served. */
  waiting: readonly Waiter[];
  visiting: boolean;
  /** Whether the last visit brought anything. */
  drew: boolean;
  wakesAt: number;
};

export function createBudget(options: BudgetOptions): WatchedBudget {
  const { clock, random } = options;
  const counter: Counter = {
    ...{ clock, random, allowance: createAllowance(options), breaker: createBreaker() },
    ...{ waiting: [], visiting: false, drew: false, wakesAt: NEVER },
  };
  return {
    take: (kind, waitMs) => new Promise((settle) => join(counter, { kind, waitMs, settle })),
    wantsProbe: () => counter.breaker.wantsProbe(clock.steady()),
    isCut: () => counter.breaker.probesAt() !== null,
    limited() {
      counter.allowance.limited();
      serve(counter);
    },
    ended(ending) {
      if (counter.breaker.ended(ending, clock.steady())) serve(counter);
    },
  };
}

type Comer = Pick<Waiter, 'kind' | 'settle'> & { readonly waitMs: number };

function join(counter: Counter, { kind, settle, waitMs }: Comer): void {
  const until = counter.clock.steady() + Math.max(0, waitMs);
  const waiter: Waiter = { kind, until, settle, leaving: false };
  const place = counter.waiting.findIndex((other) => ORDER[other.kind] > ORDER[kind]);
  const { length } = counter.waiting;
  counter.waiting = counter.waiting.toSpliced(place === -1 ? length : place, 0, waiter);
  serve(counter);
  if (counter.waiting.includes(waiter)) void expire(counter, waiter, waitMs);
}

/** Its time is up. While the row is being read it may still be lucky. */
async function expire(counter: Counter, waiter: Waiter, waitMs: number): Promise<void> {
  if (waitMs > 0) await counter.clock.sleep(waitMs);
  waiter.leaving = true;
  serve(counter);
  if (!counter.waiting.includes(waiter)) return;
  await counter.clock.sleep(PATIENCE_MS);
  if (counter.waiting.includes(waiter)) leave(counter, waiter, false);
}

function leave(counter: Counter, waiter: Waiter, granted: boolean): void {
  counter.waiting = counter.waiting.filter((other) => other !== waiter);
  waiter.settle(granted);
}

function serve(counter: Counter): void {
  const { allowance, breaker, clock } = counter;
  const now = clock.steady();
  for (const waiter of counter.waiting) {
    if (!breaker.admits(waiter.kind, now) || !allowance.spend(waiter.kind)) continue;
    breaker.went(waiter.kind, now);
    leave(counter, waiter, true);
  }
  if (counter.visiting) return;
  const at = visitAt(counter);
  if (at <= now) {
    void visit(counter);
    return;
  }
  for (const waiter of counter.waiting) if (waiter.leaving) leave(counter, waiter, false);
  const late = counter.random() * SCATTER_MS + (counter.drew ? POLITE_MS : 0);
  wake(counter, Math.min(at + late, nextProbe(counter, now)));
}

async function visit(counter: Counter): Promise<void> {
  counter.visiting = true;
  counter.drew = await counter.allowance.visit(() => wantedBy(admitted(counter)));
  counter.visiting = false;
  serve(counter);
}

function wake(counter: Counter, at: number): void {
  if (at >= counter.wakesAt || at === NEVER) return;
  counter.wakesAt = at;
  const { clock } = counter;
  void clock.sleep(Math.max(1, Math.ceil(at - clock.steady()))).then(() => {
    if (counter.wakesAt === at) counter.wakesAt = NEVER;
    serve(counter);
  });
}

/** Who may go as far as the breaker is concerned: everybody, or one to probe, or nobody. */
function admitted({ breaker, clock, waiting }: Counter): readonly Waiter[] {
  const now = clock.steady();
  const may = waiting.filter(({ kind }) => breaker.admits(kind, now));
  return breaker.probesAt() === null ? may : may.slice(0, 1);
}

function wantedBy(waiters: readonly Waiter[]): Wanted {
  const questions = waiters.filter(({ kind }) => isQuestion(kind)).length;
  return { money: waiters.length - questions, questions };
}

/** When to look into the row again, steady ms; never, when nobody needs it. */
function visitAt(counter: Counter): number {
  const { allowance } = counter;
  if (allowance.owesWord()) return allowance.opensAt({ money: 0, questions: 0 });
  const waiters = admitted(counter);
  const { money, questions } = wantedBy(waiters);
  const forMoney = money === 0 ? NEVER : allowance.opensAt({ money: 1, questions: 0 });
  if (questions === 0) return forMoney;
  const first = allowance.opensAt({ money: 0, questions: 1 });
  const several = allowance.opensAt({ money: 0, questions: Math.min(questions, TOGETHER) });
  const deadline = Math.min(...waiters.map((waiter) => waiter.until)) - BEFORE_DEADLINE_MS;
  const gathered = Math.min(several, first + LONGEST_GATHERING_MS, deadline);
  return Math.min(forMoney, Math.max(first, gathered));
}

function nextProbe({ breaker, waiting }: Counter, now: number): number {
  const at = breaker.probesAt();
  const asked = waiting.some(({ kind }) => isQuestion(kind));
  return at === null || at <= now || !asked ? NEVER : at;
}
