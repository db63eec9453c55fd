/**
 * The first owner of a shop that has no staff. A code on the server's own console proves who may:
 * it lives a quarter of an hour, is used once and is never kept. With the owner it closes for good.
 */
import { timingSafeEqual } from 'node:crypto';
import { codeHash, oneTimeCode } from './devices';
import { hashedPin, type PinRefusal } from './people';
import type { Desk } from './session';
import { countFailure, secondsBlocked } from './throttle';

const SETUP_MS = 15 * 60_000;
const OWNER = '1000';

type SetupRefusal = PinRefusal | { readonly refused: 'setup-code-wrong' | 'not-found' };
export type SetUp = {
  /** The one-time code, for the console. Each call makes a new one, and the last one counts. */
  readonly begin: () => string;
  readonly isOpen: () => boolean;
  readonly finish: (given: {
    code: string;
    name: string;
    newPin: string;
    address: string;
  }) => Promise<{ readonly staffCode: string } | SetupRefusal>;
};

export function createSetUp(desk: Desk): SetUp {
  let waiting: { hash: string; until: number } | null = null;
  const isRight = (code: string): boolean => {
    if (waiting === null || desk.now() >= waiting.until) return false;
    return timingSafeEqual(Buffer.from(waiting.hash), Buffer.from(codeHash(desk, code)));
  };
  return {
    begin: () => {
      const code = oneTimeCode();
      waiting = { hash: codeHash(desk, code), until: desk.now() + SETUP_MS };
      return `${code.slice(0, 4)}-${code.slice(4)}`;
    },
    isOpen: () => waiting !== null,
    finish: async ({ code, name, newPin, address }) => {
      if (waiting === null) return { refused: 'not-found' };
      const key = `setup:${address}`;
      const seconds = await secondsBlocked(desk, [key]);
      if (seconds > 0) return { refused: 'too-many-tries', seconds };
      if (!isRight(code)) {
        await countFailure(desk, key);
        return { refused: 'setup-code-wrong' };
      }
      const hashed = await hashedPin(desk, newPin, OWNER);
      if ('refused' in hashed) return hashed;
      const made = await makeOwner(desk, name, hashed.pinHash);
      waiting = null;
      return made ? { staffCode: OWNER } : { refused: 'not-found' };
    },
  };
}

/** False when somebody else was faster. */
function makeOwner(desk: Desk, name: string, pinHash: string): Promise<boolean> {
  const at = desk.now();
  const owner = { code: OWNER, name, role: 'owner', pinHash, disabledAt: null } as const;
  return desk.store.change(async (rights) => {
    if ((await rights.people()).length > 0) return false;
    await rights.insertStaff({ ...owner, createdAt: at });
    const detail = { did: 'staff-added', person: OWNER, name, role: 'owner' };
    await rights.note({ at, actor: OWNER, detail });
    return true;
  });
}
