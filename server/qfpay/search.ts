/**
 * Questions about numbers (protocol.md §5.4, §7.9). QFPay keeps a book per calendar month of its
 * own clock and looks into one at a time, so every question names its month; near midnight of
 * a month's end both are asked. What was not fully answered never counts as absent.
 */
import type { PaymentId, QueryEvidence } from '@/lib/payment';
import type { RefundQueryAnswer } from '@/lib/refund';
import { type MonthWindow, wholeMonth } from '@/lib/time';
import {
  type AskOrder,
  type AskRefundOrder,
  type Gateway,
  MOST_ASKED,
} from '@/server/payments/ports';
import type { Heard } from './answer';
import { type About, type Desk, mayCallAgain, note, warnOfContradiction } from './desk';
import { refundQueryEvidence } from './refunds';
import { isOfType, merge, paymentEvidence, rowsOf } from './rows';
import { isShort, sweep, warnOfRows, windowFields } from './sweep';
import { QFPAY_ZONE, type Reading } from './translate';
import type { WireRecord } from './wire';

/**
 * How wrong our clock may have been when an order was written down: an order two hours off must
 * not look absent because it lies in the next month (money.md F78 with F81).
 */
const NEAR_MS = 3 * 3_600_000;
/** protocol.md §5.4: what a list of numbers must fit into. */
const LONGEST_LIST = 128;

export function createSearch(desk: Desk): Pick<Gateway, 'ask' | 'askMany' | 'askRefund' | 'sweep'> {
  return {
    ask: (order) => ask(desk, order),
    askMany: (orders) => askMany(desk, orders),
    askRefund: (order) => askRefund(desk, order),
    sweep: (window) => sweep(desk, window),
  };
}

async function ask(desk: Desk, order: AskOrder): Promise<QueryEvidence> {
  const reading: Reading = { unitOf: desk.options.unitOf, currency: order.currency };
  const answers: QueryEvidence[] = [];
  const translate = (heard: Heard): QueryEvidence => paymentEvidence(heard, order.id, reading);
  const question = { ...order, numbers: order.id, months: monthsOf(desk, order) };
  for await (const { heard } of askMonths(desk, question, (each) => translate(each).says)) {
    const evidence = heard === null ? NOT_SENT : translate(heard);
    answers.push(evidence);
    warnOfAnswer(desk, order.id, { heard, evidence });
    if (isFound(evidence)) break;
  }
  return merge(answers);
}

/**
 * One list for all of them, in every month that one of them may be in. The first month decides
 * whether lists are answered at all; a later one that is silent leaves open what it might show.
 */
async function askMany(
  desk: Desk,
  orders: readonly AskOrder[],
): Promise<ReadonlyMap<PaymentId, QueryEvidence> | null> {
  const numbers = orders.map((order) => order.id).join(',');
  const [first] = orders;
  if (first === undefined) return new Map();
  const { outlet } = first;
  if (orders.length > MOST_ASKED || numbers.length > LONGEST_LIST) return null;
  if (orders.some((order) => order.outlet !== outlet)) return null;
  const found = new Map<PaymentId, QueryEvidence[]>(orders.map(({ id }) => [id, []]));
  const months = orders.flatMap((order) => monthsOf(desk, order));
  const question = { numbers, outlet, months: distinct(months) };
  let answered = false;
  for await (const { month, heard } of askMonths(desk, question, countRows)) {
    if (!answered && (heard === null || 'says' in rowsOf(heard))) return null;
    answered = true;
    for (const order of orders) {
      const evidence = listed(desk, order, heard);
      if (isFound(evidence) || isOf(desk, month, order)) found.get(order.id)?.push(evidence);
    }
  }
  return new Map([...found].map(([id, answers]) => [id, merge(answers)]));
}

function listed(desk: Desk, order: AskOrder, heard: Heard | null): QueryEvidence {
  if (heard === null) return NOT_SENT;
  const reading: Reading = { unitOf: desk.options.unitOf, currency: order.currency };
  const evidence = paymentEvidence(heard, order.id, reading);
  warnOfAnswer(desk, order.id, { heard, evidence });
  // A full page may go on; and whoever fills one with eight numbers did not look at the list.
  if (evidence.says !== 'none' || isShort(heard)) return evidence;
  return { source: 'query', says: 'unclear', respcd: null, why: 'contradiction' };
}

const countRows = (heard: Heard): string => {
  const rows = rowsOf(heard);
  return 'says' in rows ? rows.says : `${rows.rows.length} rows`;
};

async function askRefund(desk: Desk, order: AskRefundOrder): Promise<RefundQueryAnswer> {
  const source = 'refund-query';
  const reading: Reading = { unitOf: desk.options.unitOf, currency: order.currency };
  const translate = (heard: Heard) => refundQueryEvidence(heard, order.id, reading);
  const question = { ...order, numbers: order.id, months: monthsOf(desk, order) };
  let open: RefundQueryAnswer = { source, says: 'none' };
  for await (const { heard } of askMonths(desk, question, (each) => translate(each).says)) {
    if (heard === null) return { source, says: 'unclear', respcd: null, why: 'not-sent' };
    const evidence = translate(heard);
    warnOfContradiction(desk.options, { endpoint: 'query', number: order.id }, evidence);
    if (evidence.says !== 'none' && evidence.says !== 'unclear') return evidence;
    if (evidence.says === 'unclear') open = evidence;
  }
  return open;
}

type Question = {
  /** One number, or several with commas. */
  readonly numbers: string;
  readonly outlet: string | null;
  readonly months: readonly MonthWindow[];
};
type MonthAnswer = { readonly month: MonthWindow; readonly heard: Heard | null };

/** One answer for each month, in their order; null for one that could not be asked. */
async function* askMonths(
  desk: Desk,
  { numbers, outlet, months }: Question,
  judge: (heard: Heard) => string,
): AsyncGenerator<MonthAnswer> {
  const about: About = { endpoint: 'query', number: numbers };
  for (const [index, month] of months.entries()) {
    if (index > 0 && !(await mayCallAgain(desk.options, 'query'))) {
      yield { month, heard: null };
      continue;
    }
    const request = { ...windowFields(month, outlet, 1), out_trade_no: numbers };
    const { heard } = await desk.call({ ...about, request }, judge);
    yield { month, heard: note(desk.options, about, heard) };
  }
}

/**
 * The month of an order on QFPay's clock, and every other one that it is that near to: by QFPay's
 * clock as we know it now, or by ours, which may have been right when the order was made (§5.4.4).
 */
export function monthsOf(
  { time }: Pick<Desk, 'time'>,
  { createdAt }: Pick<AskOrder, 'createdAt'>,
): readonly MonthWindow[] {
  const likely = [time.forBooks(createdAt), createdAt];
  const near = likely.flatMap((at) => [at - NEAR_MS, at + NEAR_MS]);
  return distinct([...likely, ...near].map((at) => wholeMonth(at, QFPAY_ZONE)));
}

const distinct = (months: readonly MonthWindow[]): readonly MonthWindow[] => [
  ...new Map(months.map((month) => [month.start, month])).values(),
];
const isOf = (desk: Desk, month: MonthWindow, order: AskOrder): boolean =>
  monthsOf(desk, order).some((each) => each.start === month.start);

const NOT_SENT = { source: 'query', says: 'unclear', respcd: null, why: 'not-sent' } as const;
const isFound = (evidence: QueryEvidence): boolean =>
  evidence.says !== 'none' && evidence.says !== 'unclear';

type Said = { readonly heard: Heard | null; readonly evidence: QueryEvidence };
function warnOfAnswer(desk: Desk, number: string, { heard, evidence }: Said): void {
  warnOfContradiction(desk.options, { endpoint: 'query', number }, evidence);
  warnOfRows(desk, number, ourRows(heard, number));
}

const ourRows = (heard: Heard | null, number: string): readonly WireRecord[] =>
  heard?.kind !== 'answer'
    ? []
    : (heard.rows ?? []).filter((row) => row.out_trade_no === number && isOfType(row, 'payment'));
