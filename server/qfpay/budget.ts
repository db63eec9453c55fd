/**
 * Who may call QFPay next (protocol.md §2.4, money.md §2.9): money before closes, closes before
 * questions, questions before the tail, and first come, first served among equals. It never
 * grants a call that could make the gateway count past its limits, over all processes that share
 * the row, and none but a probing question while QFPay cannot be reached. It never rejects.
 */
import type { Budget, CallKind } from '@/server/payments/ports';
import { type AllowanceOptions, createAllowance } from './allowance';
import { createBreaker, type Ending, isQuestion } from './breaker';
import type { Wanted } from './bucket';

export type BudgetOptions = AllowanceOptions;
export type SharedBudget = Budget & {
  /** How a call ended, whoever made it. The client tells it. */
  ended(ending: Ending): void;
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

type Waiter = {
  readonly kind: CallKind;
  readonly until: number;
  readonly settle: (granted: boolean) => void;
  leaving: boolean;
};

export function createBudget(options: BudgetOptions): SharedBudget {
  const { clock, random } = options;
  const allowance = createAllowance(options);
  const breaker = createBreaker();
  let waiting: readonly Waiter[] = [];
  let visiting = false;
  let drew = false;
  let wakesAt = Number.POSITIVE_INFINITY;

  function leave(waiter: Waiter, granted: boolean): void {
    waiting = waiting.filter((other) => other !== waiter);
    waiter.settle(granted);
  }

  function serve(): void {
    for (const waiter of waiting) {
      const now = clock.steady();
      if (!breaker.admits(waiter.kind, now) || !allowance.spend(waiter.kind)) continue;
      breaker.went(waiter.kind, now);
      leave(waiter, true);
    }
    if (visiting) return;
    const now = clock.steady();
    const at = visitAt();
    if (at <= now) {
      void visit();
      return;
    }
    for (const waiter of waiting) if (waiter.leaving) leave(waiter, false);
    const late = random() * SCATTER_MS + (drew ? POLITE_MS : 0);
    wake(Math.min(at + late, nextProbe(now)));
  }

  /** Its time is up. While the row is being read it may still be lucky. */
  async function expire(waiter: Waiter, waitMs: number): Promise<void> {
    if (waitMs > 0) await clock.sleep(waitMs);
    waiter.leaving = true;
    serve();
    if (!waiting.includes(waiter)) return;
    await clock.sleep(PATIENCE_MS);
    if (waiting.includes(waiter)) leave(waiter, false);
  }

  async function visit(): Promise<void> {
    visiting = true;
    drew = await allowance.visit(wanted);
    visiting = false;
    serve();
  }

  function wake(at: number): void {
    if (at >= wakesAt || at === Number.POSITIVE_INFINITY) return;
    wakesAt = at;
    void clock.sleep(Math.max(1, Math.ceil(at - clock.steady()))).then(() => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY;
      serve();
    });
  }

  const admitted = (): readonly Waiter[] => {
    const now = clock.steady();
    const open = breaker.probesAt() !== null;
    return waiting.filter(({ kind }) => breaker.admits(kind, now)).slice(0, open ? 1 : undefined);
  };

  function wanted(): Wanted {
    const questions = admitted().filter(({ kind }) => isQuestion(kind)).length;
    return { money: admitted().length - questions, questions };
  }

  /** When to look into the row again, steady ms; infinite when nobody needs it. */
  function visitAt(): number {
    if (allowance.owesWord()) return allowance.opensAt({ money: 0, questions: 0 });
    const { money, questions } = wanted();
    const forMoney = money === 0 ? Number.POSITIVE_INFINITY : allowance.opensAt(ONE_FOR_MONEY);
    if (questions === 0) return forMoney;
    const first = allowance.opensAt({ money: 0, questions: 1 });
    const several = allowance.opensAt({ money: 0, questions: Math.min(questions, TOGETHER) });
    const deadline = Math.min(...admitted().map((waiter) => waiter.until)) - BEFORE_DEADLINE_MS;
    const gathered = Math.min(several, first + LONGEST_GATHERING_MS, deadline);
    return Math.min(forMoney, Math.max(first, gathered));
  }

  const nextProbe = (now: number): number => {
    const at = breaker.probesAt();
    const asked = waiting.some(({ kind }) => isQuestion(kind));
    return at === null || at <= now || !asked ? Number.POSITIVE_INFINITY : at;
  };

  return {
    take: (kind, waitMs) =>
      new Promise((resolve) => {
        const until = clock.steady() + Math.max(0, waitMs);
        const waiter: Waiter = { kind, until, settle: resolve, leaving: false };
        const place = waiting.findIndex((other) => ORDER[other.kind] > ORDER[kind]);
        waiting = waiting.toSpliced(place === -1 ? waiting.length : place, 0, waiter);
        serve();
        if (waiting.includes(waiter)) void expire(waiter, waitMs);
      }),
    wantsProbe: () => breaker.wantsProbe(clock.steady()),
    limited() {
      allowance.limited();
      serve();
    },
    ended(ending) {
      if (breaker.ended(ending, clock.steady())) serve();
    },
  };
}
const ONE_FOR_MONEY: Wanted = { money: 1, questions: 0 };
