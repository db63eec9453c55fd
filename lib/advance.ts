/**
 * The one place where a payment's state changes. Every function here is pure: the record as it
 * was, what was heard, the moment; and out comes the record as it is now, or the very same object
 * when nothing changed. It never lowers a rank and never lets a clock end a payment.
 */
import { GRACE_MS, hearNone } from './absence';
import {
  afterSending,
  compare,
  doubt,
  end,
  failure,
  type Moment,
  reschedule,
  review,
  toCancelling,
  withNumbers,
  witness,
} from './ladder';
import {
  type ChargeCreated,
  type ChargeEvidence,
  type ChargePaid,
  type ChargePending,
  type CloseEvidence,
  type Evidence,
  NO_WITNESSES,
  type NotificationEvidence,
  type Payment,
  type QueryEvidence,
  type QueryPaid,
  RANK,
  type StopEvidence,
} from './payment';

/** How long one charge and its QR may live, in ms from the claim. */
export type Terms = { readonly deadlineMs: number; readonly gatewayExpiryMs: number };

const CLOSE_AGAIN_MS = 10_000;
/** By then QFPay shows whatever a process had sent that has gone, and that no record tells of. */
const FORGOTTEN_MS = 60_000;

/** T4: somebody won the right to send; bytes may be out from here on. */
export function claim(payment: Payment, terms: Terms, at: Moment): Payment {
  if (payment.state !== 'created') return payment;
  const mpm = payment.mode === 'MPM';
  return {
    ...payment,
    state: 'sending',
    qrExpiresAt: mpm ? at.wall + terms.deadlineMs : null,
    // If nobody comes back with an answer, the sweep turns it into `unknown`.
    nextCheckAt: at.steady + 60_000,
    witnesses: {
      ...NO_WITNESSES,
      stoppedBy: payment.witnesses.stoppedBy,
      sentAt: at.steady,
      deadlineAt: at.steady + terms.deadlineMs,
      gatewayExpiresAt: at.steady + terms.gatewayExpiryMs,
    },
  };
}

/**
 * T11: a server starts. Whatever was being sent may or may not have arrived, and what the last
 * process timed by its own clock is timed afresh, so that a wrong clock cannot hurry a "no".
 */
export function reboot(payment: Payment, at: Moment): Payment {
  const rank = RANK[payment.state];
  if (rank === 0) return { ...payment, nextCheckAt: at.steady + FORGOTTEN_MS };
  if (rank > 2) {
    const { nextCheckAt } = payment;
    if (nextCheckAt === null) return payment;
    const latest = rank === 4 ? at.steady : at.steady + 48 * 3_600_000;
    return nextCheckAt <= latest ? payment : { ...payment, nextCheckAt: latest };
  }
  const { witnesses: w } = payment;
  const state = payment.state === 'sending' ? afterSending(payment) : payment.state;
  return {
    ...payment,
    state,
    failure: payment.state === 'sending' ? failure('no-answer') : payment.failure,
    nextCheckAt: at.steady,
    witnesses: {
      ...w,
      sentAt: at.steady,
      deadlineAt: w.deadlineAt === null ? null : Math.min(w.deadlineAt, at.steady + 300_000),
      noneCount: 0,
      noneSince: null,
      windowNone: false,
      // What was stopped while it was being sent has never had a time for it.
      nextCloseAt: state === 'cancelling' ? at.steady : null,
      checks: 0,
    },
  };
}

/** Everything that is ever heard about a payment ends here. */
export function advance(payment: Payment, evidence: Evidence, at: Moment): Payment {
  switch (evidence.source) {
    case 'notification':
      return hearPaid(payment, evidence, at);
    case 'charge':
      if (evidence.says === 'paid') return hearPaid(payment, evidence, at);
      return hearCharge(payment, evidence, at);
    case 'query':
      if (evidence.says === 'paid') return hearPaid(payment, evidence, at);
      if (payment.state === 'paid') return hearDoubt(payment, evidence, at);
      return hearQuery(payment, evidence, at);
    case 'close':
      return hearClose(payment, evidence, at);
    case 'stop':
      return hearStop(payment, evidence, at);
  }
}

type QueryUnpaid = Exclude<QueryEvidence, QueryPaid>;
type PaidEvidence = ChargePaid | QueryPaid | NotificationEvidence;

/** T6, T12, T13, T19: one good witness is enough, but it must speak of this payment. */
function hearPaid(payment: Payment, evidence: PaidEvidence, at: Moment): Payment {
  const match = compare(payment, evidence.facts);
  if (match !== 'same') {
    const kept = match === 'differs' ? review(payment, 'answer-differs') : payment;
    return kept.state === 'sending' && evidence.source === 'charge'
      ? doubt(kept, failure('no-answer', evidence.respcd), at)
      : reschedule(kept, at);
  }
  const byQuery = evidence.source !== 'notification';
  const known = withNumbers(payment, evidence.facts);
  if (payment.state === 'paid') {
    const confirmed = payment.confirmed || byQuery;
    const same = confirmed === payment.confirmed && known === payment;
    const heard = same
      ? payment
      : { ...known, confirmed, nextCheckAt: confirmed ? null : known.nextCheckAt };
    return evidence.facts.reversed ? review(heard, 'reversed-outside') : heard;
  }
  const paid: Payment = {
    ...known,
    state: 'paid',
    confirmed: byQuery,
    late: RANK[payment.state] === 3,
    failure: null,
    paidAt: evidence.facts.paidAt ?? at.wall,
    nextCheckAt: byQuery ? null : at.steady + 500,
    witnesses: {
      ...payment.witnesses,
      checks: 0,
      // Until then a query may lag behind the notification without being called a contradiction.
      deadlineAt: byQuery ? null : at.steady + GRACE_MS,
    },
  };
  return evidence.facts.reversed ? review(paid, 'reversed-outside') : paid;
}

/** T28: nothing takes `paid` back; a matched denial, or a claim nobody confirms, wants a human. */
function hearDoubt(payment: Payment, evidence: QueryUnpaid, at: Moment): Payment {
  const denied =
    (evidence.says === 'refused' || evidence.says === 'closed') &&
    compare(payment, evidence.facts) === 'same';
  const overdue = at.steady >= (payment.witnesses.deadlineAt ?? Number.POSITIVE_INFINITY);
  const unheard = !payment.confirmed && overdue && evidence.says !== 'unclear';
  const kept = denied || unheard ? review(payment, 'paid-then-denied') : payment;
  return payment.confirmed ? kept : reschedule(kept, at);
}

/** T7–T10: what the charge itself answered. */
function hearCharge(
  payment: Payment,
  evidence: Exclude<ChargeEvidence, ChargePaid>,
  at: Moment,
): Payment {
  if (payment.state === 'created' || RANK[payment.state] > 2) return payment;
  if ('facts' in evidence && compare(payment, evidence.facts) === 'differs') {
    // It speaks of another order: neither its yes nor its no is about this one.
    const answer = failure('no-answer', evidence.respcd);
    return doubt(review(payment, 'answer-differs'), answer, at);
  }
  switch (evidence.says) {
    case 'not-sent':
      return evidence.why === 'unreachable' && payment.state === 'sending'
        ? end(payment, { state: 'closed', failure: failure('gateway-unreachable') }, at)
        : doubt(payment, failure('gateway-busy'), at);
    case 'unclear':
      return doubt(payment, failure('no-answer', evidence.respcd), at);
    case 'refused': {
      const refused = doubt(payment, failure('refused', evidence.respcd), at);
      const refusals = Math.max(1, payment.witnesses.refusals);
      return witness({ ...refused, nextCheckAt: at.steady }, { refusals });
    }
    case 'pending':
    case 'created':
      return acknowledged(payment, evidence, at);
  }
}

function acknowledged(
  payment: Payment,
  evidence: ChargePending | ChargeCreated,
  at: Moment,
): Payment {
  const qrCode = (evidence.says === 'created' ? evidence.qrCode : null) ?? payment.qrCode;
  const seen = witness(withNumbers({ ...payment, qrCode, failure: null }, evidence.facts), {
    seen: true,
  });
  // An order without a QR cannot be shown to anybody; it can only be stopped (protocol.md §5.1).
  const useless = payment.mode === 'MPM' && qrCode === null;
  const stopped = payment.witnesses.stoppedBy !== null || payment.state === 'cancelling';
  if (useless || stopped) return toCancelling(seen, at);
  return reschedule({ ...seen, state: 'awaiting' }, at);
}

/** T14–T17 and T21: what a question about the number brought, short of "paid". */
function hearQuery(payment: Payment, evidence: QueryUnpaid, at: Moment): Payment {
  const rank = RANK[payment.state];
  // While the charge is on its way only good news counts; after the end only the watch goes on.
  if (rank < 2) return payment;
  if (rank > 2) return reschedule(payment, at);
  if (evidence.says === 'unclear') return reschedule(payment, at);
  if (evidence.says === 'none') return hearNone(payment, evidence.by, at);
  if (compare(payment, evidence.facts) === 'differs') {
    return reschedule(review(payment, 'answer-differs'), at);
  }
  const seen = witness(withNumbers(payment, evidence.facts), { seen: true, noneCount: 0 });
  const closing = payment.state === 'cancelling' && payment.witnesses.closeAcceptedAt !== null;
  switch (evidence.says) {
    case 'pending':
      if (closing)
        return end(seen, { state: 'closed', failure: failure('cancelled', evidence.respcd) }, at);
      return stillOpen(witness(seen, { refusals: 0 }), at);
    case 'refused': {
      const refusals = payment.witnesses.refusals + 1;
      const refused = failure('refused', evidence.respcd);
      if (closing) return end(seen, { state: 'closed', failure: refused }, at);
      if (refusals >= 2) return end(seen, { state: 'failed', failure: refused }, at);
      return reschedule(witness({ ...seen, failure: refused }, { refusals, checks: 0 }), at);
    }
    case 'closed': {
      if (payment.witnesses.refusals > 0) {
        return end(
          seen,
          { state: 'failed', failure: payment.failure ?? failure('refused', evidence.respcd) },
          at,
        );
      }
      const stopped = payment.witnesses.stoppedBy === 'cashier';
      return end(
        seen,
        { state: 'closed', failure: failure(stopped ? 'cancelled' : 'expired', evidence.respcd) },
        at,
      );
    }
  }
}

function stillOpen(payment: Payment, at: Moment): Payment {
  if (payment.state === 'cancelling') return reschedule(payment, at);
  // T14: the QR of this order was in the answer that never came; nobody can be shown it.
  if (payment.mode === 'MPM' && payment.qrCode === null) return toCancelling(payment, at);
  return reschedule({ ...payment, state: 'awaiting', failure: null }, at);
}

/** T20–T23: closing is a request; only the question after it decides. */
function hearClose(payment: Payment, evidence: CloseEvidence, at: Moment): Payment {
  if (payment.state !== 'cancelling') return payment;
  const asked: Payment = { ...payment, nextCheckAt: at.steady };
  if (evidence.says === 'closed') return witness(asked, { closeAcceptedAt: at.steady });
  if (evidence.says === 'paid') return asked;
  const closeTries = payment.witnesses.closeTries + 1;
  const nextCloseAt = at.steady + CLOSE_AGAIN_MS * 2 ** Math.min(closeTries - 1, 5);
  return witness(reschedule(payment, at), { closeTries, nextCloseAt });
}

/** T18, and a stop before anything was sent. */
function hearStop(payment: Payment, evidence: StopEvidence, at: Moment): Payment {
  if (payment.state === 'created') {
    const before = payment.witnesses.stoppedBy;
    const by = evidence.by === 'cashier' ? 'cashier' : (before ?? 'deadline');
    if (evidence.doubtful) {
      const nextCheckAt = before === null ? at.steady + FORGOTTEN_MS : payment.nextCheckAt;
      return witness({ ...payment, nextCheckAt }, { stoppedBy: by });
    }
    const code = by === 'cashier' ? 'cancelled' : 'never-sent';
    return end(payment, { state: 'closed', failure: failure(code) }, at);
  }
  if (RANK[payment.state] > 2 || payment.state === 'cancelling') return payment;
  const stopped = witness(payment, { stoppedBy: evidence.by });
  return payment.state === 'sending' ? stopped : toCancelling(stopped, at);
}
