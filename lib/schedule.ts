/**
 * When to ask about a payment next. A schedule only earns the right to a question; it decides
 * nothing. Fast while a customer stands at the counter, then ever slower, then never.
 */
import { type Payment, RANK } from './payment';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** After a charge without a clear answer (money.md T10). */
const DOUBT_MS = [1 * SECOND, 2 * SECOND, 3 * SECOND, 3 * SECOND, 5 * SECOND] as const;
/** After a "no" late money is looked for every minute of the first hour, then twice more (T25). */
const WATCH_CHECKS = 60;
const TAIL_MS = [23 * HOUR, 48 * HOUR] as const;
/** A wallet that ends a QR by itself has done so by then, and nobody need ask it to. */
const ENDS_BY_ITSELF_MS = 1 * SECOND;
/** An open payment that nobody could settle is asked about daily for a month (T26). */
const GIVE_UP_MS = 30 * DAY;

/** Steady ms of the next question, or null when there is nothing left to ask. */
export function nextAsk(payment: Payment, now: number): number | null {
  const rank = RANK[payment.state];
  const { checks, sentAt } = payment.witnesses;
  if (rank === 3) {
    // Nothing was ever sent of it, so nothing can come late.
    if (sentAt === null) return null;
    // On the whole minute, so that one sweep of a window answers for all of them at once.
    if (checks < WATCH_CHECKS) return now + MINUTE - (now % MINUTE);
    const wait = TAIL_MS[checks - WATCH_CHECKS];
    return wait === undefined ? null : now + wait;
  }
  if (payment.state === 'paid' && payment.confirmed) return null;
  const age = now - (sentAt ?? now);
  if (age > GIVE_UP_MS) return null;
  const ladder = payment.state === 'awaiting' ? undefined : DOUBT_MS[checks];
  const next = now + (ladder ?? pace(age));
  const { stoppedBy } = payment.witnesses;
  const end = endOf(payment);
  return end !== null && stoppedBy === null && end > now ? Math.min(next, end) : next;
}

function endOf({ mode, witnesses: { deadlineAt, gatewayExpiresAt } }: Payment): number | null {
  if (deadlineAt === null || gatewayExpiresAt === null || mode === 'CPM') return deadlineAt;
  return gatewayExpiresAt > deadlineAt ? deadlineAt : deadlineAt + ENDS_BY_ITSELF_MS;
}

/** Up to ten minutes money is seen within 5 s, and the way there and back is part of them (I2). */
function pace(age: number): number {
  if (age < 20 * SECOND) return 2 * SECOND;
  if (age < 60 * SECOND) return 3 * SECOND;
  if (age < 10 * MINUTE) return 4 * SECOND;
  if (age < HOUR) return 30 * SECOND;
  return age < DAY ? 10 * MINUTE : DAY;
}
