/**
 * Payments as lists: the change feed and the pages of the history, newest first. Every list walks
 * an index in its own order and stops at the limit, so that it costs the same however old the shop.
 */
import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Payment, PaymentId, PaymentState, SaleId } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import type { Sale } from '@/server/payments/ports';
import { type Change, changesAfter } from './feed';
import { toPayment } from './payment';
import type { Session } from './prepared';
import { refundsOf } from './refund';
import { salesByIds } from './sale';
import type { PaymentRow, Tables } from './schema';
import { lastNumber } from './tally';

/** Where a page ended; the next one begins below it. */
export type PageKey = { readonly createdAt: number; readonly id: PaymentId };

export type PageFilter = {
  /** Wall ms UTC; `to` is the first moment that is not wanted any more. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly states?: readonly PaymentState[] | undefined;
  readonly payTypes?: readonly string[] | undefined;
  readonly counter?: string | undefined;
  readonly staff?: string | undefined;
  /** By their mchid, null where none was assigned. */
  readonly outlets?: readonly (string | null)[] | undefined;
  /** Minor units, both included. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** How our number, QFPay's or the wallet's begins. */
  readonly q?: string | undefined;
  /** With `q`: payments of exactly these minor units are wanted as well. */
  readonly qAmount?: number | undefined;
  readonly after?: PageKey | null | undefined;
  readonly limit: number;
};
export type Page = { readonly payments: Payment[]; readonly next: PageKey | null };
const MOST_ROWS = 200;
/** More payments than this are not gathered and sorted; the history is walked instead. */
const MOST_FOUND = 1_000;
const NUMBERS = ['id', 'qfpay_number', 'wallet_number'] as const;

const LAST_CHARACTER = '\u{10FFFF}';

type Rows = SelectQueryBuilder<Tables, 'payment', PaymentRow>;
type Conditions = ExpressionBuilder<Tables, 'payment'>;

export function createHistory(session: Session) {
  return {
    changes: (seq: number, limit: number): Promise<Change[]> => changesAfter(session, seq, limit),
    lastChange: (): Promise<number> => lastNumber(session, 'feed'),
    page: (filter: PageFilter): Promise<Page> => page(session, filter),
    salesOf: (ids: readonly SaleId[]): Promise<Sale[]> => salesByIds(session, ids),
    /** Oldest first. */
    refundsOf: (payment: PaymentId): Promise<Refund[]> => refundsOf(session, payment),
  };
}

async function page(session: Session, filter: PageFilter): Promise<Page> {
  const limit = Math.max(1, Math.min(MOST_ROWS, filter.limit));
  const [first, ...more] = await walks(session, filter);
  if (first === undefined) return { payments: [], next: null };
  const all = more.reduce((sum, walk) => sum.unionAll(walk), first);
  const newestFirst = all
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  const payments = (await session.run(newestFirst.compile())).map(toPayment);
  const last = payments[limit - 1];
  if (payments.length <= limit || last === undefined) return { payments, next: null };
  return { payments: payments.slice(0, limit), next: { createdAt: last.createdAt, id: last.id } };
}

/**
 * One walk along an index for each wanted value, to be merged in order: a list of values in one
 * condition would make the database gather and sort everything first. No payment is in two walks.
 */
async function walks(session: Session, { outlets, ...rest }: PageFilter): Promise<Rows[]> {
  if (outlets === undefined) return walksIn(session, rest);
  const each = [...new Set(outlets)].map((outlet) => walksIn(session, { ...rest, outlet }));
  return (await Promise.all(each)).flat();
}

/** Of one outlet, or of all when none is named. */
type Filter = Omit<PageFilter, 'outlets'> & { readonly outlet?: string | null };

async function walksIn(session: Session, filter: Filter): Promise<Rows[]> {
  const all = everything(session, filter);
  const { states = [], payTypes = [], q = '', qAmount } = filter;
  const listed = among(among(all, 'state', states), 'pay_type', payTypes);
  if (q !== '' || qAmount !== undefined) {
    return walksOfNumber(session, listed, { q, amount: qAmount });
  }
  const few = await fewOfAmounts(session, filter);
  if (few !== null) return few.length === 0 ? [] : [listed.where('id', 'in', few)];
  const walks = walksOfPayTypes(all, payTypes);
  return states.length === 0 ? walks : walksOfStates(session, filter, walks);
}

function walksOfPayTypes(all: Rows, payTypes: readonly string[]): Rows[] {
  if (payTypes.length === 0) return [all];
  return [...new Set(payTypes)].map((payType) => all.where('pay_type', '=', payType));
}

/** Almost all payments are paid, so that state leads nowhere; each other one leads at once. */
function walksOfStates(session: Session, filter: Filter, whole: readonly Rows[]): Rows[] {
  const { outlet, counter, staff, payTypes = [], ...rest } = filter;
  let few = everything(session, rest);
  if (outlet === null) few = few.where('outlet', 'is', null);
  else if (outlet !== undefined) few = few.where(unindexed('outlet'), '=', outlet);
  if (counter !== undefined) few = few.where(unindexed('counter'), '=', counter);
  if (staff !== undefined) few = few.where(unindexed('staff'), '=', staff);
  if (payTypes.length > 0) few = few.where(unindexed('pay_type'), 'in', payTypes);
  return [...new Set(filter.states)].flatMap((state) =>
    state === 'paid'
      ? whole.map((walk) => walk.where(unindexed('state'), '=', state))
      : [few.where('state', '=', state)],
  );
}

/** A sum or a sentence of a column is in no index, and tempts the database to none. */
const unindexed = (column: string) => sql<string>`${sql.ref(column)} || ''`;

async function walksOfNumber(
  session: Session,
  all: Rows,
  { q, amount }: { q: string; amount: number | undefined },
): Promise<Rows[]> {
  const ofAmount = amount === undefined ? [] : [all.where('amount', '=', amount)];
  if (q === '') return ofAmount;
  const found = await numbersBeginning(session, q);
  if (found.length > MOST_FOUND) {
    // So common that walking meets them soon; said so that no index of numbers is tempting.
    const begins = (it: Conditions) =>
      NUMBERS.map((name) => it(sql<string>`substr(${it.ref(name)}, 1, ${[...q].length})`, '=', q));
    const same = (it: Conditions) => (amount === undefined ? [] : [it('amount', '=', amount)]);
    return [all.where((it) => it.or([...begins(it), ...same(it)]))];
  }
  if (found.length === 0) return ofAmount;
  const ofNumber = all.where('id', 'in', found);
  return [amount === undefined ? ofNumber : ofNumber.where('amount', '<>', amount), ...ofAmount];
}

/** Payments of which a number begins so; at most `MOST_FOUND` of each kind of number and one. */
async function numbersBeginning(session: Session, q: string): Promise<PaymentId[]> {
  const found = new Set<PaymentId>();
  for (const name of NUMBERS) {
    const query = session.words
      .selectFrom('payment')
      .select('id')
      .where(name, '>=', q)
      .where(name, '<', `${q}${LAST_CHARACTER}`)
      .limit(MOST_FOUND + 1);
    for (const row of await session.run(query.compile())) found.add(row.id);
  }
  return [...found];
}

/** The payments between two amounts when they are few; null when they are many, or any will do. */
async function fewOfAmounts(
  session: Session,
  { min, max }: Pick<PageFilter, 'min' | 'max'>,
): Promise<PaymentId[] | null> {
  if (min === undefined && max === undefined) return null;
  const query = session.words
    .selectFrom('payment')
    .select('id')
    .where('amount', '>=', min ?? 0)
    .where('amount', '<=', max ?? Number.MAX_SAFE_INTEGER)
    .limit(MOST_FOUND + 1);
  const rows = await session.run(query.compile());
  return rows.length > MOST_FOUND ? null : rows.map((row) => row.id);
}

function among<K extends 'state' | 'pay_type'>(
  query: Rows,
  column: K,
  values: readonly PaymentRow[K][],
): Rows {
  return values.length === 0 ? query : query.where(column, 'in', values as readonly never[]);
}

function everything(session: Session, filter: Filter): Rows {
  const { from, to, outlet, counter, staff, min, max, after } = filter;
  let query = session.words.selectFrom('payment').selectAll();
  if (from !== undefined) query = query.where('created_at', '>=', from);
  // Only the lower of the two upper bounds is said: the database may start from the other one.
  const continues =
    after !== undefined && after !== null && (to === undefined || after.createdAt < to);
  if (continues) {
    query = query.where((it) =>
      it(it.refTuple('created_at', 'id'), '<', it.tuple(after.createdAt, after.id)),
    );
  } else if (to !== undefined) query = query.where('created_at', '<', to);
  if (outlet === null) query = query.where('outlet', 'is', null);
  else if (outlet !== undefined) query = query.where('outlet', '=', outlet);
  if (counter !== undefined) query = query.where('counter', '=', counter);
  if (staff !== undefined) query = query.where('staff', '=', staff);
  // Unindexed as well: a wide range would be gathered and sorted.
  const amount = sql<number>`amount + 0`;
  if (min !== undefined) query = query.where(amount, '>=', min);
  if (max !== undefined) query = query.where(amount, '<=', max);
  return query;
}
