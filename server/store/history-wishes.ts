/** What a history may be restricted by, as conditions that no index is tempted by. */
import { type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { PageKey, Refunded } from '@/lib/history-filter';
import type { PaymentState } from '@/lib/payment';
import type { Tables } from './schema';

export type PageFilter = {
  /** Wall ms UTC; `to` is the first moment that is not wanted any more. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly states?: readonly PaymentState[] | undefined;
  /** What was asked for, or what the gateway made of it. */
  readonly payTypes?: readonly string[] | undefined;
  readonly counter?: string | undefined;
  readonly staff?: string | undefined;
  /** By their mchid, null where none was assigned. */
  readonly outlets?: readonly (string | null)[] | undefined;
  /** Minor units, both included. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly refunded?: readonly Refunded[] | undefined;
  readonly late?: boolean | undefined;
  readonly review?: boolean | undefined;
  /** How our number, QFPay's or the wallet's begins. */
  readonly q?: string | undefined;
  /** With `q`: payments of exactly these minor units are wanted as well. */
  readonly qAmount?: number | undefined;
  readonly after?: PageKey | null | undefined;
  readonly limit: number;
};

export type Rows<O> = SelectQueryBuilder<Tables, 'payment', O>;
export type Conditions = ExpressionBuilder<Tables, 'payment'>;

export type Wish = 'states' | 'payTypes' | 'counter' | 'staff' | 'outlets' | 'amount' | 'remarks';

/** Every wish of a filter that restricts anything. */
export function wishesOf(filter: PageFilter): Wish[] {
  const { states = [], payTypes = [], refunded = [], late = false, review = false } = filter;
  const wishes: readonly (readonly [Wish, boolean])[] = [
    ['states', states.length > 0],
    ['payTypes', payTypes.length > 0],
    ['counter', filter.counter !== undefined],
    ['staff', filter.staff !== undefined],
    ['outlets', filter.outlets !== undefined],
    ['amount', filter.min !== undefined || filter.max !== undefined],
    ['remarks', refunded.length > 0 || late || review],
  ];
  return wishes.flatMap(([wish, restricts]) => (restricts ? [wish] : []));
}

/** A sum or a sentence of a column is in no index, and tempts the database to none. */
const text = (column: string) => sql<string>`${sql.ref(column)} || ''`;
const whole = (column: string) => sql<number>`${sql.ref(column)} + 0`;

/** The query, restricted by those wishes. */
export function restrict<O>(query: Rows<O>, filter: PageFilter, wishes: readonly Wish[]): Rows<O> {
  return wishes.reduce((rows, wish) => RESTRICT[wish](rows, filter), query);
}

const RESTRICT: Readonly<Record<Wish, <O>(query: Rows<O>, filter: PageFilter) => Rows<O>>> = {
  states: (query, { states = [] }) => query.where(text('state'), 'in', states),
  payTypes: (query, { payTypes = [] }) =>
    query.where((it) =>
      it.or([it(text('pay_type'), 'in', payTypes), it(text('used_pay_type'), 'in', payTypes)]),
    ),
  counter: (query, { counter = '' }) => query.where(text('counter'), '=', counter),
  staff: (query, { staff = '' }) => query.where(text('staff'), '=', staff),
  outlets: (query, { outlets = [] }) => {
    const named = outlets.filter((outlet) => outlet !== null);
    return query.where((it) =>
      it.or([
        ...(outlets.includes(null) ? [it('outlet', 'is', null)] : []),
        ...(named.length === 0 ? [] : [it(text('outlet'), 'in', named)]),
      ]),
    );
  },
  amount: (query, { min, max }) => {
    const above = min === undefined ? query : query.where(whole('amount'), '>=', min);
    return max === undefined ? above : above.where(whole('amount'), '<=', max);
  },
  remarks: (query, { refunded = [], late = false, review = false }) => {
    let rows = query;
    if (late) rows = rows.where(whole('late'), '=', 1);
    if (review) rows = rows.where(text('review'), '<>', '');
    if (refunded.length > 0) rows = rows.where(whole('refunded'), '>', 0);
    if (refunded.length === 1) {
      const partly = sql<SqlBool>`refunded + 0 < amount + 0`;
      rows = rows.where(refunded[0] === 'partly' ? partly : sql<SqlBool>`not (${partly})`);
    }
    return rows;
  },
};

/** Only what lies between the moments of the filter, and below where the page before ended. */
export function within<O>(query: Rows<O>, { from, to, after }: PageFilter): Rows<O> {
  const rows = from === undefined ? query : query.where('created_at', '>=', from);
  // Only the lower of the two upper bounds is said: the database may start from the other one.
  const continues =
    after !== undefined && after !== null && (to === undefined || after.createdAt < to);
  if (!continues) return to === undefined ? rows : rows.where('created_at', '<', to);
  return rows.where((it) =>
    it(it.refTuple('created_at', 'id'), '<', it.tuple(after.createdAt, after.id)),
  );
}

/** The same for a key in hand. */
export function isWithin({ createdAt, id }: PageKey, { from, to, after }: PageFilter): boolean {
  if (createdAt < (from ?? createdAt) || createdAt >= (to ?? createdAt + 1)) return false;
  if (after === undefined || after === null) return true;
  return createdAt < after.createdAt || (createdAt === after.createdAt && id < after.id);
}
