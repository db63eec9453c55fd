/** The tablets that an owner has paired, and the codes that wait to be entered on one. */
import { prepared, row, type Session, type Slots } from './prepared';
import type { DeviceRow, PairingRow } from './schema-desk';

export type DeviceRecord = {
  readonly id: string;
  readonly name: string;
  readonly secretHash: string;
  readonly pairedAt: number;
  readonly pairedBy: string;
  readonly lastSeenAt: number;
  readonly revokedAt: number | null;
};
export type PairingRecord = {
  readonly codeHash: string;
  readonly name: string;
  readonly madeBy: string;
  readonly expiresAt: number;
};

const DEVICE = ['id', 'name', 'secret_hash', 'paired_at', 'paired_by', 'last_seen_at'] as const;
const PAIRING = ['code_hash', 'name', 'made_by', 'expires_at'] as const;
/** More tablets than one shop has. */
const MOST = 200;

type NewDevice = Omit<DeviceRow, 'revoked_at'>;

const insert = prepared((words, slot: Slots<NewDevice>) =>
  words.insertInto('device').values({ ...row<NewDevice>(slot, DEVICE), revoked_at: null }),
);
const bySecret = prepared((words, slot: Slots<{ hash: string }>) =>
  words
    .selectFrom('device')
    .selectAll()
    .where('secret_hash', '=', slot('hash'))
    .where('revoked_at', 'is', null),
);
const known = prepared((words) =>
  words.selectFrom('device').selectAll().where('revoked_at', 'is', null).orderBy('id').limit(MOST),
);
const touch = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('device')
    .set({ last_seen_at: slot('at') })
    .where('id', '=', slot('id'))
    .where('last_seen_at', '<', slot('at')),
);
const revoke = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('device')
    .set({ revoked_at: slot('at') })
    .where('id', '=', slot('id'))
    .where('revoked_at', 'is', null)
    .returning('name'),
);
const forgetCodes = prepared((words) => words.deleteFrom('pairing'));
const insertCode = prepared((words, slot: Slots<PairingRow>) =>
  words.insertInto('pairing').values(row(slot, PAIRING)),
);
const takeCode = prepared((words, slot: Slots<{ hash: string }>) =>
  words.deleteFrom('pairing').where('code_hash', '=', slot('hash')).returningAll(),
);

/** Times are wall ms UTC. */
export function createDevices(reader: Session, writer: Session) {
  return {
    insertDevice: async (device: DeviceRecord): Promise<void> => {
      await insert(writer, {
        id: device.id,
        name: device.name,
        secret_hash: device.secretHash,
        paired_at: device.pairedAt,
        paired_by: device.pairedBy,
        last_seen_at: device.lastSeenAt,
      });
    },
    /** Null for one that was revoked. */
    deviceBySecret: async (hash: string): Promise<DeviceRecord | null> => {
      const [found] = await bySecret(reader, { hash });
      return found === undefined ? null : toDevice(found);
    },
    /** Those that were not revoked. */
    devices: async (): Promise<DeviceRecord[]> => (await known(reader, {})).map(toDevice),
    /** Moves the time only forward. */
    touchDevice: async (id: string, at: number): Promise<void> => {
      await touch(writer, { id, at });
    },
    /** Its name; null when it is unknown or was revoked before. */
    revokeDevice: async (id: string, at: number): Promise<string | null> => {
      const [found] = await revoke(writer, { id, at });
      return found?.name ?? null;
    },
    /** The newest code alone counts. */
    putPairing: async (pairing: PairingRecord): Promise<void> => {
      const { codeHash, name, madeBy, expiresAt } = pairing;
      await forgetCodes(writer, {});
      const kept = { code_hash: codeHash, name, made_by: madeBy, expires_at: expiresAt };
      await insertCode(writer, kept);
    },
    /** Whoever takes it first has it, and it is gone. */
    takePairing: async (codeHash: string): Promise<PairingRecord | null> => {
      const [found] = await takeCode(writer, { hash: codeHash });
      if (found === undefined) return null;
      const { name, made_by: madeBy, expires_at: expiresAt } = found;
      return { codeHash, name, madeBy, expiresAt };
    },
  };
}

const toDevice = (found: DeviceRow): DeviceRecord => ({
  id: found.id,
  name: found.name,
  secretHash: found.secret_hash,
  pairedAt: found.paired_at,
  pairedBy: found.paired_by,
  lastSeenAt: found.last_seen_at,
  revokedAt: found.revoked_at,
});
