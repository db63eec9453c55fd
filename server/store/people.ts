/** Who works here and which of their sessions are open: lists, and what changes rights. */
import { prepared, row, type Session, type Slots } from './prepared';
import type { StaffRow } from './schema-desk';
import { fromStaff, type SessionRecord, type StaffRecord, toSession, toStaff } from './staff';

/** More people than one shop has; more open sessions than it has tablets. */
const MOST = 500;

const CHANGED = ['name', 'role', 'pin_hash', 'pin_params', 'disabled_at'] as const;
type Changed = Pick<StaffRow, (typeof CHANGED)[number]>;

const all = prepared((words) => words.selectFrom('staff').selectAll().orderBy('code').limit(MOST));
const update = prepared((words, slot: Slots<Changed & { code: string }>) =>
  words
    .updateTable('staff')
    .set(row<Changed>(slot, CHANGED))
    .where('code', '=', slot('code'))
    .returning('code'),
);
const openNow = prepared((words, slot: Slots<{ now: number }>) =>
  words
    .selectFrom('staff_session')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('expires_at', '>', slot('now'))
    .orderBy('expires_at', 'desc')
    .limit(MOST),
);
const activate = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('staff_session')
    .set({ active_at: slot('at'), last_seen_at: slot('at') })
    .where('id_hash', '=', slot('id')),
);
const carry = prepared((words, slot: Slots<{ id: string; carries: string }>) =>
  words
    .updateTable('staff_session')
    .set({ carries: slot('carries') })
    .where('id_hash', '=', slot('id')),
);
const spend = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('staff_session')
    .set({ spent_at: slot('at') })
    .where('id_hash', '=', slot('id'))
    .where('spent_at', 'is', null)
    .returning('id_hash'),
);
const endOn = prepared((words, slot: Slots<{ device: string; at: number; now: number }>) =>
  words
    .updateTable('staff_session')
    .set({ ended_at: slot('at') })
    .where('device', '=', slot('device'))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', slot('now')),
);
const endUnpaired = prepared((words, slot: Slots<{ at: number; now: number }>) =>
  words
    .updateTable('staff_session')
    .set({ ended_at: slot('at') })
    .where('device', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', slot('now')),
);

/** Times are wall ms UTC. */
export function createPeople(reader: Session, writer: Session) {
  return {
    /** By code; those who have left as well. */
    people: async (): Promise<StaffRecord[]> => (await all(reader, {})).map(toStaff),
    /** Name, role, PIN and whether they may still come in; false when nobody has the code. */
    updateStaff: async (staff: StaffRecord): Promise<boolean> =>
      (await update(writer, fromStaff(staff))).length === 1,
    /** The youngest first. */
    openSessions: async (now: number): Promise<SessionRecord[]> =>
      (await openNow(reader, { now })).map(toSession),
    carry: async (idHash: string, payments: readonly string[]): Promise<void> => {
      await carry(writer, { id: idHash, carries: payments.join(',') });
    },
    /** Somebody touched the screen of this session. */
    activate: async (idHash: string, at: number): Promise<void> => {
      await activate(writer, { id: idHash, at });
    },
    /** True once in the life of a session. */
    spendSession: async (idHash: string, at: number): Promise<boolean> =>
      (await spend(writer, { id: idHash, at })).length === 1,
    endSessionsOn: async (device: string, at: number): Promise<void> => {
      await endOn(writer, { device, at, now: at });
    },
    endUnpairedSessions: async (at: number): Promise<void> => {
      await endUnpaired(writer, { at, now: at });
    },
  };
}
