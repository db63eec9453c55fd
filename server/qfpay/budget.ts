/**
 * The shared allowance of calls (protocol.md §2.4, money.md §2.9): a steady trickle with a small
 * burst, hard ceilings behind it, and an order of precedence in which money goes before curiosity.
 * It never grants a call that could make the gateway count past its limits, and it holds everybody
 * back when the gateway says 429. One process only; several servers need a shared one.
 */
import type { Budget, CallKind, Clock } from '@/server/payments/ports';

export type BudgetOptions = {
  readonly clock: Pick<Clock, 'steady' | 'sleep'>;
  /** Even over [0, 1). */
  readonly random: () => number;
};

const PER_MINUTE = 360;
const BURST = 20;
/** QFPay's own limits, and what questions may use of them. */
const WINDOWS = [
  { ms: 60_000, all: 400, questions: 280 },
  { ms: 1_000, all: 100, questions: 70 },
] as const;
/** Slower than this the rate would need more than a minute to recover (money.md F85). */
const SLOWEST = 0.4;
const RECOVERY_MS = 10_000;
const RECOVERY = 0.1;
const LONGEST_HOLD_MS = 30_000;

const ORDER: Readonly<Record<CallKind, number>> = {
  charge: 0,
  refund: 0,
  close: 1,
  query: 2,
  tail: 3,
};
const isQuestion = (kind: CallKind): boolean => kind === 'query' || kind === 'tail';

type Waiter = { readonly kind: CallKind; readonly settle: (granted: boolean) => void };
type Grant = { readonly at: number; readonly question: boolean };

export function createBudget({ clock, random }: BudgetOptions): Budget {
  const allowance = createAllowance(random);
  const waiting: Waiter[] = [];
  let wakesAt = Number.POSITIVE_INFINITY;

  /** First come, first served, within the same precedence. */
  function serve(): void {
    waiting.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
    const now = clock.steady();
    for (const waiter of [...waiting]) {
      if (!allowance.take(waiter.kind, now)) continue;
      waiting.splice(waiting.indexOf(waiter), 1);
      waiter.settle(true);
    }
    if (waiting.length > 0) wake(now);
  }

  function wake(now: number): void {
    const at = Math.min(...waiting.map((waiter) => allowance.opensAt(waiter.kind, now)));
    if (at >= wakesAt) return;
    wakesAt = at;
    void clock.sleep(Math.max(1, Math.ceil(at - now))).then(() => {
      wakesAt = Number.POSITIVE_INFINITY;
      serve();
    });
  }

  return {
    take(kind, waitMs) {
      const now = clock.steady();
      const first = !waiting.some((waiter) => ORDER[waiter.kind] <= ORDER[kind]);
      if (first && allowance.take(kind, now)) return Promise.resolve(true);
      if (waitMs <= 0) return Promise.resolve(false);
      return new Promise((resolve) => {
        const waiter: Waiter = { kind, settle: resolve };
        waiting.push(waiter);
        wake(now);
        void clock.sleep(waitMs).then(() => {
          const place = waiting.indexOf(waiter);
          if (place === -1) return;
          waiting.splice(place, 1);
          resolve(false);
        });
      });
    },
    wantsProbe: () => false,
    limited: () => allowance.limited(clock.steady()),
  };
}

/** Which calls fit at a moment. Knows nothing of waiting. */
function createAllowance(random: () => number) {
  const grants: Grant[] = [];
  /** GCRA's theoretical arrival time. */
  let arrival = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let slowed = 1;
  let baseMs = 1_000;

  const factor = (now: number): number => {
    const steps = Math.max(0, Math.floor((now - heldUntil) / RECOVERY_MS));
    return Math.min(1, slowed + steps * RECOVERY);
  };
  const interval = (now: number): number => 60_000 / (PER_MINUTE * factor(now));

  /** When the ceilings let one more through; both ends of a window count as inside. */
  const ceilingOpensAt = (question: boolean): number => {
    const relevant = question ? grants.filter((grant) => grant.question) : grants;
    const opens = WINDOWS.map((window) => {
      const most = question ? window.questions : window.all;
      const blocking = relevant.at(-most);
      return blocking === undefined ? Number.NEGATIVE_INFINITY : blocking.at + window.ms + 1;
    });
    return Math.max(...opens);
  };

  const opensAt = (kind: CallKind, now: number): number => {
    const trickle = arrival - (BURST - 1) * interval(now);
    const everybody = Math.max(heldUntil, trickle, ceilingOpensAt(false));
    return isQuestion(kind) ? Math.max(everybody, ceilingOpensAt(true)) : everybody;
  };

  return {
    opensAt,
    take(kind: CallKind, now: number): boolean {
      while (grants[0] !== undefined && grants[0].at < now - WINDOWS[0].ms) grants.shift();
      if (opensAt(kind, now) > now) return false;
      arrival = Math.max(arrival, now) + interval(now);
      grants.push({ at: now, question: isQuestion(kind) });
      return true;
    },
    /** Every call under way hears the same 429: within one hold they count as one. */
    limited(now: number): void {
      if (now < heldUntil) return;
      const before = factor(now);
      if (before === 1) baseMs = 1_000;
      slowed = Math.max(SLOWEST, before / 2);
      heldUntil = now + baseMs / 2 + random() * (baseMs / 2);
      baseMs = Math.min(LONGEST_HOLD_MS, baseMs * 2);
      // No burst awaits the end of a hold: a rush would only prolong the block.
      arrival = heldUntil + (BURST - 1) * interval(heldUntil);
    },
  };
}
