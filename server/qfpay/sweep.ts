/**
 * Everything of a time window, page by page and month by month (protocol.md §5.4, §7.9): payments
 * and the money that went back. Rows may come twice and in any order; a number is answered once.
 * It says `complete` only when no page, and no row that could be a payment, is missing.
 */
import { type MonthWindow, monthWindows } from '@/lib/time';
import type { RefundRow, SweepAnswer, SweepRow, SweepWindow } from '@/server/payments/ports';
import type { Heard } from './answer';
import { tell } from './call';
import { type About, type Desk, note, warnOfContradiction } from './desk';
import { sweptRefund } from './refunds';
import { paidOrders, rowsOf, strongest } from './rows';
import { isSetUpFault, QFPAY_ZONE, type Reading } from './translate';
import type { WireRecord } from './wire';

const PAGE_SIZE = 100;
const MOST_PAGES = 50;

export const windowFields = (window: MonthWindow, outlet: string | null, page: number) => ({
  start_time: window.start,
  end_time: window.end,
  page,
  // The default is ten: the eleventh order would be missing without a word (§5.4).
  page_size: PAGE_SIZE,
  mchid: outlet,
});

export async function sweep(desk: Desk, window: SweepWindow): Promise<SweepAnswer> {
  const found: WireRecord[] = [];
  let complete = true;
  let pages = 0;
  const { from, to } = window;
  const [start, end] = [desk.time.forBooks(from), desk.time.forBooks(to)];
  for (const month of monthWindows(start, end, QFPAY_ZONE)) {
    for (let page = 1, last = false; !last; page += 1) {
      if (pages > 0 && (pages >= MOST_PAGES || !(await window.mayAskAgain()))) {
        return { complete: false, ...sorted(desk, found) };
      }
      pages += 1;
      const got = await askPage(desk, month, { page, outlet: window.outlet });
      if (got === null) return { complete: false, ...sorted(desk, found) };
      found.push(...got.rows);
      window.onPage?.(got.rows.length);
      complete &&= got.complete;
      last = got.last;
    }
  }
  return { complete, ...sorted(desk, found) };
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
  const got = rowsOf(note(desk.options, about, heard));
  if ('says' in got) return null;
  const nameless = got.rows.some((row) => nameOf(row) === null && kindOf(row) !== 'other');
  return {
    rows: got.rows,
    complete: got.unreadable === 0 && !nameless,
    last: isShort(heard),
  };
}

/** Fewer rows than a page holds: nothing follows. */
export function isShort(heard: Heard): boolean {
  const got = rowsOf(heard);
  return !('says' in got) && got.rows.length + got.unreadable < pageSizeOf(heard);
}

/** A gateway that gives fewer rows than asked for says so; its page is not short then. */
function pageSizeOf(heard: Heard): number {
  const told = heard.kind === 'answer' ? Number(heard.record.page_size ?? PAGE_SIZE) : PAGE_SIZE;
  return Number.isInteger(told) && told > 0 ? Math.min(told, PAGE_SIZE) : PAGE_SIZE;
}

/** A row without `order_type` that points at another order gives that one's money back. */
function kindOf(row: WireRecord): 'payment' | 'refund' | 'other' {
  const type = row.order_type ?? (row.orig === null ? 'payment' : 'refund');
  return type === 'payment' || type === 'refund' ? type : 'other';
}

/** Whoever gave money back in the portal may have given no number; QFPay's own stands for it. */
const nameOf = (row: WireRecord): string | null =>
  row.out_trade_no ?? (kindOf(row) === 'refund' ? row.syssn : null);

type Sorted = { readonly rows: readonly SweepRow[]; readonly refunds: readonly RefundRow[] };

/** Pages shift while orders arrive, so a row may come twice; a number is answered once. */
function sorted(desk: Desk, found: readonly WireRecord[]): Sorted {
  const reading: Reading = { unitOf: desk.options.unitOf, currency: null };
  const rows = byNumber(found.filter((row) => kindOf(row) === 'payment'));
  const refunds = byNumber(found.filter((row) => kindOf(row) === 'refund'));
  return {
    rows: rows.map(([number, own]) => {
      const evidence = strongest(own, reading, 'window');
      warnOfRows(desk, number, own);
      warnOfContradiction(desk.options, { endpoint: 'query', number }, evidence);
      return { number, evidence };
    }),
    refunds: refunds.flatMap(([number, own]) => sweptRefund(number, own, reading) ?? []),
  };
}

function byNumber(found: readonly WireRecord[]): [number: string, rows: WireRecord[]][] {
  const numbers = new Map<string, WireRecord[]>();
  for (const row of found) {
    const name = nameOf(row);
    if (name !== null) numbers.set(name, [...(numbers.get(name) ?? []), row]);
  }
  return [...numbers];
}

export function warnOfRows(desk: Desk, number: string, rows: readonly WireRecord[]): void {
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
