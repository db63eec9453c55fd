/**
 * Shifts between the database and `lib`. One is open at a counter at most; a Z takes its number in
 * the transaction that seals it, and a sealed row never changes again. It never says why.
 */
import { sql } from 'kysely';
import type { Currency } from '@/lib/money';
import { type Correction, type Shift, type ShiftFigures, shiftFigures } from '@/lib/shift';
import { appendAudit } from './audit';
import { prepared, row, type Session, type Slots, type Transact } from './prepared';
import { requestKey } from './request-key';
import type { ShiftCorrectionRow, ShiftRow } from './schema-desk';
import { factsOf, shiftAt } from './taking';
import { nextNumber } from './tally';

/** Where a page ended; the next one begins below it. */
type ShiftKey = { readonly openedAt: number; readonly id: number };
export type ShiftFilter = {
  readonly counter: string | null;
  /** Wall ms UTC. */
  readonly from: number | null;
  readonly after: ShiftKey | null;
  readonly limit: number;
};
export type ShiftPage = { readonly shifts: readonly Shift[]; readonly next: ShiftKey | null };

export type Closing = {
  readonly id: number;
  readonly key: string;
  readonly staff: string;
  readonly at: number;
  readonly currency: Currency;
};
/** `yours`: this very call, or one with the same key, sealed it. */
export type Closed =
  | { readonly shift: Shift; readonly yours: boolean }
  | { readonly refused: 'not-found' | 'key-reused' };

export type Correcting = Correction & { readonly id: number };

const byId = prepared((words, slot: Slots<{ id: number }>) =>
  words.selectFrom('shift').selectAll().where('id', '=', slot('id')),
);

const byCloseKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('shift').select('id').where('close_key', '=', slot('key')),
);

type Seal = { id: number; at: number; by: string; number: number; sealed: string; key: string };
const seal = prepared((words, slot: Slots<Seal>) =>
  words
    .updateTable('shift')
    .set({
      closed_at: slot('at'),
      closed_by: slot('by'),
      number: slot('number'),
      sealed: slot('sealed'),
      close_key: slot('key'),
    })
    .where('id', '=', slot('id'))
    .where('closed_at', 'is', null)
    .returningAll(),
);

const correctionsOf = prepared((words, slot: Slots<{ shift: number }>) =>
  words
    .selectFrom('shift_correction')
    .selectAll()
    .where('shift', '=', slot('shift'))
    .orderBy('seq'),
);

const insertCorrection = prepared((words, slot: Slots<ShiftCorrectionRow>) =>
  words
    .insertInto('shift_correction')
    .values(row<ShiftCorrectionRow>(slot, ['shift', 'seq', 'at', 'staff', 'reason'])),
);

/** `within`: one transaction, all or nothing, while nobody else writes. */
export function createShifts(reader: Session, within: Transact) {
  return {
    shift: async (id: number): Promise<Shift | null> => one(await byId(reader, { id })),
    page: (filter: ShiftFilter): Promise<ShiftPage> => page(reader, filter),
    corrections: async (shift: number): Promise<Correction[]> =>
      (await correctionsOf(reader, { shift })).map(({ at, staff, reason }) => ({
        ...{ at, staff, reason },
      })),
    /** The sealed figures of a closed shift; of an open one what they are now. */
    figures: async ({ id, counter, openedAt, sealed }: Shift, currency: Currency) =>
      sealed ??
      shiftFigures(await factsOf(reader, { id, counter, opened_at: openedAt }, currency), currency),
    /** The shift that is open at the counter, whoever opened it. */
    open: (opening: { counter: string; staff: string; at: number }): Promise<Shift> =>
      within((session) => open(session, opening)),
    close: (closing: Closing): Promise<Closed> => within((session) => close(session, closing)),
    /** Null where there is no such shift; false while it is open. */
    correct: (correcting: Correcting): Promise<boolean | null> =>
      within((session) => correct(session, correcting)),
  };
}

async function open(
  session: Session,
  { counter, staff, at }: { counter: string; staff: string; at: number },
): Promise<Shift> {
  const { id, isNew } = await shiftAt(session, { counter, at, by: staff, itself: false });
  if (isNew) await note(session, { at, actor: staff, detail: { did: 'open-shift', shift: id } });
  const shift = one(await byId(session, { id }));
  if (shift === null) throw new Error(`shift ${id} could not be opened`);
  return shift;
}

async function close(session: Session, { id, key, staff, at, currency }: Closing): Promise<Closed> {
  const [keyed] = await byCloseKey(session, { key });
  const isReused = keyed !== undefined && keyed.id !== id;
  if (isReused || (await requestKey(session, key)) !== null) return { refused: 'key-reused' };
  const before = one(await byId(session, { id }));
  if (before === null) return { refused: 'not-found' };
  // Somebody else was faster: there is one Z, and this is it.
  if (before.number !== null) return { shift: before, yours: keyed !== undefined };
  const { counter, openedAt: opened_at } = before;
  const figures = shiftFigures(
    await factsOf(session, { id, counter, opened_at }, currency),
    currency,
  );
  const number = await nextNumber(session, 'z');
  const sealed = JSON.stringify(figures);
  const shift = one(await seal(session, { id, at, by: staff, number, sealed, key }));
  if (shift === null) throw new Error(`shift ${id} changed under its transaction`);
  const { count, amount, refundCount, refundAmount, net } = figures.takings;
  await note(session, {
    at,
    actor: staff,
    detail: {
      ...{ did: 'close-shift', shift: id, number, counter },
      ...{ count, amount, refundCount, refundAmount, net },
    },
  });
  return { shift, yours: true };
}

async function correct(
  session: Session,
  { id, staff, reason, at }: Correcting,
): Promise<boolean | null> {
  const shift = one(await byId(session, { id }));
  if (shift === null) return null;
  if (shift.number === null) return false;
  const seq = (await correctionsOf(session, { shift: id })).length + 1;
  await insertCorrection(session, { shift: id, seq, at, staff, reason });
  const detail = { did: 'correct-shift', shift: id, number: shift.number, seq, reason };
  await note(session, { at, actor: staff, detail });
  return true;
}

type Note = {
  readonly at: number;
  readonly actor: string;
  readonly detail: Readonly<Record<string, string | number>>;
};

const note = (session: Session, { at, actor, detail }: Note): Promise<void> =>
  appendAudit(session, { at, actor, detail, ...NO_PAYMENT });
const NO_PAYMENT = { paymentId: null, saleId: null, kind: 'person', state: null } as const;

const MOST_ROWS = 100;

async function page(session: Session, filter: ShiftFilter): Promise<ShiftPage> {
  const { counter, from, after } = filter;
  const limit = Math.max(1, Math.min(MOST_ROWS, filter.limit));
  let query = session.words.selectFrom('shift').selectAll();
  if (counter !== null) query = query.where('counter', '=', counter);
  if (from !== null) query = query.where('opened_at', '>=', from);
  if (after !== null) {
    query = query.where((it) =>
      it(it.refTuple('opened_at', 'id'), '<', it.tuple(after.openedAt, after.id)),
    );
  }
  const newestFirst = query
    .orderBy('opened_at', 'desc')
    .orderBy(sql.ref('id'), 'desc')
    .limit(limit + 1);
  const found = (await session.run(newestFirst.compile())).map(toShift);
  const last = found[limit - 1];
  if (found.length <= limit || last === undefined) return { shifts: found, next: null };
  return { shifts: found.slice(0, limit), next: { openedAt: last.openedAt, id: last.id } };
}

const one = ([found]: ShiftRow[]): Shift | null => (found === undefined ? null : toShift(found));

function toShift(found: ShiftRow): Shift {
  return {
    id: found.id,
    counter: found.counter,
    openedAt: found.opened_at,
    openedBy: found.opened_by,
    openedItself: found.opened_itself === 1,
    closedAt: found.closed_at,
    closedBy: found.closed_by,
    number: found.number,
    sealed: found.sealed === null ? null : (JSON.parse(found.sealed) as ShiftFigures),
  };
}
