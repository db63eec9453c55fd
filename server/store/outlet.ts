/**
 * The outlets of the shop, which counters stand in them, and to which of them staff are limited.
 * Every change is in the audit, in the same transaction.
 */
import type { NewTimelineEntry } from '@/server/payments/ports';
import { appendAudit } from './audit';
import { prepared, row, type Session, type Slots, type Transact } from './prepared';
import type { CounterOutletRow, OutletRow, StaffOutletRow } from './schema';

/** A key has no null. */
export const NO_OUTLET = '';

export type Outlet = {
  readonly id: string;
  readonly name: string;
  readonly mchid: string | null;
  readonly active: boolean;
  readonly createdAt: number;
};
const COLUMNS = ['id', 'name', 'mchid', 'active', 'created_at'] as const;

const all = prepared((words) =>
  words.selectFrom('outlet').selectAll().orderBy('created_at').orderBy('id'),
);
const insert = prepared((words, slot: Slots<OutletRow>) =>
  words
    .insertInto('outlet')
    .values(row(slot, COLUMNS))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);
type Changed = Pick<OutletRow, 'id' | 'name' | 'mchid' | 'active'>;
const change = prepared((words, slot: Slots<Changed>) =>
  words
    .updateTable('outlet')
    .set({ name: slot('name'), mchid: slot('mchid'), active: slot('active') })
    .where('id', '=', slot('id')),
);
const counters = prepared((words) =>
  words.selectFrom('counter_outlet').selectAll().orderBy('counter'),
);
const ofCounter = prepared((words, slot: Slots<{ counter: string }>) =>
  words.selectFrom('counter_outlet').select('outlet_id').where('counter', '=', slot('counter')),
);
const putCounter = prepared((words, slot: Slots<CounterOutletRow>) =>
  words
    .insertInto('counter_outlet')
    .values({ counter: slot('counter'), outlet_id: slot('outlet_id') })
    .onConflict((conflict) =>
      conflict.column('counter').doUpdateSet((it) => ({ outlet_id: it.ref('excluded.outlet_id') })),
    ),
);
const dropCounter = prepared((words, slot: Slots<{ counter: string }>) =>
  words.deleteFrom('counter_outlet').where('counter', '=', slot('counter')),
);
const limits = prepared((words) => words.selectFrom('staff_outlet').selectAll());
const limitsOf = prepared((words, slot: Slots<{ staff: string }>) =>
  words
    .selectFrom('staff_outlet')
    .innerJoin('outlet', 'outlet.id', 'staff_outlet.outlet_id')
    .select('outlet.mchid')
    .where('staff_outlet.staff_code', '=', slot('staff')),
);
const dropLimits = prepared((words, slot: Slots<{ staff: string }>) =>
  words.deleteFrom('staff_outlet').where('staff_code', '=', slot('staff')),
);
const putLimit = prepared((words, slot: Slots<StaffOutletRow>) =>
  words
    .insertInto('staff_outlet')
    .values({ staff_code: slot('staff_code'), outlet_id: slot('outlet_id') }),
);
const people = prepared((words) =>
  words
    .selectFrom('staff')
    .select(['code', 'name', 'role'])
    .where('disabled_at', 'is', null)
    .orderBy('code'),
);
const anyPayment = prepared((words, slot: Slots<{ mchid: string }>) =>
  words.selectFrom('payment').select('id').where('outlet', '=', slot('mchid')).limit(1),
);
const anyWithout = prepared((words) =>
  words.selectFrom('payment').select('id').where('outlet', 'is', null).limit(1),
);

type Change = (session: Session) => Promise<boolean>;

function noted(transact: Transact, note: NewTimelineEntry | null, work: Change): Promise<boolean> {
  return transact(async (session) => {
    const done = await work(session);
    if (done && note !== null) await appendAudit(session, note);
    return done;
  });
}

export function createOutlets(reader: Session, transact: Transact) {
  const list = async (): Promise<Outlet[]> => (await all(reader, {})).map(toOutlet);
  return {
    /** The oldest first. */
    list,
    /** The mchid of every outlet that is in business, null where none was assigned. */
    swept: async (): Promise<readonly (string | null)[]> => {
      const active = (await list()).filter((outlet) => outlet.active);
      return active.map(({ mchid }) => mchid);
    },
    /** False when another outlet has this mchid. */
    insert: (outlet: Outlet, note: NewTimelineEntry | null) =>
      noted(
        transact,
        note,
        async (session) => (await insert(session, fromOutlet(outlet))).length === 1,
      ),
    change: (outlet: Outlet, note: NewTimelineEntry | null) =>
      noted(transact, note, async (session) => {
        await change(session, fromOutlet(outlet));
        return true;
      }),
    hasPayments: async ({ mchid }: Pick<Outlet, 'mchid'>): Promise<boolean> => {
      const found =
        mchid === null ? await anyWithout(reader, {}) : await anyPayment(reader, { mchid });
      return found.length > 0;
    },
    counters: async () =>
      (await counters(reader, {})).map((it) => ({ counter: it.counter, outletId: it.outlet_id })),
    ofCounter: async (counter: string): Promise<string | null> =>
      (await ofCounter(reader, { counter }))[0]?.outlet_id ?? null,
    /** To no outlet, with null. */
    putCounter: (counter: string, outletId: string | null, note: NewTimelineEntry) =>
      noted(transact, note, async (session) => {
        if (outletId === null) await dropCounter(session, { counter });
        else await putCounter(session, { counter, outlet_id: outletId });
        return true;
      }),
  };
}

/** To which outlets staff are limited; whoever is limited to none may be everywhere. */
export function createStaffOutlets(reader: Session, transact: Transact) {
  return {
    /** Everybody who may sign in, and to which outlets they are limited; to none is everywhere. */
    staff: async () => {
      const rows = await limits(reader, {});
      return (await people(reader, {})).map(({ code, name, role }) => ({
        ...{ code, name, role },
        outletIds: rows.filter((it) => it.staff_code === code).map((it) => it.outlet_id),
      }));
    },
    /** The mchids to which somebody is limited; null is everywhere. */
    ofStaff: async (staff: string): Promise<readonly (string | null)[] | null> => {
      const rows = await limitsOf(reader, { staff });
      return rows.length === 0 ? null : rows.map(({ mchid }) => mchidOf(mchid));
    },
    putStaff: (staff: string, outletIds: readonly string[], note: NewTimelineEntry) =>
      noted(transact, note, async (session) => {
        await dropLimits(session, { staff });
        for (const id of new Set(outletIds)) {
          await putLimit(session, { staff_code: staff, outlet_id: id });
        }
        return true;
      }),
  };
}

const mchidOf = (kept: string): string | null => (kept === NO_OUTLET ? null : kept);

const toOutlet = (found: OutletRow): Outlet => ({
  id: found.id,
  name: found.name,
  mchid: mchidOf(found.mchid),
  active: found.active === 1,
  createdAt: found.created_at,
});

const fromOutlet = (outlet: Outlet): OutletRow => ({
  id: outlet.id,
  name: outlet.name,
  mchid: outlet.mchid ?? NO_OUTLET,
  active: outlet.active ? 1 : 0,
  created_at: outlet.createdAt,
});
