/**
 * Payments as lists: the change feed, the pages of the history, newest first, and the same rows
 * for whoever takes them away. Every list walks an index in its own order and stops after so many
 * steps, so that it costs the same however old the shop.
 */
import type { PageKey } from '@/lib/history-filter';
import type { Payment, PaymentId, SaleId } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import type { Sale } from '@/server/payments/ports';
import { countersSeen, namesOf, type Seen, staffSeen } from './choices';
import { type ExportRow, packedRows, unpacked } from './export';
import { type Change, changesAfter } from './feed';
import { callsWithAnswers } from './gateway-call';
import {
  beginsSo,
  byNewest,
  type KeyRow,
  keysOfAmounts,
  keysOfNumber,
  rowsOfKeys,
  toKey,
} from './history-search';
import {
  along,
  chooseRoute,
  type Extra,
  newestFirst,
  ofAmount,
  STEPS,
  waysOf,
} from './history-walks';
import type { PageFilter, Rows } from './history-wishes';
import { toPayment } from './payment';
import type { Session } from './prepared';
import { refundsOf } from './refund';
import { salesByIds } from './sale';
import type { PaymentRow } from './schema';
import { lastNumber } from './tally';

export type { PageKey } from '@/lib/history-filter';
export type { PageFilter } from './history-wishes';

/** `next` null: that was all. `reached`: how far back a page looked that is not full. */
export type Page = {
  readonly payments: Payment[];
  readonly next: PageKey | null;
  readonly reached: PageKey | null;
};
const MOST_ROWS = 200;
/** A part of a count or of an export: long enough to be quick, short enough for a sale to pass. */
const STEPS_OF_PART = 4_000;

export function createHistory(session: Session) {
  return {
    changes: (seq: number, limit: number): Promise<Change[]> => changesAfter(session, seq, limit),
    lastChange: (): Promise<number> => lastNumber(session, 'feed'),
    page: (filter: PageFilter): Promise<Page> => page(session, filter),
    /** How many payments of a filter lie in its next part. */
    countPart: (filter: PageFilter): Promise<{ count: number; next: PageKey | null }> =>
      countPart(session, filter),
    /** The next rows of an export; at most `limit`, newest first. */
    exportPart: (filter: PageFilter): Promise<{ rows: ExportRow[]; next: PageKey | null }> =>
      exportPart(session, filter),
    salesOf: (ids: readonly SaleId[]): Promise<Sale[]> => salesByIds(session, ids),
    /** Oldest first. */
    refundsOf: (payment: PaymentId): Promise<Refund[]> => refundsOf(session, payment),
    callsOf: (numbers: readonly string[]) => callsWithAnswers(session, numbers),
    namesOf: (codes: readonly string[]): Promise<Map<string, string>> => namesOf(session, codes),
    staffSeen: (): Promise<Seen[]> => staffSeen(session),
    countersSeen: (): Promise<string[]> => countersSeen(session),
  };
}

async function page(session: Session, filter: PageFilter): Promise<Page> {
  const limit = Math.max(1, Math.min(MOST_ROWS, filter.limit));
  const rows = (): Rows<PaymentRow> => session.words.selectFrom('payment').selectAll();
  const found = await find(session, { ...filter, limit: limit + 1 }, { rows, steps: STEPS });
  const cut = cutAt(found, limit);
  return {
    payments: cut.rows.map(toPayment),
    next: cut.next,
    reached: cut.rows.length < limit ? cut.next : null,
  };
}

async function exportPart(session: Session, filter: PageFilter) {
  const rows = () => packedRows(session);
  const wanted = { ...filter, limit: filter.limit + 1 };
  const found = await find(session, wanted, { rows, steps: STEPS_OF_PART });
  const cut = cutAt(found, filter.limit);
  return { rows: cut.rows.map(unpacked), next: cut.next };
}

async function countPart(session: Session, filter: PageFilter) {
  const rows = (): Rows<KeyRow> => session.words.selectFrom('payment').select(['created_at', 'id']);
  const wanted = { ...filter, limit: STEPS_OF_PART + 1 };
  const found = await find(session, wanted, { rows, steps: STEPS_OF_PART });
  const cut = cutAt(found, STEPS_OF_PART);
  return { count: cut.rows.length, next: cut.next };
}

type Found<O> = { readonly rows: readonly O[]; readonly floor: PageKey | null };

/** One row more than fits tells that there is another page. */
function cutAt<O extends KeyRow>({ rows, floor }: Found<O>, limit: number) {
  const last = rows[limit - 1];
  const isFull = rows.length > limit && last !== undefined;
  return { rows: rows.slice(0, limit), next: isFull ? toKey(last) : floor };
}

type Looking<O> = { readonly rows: () => Rows<O>; readonly steps: number };

/** The newest `limit` rows that are wanted, as far back as so many steps lead. */
async function find<O extends KeyRow>(
  session: Session,
  filter: PageFilter,
  looking: Looking<O>,
): Promise<Found<O>> {
  const { q = '', qAmount } = filter;
  const { rows } = looking;
  if (q === '' && qAmount === undefined) {
    const few = await fewOfAmounts(session, filter);
    if (few === null) return walk(session, filter, { ...looking, ways: waysOf(filter) });
    return { rows: await rowsOfKeys(session, few, { filter, rows }), floor: null };
  }
  const few = q === '' ? [] : await keysOfNumber(session, q);
  if (few === null) {
    const extra = beginsSo(q, qAmount);
    return walk(session, filter, { ...looking, ways: waysOf(filter), extra });
  }
  const numbered = await rowsOfKeys(session, few, { filter, rows });
  if (qAmount === undefined) return { rows: numbered, floor: null };
  const way = { walks: [ofAmount(qAmount)], covers: null };
  const alike = await walk(session, filter, { ...looking, ways: [way] });
  return merged(numbered, alike, filter.limit);
}

/** The amounts gather what is rare; a single amount is walked, and costs no more than a page. */
const fewOfAmounts = async (session: Session, filter: PageFilter): Promise<PageKey[] | null> => {
  const { min, max } = filter;
  const restricts = (min !== undefined || max !== undefined) && min !== max;
  return restricts ? keysOfAmounts(session, filter) : null;
};

async function walk<O extends KeyRow>(
  session: Session,
  filter: PageFilter,
  looking: Looking<O> & {
    ways: Parameters<typeof chooseRoute>[2]['ways'];
    extra?: Extra | undefined;
  },
): Promise<Found<O>> {
  const { rows, steps, ways, extra } = looking;
  const reach = { steps, ways, extra: extra !== undefined };
  const route = await chooseRoute(session, filter, reach);
  const query = newestFirst(along(rows, filter, { route, extra })).limit(filter.limit);
  return { rows: await session.run(query.compile()), floor: route.floor };
}

/** Both by time, each payment once, and nothing below where the walk ended. */
function merged<O extends KeyRow>(some: readonly O[], more: Found<O>, limit: number): Found<O> {
  const { floor } = more;
  const byId = new Map([...some, ...more.rows].map((row) => [row.id, row]));
  const rows = [...byId.values()]
    .filter((row) => floor === null || byNewest(toKey(row), floor) <= 0 || row.id === floor.id)
    .sort((a, b) => byNewest(toKey(a), toKey(b)))
    .slice(0, limit);
  return { rows, floor };
}
