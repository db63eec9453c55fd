/** What comparisons found, as lists for people, and what people decided about it. */
import type { SelectQueryBuilder } from 'kysely';
import type { DifferenceLine, SideFacts } from '@/lib/difference';
import type { Comparison, NewTimelineEntry } from '@/server/payments/ports';
import { appendAudit } from './audit';
import { toComparison } from './comparison';
import { NO_OUTLET } from './outlet';
import { clean, prepared, type Session, type Slots, type Transact } from './prepared';
import type { DifferenceRow, Tables } from './schema';

export type Difference = DifferenceLine & {
  readonly id: string;
  readonly day: string;
  readonly outlet: string | null;
  readonly foundAt: number;
  readonly settledAt: number | null;
  readonly settledBy: string | null;
  readonly reason: string | null;
};
/** Where a page ended; the next one begins below it. */
type DifferenceKey = { readonly foundAt: number; readonly id: string };
export type DifferenceFilter = {
  /** The open ones of all days, or everything that the last comparison of one day found. */
  readonly wanted: 'open' | { readonly comparison: Comparison };
  /** Null: of every outlet. */
  readonly outlets: readonly (string | null)[] | null;
  readonly after: DifferenceKey | null;
  readonly limit: number;
};
type Page = { readonly differences: Difference[]; readonly next: DifferenceKey | null };

const MOST_ROWS = 200;
const byId = prepared((words, slot: Slots<{ id: string }>) =>
  words.selectFrom('difference').selectAll().where('id', '=', slot('id')),
);
type Settled = { id: string; at: number; by: string; reason: string };
const settle = prepared((words, slot: Slots<Settled>) =>
  words
    .updateTable('difference')
    .set({ settled_at: slot('at'), settled_by: slot('by'), reason: slot('reason') })
    .where('id', '=', slot('id'))
    .where('settled_at', 'is', null)
    .returning('id'),
);

export function createDifferences(reader: Session, transact: Transact) {
  return {
    page: (filter: DifferenceFilter): Promise<Page> => page(reader, filter),
    byId: async (id: string): Promise<Difference | null> => {
      const [found] = await byId(reader, { id });
      return found === undefined ? null : toDifference(found);
    },
    /** False when somebody, or a later comparison, was faster. */
    settle: (settled: Settled, note: NewTimelineEntry): Promise<boolean> =>
      transact(async (session) => {
        const done = await settle(session, { ...settled, reason: clean(settled.reason) });
        if (done.length === 1) await appendAudit(session, note);
        return done.length === 1;
      }),
    /** Of one outlet, the latest day first; at most `limit`. */
    comparisons: async (outlet: string | null, limit: number): Promise<Comparison[]> => {
      const query = reader.words
        .selectFrom('comparison')
        .selectAll()
        .where('outlet', '=', outlet ?? NO_OUTLET)
        .orderBy('day', 'desc')
        .orderBy('started_at', 'desc')
        .limit(limit);
      return (await reader.run(query.compile())).map(toComparison);
    },
  };
}

async function page(session: Session, filter: DifferenceFilter): Promise<Page> {
  const limit = Math.max(1, Math.min(MOST_ROWS, filter.limit));
  const newestFirst = among(session, filter)
    .orderBy('found_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  const differences = (await session.run(newestFirst.compile())).map(toDifference);
  const last = differences[limit - 1];
  if (differences.length <= limit || last === undefined) return { differences, next: null };
  const next = { foundAt: last.foundAt, id: last.id };
  return { differences: differences.slice(0, limit), next };
}

type Rows = SelectQueryBuilder<Tables, 'difference', DifferenceRow>;

function among(session: Session, { wanted, outlets, after }: DifferenceFilter): Rows {
  let query = session.words.selectFrom('difference').selectAll();
  if (wanted === 'open') {
    query = query.where('settled_at', 'is', null).where('explained', 'is', null);
  } else {
    const { outlet, day, id } = wanted.comparison;
    query = query
      .where('outlet', '=', outlet ?? NO_OUTLET)
      .where('day', '=', day)
      .where('comparison_id', '=', id);
  }
  if (outlets !== null) {
    const names = outlets.map((outlet) => outlet ?? NO_OUTLET);
    query = query.where('outlet', 'in', names);
  }
  if (after !== null) {
    query = query.where((it) =>
      it(it.refTuple('found_at', 'id'), '<', it.tuple(after.foundAt, after.id)),
    );
  }
  return query;
}

const factsOf = (text: string | null): SideFacts | null =>
  text === null ? null : (JSON.parse(text) as SideFacts);

const toDifference = (found: DifferenceRow): Difference => ({
  ...{ id: found.id, day: found.day, number: found.number, kind: found.kind },
  outlet: found.outlet === NO_OUTLET ? null : found.outlet,
  ...{ explained: found.explained, paymentId: found.payment_id },
  ...{ ours: factsOf(found.ours), theirs: factsOf(found.theirs), foundAt: found.found_at },
  ...{ settledAt: found.settled_at, settledBy: found.settled_by, reason: found.reason },
});
