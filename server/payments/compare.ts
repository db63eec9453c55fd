/**
 * Our books of one day laid beside QFPay's. It names what only one side has and what both have
 * otherwise, says which of it explains itself, and changes nothing. A payment belongs to the day on
 * which it was made here; what we do not know, to the day on which QFPay says that it was paid.
 */
import type { DifferenceKind } from '@/lib/difference';
import type { Currency } from '@/lib/money';
import type { Facts, Payment, PaymentId, QueryEvidence } from '@/lib/payment';
import {
  type Books,
  type Comparing,
  explain,
  isElsewhere,
  isOfDay,
  type Side,
  theirFacts,
} from './compare-books';
import { compareRefunds } from './compare-refunds';
import type { Rows } from './compare-sweep';
import type { World } from './evidence';
import type { SweepRow } from './ports';

const PAGE = 500;
const PATIENCE_MS = 30_000;
/** A window may hide what its number shows; when this many are missing the window is right. */
const MOST_ASKED_ABOUT = 20;

const emptySide = (): Side => ({ paid: 0, paidSum: 0, refunds: 0, refundSum: 0 });

/** Null when it was stopped. */
export async function layBeside(
  world: World,
  rows: Rows,
  { span, follower, sweptAt }: Pick<Comparing, 'span' | 'follower' | 'sweptAt'>,
): Promise<Books | null> {
  const books: Books = { ours: emptySide(), theirs: emptySide(), lines: [] };
  const comparing = { world, span, books, follower, sweptAt, asksLeft: MOST_ASKED_ABOUT };
  const seen = new Set<PaymentId>();
  for (const row of rows.payments) {
    const payment = await paymentOf(world, row);
    if (payment === null || isElsewhere(span, payment)) addStranger(comparing, row, payment);
    else if (isOfDay(span, payment.createdAt)) {
      seen.add(payment.id);
      weigh(comparing, payment, await latest(comparing, payment, row.evidence));
    }
  }
  for await (const payment of paidOf(comparing)) {
    if (!seen.has(payment.id)) weigh(comparing, payment, await latest(comparing, payment, NONE));
  }
  await compareRefunds(comparing, rows.refunds);
  return follower.isStopped() ? null : books;
}

/** By our number; by QFPay's where the row bears none of ours. */
async function paymentOf(world: World, { number, evidence }: SweepRow): Promise<Payment | null> {
  const known = await world.store.read.payment(number as PaymentId);
  const theirs = 'facts' in evidence ? evidence.facts.qfpayNumber : null;
  if (known !== null || theirs === null || world.ids.isOurs(number)) return known;
  return world.store.read.paymentByQfpayNumber(theirs);
}

/**
 * Money at QFPay of which our books of this outlet know nothing: a terminal's, another till's, lost
 * to us, or of a counter that stood at another outlet.
 */
function addStranger(
  { world, span, books }: Comparing,
  { number, evidence }: SweepRow,
  owner: Payment | null,
): void {
  if (evidence.says !== 'paid') return;
  const { facts } = evidence;
  if (facts.paidAt !== null && !isOfDay(span, facts.paidAt)) return;
  addPaid(books.theirs, facts, world.currency);
  books.lines.push({
    ...{ number, kind: 'only-theirs', paymentId: owner?.id ?? null, ours: null },
    explained: owner === null ? null : explain(owner),
    theirs: theirFacts(facts, 'paid'),
  });
}

/** What we have of a payment against what QFPay shows of it. */
function weigh({ world, books }: Comparing, payment: Payment, evidence: QueryEvidence): void {
  const theirs = evidence.says === 'paid' ? evidence.facts : null;
  const isPaid = payment.state === 'paid';
  if (theirs !== null) addPaid(books.theirs, theirs, world.currency);
  if (isPaid) addPaid(books.ours, payment, world.currency);
  const kind = kindOf(payment, evidence);
  if (kind === null) return;
  const facts = 'facts' in evidence ? evidence.facts : null;
  books.lines.push({
    ...{ number: payment.id, kind, explained: explain(payment), paymentId: payment.id },
    ours: ourFacts(payment),
    theirs: facts === null ? null : theirFacts(facts, stateOf(evidence, facts)),
  });
}

function kindOf(payment: Payment, evidence: QueryEvidence): DifferenceKind | null {
  const isPaid = payment.state === 'paid';
  if (evidence.says !== 'paid') {
    if (!isPaid) return null;
    return evidence.says === 'none' ? 'only-ours' : 'state';
  }
  if (!isPaid) return 'state';
  const { amount, currency, reversed } = evidence.facts;
  if (payment.review === 'orphan') return 'only-theirs';
  if (currency !== null && currency !== payment.currency) return 'currency';
  if (amount !== null && amount !== payment.amount) return 'amount';
  // What went back is known to us, or it is missing here.
  return reversed && payment.reserved === 0 ? 'state' : null;
}

const stateOf = (evidence: QueryEvidence, { reversed }: Facts): string =>
  evidence.says === 'paid' && reversed ? 'reversed' : evidence.says;

const NONE: QueryEvidence = { source: 'query', says: 'none', by: 'window' };

/**
 * Its own number finds what the window of its day did not show, or showed before it was paid. The
 * window is right where that question goes unanswered.
 */
async function latest(
  comparing: Comparing,
  payment: Payment,
  shown: QueryEvidence,
): Promise<QueryEvidence> {
  const { world, follower } = comparing;
  if (payment.state !== 'paid' || shown.says === 'paid') return shown;
  if (comparing.asksLeft <= 0 || follower.isStopped()) return shown;
  comparing.asksLeft -= 1;
  if (!(await world.budget.take('tail', PATIENCE_MS))) return shown;
  const { id, createdAt, outlet, currency } = payment;
  const answer = await world.gateway.ask({ id, createdAt, outlet, currency });
  return answer.says === 'unclear' || answer.says === 'none' ? shown : answer;
}

/** What was made after QFPay was read could not be there. */
async function* paidOf({ world, span, sweptAt }: Comparing): AsyncGenerator<Payment> {
  const window = { ...span, to: Math.min(span.to, sweptAt) };
  for (let after: PaymentId | null = null; ; ) {
    const page: Payment[] = await world.store.read.paidBetween({ ...window, after, limit: PAGE });
    for (const payment of page) yield payment;
    const last: Payment | undefined = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

type Amount = { readonly amount: number | null; readonly currency: string | null };

/** Only the shop's own currency adds up; a row in another one is a line of its own. */
function addPaid(side: Side, { amount, currency }: Amount, shops: Currency): void {
  if (currency !== null && currency !== shops) return;
  side.paid += 1;
  side.paidSum += amount ?? 0;
}

const ourFacts = (payment: Payment) => ({
  ...{ amount: payment.amount, currency: payment.currency, state: payment.state },
  ...{ at: payment.paidAt ?? payment.createdAt, qfpayNumber: payment.qfpayNumber },
  payType: payment.usedPayType ?? payment.payType,
});
