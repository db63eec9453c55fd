/**
 * Who is at the till. A wrong code and a wrong PIN look and cost the same; after five failures the
 * wait doubles, per account and per address, and survives a restart. Nobody is locked out for ever.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hashPin, Overloaded, verifyPin } from './pin';
import type { Placed, SessionRow, StaffRow, StaffStore } from './ports';

export type Person = Placed;
export type SignedIn = { readonly person: Person; readonly sessionId: string };
export type SignInRefusal =
  | { readonly refused: 'wrong-pin' }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };

export type Desk = {
  readonly store: StaffStore;
  readonly pinPepper: Buffer;
  readonly now: () => number;
};

const FREE_TRIES = 5;
const LONGEST_WAIT_S = 300;
const FORGET_MS = 15 * 60_000;
/** One shift. After it everybody signs in anew. */
const SESSION_MS = 12 * 3_600_000;
const TOUCH_MS = 60_000;

export async function signIn(
  desk: Desk,
  given: { staffCode: string; pin: string; address: string },
): Promise<SignedIn | SignInRefusal> {
  const known = await recognise(desk, given);
  if ('refused' in known) return known;
  const sessionId = randomBytes(24).toString('base64url');
  const now = desk.now();
  await desk.store.insertSession({
    idHash: hashId(sessionId),
    staffCode: known.person.code,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + SESSION_MS,
    endedAt: null,
  });
  return { person: known.person, sessionId };
}

export type StepUpRefusal =
  | { readonly refused: 'step-up-required' }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };

/**
 * Whose code and PIN these are, asked anew for one act; opens no session. A guess costs the same
 * try as at the door, so that a till left open is no place to find a manager's PIN. The caller
 * looks at the role.
 */
export async function stepUp(
  desk: Desk,
  given: { staffCode: string; pin: string; address?: string },
): Promise<{ readonly person: Person } | StepUpRefusal> {
  // Nothing entered is no guess.
  if (given.pin === '') return { refused: 'step-up-required' };
  const known = await recognise(desk, given);
  if (!('refused' in known)) return known;
  return known.refused === 'wrong-pin' ? { refused: 'step-up-required' } : known;
}

async function recognise(
  desk: Desk,
  { staffCode, pin, address }: { staffCode: string; pin: string; address?: string },
): Promise<{ readonly person: Person } | SignInRefusal> {
  const keys = [`staff:${staffCode}`, ...(address === undefined ? [] : [`address:${address}`])];
  const seconds = await secondsBlocked(desk, keys);
  if (seconds > 0) return { refused: 'too-many-tries', seconds };
  const staff = await desk.store.staffByCode(staffCode);
  try {
    const hash = staff?.pinHash ?? (await nobodysHash(desk));
    const right = await verifyPin(pin, hash, desk.pinPepper);
    if (staff === null || !right || staff.disabledAt !== null) {
      await Promise.all(keys.map((key) => countFailure(desk, key)));
      return { refused: 'wrong-pin' };
    }
  } catch (fault) {
    if (fault instanceof Overloaded) return { refused: 'too-many-tries', seconds: 5 };
    throw fault;
  }
  await desk.store.clearThrottle(`staff:${staffCode}`);
  return { person: personOf(staff) };
}

/** The row decides on every request: ended, expired or disabled is out at once. */
export async function personOfSession(desk: Desk, sessionId: string): Promise<Person | null> {
  const session = await desk.store.session(hashId(sessionId));
  const now = desk.now();
  if (session === null || session.endedAt !== null || session.expiresAt <= now) return null;
  const staff = await desk.store.staffByCode(session.staffCode);
  if (staff === null || staff.disabledAt !== null) return null;
  await touch(desk, session, now);
  return personOf(staff);
}

export async function signOut(desk: Desk, sessionId: string): Promise<void> {
  await desk.store.endSession(hashId(sessionId), desk.now());
}

/** Whether somebody may see what is another outlet's; `mchid` as a payment bears it. */
export const maySeeOutlet = ({ outlets }: Pick<Person, 'outlets'>, mchid: string | null): boolean =>
  outlets === undefined || outlets.includes(mchid);

/** Adds a person; false when the code is taken. `pin` is six digits. */
export async function addStaff(desk: Desk, person: Person & { pin: string }): Promise<boolean> {
  const { pin, ...rest } = person;
  if ((await desk.store.staffByCode(rest.code)) !== null) return false;
  const pinHash = await hashPin(pin, desk.pinPepper);
  return desk.store.insertStaff({ ...rest, pinHash, disabledAt: null, createdAt: desk.now() });
}

const personOf = ({ code, name, role }: StaffRow): Person => ({ code, name, role });
const hashId = (id: string): string => createHash('sha256').update(id).digest('hex');

let nobody: Promise<string> | null = null;
/** An unknown code costs the same hashing as a known one. */
function nobodysHash(desk: Desk): Promise<string> {
  nobody ??= hashPin(randomBytes(8).toString('hex'), desk.pinPepper);
  return nobody;
}

async function touch(desk: Desk, session: SessionRow, now: number): Promise<void> {
  if (now - session.lastSeenAt >= TOUCH_MS) await desk.store.touchSession(session.idHash, now);
}

async function secondsBlocked(desk: Desk, keys: string[]): Promise<number> {
  const rows = await Promise.all(keys.map((key) => desk.store.throttle(key)));
  const until = Math.max(0, ...rows.map((row) => row?.blockedUntil ?? 0));
  return Math.max(0, Math.ceil((until - desk.now()) / 1_000));
}

let counting: Promise<void> = Promise.resolve();
/** One at a time: guesses made side by side must not overwrite each other's count. */
function countFailure(desk: Desk, key: string): Promise<void> {
  counting = counting.catch(() => {}).then(() => addFailure(desk, key));
  return counting;
}

async function addFailure(desk: Desk, key: string): Promise<void> {
  const now = desk.now();
  const row = await desk.store.throttle(key);
  const recent = row !== null && now - row.updatedAt < FORGET_MS ? row.failures : 0;
  const failures = recent + 1;
  const over = failures - FREE_TRIES;
  const wait = over < 0 ? 0 : Math.min(2 ** over, LONGEST_WAIT_S) * 1_000;
  await desk.store.putThrottle({ key, failures, blockedUntil: now + wait, updatedAt: now });
}
