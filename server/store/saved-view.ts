/** The filters that a person has put aside under a name; each person has their own. */
import { prepared, row, type Session, type Slots } from './prepared';
import type { SavedViewRow } from './schema-desk';

export type SavedView = {
  readonly number: number;
  readonly name: string;
  /** Search parameters, as they stand in an address. */
  readonly search: string;
};
export type SavedViewChange = Omit<SavedView, 'number'> & {
  readonly staff: string;
  /** Wall ms UTC. */
  readonly at: number;
};
/** Why a view is not kept. */
export type ViewRefusal = 'name-taken' | 'too-many';

const MOST_VIEWS = 50;
const COLUMNS = ['staff', 'number', 'name', 'search', 'changed_at'] as const;

const ofStaff = prepared((words, slot: Slots<{ staff: string }>) =>
  words
    .selectFrom('saved_view')
    .select(['number', 'name', 'search'])
    .where('staff', '=', slot('staff'))
    .orderBy('number'),
);
const insert = prepared((words, slot: Slots<SavedViewRow>) =>
  words.insertInto('saved_view').values(row(slot, COLUMNS)),
);
const update = prepared((words, slot: Slots<SavedViewRow>) =>
  words
    .updateTable('saved_view')
    .set({ name: slot('name'), search: slot('search'), changed_at: slot('changed_at') })
    .where('staff', '=', slot('staff'))
    .where('number', '=', slot('number')),
);
const remove = prepared((words, slot: Slots<Pick<SavedViewRow, 'staff' | 'number'>>) =>
  words
    .deleteFrom('saved_view')
    .where('staff', '=', slot('staff'))
    .where('number', '=', slot('number'))
    .returning('number'),
);

type Transaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

export function createSavedViews(reader: Session, transaction: Transaction) {
  return {
    of: (staff: string): Promise<SavedView[]> => ofStaff(reader, { staff }),
    add: (change: SavedViewChange): Promise<SavedView | ViewRefusal> =>
      transaction(async (session) => {
        const known = await ofStaff(session, { staff: change.staff });
        if (known.some(({ name }) => name === change.name)) return 'name-taken';
        if (known.length >= MOST_VIEWS) return 'too-many';
        return put(session, insert, { change, number: (known.at(-1)?.number ?? 0) + 1 });
      }),
    /** Null when this person has no such view. */
    change: (number: number, change: SavedViewChange): Promise<SavedView | ViewRefusal | null> =>
      transaction(async (session) => {
        const known = await ofStaff(session, { staff: change.staff });
        if (!known.some((one) => one.number === number)) return null;
        const taken = known.some((one) => one.number !== number && one.name === change.name);
        return taken ? 'name-taken' : put(session, update, { change, number });
      }),
    /** False when this person has no such view. */
    remove: (staff: string, number: number): Promise<boolean> =>
      transaction(async (session) => (await remove(session, { staff, number })).length === 1),
  };
}

async function put(
  session: Session,
  write: typeof insert | typeof update,
  { change, number }: { change: SavedViewChange; number: number },
): Promise<SavedView> {
  const { staff, name, search, at } = change;
  await write(session, { staff, number, name, search, changed_at: at });
  return { number, name, search };
}
