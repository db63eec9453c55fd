/**
 * Comparisons with QFPay and what they found. A difference is written once and stays: a later
 * comparison that finds it again meets it, and one that does not closes it.
 */
import { type DifferenceLine, GONE } from '@/lib/difference';
import type { Comparison, Comparisons, DoneRefunds } from '@/server/payments/ports';
import { NO_OUTLET } from './outlet';
import { prepared, row, type Session, type Slots, type Transact } from './prepared';
import { doneRefunds } from './refund-lists';
import type { ComparisonRow, DifferenceRow } from './schema';

const COLUMNS = [
  'id',
  'outlet',
  'day',
  'server',
  'state',
  'started_at',
  'started_by',
  'ended_at',
  'pages',
  'rows',
  'ours',
  'theirs',
  'found',
  'explained',
] as const;
const LINE = [
  'id',
  'outlet',
  'day',
  'number',
  'kind',
  'explained',
  'payment_id',
  'ours',
  'theirs',
  'found_at',
  'comparison_id',
  'settled_at',
  'settled_by',
  'reason',
] as const;
/** Sales go on between two writes of a day that differs everywhere. */
const AT_ONCE = 200;

const insert = prepared((words, slot: Slots<ComparisonRow>) =>
  words.insertInto('comparison').values(row(slot, COLUMNS)),
);
const insertLine = prepared((words, slot: Slots<DifferenceRow>) =>
  words.insertInto('difference').values(row(slot, LINE)),
);
type Met = Pick<DifferenceRow, 'id' | 'explained' | 'payment_id' | 'ours' | 'theirs'> & {
  readonly comparison_id: string;
};
const meet = prepared((words, slot: Slots<Met>) =>
  words
    .updateTable('difference')
    .set({
      explained: slot('explained'),
      payment_id: slot('payment_id'),
      ours: slot('ours'),
      theirs: slot('theirs'),
      comparison_id: slot('comparison_id'),
    })
    .where('id', '=', slot('id')),
);
const ofNumber = prepared((words, slot: Slots<Pick<DifferenceRow, 'outlet' | 'day' | 'number'>>) =>
  words
    .selectFrom('difference')
    .selectAll()
    .where('outlet', '=', slot('outlet'))
    .where('day', '=', slot('day'))
    .where('number', '=', slot('number'))
    .orderBy('found_at', 'desc')
    .orderBy('id', 'desc'),
);
type Gone = { outlet: string; day: string; comparison: string; at: number };
const closeGone = prepared((words, slot: Slots<Gone>) =>
  words
    .updateTable('difference')
    .set({ settled_at: slot('at'), settled_by: 'server', reason: GONE })
    .where('outlet', '=', slot('outlet'))
    .where('day', '=', slot('day'))
    .where('comparison_id', '<>', slot('comparison'))
    .where('settled_at', 'is', null),
);
type OfOne = { outlet: string; day: string; comparison: string };
const countOpen = prepared((words, slot: Slots<OfOne>) =>
  words
    .selectFrom('difference')
    .select((it) => it.fn.countAll<number>().as('open'))
    .where('outlet', '=', slot('outlet'))
    .where('day', '=', slot('day'))
    .where('comparison_id', '=', slot('comparison'))
    .where('settled_at', 'is', null)
    .where('explained', 'is', null),
);
const byId = prepared((words, slot: Slots<{ id: string }>) =>
  words.selectFrom('comparison').selectAll().where('id', '=', slot('id')),
);
const clear = prepared((words, slot: Slots<{ outlet: string; day: string }>) =>
  words
    .deleteFrom('comparison')
    .where('outlet', '=', slot('outlet'))
    .where('day', '=', slot('day'))
    .where('state', '<>', 'done'),
);
/** Of two that ended well only the last one is worth keeping. */
const clearOlder = prepared((words, slot: Slots<{ outlet: string; day: string; id: string }>) =>
  words
    .deleteFrom('comparison')
    .where('outlet', '=', slot('outlet'))
    .where('day', '=', slot('day'))
    .where('id', '<>', slot('id')),
);
const setEnd = prepared((words, slot: Slots<Omit<ComparisonRow, 'server'>>) =>
  words
    .updateTable('comparison')
    .set({
      state: slot('state'),
      ended_at: slot('ended_at'),
      pages: slot('pages'),
      rows: slot('rows'),
      ours: slot('ours'),
      theirs: slot('theirs'),
      found: slot('found'),
      explained: slot('explained'),
    })
    .where('id', '=', slot('id')),
);
const leave = prepared((words, slot: Slots<{ server: string; at: number }>) =>
  words
    .updateTable('comparison')
    .set({ state: 'stopped', ended_at: slot('at') })
    .where('server', '=', slot('server'))
    .where('state', '=', 'running'),
);

export function createComparisons(reader: Session, transact: Transact): Comparisons {
  return {
    begin: (comparison, server) =>
      transact(async (session) => {
        const kept = rowOf(comparison);
        await clear(session, { outlet: kept.outlet, day: kept.day });
        await insert(session, { ...kept, server });
      }),
    end: async (comparison, found) => {
      if (found !== null) {
        const { lines, newId } = found;
        for (let from = 0; from < lines.length; from += AT_ONCE) {
          const some = lines.slice(from, from + AT_ONCE);
          await transact(async (session) => {
            for (const line of some) await putLine(session, comparison, { line, newId });
          });
        }
      }
      return transact(async (session) => {
        const kept = rowOf(comparison);
        await setEnd(session, kept);
        if (found === null) return 0;
        const { outlet, day, id } = kept;
        const at = comparison.endedAt ?? comparison.startedAt;
        await closeGone(session, { outlet, day, comparison: id, at });
        await clearOlder(session, { outlet, day, id });
        return openOf(session, comparison);
      });
    },
    openOf: (comparison) => openOf(reader, comparison),
    abandon: (server, at) =>
      transact(async (session) => {
        await leave(session, { server, at });
      }),
    byId: async (id) => {
      const [found] = await byId(reader, { id });
      return found === undefined ? null : toComparison(found);
    },
    doneRefunds: (window: DoneRefunds) => doneRefunds(reader, window),
  };
}

async function openOf(session: Session, { id, outlet, day }: Comparison): Promise<number> {
  const of = { outlet: outlet ?? NO_OUTLET, day, comparison: id };
  return (await countOpen(session, of))[0]?.open ?? 0;
}

type NewLine = { readonly line: DifferenceLine; readonly newId: () => string };

/**
 * The same difference is met again. One that a person has settled stays settled, as long as both
 * sides still say the same; otherwise there is something new to decide.
 */
async function putLine(session: Session, comparison: Comparison, { line, newId }: NewLine) {
  const [outlet, { day }] = [comparison.outlet ?? NO_OUTLET, comparison];
  const facts = {
    explained: line.explained,
    payment_id: line.paymentId,
    ours: textOf(line.ours),
    theirs: textOf(line.theirs),
    comparison_id: comparison.id,
  };
  const known = (await ofNumber(session, { outlet, day, number: line.number })).filter(
    ({ kind }) => kind === line.kind,
  );
  const open = known.find(({ settled_at }) => settled_at === null);
  const [last] = known;
  const same = last?.ours === facts.ours && last.theirs === facts.theirs;
  const met = open ?? (last !== undefined && last.settled_by !== 'server' && same ? last : null);
  if (met !== null) {
    await meet(session, { id: met.id, ...facts });
    return;
  }
  await insertLine(session, {
    ...{ id: newId(), outlet, day, number: line.number, kind: line.kind, ...facts },
    found_at: comparison.endedAt ?? comparison.startedAt,
    ...{ settled_at: null, settled_by: null, reason: null },
  });
}

const textOf = (facts: object | null): string | null =>
  facts === null ? null : JSON.stringify(facts);

const rowOf = (it: Comparison): Omit<ComparisonRow, 'server'> => ({
  ...{ id: it.id, outlet: it.outlet ?? NO_OUTLET, day: it.day, state: it.state },
  ...{ started_at: it.startedAt, started_by: it.startedBy, ended_at: it.endedAt },
  ...{ pages: it.pages, rows: it.rows, ours: textOf(it.ours), theirs: textOf(it.theirs) },
  ...{ found: it.found, explained: it.explained },
});

export const toComparison = (found: ComparisonRow): Comparison => ({
  ...{ id: found.id, outlet: found.outlet === NO_OUTLET ? null : found.outlet, day: found.day },
  ...{ state: found.state, startedAt: found.started_at, startedBy: found.started_by },
  ...{ endedAt: found.ended_at, pages: found.pages, rows: found.rows },
  ours: found.ours === null ? null : JSON.parse(found.ours),
  theirs: found.theirs === null ? null : JSON.parse(found.theirs),
  ...{ found: found.found, explained: found.explained },
});
