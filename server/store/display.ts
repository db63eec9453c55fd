/** The customers' screens that were paired, and those that show a code and wait. */
import { sql } from 'kysely';
import { prepared, row, type Session, type Slots } from './prepared';
import type { DisplayCodeRow, DisplayRow } from './schema-desk';

export type DisplayRecord = {
  readonly id: string;
  readonly counter: string;
  readonly secretHash: string;
  readonly pairedAt: number;
  readonly pairedBy: string;
  readonly lastSeenAt: number;
  readonly revokedAt: number | null;
};
export type DisplayCodeRecord = {
  readonly codeHash: string;
  readonly secretHash: string;
  readonly expiresAt: number;
};

const DISPLAY = ['id', 'counter', 'secret_hash', 'paired_at', 'paired_by', 'last_seen_at'] as const;
const CODE = ['code_hash', 'secret_hash', 'expires_at'] as const;
/** More screens than one shop has. */
const MOST = 200;

type NewDisplay = Omit<DisplayRow, 'revoked_at'>;

const insert = prepared((words, slot: Slots<NewDisplay>) =>
  words.insertInto('display').values({ ...row<NewDisplay>(slot, DISPLAY), revoked_at: null }),
);
const bySecret = prepared((words, slot: Slots<{ hash: string }>) =>
  words
    .selectFrom('display')
    .selectAll()
    .where('secret_hash', '=', slot('hash'))
    .where('revoked_at', 'is', null),
);
const known = prepared((words) =>
  words
    .selectFrom('display')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('counter')
    .orderBy('id')
    .limit(MOST),
);
const touch = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('display')
    .set({ last_seen_at: slot('at') })
    .where('id', '=', slot('id'))
    .where('last_seen_at', '<', slot('at')),
);
const revoke = prepared((words, slot: Slots<{ id: string; at: number }>) =>
  words
    .updateTable('display')
    .set({ revoked_at: slot('at') })
    .where('id', '=', slot('id'))
    .where('revoked_at', 'is', null)
    .returning('counter'),
);
const insertCode = prepared((words, slot: Slots<DisplayCodeRow>) =>
  words
    .insertInto('display_code')
    .values(row(slot, CODE))
    .onConflict((conflict) => conflict.doNothing())
    .returning('code_hash'),
);
const takeCode = prepared((words, slot: Slots<{ hash: string }>) =>
  words.deleteFrom('display_code').where('code_hash', '=', slot('hash')).returningAll(),
);
const dropCodes = prepared((words, slot: Slots<{ at: number; secret: string }>) =>
  words
    .deleteFrom('display_code')
    .where((it) =>
      it.or([it('expires_at', '<=', slot('at')), it('secret_hash', '=', slot('secret'))]),
    ),
);
const dropOldest = prepared((words, slot: Slots<{ keep: number }>) =>
  words.deleteFrom('display_code').where('code_hash', 'in', (it) =>
    it
      .selectFrom('display_code')
      .select('code_hash')
      .orderBy('expires_at', 'desc')
      // SQLite takes an offset only after a limit.
      .limit(MOST)
      .offset(sql<number>`${slot('keep')}`),
  ),
);

/** Times are wall ms UTC. */
export function createDisplays(reader: Session, writer: Session) {
  return {
    insertDisplay: async (display: DisplayRecord): Promise<void> => {
      await insert(writer, {
        id: display.id,
        counter: display.counter,
        secret_hash: display.secretHash,
        paired_at: display.pairedAt,
        paired_by: display.pairedBy,
        last_seen_at: display.lastSeenAt,
      });
    },
    /** Null for one that was revoked. */
    displayBySecret: async (hash: string): Promise<DisplayRecord | null> => {
      const [found] = await bySecret(reader, { hash });
      return found === undefined ? null : toDisplay(found);
    },
    /** Those that were not revoked, by their counter. */
    displays: async (): Promise<DisplayRecord[]> => (await known(reader, {})).map(toDisplay),
    /** Moves the time only forward. */
    touchDisplay: async (id: string, at: number): Promise<void> => {
      await touch(writer, { id, at });
    },
    /** Its counter; null when it is unknown or was revoked before. */
    revokeDisplay: async (id: string, at: number): Promise<string | null> => {
      const [found] = await revoke(writer, { id, at });
      return found?.counter ?? null;
    },
    /** False when another screen shows this code just now. */
    putDisplayCode: async (code: DisplayCodeRecord): Promise<boolean> => {
      const { codeHash, secretHash, expiresAt } = code;
      const kept = { code_hash: codeHash, secret_hash: secretHash, expires_at: expiresAt };
      return (await insertCode(writer, kept)).length === 1;
    },
    /** Those that ran out, this screen's own, and the oldest of more than `keep`. */
    tidyDisplayCodes: async (wish: { at: number; secretHash: string; keep: number }) => {
      await dropCodes(writer, { at: wish.at, secret: wish.secretHash });
      await dropOldest(writer, { keep: wish.keep });
    },
    /** Whoever takes it first has it, and it is gone. */
    takeDisplayCode: async (codeHash: string): Promise<DisplayCodeRecord | null> => {
      const [found] = await takeCode(writer, { hash: codeHash });
      if (found === undefined) return null;
      return { codeHash, secretHash: found.secret_hash, expiresAt: found.expires_at };
    },
  };
}

const toDisplay = (found: DisplayRow): DisplayRecord => ({
  id: found.id,
  counter: found.counter,
  secretHash: found.secret_hash,
  pairedAt: found.paired_at,
  pairedBy: found.paired_by,
  lastSeenAt: found.last_seen_at,
  revokedAt: found.revoked_at,
});
