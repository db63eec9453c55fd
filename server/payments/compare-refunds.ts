/** What went back on a day, here and at QFPay. Only what has really gone back is compared. */
import type { DifferenceKind } from '@/lib/difference';
import type { Payment, ReviewReason } from '@/lib/payment';
import { REFUND_RANK, type Refund, type RefundId, type RefundQueryAnswer } from '@/lib/refund';
import {
  type Comparing,
  explain,
  isElsewhere,
  isOfDay,
  type Side,
  theirFacts,
} from './compare-books';
import type { RefundRow } from './ports';
import { refundOf } from './window-refunds';

const PAGE = 500;
const PATIENCE_MS = 30_000;

export async function compareRefunds(
  comparing: Comparing,
  rows: readonly RefundRow[],
): Promise<void> {
  const { world, span } = comparing;
  const seen = new Set<RefundId>();
  for (const row of rows) {
    const { read } = world.store;
    const number = row.facts?.payment ?? null;
    const payment = number === null ? null : await read.paymentByQfpayNumber(number);
    const refund = await refundOf(world, read, { row, payment });
    if (refund === null || isElsewhere(span, refund)) addStranger(comparing, row, payment);
    else if (isOfDay(span, refund.createdAt)) {
      seen.add(refund.id);
      await weigh(comparing, refund, await latest(comparing, refund, row.evidence));
    }
  }
  for await (const refund of doneOf(comparing)) {
    if (!seen.has(refund.id)) await weigh(comparing, refund, await latest(comparing, refund, NONE));
  }
}

/** Money that went back at QFPay without us. */
function addStranger(
  { world, span, books }: Comparing,
  { number, evidence }: RefundRow,
  owner: Payment | null,
): void {
  if (evidence.says !== 'done') return;
  const { facts } = evidence;
  if (facts.paidAt !== null && !isOfDay(span, facts.paidAt)) return;
  if (isShops(facts.currency, world.currency)) addBack(books.theirs, facts.amount ?? 0);
  books.lines.push({
    ...{ number, kind: 'refund-only-theirs', paymentId: owner?.id ?? null, ours: null },
    explained: owner === null ? null : explain(owner),
    theirs: theirFacts(facts, 'done'),
  });
}

async function weigh(
  { world, books }: Comparing,
  refund: Refund,
  evidence: RefundQueryAnswer,
): Promise<void> {
  const theirs = evidence.says === 'done' ? evidence.facts : null;
  if (theirs !== null && isShops(theirs.currency, world.currency)) {
    addBack(books.theirs, theirs.amount ?? 0);
  }
  if (refund.state === 'done' && isShops(refund.currency, world.currency)) {
    addBack(books.ours, refund.amount);
  }
  const payment = await world.store.read.payment(refund.paymentId);
  const kind = kindOf({ refund, payment }, evidence);
  if (kind === null) return;
  const facts = 'facts' in evidence ? evidence.facts : null;
  const isOpen = REFUND_RANK[refund.state] < 3 || (refund.state === 'done' && !refund.confirmed);
  const told = payment === null ? null : explain(payment);
  const { amount, currency, state, doneAt, createdAt, qfpayNumber } = refund;
  books.lines.push({
    ...{ number: refund.id, kind, explained: told ?? (isOpen ? 'in-flight' : null) },
    paymentId: refund.paymentId,
    ours: { amount, currency, state, at: doneAt ?? createdAt, qfpayNumber, payType: null },
    theirs: facts === null ? null : theirFacts(facts, evidence.says),
  });
}

type Held = { readonly refund: Refund; readonly payment: Payment | null };

/** Made elsewhere, and a manager has not looked at it yet. */
const WAITS: readonly (ReviewReason | null)[] = [
  'refunded-outside',
  'refunded-too-much',
  'reversed-outside',
];

function kindOf({ refund, payment }: Held, evidence: RefundQueryAnswer): DifferenceKind | null {
  const isDone = refund.state === 'done';
  if (evidence.says !== 'done') {
    if (!isDone) return null;
    return evidence.says === 'none' ? 'refund-only-ours' : 'refund-state';
  }
  if (!isDone) return 'refund-state';
  const { amount } = evidence.facts;
  if (amount !== null && amount !== refund.amount) return 'refund-amount';
  const waits = refund.origin === 'outside' && WAITS.includes(payment?.review ?? null);
  return waits ? 'refund-only-theirs' : null;
}

const NONE: RefundQueryAnswer = { source: 'refund-query', says: 'none' };

/** As of a payment: its own number knows better than a window that was read before. */
async function latest(
  comparing: Comparing,
  refund: Refund,
  shown: RefundQueryAnswer,
): Promise<RefundQueryAnswer> {
  const { world, follower } = comparing;
  if (refund.state !== 'done' || shown.says === 'done') return shown;
  // Under the number that we made up for it QFPay knows nothing.
  const isNameless = !world.ids.isOurs(refund.id);
  if (isNameless || comparing.asksLeft <= 0 || follower.isStopped()) return shown;
  comparing.asksLeft -= 1;
  if (!(await world.budget.take('tail', PATIENCE_MS))) return shown;
  const { id, createdAt, outlet, currency } = refund;
  const answer = await world.gateway.askRefund({ id, createdAt, outlet, currency });
  return answer.says === 'unclear' || answer.says === 'none' ? shown : answer;
}

async function* doneOf({ world, span, sweptAt }: Comparing): AsyncGenerator<Refund> {
  const window = { ...span, to: Math.min(span.to, sweptAt) };
  for (let after: RefundId | null = null; ; ) {
    const page: Refund[] = await world.comparisons.doneRefunds({ ...window, after, limit: PAGE });
    for (const refund of page) yield refund;
    const last: Refund | undefined = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

const isShops = (currency: string | null, shops: string): boolean =>
  currency === null || currency === shops;

function addBack(side: Side, amount: number): void {
  side.refunds += 1;
  side.refundSum += amount;
}
