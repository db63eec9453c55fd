/**
 * What the rows of a query say about one number (protocol.md §5.4). An unanswered question says
 * nothing, an answered one without the row says `none`, and of several rows under one number the
 * paid one counts. Order and repetition of rows make no difference.
 */
import type { QueryEvidence } from '@/lib/payment';
import { classify, isAnswered, result } from '@/lib/results';
import type { Heard } from './answer';
import { factsOf, type Reading } from './translate';
import type { WireRecord } from './wire';

/** The envelope's code for a failure that comes without one (§6.1.6). */
const FAILED = 'FAILED';

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly WireRecord[]; readonly unreadable: number }
  | Extract<QueryEvidence, { says: 'unclear' }>;

/** §5.4.1: any outer code but 0000 is no information about the sale. */
export function rowsOf(heard: Heard): Rows {
  const unclear = { source: 'query', says: 'unclear' } as const;
  if (heard.kind === 'not-sent') return { ...unclear, respcd: null, why: 'not-sent' };
  if (heard.kind === 'unclear') return { ...unclear, respcd: null, why: heard.why };
  if (!isAnswered(heard.respcd)) return { ...unclear, respcd: heard.respcd, why: 'code' };
  // An empty list is an answer; no list at all is not.
  if (heard.rows === null) return { ...unclear, respcd: heard.respcd, why: 'no-code' };
  return { kind: 'rows', rows: heard.rows, unreadable: heard.unreadable };
}

export const isOfType = (row: WireRecord, type: 'payment' | 'refund'): boolean =>
  row.order_type === null || row.order_type === type;

/** One answered question about one payment. */
export function paymentEvidence(heard: Heard, number: string, reading: Reading): QueryEvidence {
  const found = rowsOf(heard);
  if ('says' in found) return found;
  const payments = found.rows.filter((row) => isOfType(row, 'payment'));
  const ours = payments.filter((row) => row.out_trade_no === number);
  if (ours.length > 0) return strongest(ours, reading, 'number');
  // A row that names no order, or cannot be read, may be ours: then absence is not proven.
  const nameless = found.unreadable > 0 || payments.some((row) => row.out_trade_no === null);
  return nameless
    ? { source: 'query', says: 'unclear', respcd: null, why: 'contradiction' }
    : { source: 'query', says: 'none', by: 'number' };
}

/** Rows of one number, at least one. */
export function strongest(
  rows: readonly WireRecord[],
  reading: Reading,
  by: 'number' | 'window',
): QueryEvidence {
  const none: QueryEvidence = { source: 'query', says: 'none', by };
  return [...rows]
    .sort((a, b) => compareText(age(a), age(b)))
    .map((row) => rowEvidence(row, reading, by))
    .reduce((best, next) => (STRENGTH[next.says] >= STRENGTH[best.says] ? next : best), none);
}

/** How many different orders under one number were paid: two mean a customer paid twice. */
export const paidOrders = (rows: readonly WireRecord[]): number =>
  new Set(rows.filter((row) => codeOf(row) === '0000').map((row) => row.syssn)).size;

/** A denial is the dangerous answer, so anything that leaves doubt outweighs it. */
const STRENGTH: Readonly<Record<QueryEvidence['says'], number>> = {
  none: 0,
  refused: 1,
  closed: 1,
  pending: 2,
  unclear: 3,
  paid: 4,
};

/** Of several questions about one number: a row that was found wins, then the missing answer. */
export function merge(answers: readonly QueryEvidence[]): QueryEvidence {
  const found = answers.filter((one) => one.says !== 'none' && one.says !== 'unclear');
  const open = answers.find((one) => one.says === 'unclear');
  const none: QueryEvidence = { source: 'query', says: 'none', by: 'number' };
  return found.reduce<QueryEvidence>(
    (best, next) => (STRENGTH[next.says] >= STRENGTH[best.says] ? next : best),
    open !== undefined && found.length === 0 ? open : none,
  );
}

/** One row (§5.4.2): its own code, or the envelope's status where it has none (§6.1.6). */
function rowEvidence(row: WireRecord, reading: Reading, by: 'number' | 'window'): QueryEvidence {
  const source = 'query';
  const respcd = codeOf(row);
  const facts = factsOf(row, reading);
  if (respcd === null) return { source, says: 'unclear', respcd, why: 'no-code' };
  if (facts === null) return { source, says: 'unclear', respcd, why: 'contradiction' };
  const says = respcd === FAILED ? 'refused' : classify(respcd, 'query');
  if (!statusFits(row.txstatus, respcd, says)) {
    return { source, says: 'unclear', respcd, why: 'contradiction' };
  }
  if (says === 'none') return { source, says, by };
  if (says === 'unclear') return { source, says, respcd, why: 'code' };
  const reversed = facts.reversed || (result(respcd)?.rowRefunded ?? false);
  const paidAt = says === 'paid' ? facts.paidAt : null;
  return { source, says, respcd, facts: { ...facts, reversed, paidAt } };
}

/**
 * §6.1.6. FAILED may stand beside any code but "paid" and "in progress": where we read a failure
 * more carefully than QFPay does, that is our reading and no disagreement.
 */
function statusFits(txstatus: string | null, respcd: string, says: QueryEvidence['says']): boolean {
  const inProgress = result(respcd)?.classes.charge === 'PENDING';
  switch (txstatus) {
    case null:
      return true;
    case 'SUCCESS':
      return says === 'paid';
    case 'PENDING':
      return inProgress || says === 'unclear';
    case FAILED:
      return says !== 'paid' && !inProgress;
    default:
      return false;
  }
}

export function codeOf(row: WireRecord): string | null {
  if (row.respcd !== null) return row.respcd;
  if (row.txstatus === 'SUCCESS') return '0000';
  if (row.txstatus === 'PENDING') return '1143';
  return row.txstatus === FAILED ? FAILED : null;
}

/** QFPay's own time and number: the order of rows is undefined (§5.4.6). */
const age = (row: WireRecord): string => `${row.sysdtm ?? ''} ${row.syssn ?? ''}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
