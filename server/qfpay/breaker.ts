/**
 * Notices when QFPay cannot be reached at all, so that no charge is sent into a hole and nobody
 * waits fifteen seconds to learn it (money.md §2.9). It hears how calls ended and says who may
 * go: while it is open one question at a time, and never money. It knows nothing of waiting.
 */
import type { CallKind } from '@/server/payments/ports';
import type { Endpoint } from './call';

/**
 * `nothing`: no answer, or none of QFPay's. A refusal is an `answer`; `limited` (429) speaks
 * neither for nor against.
 */
export type Ending = {
  readonly endpoint: Endpoint;
  readonly came: 'answer' | 'nothing' | 'limited';
  /** Steady ms. */
  readonly startedAt: number;
};

export type Breaker = {
  /** The call of that kind may go, as far as the breaker is concerned. */
  admits(kind: CallKind, now: number): boolean;
  /** It went. */
  went(kind: CallKind, now: number): void;
  /** Answers whether it opened or closed by that. */
  ended(ending: Ending, now: number): boolean;
  wantsProbe(now: number): boolean;
  /** When the next question may go, steady ms; null while closed. */
  probesAt(): number | null;
};

const IN_A_ROW = 5;
const LAST = 20;
const ENOUGH = 10;
const FIRST_GAP_MS = 2_000;
const LONGEST_GAP_MS = 10_000;
/** Longer than a question takes: whoever was let through and never called frees the place. */
const PROBE_MS = 12_000;

type Open = {
  readonly gapMs: number;
  readonly probeAt: number;
  /** Since when a question is on its way. */
  readonly probing: number | null;
};

export function createBreaker(): Breaker {
  /** Whether each of the last calls failed, oldest first. */
  let failed: readonly boolean[] = [];
  let open: Open | null = null;
  /** What left before it closed last tells of the time before. */
  let closedAt = Number.NEGATIVE_INFINITY;

  const probesAt = (): number | null => {
    if (open === null) return null;
    return open.probing === null ? open.probeAt : open.probing + PROBE_MS;
  };
  const mayProbe = (now: number): boolean => now >= (probesAt() ?? Number.POSITIVE_INFINITY);

  function count(failure: boolean, now: number): boolean {
    failed = [...failed, failure].slice(-LAST);
    const inARow = failed.length >= IN_A_ROW && failed.slice(-IN_A_ROW).every(Boolean);
    const share = failed.filter(Boolean).length / failed.length;
    if (!inARow && (failed.length < ENOUGH || share < 0.5)) return false;
    open = { gapMs: FIRST_GAP_MS, probeAt: now + FIRST_GAP_MS, probing: null };
    return true;
  }

  function probed(state: Open, { came, startedAt }: Ending, now: number): boolean {
    if (came === 'answer') {
      open = null;
      failed = [];
      closedAt = now;
      return true;
    }
    // What left before the probe did says nothing new.
    if (state.probing === null || startedAt < state.probing) return false;
    const gapMs = came === 'limited' ? state.gapMs : Math.min(state.gapMs * 2, LONGEST_GAP_MS);
    open = { gapMs, probeAt: now + gapMs, probing: null };
    return false;
  }

  return {
    probesAt,
    admits: (kind, now) => open === null || (isQuestion(kind) && mayProbe(now)),
    went(kind, now) {
      if (open !== null && isQuestion(kind)) open = { ...open, probing: now };
    },
    ended(ending, now) {
      if (open !== null) return ending.endpoint === 'query' && probed(open, ending, now);
      if (ending.came === 'limited' || ending.startedAt < closedAt) return false;
      return count(ending.came === 'nothing', now);
    },
    wantsProbe: mayProbe,
  };
}

export const isQuestion = (kind: CallKind): boolean => kind === 'query' || kind === 'tail';
