/**
 * How a history is walked: along one index, newest first, so many steps and no more. What the
 * index cannot tell is looked up on the way, so a rare wish may end a walk before a page is full;
 * then the page says how far it came. No wish makes any page cost more than those steps.
 */
import { sql } from 'kysely';
import type { PageKey } from '@/lib/history-filter';
import {
  type PageFilter,
  type Rows,
  restrict,
  type Wish,
  wishesOf,
  within,
} from './history-wishes';
import type { Session } from './prepared';

/** Entries of the index by time that are passed for one page; it knows all that is asked there. */
export const STEPS = 3_000;
/** What a step along another index costs, whose payments must be looked at one by one. */
const PRICE_OF_A_LOOK = 10;
/** For each walk of many: a page of a rare wallet needs no more. */
const FEWEST_STEPS = 20;

/** Rows of one index; `leads` says by which of its columns. */
type Walk = <O>(query: Rows<O>) => Rows<O>;
/** Walks that are merged by time. No payment is in two of them. */
export type Way = {
  readonly walks: readonly Walk[];
  readonly covers: Wish | null;
  /** The index itself knows everything that may be asked. */
  readonly knowsAll?: true;
};

/** Where to walk, and the oldest payment that may be looked at; null where that is the last. */
export type Route = {
  readonly way: Way;
  readonly wishes: readonly Wish[];
  readonly floor: PageKey | null;
};

export type Extra = <O>(query: Rows<O>) => Rows<O>;
type Reach = { readonly steps: number; readonly ways: readonly Way[]; readonly extra: boolean };

/** The way that reaches furthest back with so many steps. */
export async function chooseRoute(
  session: Session,
  filter: PageFilter,
  { steps, ways, extra }: Reach,
): Promise<Route> {
  let best: Route | null = null;
  for (const way of ways) {
    const wishes = wishesOf(filter).filter((wish) => wish !== way.covers);
    // Every step is a payment that is wanted: the page is full before they are used up.
    if (wishes.length === 0 && !extra) return { way, wishes, floor: null };
    const looks = extra || way.knowsAll !== true;
    const reach = { way, steps: looks ? Math.floor(steps / PRICE_OF_A_LOOK) : steps };
    const floor = await floorOf(session, filter, reach);
    const route = { way, wishes, floor };
    if (floor === null) return route;
    if (best?.floor == null || isOlder(floor, best.floor)) best = route;
  }
  if (best === null) throw new Error('there is no way through the history');
  return best;
}

const isOlder = (a: PageKey, b: PageKey): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);

/** The newest of where the walks of a way end. The index alone tells it, without a payment read. */
async function floorOf(
  session: Session,
  filter: PageFilter,
  { way, steps }: { way: Way; steps: number },
): Promise<PageKey | null> {
  const each = Math.max(FEWEST_STEPS, Math.floor(steps / way.walks.length));
  let floor: PageKey | null = null;
  for (const walk of way.walks) {
    const keys = session.words.selectFrom('payment').select(['created_at', 'id']);
    const query = newestFirst(within(walk(keys), filter))
      .limit(1)
      .offset(each - 1);
    const [end] = await session.run(query.compile());
    if (end === undefined) continue;
    const key = { createdAt: end.created_at, id: end.id };
    if (floor === null || isOlder(floor, key)) floor = key;
  }
  return floor;
}

export const newestFirst = <O>(query: Rows<O>): Rows<O> =>
  query.orderBy('created_at', 'desc').orderBy('id', 'desc');

/** The wanted rows of a route, down to its floor. */
export function along<O>(
  rows: () => Rows<O>,
  filter: PageFilter,
  { route, extra }: { route: Route; extra?: Extra | undefined },
): Rows<O> {
  const { way, wishes, floor } = route;
  // Only the higher of the two lower bounds is said: the database may stop at the other one.
  const span = floor === null ? filter : { ...filter, from: undefined };
  const [first, ...more] = way.walks.map((walk) => {
    const above = downTo(within(walk(rows()), span), floor);
    const wanted = restrict(above, filter, wishes);
    return extra === undefined ? wanted : extra(wanted);
  });
  if (first === undefined) throw new Error('a way has no walks');
  return more.reduce((sum, walk) => sum.unionAll(walk), first);
}

function downTo<O>(query: Rows<O>, floor: PageKey | null): Rows<O> {
  if (floor === null) return query;
  return query
    .where('created_at', '>=', floor.createdAt)
    .where((it) =>
      it(
        sql<string>`case when created_at = ${floor.createdAt} then id else ${floor.id} end`,
        '>=',
        floor.id,
      ),
    );
}

/** Every way that may lead to what is wanted; the time alone leads always. */
export function waysOf(filter: PageFilter): Way[] {
  const { states = [], counter, staff, min, max } = filter;
  const ways: Way[] = [];
  const covering = (covers: Wish, walks: readonly Walk[]) => ways.push({ walks, covers });
  if (wishesOf(filter).includes('remarks')) ways.push({ walks: [remarkable], covers: null });
  if (staff !== undefined) covering('staff', [(query) => query.where('staff', '=', staff)]);
  if (counter !== undefined) covering('counter', [(query) => query.where('counter', '=', counter)]);
  if (states.length > 0) {
    const each = [...new Set(states)];
    covering(
      'states',
      each.map(
        (state): Walk =>
          (query) =>
            query.where('state', '=', state),
      ),
    );
  }
  if (wishesOf(filter).includes('payTypes')) covering('payTypes', walksOfPayTypes(filter));
  if (min !== undefined && min === max) covering('amount', [ofAmount(min)]);
  ways.push({ walks: [everything], covers: null, knowsAll: true });
  return ways;
}

export const ofAmount =
  (minor: number): Walk =>
  (query) =>
    query.where('amount', '=', minor);

const everything: Walk = (query) => query;

/** In the words of the index itself, by which the database knows it. */
const remarkable: Walk = (query) =>
  query.where(sql<boolean>`(refunded > 0 or late = 1 or review is not null)`);

/** What was asked for, and what the gateway routed to it: the second is in no index but its own. */
function walksOfPayTypes({ payTypes = [] }: PageFilter): Walk[] {
  const types = [...new Set(payTypes)];
  const asked = types.map(
    (type): Walk =>
      (query) =>
        query.where('pay_type', '=', type),
  );
  const routed = types.map(
    (type): Walk =>
      (query) =>
        query
          .where('used_pay_type', '=', type)
          .where(sql<boolean>`used_pay_type <> pay_type`)
          .where(sql<string>`pay_type || ''`, 'not in', types),
  );
  return [...asked, ...routed];
}
