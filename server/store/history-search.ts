/**
 * Looks for payments by what is written on a receipt: a number, or an amount. What only a few
 * payments have is gathered; what many have is met on a walk soon enough.
 */
import { sql } from 'kysely';
import type { PageKey } from '@/lib/history-filter';
import type { PaymentId, SaleId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import type { Extra } from './history-walks';
import {
  type Conditions,
  isWithin,
  type PageFilter,
  type Rows,
  restrict,
  wishesOf,
} from './history-wishes';
import type { Session } from './prepared';

/** More payments than this with such a number are not gathered; the history is walked instead. */
const MOST_NUMBERED = 300;
/** The same for amounts, which an index tells without a look at the payments. */
const MOST_OF_AMOUNTS = 400;
const READ_AT_ONCE = 100;
const LAST_CHARACTER = '\u{10FFFF}';

const NUMBERS = ['id', 'qfpay_number', 'wallet_number'] as const;
type NumberName = (typeof NUMBERS)[number];
/** Ours have capital letters only, however somebody typed them. */
const asWritten = (name: NumberName, q: string): string => (name === 'id' ? q.toUpperCase() : q);

/** Payments of which a number begins so, or null when they are many. */
export async function keysOfNumber(session: Session, q: string): Promise<PageKey[] | null> {
  const found = new Map<PaymentId, PageKey>();
  for (const name of NUMBERS) {
    const begin = asWritten(name, q);
    const query = keys(session)
      .where(name, '>=', begin)
      .where(name, '<', `${begin}${LAST_CHARACTER}`)
      .limit(MOST_NUMBERED + 1);
    const rows = await session.run(query.compile());
    if (rows.length > MOST_NUMBERED) return null;
    for (const row of rows) found.set(row.id, toKey(row));
  }
  for (const key of await keysOfRelatives(session, q)) found.set(key.id, key);
  return [...found.values()];
}

/** The whole number of a sale or of a refund leads to its payments as well. */
async function keysOfRelatives(session: Session, q: string): Promise<PageKey[]> {
  const ours = q.toUpperCase();
  const ofSale = keys(session).where('sale_id', '=', ours as SaleId);
  const refunds = session.words.selectFrom('refund').select('payment_id').limit(MOST_NUMBERED);
  const ofRefund = await session.run(refunds.where('id', '=', ours as RefundId).compile());
  const ofTheirs = await session.run(refunds.where('qfpay_number', '=', q).compile());
  const ids = [...ofRefund, ...ofTheirs].map((row) => row.payment_id);
  const rows = await session.run(ofSale.limit(MOST_NUMBERED).compile());
  if (ids.length === 0) return rows.map(toKey);
  const refunded = await session.run(keys(session).where('id', 'in', ids).compile());
  return [...rows, ...refunded].map(toKey);
}

/** For a walk, where the number is common; no index of numbers is tempting then. */
export function beginsSo(q: string, amount: number | undefined): Extra {
  return (query) =>
    query.where((it: Conditions) => {
      const begins = NUMBERS.map((name) => {
        const begin = asWritten(name, q);
        return it(sql<string>`substr(${it.ref(name)}, 1, ${[...begin].length})`, '=', begin);
      });
      const same = amount === undefined ? [] : [it(sql<number>`amount + 0`, '=', amount)];
      return it.or([...begins, ...same]);
    });
}

/** The payments between two amounts, or null when they are many. */
export async function keysOfAmounts(
  session: Session,
  { min, max }: PageFilter,
): Promise<PageKey[] | null> {
  const between = keys(session)
    .where('amount', '>=', min ?? 0)
    .where('amount', '<=', max ?? Number.MAX_SAFE_INTEGER);
  // Passing them is cheaper than taking them along, and many are not wanted.
  const tooMany = await session.run(between.limit(1).offset(MOST_OF_AMOUNTS).compile());
  if (tooMany.length > 0) return null;
  return (await session.run(between.compile())).map(toKey);
}

/** The newest wanted rows of known keys: only as many are read as it takes. */
export async function rowsOfKeys<O extends KeyRow>(
  session: Session,
  known: readonly PageKey[],
  { filter, rows, extra }: { filter: PageFilter; rows: () => Rows<O>; extra?: Extra | undefined },
): Promise<O[]> {
  const inside = known.filter((key) => isWithin(key, filter)).sort(byNewest);
  const wishes = wishesOf(filter);
  const found: O[] = [];
  for (let at = 0; at < inside.length && found.length < filter.limit; at += READ_AT_ONCE) {
    const ids = inside.slice(at, at + READ_AT_ONCE).map(({ id }) => id);
    const wanted = restrict(rows().where('id', 'in', ids), filter, wishes);
    const query = extra === undefined ? wanted : extra(wanted);
    const read = await session.run(query.compile());
    found.push(...read.sort((a, b) => byNewest(toKey(a), toKey(b))));
  }
  return found.slice(0, filter.limit);
}

export type KeyRow = { readonly created_at: number; readonly id: PaymentId };
export const toKey = ({ created_at, id }: KeyRow): PageKey => ({ createdAt: created_at, id });

export const byNewest = (a: PageKey, b: PageKey): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

const keys = (session: Session): Rows<KeyRow> =>
  session.words.selectFrom('payment').select(['created_at', 'id']);
