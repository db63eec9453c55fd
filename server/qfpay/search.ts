/**
 * Questions about the past (protocol.md §5.4, §7.9). QFPay keeps a book per calendar month of its
 * own clock and looks into one at a time, so every question names its month; near midnight of
 * a month's end both are asked. What was not fully answered never counts as absent.
 */
import type { QueryEvidence } from '@/lib/payment';
import { type MonthWindow, monthWindows, wholeMonth } from '@/lib/time';
import type { AskOrder, SweepAnswer, SweepRow, SweepWindow } from '@/server/payments/ports';
import type { Heard } from './answer';
import { tell } from './call';
import { type About, type Desk, mayCallAgain, note, warnOfContradiction } from './desk';
import { type AskRefundOrder, type RefundQueryEvidence, refundQueryEvidence } from './refunds';
import { isOfType, merge, paidOrders, paymentEvidence, rowsOf, strongest } from './rows';
import { isSetUpFault, QFPAY_ZONE, type Reading } from './translate';
import type { WireRecord } from './wire';

const PAGE_SIZE = 100;
const MOST_PAGES = 50;
/** How far our clock and QFPay's may be apart about the month of an order. */
const NEAR_MS = 15 * 60_000;

export function createSearch(desk: Desk) {
  return {
    ask: (order: AskOrder) => ask(desk, order),
    askRefund: (order: AskRefundOrder) => askRefund(desk, order),
    sweep: (window: SweepWindow) => sweep(desk, window),
  };
}

type Question = Pick<AskOrder, 'createdAt' | 'outlet'> & { readonly id: string };

async function ask(desk: Desk, order: AskOrder): Promise<QueryEvidence> {
  const reading: Reading = { unitOf: desk.options.unitOf, currency: order.currency };
  const answers: QueryEvidence[] = [];
  const translate = (heard: Heard): QueryEvidence => paymentEvidence(heard, order.id, reading);
  for await (const heard of askMonths(desk, order, (each) => translate(each).says)) {
    const evidence =
      heard === null
        ? ({ source: 'query', says: 'unclear', respcd: null, why: 'not-sent' } as const)
        : translate(heard);
    answers.push(evidence);
    warnOfContradiction(desk.options, { endpoint: 'query', number: order.id }, evidence);
    warnOfRows(desk, order.id, ourRows(heard, order.id));
    if (evidence.says !== 'none' && evidence.says !== 'unclear') break;
  }
  return merge(answers);
}

async function askRefund(desk: Desk, order: AskRefundOrder): Promise<RefundQueryEvidence> {
  const source = 'refund-query';
  const reading: Reading = { unitOf: desk.options.unitOf, currency: order.currency };
  const translate = (heard: Heard) => refundQueryEvidence(heard, order.id, reading);
  let open: RefundQueryEvidence = { source, says: 'none' };
  for await (const heard of askMonths(desk, order, (each) => translate(each).says)) {
    if (heard === null) return { source, says: 'unclear', respcd: null, why: 'not-sent' };
    const evidence = translate(heard);
    warnOfContradiction(desk.options, { endpoint: 'query', number: order.id }, evidence);
    if (evidence.says !== 'none' && evidence.says !== 'unclear') return evidence;
    if (evidence.says === 'unclear') open = evidence;
  }
  return open;
}

/** The answers about one number, its own month first; null for one that could not be asked. */
async function* askMonths(
  desk: Desk,
  order: Question,
  judge: (heard: Heard) => string,
): AsyncGenerator<Heard | null> {
  const about: About = { endpoint: 'query', number: order.id };
  for (const [index, month] of monthsOf(order.createdAt).entries()) {
    if (index > 0 && !(await mayCallAgain(desk.options, 'query'))) {
      yield null;
      return;
    }
    const request = {
      ...windowFields(month, order.outlet, 1),
      out_trade_no: order.id,
    };
    const { heard } = await desk.call({ ...about, request }, judge);
    yield note(desk.options, about, heard);
  }
}

/** The month of an instant on QFPay's clock, and its neighbour when it is that near (§5.4.4). */
export function monthsOf(createdAt: number): readonly MonthWindow[] {
  const own = wholeMonth(createdAt, QFPAY_ZONE);
  const near = [createdAt - NEAR_MS, createdAt + NEAR_MS].map((at) => wholeMonth(at, QFPAY_ZONE));
  return [own, ...near.filter((month) => month.start !== own.start)];
}

const windowFields = (window: MonthWindow, outlet: string | null, page: number) => ({
  start_time: window.start,
  end_time: window.end,
  page,
  // The default is ten: the eleventh order would be missing without a word (§5.4).
  page_size: PAGE_SIZE,
  mchid: outlet,
});

async function sweep(desk: Desk, window: SweepWindow): Promise<SweepAnswer> {
  const found: WireRecord[] = [];
  let complete = true;
  let pages = 0;
  for (const month of monthWindows(window.from, window.to, QFPAY_ZONE)) {
    for (let page = 1, last = false; !last; page += 1) {
      if (pages > 0 && (pages >= MOST_PAGES || !(await window.mayAskAgain()))) {
        return { complete: false, rows: byNumber(desk, found) };
      }
      pages += 1;
      const got = await askPage(desk, month, { page, outlet: window.outlet });
      if (got === null) return { complete: false, rows: byNumber(desk, found) };
      found.push(...got.rows);
      complete &&= got.complete;
      last = got.last;
    }
  }
  return { complete, rows: byNumber(desk, found) };
}

type Page = { readonly page: number; readonly outlet: string | null };
type Got = {
  readonly rows: readonly WireRecord[];
  /** False when a row could not be read, or names no order. */
  readonly complete: boolean;
  readonly last: boolean;
};

/** Null when the page went unanswered. */
async function askPage(desk: Desk, month: MonthWindow, asked: Page): Promise<Got | null> {
  const about: About = { endpoint: 'query', number: null };
  const request = windowFields(month, asked.outlet, asked.page);
  const judge = (heard: Heard) => {
    const rows = rowsOf(heard);
    return 'says' in rows ? rows.says : `${rows.rows.length} rows`;
  };
  const { heard } = await desk.call({ ...about, request }, judge);
  const rows = rowsOf(note(desk.options, about, heard));
  if ('says' in rows) return null;
  const payments = rows.rows.filter((row) => isOfType(row, 'payment'));
  const nameless = payments.some((row) => row.out_trade_no === null);
  return {
    rows: payments,
    complete: rows.unreadable === 0 && !nameless,
    last: rows.rows.length + rows.unreadable < pageSizeOf(heard),
  };
}

/** A gateway that gives fewer rows than asked for says so; its page is not short then. */
function pageSizeOf(heard: Heard): number {
  const told = heard.kind === 'answer' ? Number(heard.record.page_size ?? PAGE_SIZE) : PAGE_SIZE;
  return Number.isInteger(told) && told > 0 ? Math.min(told, PAGE_SIZE) : PAGE_SIZE;
}

/** Pages shift while orders arrive, so a row may come twice; a number is answered once. */
function byNumber(desk: Desk, found: readonly WireRecord[]): readonly SweepRow[] {
  const reading: Reading = { unitOf: desk.options.unitOf, currency: null };
  const numbers = new Map<string, WireRecord[]>();
  for (const row of found) {
    if (row.out_trade_no === null) continue;
    const known = numbers.get(row.out_trade_no) ?? [];
    numbers.set(row.out_trade_no, [...known, row]);
  }
  return [...numbers].map(([number, rows]) => {
    const evidence = strongest(rows, reading, 'window');
    warnOfRows(desk, number, rows);
    warnOfContradiction(desk.options, { endpoint: 'query', number }, evidence);
    return { number, evidence };
  });
}

const ourRows = (heard: Heard | null, number: string): readonly WireRecord[] =>
  heard?.kind !== 'answer'
    ? []
    : (heard.rows ?? []).filter((row) => row.out_trade_no === number && isOfType(row, 'payment'));

function warnOfRows(desk: Desk, number: string, rows: readonly WireRecord[]): void {
  const about: About = { endpoint: 'query', number };
  const { onAlarm } = desk.options;
  if (paidOrders(rows) > 1) {
    tell(onAlarm, { kind: 'paid-twice', ...about, respcd: '0000', detail: null });
  }
  const fault = rows.find((row) => isSetUpFault(row.respcd ?? '', row.text));
  if (fault !== undefined) {
    tell(onAlarm, { kind: 'set-up', ...about, respcd: fault.respcd, detail: null });
  }
}
