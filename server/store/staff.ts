/** People, their sessions and their failed tries. Knows nothing of PINs but their hashes. */
import { prepared, row, type Session, type Slots } from './prepared';
import type { StaffRow, StaffSessionRow, ThrottleRow } from './schema-desk';

export type StaffRecord = {
  readonly code: string;
  readonly name: string;
  readonly role: StaffRow['role'];
  readonly pinHash: string;
  /** How the hash was made, where the hash itself does not say it. */
  readonly pinParams?: string | null | undefined;
  readonly disabledAt: number | null;
  readonly createdAt: number;
};
export type SessionRecord = {
  readonly idHash: string;
  readonly staffCode: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  readonly counter?: string | null | undefined;
  /** The paired device on which it was opened; null on any other. */
  readonly device?: string | null | undefined;
  /** When somebody last touched the screen. Null: not since `createdAt`. */
  readonly activeAt?: number | null | undefined;
  /** Payments of whoever had the screen before, which this session goes on with. */
  readonly carries?: readonly string[] | undefined;
};
export type ThrottleRecord = {
  readonly key: string;
  readonly failures: number;
  readonly blockedUntil: number;
  readonly updatedAt: number;
};

const STAFF = [
  'code',
  'name',
  'role',
  'pin_hash',
  'pin_params',
  'disabled_at',
  'created_at',
] as const;
const SESSION = [
  'id_hash',
  'staff_code',
  'created_at',
  'last_seen_at',
  'expires_at',
  'ended_at',
  'counter',
  'device',
  'active_at',
  'carries',
  'spent_at',
] as const;
const THROTTLE = ['key', 'failures', 'blocked_until', 'updated_at'] as const;

const byCode = prepared((words, slot: Slots<{ code: string }>) =>
  words.selectFrom('staff').selectAll().where('code', '=', slot('code')),
);
const count = prepared((words) =>
  words.selectFrom('staff').select((it) => it.fn.countAll<number>().as('people')),
);
const insert = prepared((words, slot: Slots<StaffRow>) =>
  words
    .insertInto('staff')
    .values(row(slot, STAFF))
    .onConflict((conflict) => conflict.doNothing())
    .returning('code'),
);
const insertSession = prepared((words, slot: Slots<StaffSessionRow>) =>
  words.insertInto('staff_session').values(row(slot, SESSION)),
);
const byIdHash = prepared((words, slot: Slots<{ id: string }>) =>
  words.selectFrom('staff_session').selectAll().where('id_hash', '=', slot('id')),
);
const touch = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('staff_session')
    .set({ last_seen_at: slot('at') })
    .where('id_hash', '=', slot('id'))
    .where('last_seen_at', '<', slot('at')),
);
const end = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('staff_session')
    .set({ ended_at: slot('at') })
    .where('id_hash', '=', slot('id'))
    .where('ended_at', 'is', null),
);
const endAllOf = prepared((words, slot: Slots<{ staff: string; at: number }>) =>
  words
    .updateTable('staff_session')
    .set({ ended_at: slot('at') })
    .where('staff_code', '=', slot('staff'))
    .where('ended_at', 'is', null),
);
const throttleOf = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('throttle').selectAll().where('key', '=', slot('key')),
);
const putThrottle = prepared((words, slot: Slots<ThrottleRow>) =>
  words
    .insertInto('throttle')
    .values(row(slot, THROTTLE))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((it) => ({
        failures: it.ref('excluded.failures'),
        blocked_until: it.ref('excluded.blocked_until'),
        updated_at: it.ref('excluded.updated_at'),
      })),
    ),
);
const clearThrottle = prepared((words, slot: Slots<{ key: string }>) =>
  words.deleteFrom('throttle').where('key', '=', slot('key')),
);

/** Times are wall ms UTC. */
export function createStaff(reader: Session, writer: Session) {
  return {
    staffByCode: async (code: string): Promise<StaffRecord | null> => {
      const [found] = await byCode(reader, { code });
      return found === undefined ? null : toStaff(found);
    },
    /** False when the code is taken. */
    insertStaff: async (staff: StaffRecord): Promise<boolean> =>
      (await insert(writer, fromStaff(staff))).length === 1,
    staffCount: async (): Promise<number> => {
      const [found] = await count(reader, {});
      return found?.people ?? 0;
    },
    insertSession: async (session: SessionRecord): Promise<void> => {
      await insertSession(writer, fromSession(session));
    },
    session: async (idHash: string): Promise<SessionRecord | null> => {
      const [found] = await byIdHash(reader, { id: idHash });
      return found === undefined ? null : toSession(found);
    },
    /** Moves the time only forward. */
    touchSession: async (idHash: string, lastSeenAt: number): Promise<void> => {
      await touch(writer, { id: idHash, at: lastSeenAt });
    },
    /** A session ends once; the first time stays. */
    endSession: async (idHash: string, endedAt: number): Promise<void> => {
      await end(writer, { id: idHash, at: endedAt });
    },
    endSessionsOf: async (staffCode: string, endedAt: number): Promise<void> => {
      await endAllOf(writer, { staff: staffCode, at: endedAt });
    },
    throttle: async (key: string): Promise<ThrottleRecord | null> => {
      const [found] = await throttleOf(reader, { key });
      if (found === undefined) return null;
      const { failures, blocked_until: blockedUntil, updated_at: updatedAt } = found;
      return { key, failures, blockedUntil, updatedAt };
    },
    putThrottle: async (throttle: ThrottleRecord): Promise<void> => {
      const { key, failures, blockedUntil, updatedAt } = throttle;
      const values = { key, failures, blocked_until: blockedUntil, updated_at: updatedAt };
      await putThrottle(writer, values);
    },
    clearThrottle: async (key: string): Promise<void> => {
      await clearThrottle(writer, { key });
    },
  };
}

export const fromStaff = (staff: StaffRecord): StaffRow => ({
  code: staff.code,
  name: staff.name,
  role: staff.role,
  pin_hash: staff.pinHash,
  pin_params: staff.pinParams ?? null,
  disabled_at: staff.disabledAt,
  created_at: staff.createdAt,
});

export const toStaff = (found: StaffRow): StaffRecord => ({
  code: found.code,
  name: found.name,
  role: found.role,
  pinHash: found.pin_hash,
  pinParams: found.pin_params,
  disabledAt: found.disabled_at,
  createdAt: found.created_at,
});

const fromSession = (session: SessionRecord): StaffSessionRow => ({
  id_hash: session.idHash,
  staff_code: session.staffCode,
  created_at: session.createdAt,
  last_seen_at: session.lastSeenAt,
  expires_at: session.expiresAt,
  ended_at: session.endedAt,
  counter: session.counter ?? null,
  device: session.device ?? null,
  active_at: session.activeAt ?? null,
  carries: (session.carries ?? []).join(',') || null,
  spent_at: null,
});

export const toSession = (found: StaffSessionRow): SessionRecord => ({
  idHash: found.id_hash,
  staffCode: found.staff_code,
  createdAt: found.created_at,
  lastSeenAt: found.last_seen_at,
  expiresAt: found.expires_at,
  endedAt: found.ended_at,
  counter: found.counter,
  device: found.device,
  activeAt: found.active_at,
  carries: found.carries?.split(',') ?? [],
});
