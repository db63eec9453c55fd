/**
 * The one place where a refund's state changes. The machine is the payment's in small: one good
 * witness makes it done, a refusal needs a second one, and a refund that was called failed may
 * still turn out done. It keeps one number for life and is only ever sent again under that number,
 * after the gateway has denied it long enough (money.md §2.6).
 */
import { GRACE_MS } from './absence';
import type { Moment } from './ladder';
import {
  REFUND_RANK,
  type Refund,
  type RefundFacts,
  type RefundHeard,
  type RefundReview,
  type RefundWitnesses,
} from './refund';
import { refundHourEnds } from './refund-hour';

/** 1265 outside its hour is waited out once; the second one is a refusal like any other (R8). */
const MOST_DEFERRALS = 1;
const NONE_COUNT = 3;
const NONE_SPREAD_MS = 120_000;
const DAY_MS = 86_400_000;

/** Everything that is ever heard about a refund ends here. Pure. */
export function advanceRefund(refund: Refund, heard: RefundHeard, at: Moment): Refund {
  if (heard.says === 'done') return hearDone(refund, heard, at);
  if (REFUND_RANK[refund.state] > 2) return hearAfterwards(refund, heard, at);
  // Only what was sent can be answered; an early question finds nothing and means nothing.
  if (REFUND_RANK[refund.state] === 0) return refund;
  switch (heard.says) {
    case 'deferred':
      return refund.witnesses.deferrals < MOST_DEFERRALS
        ? putOff(witness(refund, { deferrals: refund.witnesses.deferrals + 1 }), at, heard.respcd)
        : hearRefusal(refund, heard.respcd, at);
    case 'refused':
      return hearRefusal(refund, heard.respcd, at);
    case 'processing':
      return differs(refund, heard.facts)
        ? again(flag(unknown(refund), 'answer-differs'), at)
        : again(witness({ ...refund, state: 'processing' }, FOUND), at);
    case 'none':
      return hearNone(refund, at);
    case 'not-sent':
      return again(witness(unknown(refund), { unsent: refund.state === 'sending' }), at);
    case 'unclear':
      return again(unknown(refund), at);
  }
}

/**
 * R2, R7, R8: a first send; the same number again after the gateway has denied it long enough or
 * when it provably did not leave; or a deferred one whose hour has come.
 */
export function maySend(refund: Refund, at: Moment): boolean {
  const { state, nextCheckAt, witnesses: w } = refund;
  if (state === 'requested') return true;
  if (state === 'deferred') return at.steady >= (nextCheckAt ?? 0);
  if (state !== 'unknown') return false;
  return w.unsent || (w.refusals === 0 && isDenied(refund, at));
}

/** R2: somebody won the right to send; bytes may be out from here on. */
export function claimRefund(refund: Refund, at: Moment): Refund {
  if (!maySend(refund, at)) return refund;
  const kept = { sentAt: at.steady, noneCount: 0, noneSince: null, unsent: false, checks: 0 };
  // If nobody comes back with an answer, the watch turns it into `unknown`.
  return witness({ ...refund, state: 'sending', nextCheckAt: at.steady + 60_000 }, kept);
}

/** Nothing of it is under way, and it goes out by itself: until then it can be taken back. */
export const isHeld = ({ state, witnesses }: Refund): boolean =>
  state === 'requested' || state === 'deferred' || (state === 'unknown' && witnesses.unsent);

/**
 * It is not to be sent (again): somebody takes it back, or what others gave back meanwhile has used
 * up what it was promised of. What may be under way stays as it is. One that never left is not
 * asked about either.
 */
export function withdrawRefund(refund: Refund, at: Moment, by: string): Refund {
  if (!isHeld(refund) && !maySend(refund, at)) return refund;
  const ended: Refund = { ...fail(refund, at), withdrawnBy: by };
  return refund.witnesses.sentAt === null ? { ...ended, nextCheckAt: null } : ended;
}

/** R8: our own clock says that QFPay refunds nothing now. Nothing is sent and nothing is lost. */
export function deferRefund(refund: Refund, at: Moment): Refund {
  return refund.state === 'requested' || refund.state === 'deferred'
    ? putOff(refund, at, refund.respcd)
    : { ...refund, nextCheckAt: at.steady + refundHourEnds(at.wall) - at.wall };
}

/** Nobody answered for a minute: the process that sent it has gone, or hangs. */
export const doubtRefund = (refund: Refund, at: Moment): Refund => again(unknown(refund), at);

/** A server starts: what was being sent may have arrived, and every wait is timed afresh. */
export function rebootRefund(refund: Refund, at: Moment): Refund {
  const { state, nextCheckAt } = refund;
  if (REFUND_RANK[state] > 2) {
    const latest = at.steady + (state === 'done' ? 0 : DAY_MS);
    const clamped = nextCheckAt === null ? null : Math.min(nextCheckAt, latest);
    return clamped === nextCheckAt ? refund : { ...refund, nextCheckAt: clamped };
  }
  if (state === 'deferred') {
    const latest = at.steady + refundHourEnds(at.wall) - at.wall;
    return { ...refund, nextCheckAt: Math.min(nextCheckAt ?? latest, latest) };
  }
  const unheard = { noneCount: 0, noneSince: null, checks: 0 };
  const fresh = witness({ ...refund, nextCheckAt: at.steady }, unheard);
  if (state === 'requested' || state === 'processing') return fresh;
  const { sentAt, unsent } = refund.witnesses;
  return witness(unknown(fresh), {
    sentAt: sentAt === null ? null : at.steady,
    unsent: unsent && state === 'unknown',
  });
}

type Done = { readonly source: RefundHeard['source']; readonly facts: RefundFacts };

function hearDone(refund: Refund, heard: Done, at: Moment): Refund {
  const { facts } = heard;
  if (differs(refund, facts) || facts.amount === null) {
    const doubtful = refund.state === 'sending' ? unknown(refund) : refund;
    return again(facts.amount === null ? doubtful : flag(doubtful, 'answer-differs'), at);
  }
  const confirmed = refund.confirmed || heard.source !== 'refund-notice';
  if (refund.state === 'done') {
    if (confirmed === refund.confirmed) return refund;
    return { ...refund, confirmed, nextCheckAt: null };
  }
  const done: Refund = {
    ...refund,
    state: 'done',
    respcd: null,
    qfpayNumber: refund.qfpayNumber ?? facts.qfpayNumber,
    confirmed,
    doneAt: facts.paidAt ?? at.wall,
    nextCheckAt: confirmed ? null : at.steady + 500,
  };
  const counted = witness(done, { checks: 0 });
  // Its share was given free: together the refunds may now exceed what was paid (R12).
  return refund.state === 'failed' ? flag(counted, 'done-after-failed') : counted;
}

/** Done stays done; a failed one is only watched. A matched denial of `done` wants a human. */
function hearAfterwards(refund: Refund, heard: RefundHeard, at: Moment): Refund {
  if (refund.state === 'failed') return again(refund, at);
  const denied = heard.source === 'refund-query' && heard.says === 'refused';
  const kept = denied && !differs(refund, heard.facts) ? flag(refund, 'answer-differs') : refund;
  return refund.confirmed ? kept : again(kept, at);
}

function differs(refund: Refund, facts: RefundFacts): boolean {
  const { number, amount, currency, payment, outlet } = facts;
  return (
    (number !== null && number !== refund.id) ||
    (amount !== null && amount !== refund.amount) ||
    (currency !== null && currency !== refund.currency) ||
    (payment !== null && payment !== refund.paymentNumber) ||
    (outlet !== null && refund.outlet !== null && outlet !== refund.outlet)
  );
}

/** R9: the first refusal leaves it unknown; a question that agrees ends it. */
function hearRefusal(refund: Refund, respcd: string, at: Moment): Refund {
  const refusals = refund.witnesses.refusals + 1;
  const refused = witness({ ...refund, respcd }, { refusals });
  return refusals >= 2 ? fail(refused, at) : { ...unknown(refused), nextCheckAt: at.steady };
}

const FOUND = { refusals: 0, noneCount: 0, noneSince: null } as const;

/**
 * One that was called under way and is never found was not ours: "still have processing requests"
 * speaks of another refund of the same payment in the same code (protocol.md §11.19).
 */
function hearNone(refund: Refund, at: Moment): Refund {
  if (refund.state !== 'unknown' && refund.state !== 'processing') return again(refund, at);
  const w = refund.witnesses;
  const heard = witness(refund, {
    noneCount: w.noneCount + 1,
    noneSince: w.noneSince ?? at.steady,
  });
  const settled = at.steady - (w.sentAt ?? at.steady) >= GRACE_MS;
  if (w.refusals > 0 && settled) return fail(heard, at);
  return again(isDenied(heard, at) ? { ...heard, state: 'unknown' } : heard, at);
}

const isDenied = ({ witnesses: w }: Refund, at: Moment): boolean =>
  w.noneCount >= NONE_COUNT && w.noneSince !== null && at.steady - w.noneSince >= NONE_SPREAD_MS;

const fail = (refund: Refund, at: Moment): Refund =>
  again(witness({ ...refund, state: 'failed' }, { checks: 0 }), at);

const unknown = (refund: Refund): Refund =>
  refund.state === 'sending' ? { ...refund, state: 'unknown' } : refund;

function putOff(refund: Refund, at: Moment, respcd: string | null): Refund {
  const nextCheckAt = at.steady + refundHourEnds(at.wall) - at.wall;
  return { ...refund, state: 'deferred', respcd, nextCheckAt };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** R4: what is known to be under way. */
const PROCESSING_MS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE];
/** R5: what may be lost is asked about sooner. */
const DOUBT_MS = [2, 5, 15, 30, 60, 60, 60, 300].map((seconds) => seconds * SECOND);
/** A failed one may still turn out done. */
const WATCH_MS = [MINUTE, HOUR, 24 * HOUR];

/** The next question, and the mark on what has been open for a day (R10). */
function again(refund: Refund, at: Moment): Refund {
  const { checks } = refund.witnesses;
  const next = witness(refund, { checks: checks + 1 });
  if (refund.state === 'failed') {
    const wait = WATCH_MS[checks];
    return { ...next, nextCheckAt: wait === undefined ? null : at.steady + wait };
  }
  const ladder = refund.state === 'unknown' ? DOUBT_MS : PROCESSING_MS;
  const since = refund.witnesses.decidedAt ?? refund.createdAt;
  const stuck = refund.state !== 'done' && at.wall - since > DAY_MS;
  const kept = stuck ? flag(next, 'unresolved-for-a-day') : next;
  // Once it was not found, the questions that prove it absent follow soon.
  const longest = refund.witnesses.noneCount > 0 ? MINUTE : HOUR;
  return { ...kept, nextCheckAt: at.steady + Math.min(ladder[checks] ?? HOUR, longest) };
}

const flag = (refund: Refund, review: RefundReview): Refund =>
  refund.review === null ? { ...refund, review } : refund;

const witness = (refund: Refund, heard: Partial<RefundWitnesses>): Refund => ({
  ...refund,
  witnesses: { ...refund.witnesses, ...heard },
});
