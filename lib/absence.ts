/**
 * What it takes to believe that an order never reached the gateway. An empty answer is the weakest
 * of all witnesses: the request may still be on its way, the row not visible yet.
 */
import { end, failure, type Moment, reschedule } from './ladder';
import { type Payment, RANK, type Witnesses } from './payment';

/** How long a fresh row may stay invisible to a question (money.md §2.4, G). */
export const GRACE_MS = 20_000;
/** The longest a request may still be under way: our time-out plus the gateway's own slack. */
const REQUEST_LIFE_MS = 45_000;
const NONE_SPREAD_MS = 60_000;
const NONE_COUNT = 3;

/** T17: absence convinces slowly, and never once the gateway has known the order. */
export function hearNone(payment: Payment, by: 'number' | 'window', at: Moment): Payment {
  const w = payment.witnesses;
  const sentAt = w.sentAt ?? at.steady;
  const heard: Witnesses =
    by === 'window'
      ? { ...w, windowNone: true }
      : { ...w, noneCount: w.noneCount + 1, noneSince: w.noneSince ?? at.steady };
  const kept: Payment = { ...payment, witnesses: heard };
  const settled = at.steady - sentAt >= GRACE_MS;
  if (w.refusals > 0 && !w.seen && settled) {
    return end(kept, { state: 'failed', failure: payment.failure ?? failure('refused') }, at);
  }
  if (w.closeAcceptedAt !== null && payment.state === 'cancelling' && settled) {
    return end(kept, { state: 'closed', failure: failure('cancelled') }, at);
  }
  return provablyAbsent(heard, sentAt, at)
    ? end(kept, { state: 'closed', failure: failure('never-arrived') }, at)
    : reschedule(kept, at);
}

/** Asked by number often and long enough that only the sweep of the window is still missing. */
export const lacksOnlyTheSweep = (payment: Payment, at: Moment): boolean =>
  RANK[payment.state] === 2 &&
  !payment.witnesses.windowNone &&
  provablyAbsent({ ...payment.witnesses, windowNone: true }, payment.witnesses.sentAt ?? 0, at);

function provablyAbsent(w: Witnesses, sentAt: number, at: Moment): boolean {
  return (
    !w.seen &&
    w.windowNone &&
    w.noneCount >= NONE_COUNT &&
    at.steady - (w.noneSince ?? at.steady) >= NONE_SPREAD_MS &&
    at.steady - sentAt >= REQUEST_LIFE_MS
  );
}
