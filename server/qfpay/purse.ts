/**
 * Calls that were drawn from the row and not made yet. What was drawn for questions may serve
 * money, never the other way round: the row counts questions twice.
 */
import type { CallKind } from '@/server/payments/ports';
import { isQuestion } from './breaker';
import type { Wanted } from './bucket';

type Batch = { readonly for: 'money' | 'questions'; count: number; readonly until: number };

export type Purse = {
  /** Uses one up, if one lies ready that has not lapsed. */
  spend(kind: CallKind, now: number): boolean;
  add(drawn: Wanted, until: number): void;
  empty(): void;
  /** How many questions were spent within the last `ms`. */
  asked(ms: number, now: number): number;
};

export function createPurse(): Purse {
  let batches: Batch[] = [];
  let askedAt: number[] = [];
  return {
    spend(kind, now) {
      batches = batches.filter((batch) => batch.count > 0 && now < batch.until);
      const question = isQuestion(kind);
      const own = batches.find((batch) => batch.for === (question ? 'questions' : 'money'));
      const batch = own ?? (question ? undefined : batches[0]);
      if (batch === undefined) return false;
      batch.count -= 1;
      if (question) askedAt.push(now);
      return true;
    },
    add({ money, questions }, until) {
      batches.push({ for: 'money', count: money, until });
      batches.push({ for: 'questions', count: questions, until });
    },
    empty() {
      batches = [];
    },
    asked(ms, now) {
      askedAt = askedAt.filter((at) => now - at < ms);
      return askedAt.length;
    },
  };
}
