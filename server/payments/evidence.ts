/**
 * Where evidence meets the record: one transaction reads the payment, lets `advance` decide, and
 * writes what changed together with its reason. Nobody else writes a payment after its birth.
 */
import { advance } from '@/lib/advance';
import { compare, type Moment, review } from '@/lib/ladder';
import type { Currency } from '@/lib/money';
import { type Evidence, type Payment, type PaymentId, RANK } from '@/lib/payment';
import type {
  Budget,
  CallIntent,
  CallOutcome,
  Clock,
  Comparisons,
  Fault,
  Gateway,
  Ids,
  NewTimelineEntry,
  Out,
  ReadNotification,
  Records,
  Store,
} from './ports';

/** Everything this room is handed. It has nothing else. */
export type World = {
  readonly store: Store;
  readonly gateway: Gateway;
  readonly readNotification: ReadNotification;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly out: Out;
  readonly fault: Fault;
  /** This server among several; a new process of the same one bears the same name. */
  readonly server: string;
  /** Every `mchid` that is swept, as of now; `[null]` where none was assigned. */
  readonly outlets: () => Promise<readonly (string | null)[]>;
  readonly comparisons: Comparisons;
  /** The shop's own: sums are in it. */
  readonly currency: Currency;
  readonly fpsRefunds: boolean;
};

/**
 * So many answers have to agree where no record of ours can be laid beside them, or where one says
 * that there is no such number: one lie may follow another.
 */
export const WITNESSES = 2;

export const moment = (clock: Clock): Moment => ({ steady: clock.steady(), wall: clock.wall() });

/** I6: what we are about to send, on disk before the first byte of it. Answers the call's id. */
export async function recordIntent(
  records: Records,
  payment: Payment,
  { kind, number, seq, at }: Pick<CallIntent, 'kind' | 'number' | 'seq'> & { at: Moment },
): Promise<number> {
  await records.note({
    at: at.wall,
    paymentId: payment.id,
    saleId: payment.saleId,
    kind: 'call',
    actor: 'server',
    state: payment.state,
    detail: { call: kind, seq, ...(number === payment.id ? {} : { refund: number }) },
  });
  return records.insertCall({ kind, number, seq, at: at.wall });
}

/** The gateway call that brought the evidence, when there was an intent row for it. */
export type Answered = { readonly callId: number; readonly outcome: CallOutcome };

/**
 * Applies one piece of evidence. Answers the payment as it is now; null when it is unknown.
 * The same evidence twice leaves the same payment.
 */
export async function record(
  world: World,
  id: PaymentId,
  heard: { evidence: Evidence; actor?: string; answered?: Answered },
): Promise<Payment | null> {
  const at = moment(world.clock);
  const result = await world.store.transaction(async (records) => {
    if (heard.answered) await records.answerCall(heard.answered.callId, heard.answered.outcome);
    const before = await records.payment(id);
    if (before === null) return null;
    return apply(records, before, { ...heard, at });
  });
  if (result === null) return null;
  announce(world, result);
  return result.after;
}

type Applied = { readonly before: Payment; readonly after: Payment };

/** The same, inside a transaction that is already open. */
export async function apply(
  records: Records,
  before: Payment,
  heard: { evidence: Evidence; at: Moment; actor?: string },
): Promise<Applied> {
  const { at } = heard;
  const evidence = explained(before, heard.evidence);
  const decided = advance(before, evidence, at);
  const becamePaid = decided.state === 'paid' && before.state !== 'paid';
  const next = becamePaid ? await flagDoublePayment(records, decided) : decided;
  if (next !== before) {
    const after = await records.update(next);
    // Only this process writes, and it writes one at a time: losing here is a fault.
    if (after === null) throw new Error(`payment ${before.id} changed under its transaction`);
    await writeDown(records, { before, after, evidence }, heard);
    return { before, after };
  }
  await writeDown(records, { before, after: before, evidence }, heard);
  return { before, after: before };
}

/** A row says that money went back: our own refunds, or known ones made elsewhere, explain it. */
function explained(payment: Payment, evidence: Evidence): Evidence {
  const returned = payment.reserved + payment.settled;
  if (!('facts' in evidence) || !evidence.facts.reversed || returned === 0) return evidence;
  return { ...evidence, facts: { ...evidence.facts, reversed: false } };
}

/** T27: the customer paid two payments of one sale. A manager looks at the later one. */
async function flagDoublePayment(records: Records, payment: Payment): Promise<Payment> {
  const others = await records.paymentsOfSale(payment.saleId);
  const twice = others.some((other) => other.id !== payment.id && other.state === 'paid');
  return twice ? review(payment, 'paid-twice') : payment;
}

type Heard = Applied & { readonly evidence: Evidence };

async function writeDown(
  records: Records,
  { before, after, evidence }: Heard,
  { at, actor = 'server' }: { at: Moment; actor?: string },
): Promise<void> {
  const moved = before.state !== after.state;
  const doubtful = after.state === 'unknown' || after.state === 'cancelling';
  const confirmed = after.confirmed !== before.confirmed;
  const reviewed = after.review !== before.review;
  // A QR that is simply not paid yet is asked about every two seconds; that is no news.
  const news = moved || reviewed || confirmed || evidence.source !== 'query' || doubtful;
  if (!news) return;
  const entry = (kind: NewTimelineEntry['kind']): NewTimelineEntry => ({
    at: at.wall,
    paymentId: after.id,
    saleId: after.saleId,
    kind,
    actor,
    state: after.state,
    detail: detailOf(evidence, after),
  });
  await records.note(entry(kindOf(evidence)));
  if (moved) await records.note({ ...entry('state'), detail: { from: before.state } });
  if (reviewed) await records.note({ ...entry('review'), detail: { reason: after.review } });
}

function kindOf(evidence: Evidence): NewTimelineEntry['kind'] {
  if (evidence.source === 'notification') return 'notification';
  return evidence.source === 'stop' ? 'person' : 'answer';
}

function detailOf(evidence: Evidence, payment: Payment): NewTimelineEntry['detail'] {
  const base = { source: evidence.source, says: evidence.says };
  const respcd = 'respcd' in evidence ? evidence.respcd : null;
  const why = 'why' in evidence ? evidence.why : null;
  const match = 'facts' in evidence ? compare(payment, evidence.facts) : null;
  return {
    ...base,
    ...(respcd === null ? {} : { respcd }),
    ...(why === null ? {} : { why }),
    ...(match === 'differs' && 'facts' in evidence
      ? { match, amount: evidence.facts.amount, currency: evidence.facts.currency }
      : {}),
  };
}

/** After the commit: screens first, then whoever has to know. */
export function announce(world: World, { before, after }: Applied): void {
  if (before !== after) world.out.changed(after);
  if (after.late && !before.late) {
    world.out.alert({
      kind: 'late-money',
      paymentId: after.id,
      says: 'paid after the till closed it',
    });
  }
  tellReview(world, before, after);
}

export function tellReview(world: World, before: Payment, after: Payment): void {
  if (after.review === before.review || after.review === null) return;
  world.out.alert({ kind: 'review', paymentId: after.id, says: after.review });
}

/** The payment may still change by itself: somebody has to keep asking. */
export const isOpen = (payment: Payment): boolean =>
  RANK[payment.state] < 3 || (payment.state === 'paid' && !payment.confirmed);
