/** A shop's people over a real database, at an hour that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Role } from '@/lib/contract';
import type { Settings } from '@/lib/settings';
import { hashPin } from '@/server/staff/pin';
import { type Desk, signIn } from '@/server/staff/sign-in';
import { type OpenedStore, openStore } from '@/server/store';
import { NOON } from '../../support/payments';

export type StaffRoom = {
  readonly desk: Desk;
  readonly opened: OpenedStore;
  readonly file: string;
  /** Moves the clock. */
  readonly later: (ms: number) => void;
  readonly enter: (code: string, more?: object) => Promise<string>;
  /** What the audit tells of people, oldest first. */
  readonly told: () => Promise<readonly object[]>;
  readonly set: <N extends keyof Settings>(name: N, value: Settings[N]) => Promise<void>;
};

export const PIN = '284619';

/** Most sentences are not about how slow a PIN is hashed. */
const QUICK = { N: 2, r: 1, p: 1 };

export async function staffRoom(people: Readonly<Record<string, Role>>): Promise<StaffRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'countertop-staff-'));
  const file = join(folder, 'till.db');
  const opened = await openStore({ file });
  onTestFinished(() => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let now = NOON;
  const { staff: store, settings } = opened;
  const desk: Desk = {
    store,
    pinPepper: Buffer.alloc(32, 1),
    now: () => now,
    settings,
    pinCost: QUICK,
  };
  const pinHash = await hashPin(PIN, desk.pinPepper, QUICK);
  for (const [code, role] of Object.entries(people)) {
    await store.insertStaff({
      ...{ code, role, pinHash, name: `Person ${code}` },
      ...{ disabledAt: null, createdAt: NOON },
    });
  }
  return {
    ...{ desk, opened, file },
    later: (ms) => {
      now += ms;
    },
    enter: async (code, more = {}) => {
      const given = { staffCode: code, pin: PIN, address: '127.0.0.1', ...more };
      const result = await signIn(desk, given);
      if ('refused' in result) throw new Error(result.refused);
      return result.sessionId;
    },
    told: async () => {
      const acts = await store.acts({ person: null, before: null, limit: 200 });
      return acts.map(({ actor, detail }) => ({ actor, ...detail })).reverse();
    },
    set: (key, value) => settings.put({ key, value: JSON.stringify(value), at: now, by: 'test' }),
  };
}
