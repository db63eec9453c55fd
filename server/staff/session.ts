/**
 * Whose session it is. The row decides on every request, so that signing out, disabling, another
 * role and a revoked device bite at once; a screen that nobody touches locks and asks for a PIN.
 */
import { createHash } from 'node:crypto';
import { idleLimit, settingFrom } from '@/lib/settings';
import type { Cost } from './pin';
import type { Placed, SessionRow, StaffRow, StaffStore } from './ports';

export type Person = Placed & {
  /** Payments of whoever had the screen before, which this person goes on with. */
  readonly carries?: readonly string[];
};

export type Desk = {
  readonly store: StaffStore;
  readonly pinPepper: Buffer;
  /** How slow PINs are hashed; left out, as slow as a shop needs it. */
  readonly pinCost?: Cost | undefined;
  readonly now: () => number;
  /** What the owner has chosen; left out, everything is as in a new shop. */
  readonly settings?: { readonly get: (key: string) => Promise<string | null> } | undefined;
};

export type Standing = {
  readonly person: Person;
  readonly idHash: string;
  readonly device: string | null;
  /** When a hand was last on the screen, wall ms. */
  readonly touchedAt: number;
  /** Nobody touched the screen for too long: a PIN comes before the next act. */
  readonly locked: boolean;
  /** How long until then if nobody does; null: never. */
  readonly locksInMs: number | null;
};

/** How old a payment may be and still keep its screen from locking. */
export const LOOK_BACK_MS = 3_600_000;
/** So long a green screen stays readable, although nobody touched it while the customer paid. */
const GREEN_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;
const TOUCH_MS = 60_000;
/** A touch is written down this often: each costs a commit. */
const ACTIVE_MS = 15_000;

export const hashId = (id: string): string => createHash('sha256').update(id).digest('hex');
export const personOf = ({ code, name, role }: StaffRow): Person => ({ code, name, role });

/** Ended, expired or disabled is out at once: null. */
export async function standing(desk: Desk, sessionId: string): Promise<Standing | null> {
  const session = await desk.store.session(hashId(sessionId));
  const now = desk.now();
  if (session === null || session.endedAt !== null || session.expiresAt <= now) return null;
  const staff = await desk.store.staffByCode(session.staffCode);
  if (staff === null || staff.disabledAt !== null) return null;
  await touch(desk, session, now);
  const { carries = [], idHash, device = null } = session;
  const person = carries.length === 0 ? personOf(staff) : { ...personOf(staff), carries };
  const touchedAt = touchOf(session);
  return { person, idHash, device, touchedAt, ...(await lockOf(desk, { session, staff, now })) };
}

export const personOfSession = async (desk: Desk, sessionId: string): Promise<Person | null> =>
  (await standing(desk, sessionId))?.person ?? null;

export async function signOut(desk: Desk, sessionId: string): Promise<void> {
  await desk.store.endSession(hashId(sessionId), desk.now());
}

/** Somebody touched the screen, or sent what only a hand sends. */
export async function acted(desk: Desk, here: Standing): Promise<void> {
  const now = desk.now();
  if (here.locked || now - here.touchedAt < ACTIVE_MS) return;
  await desk.store.activate(here.idHash, now);
}

/** Of one session: what nobody follows any more makes room. */
export const MOST_CARRIED = 5;

type CarriedOn = {
  readonly session: Pick<Standing, 'idHash'>;
  readonly payment: { readonly id: string; readonly staff: string };
  readonly by: Pick<Person, 'code'>;
};

/** From now on this session follows a payment of somebody else; who took it is written down. */
export async function carryOn(desk: Desk, { session, payment, by }: CarriedOn): Promise<void> {
  const { id, staff } = payment;
  await desk.store.change(async (rights) => {
    const row = await rights.session(session.idHash);
    const before = row?.carries ?? [];
    if (row === null || staff === by.code || before.includes(id)) return;
    await rights.carry(session.idHash, [id, ...before].slice(0, MOST_CARRIED));
    const detail = { did: 'picked-up', person: staff, payment: id };
    await rights.note({ at: desk.now(), actor: by.code, detail });
  });
}

const touchOf = ({ activeAt, createdAt }: SessionRow): number => activeAt ?? createdAt;

type Seen = { readonly session: SessionRow; readonly staff: StaffRow; readonly now: number };

async function lockOf(desk: Desk, seen: Seen): Promise<Pick<Standing, 'locked' | 'locksInMs'>> {
  const { session, staff, now } = seen;
  if (desk.settings === undefined) return { locked: false, locksInMs: null };
  const limit = idleLimit(await settingFrom(desk.settings, 'idle-lock-minutes'), staff.role);
  if (limit === null) return { locked: false, locksInMs: null };
  const left = touchOf(session) + limit - now;
  if (left > 0) return { locked: false, locksInMs: left };
  // A customer is paying, or has just paid: whoever waits for it touches nothing.
  return (await waits(desk, seen))
    ? { locked: false, locksInMs: LOOK_AGAIN_MS }
    : { locked: true, locksInMs: 0 };
}

async function waits({ store }: Desk, { session, staff, now }: Seen): Promise<boolean> {
  const own = await store.awaitedPayments(staff.code, now - LOOK_BACK_MS, now - GREEN_MS);
  if (own.length > 0) return true;
  for (const id of session.carries ?? []) {
    if (await store.isAwaited(id, now - GREEN_MS)) return true;
  }
  return false;
}

async function touch(desk: Desk, session: SessionRow, now: number): Promise<void> {
  if (now - session.lastSeenAt < TOUCH_MS) return;
  await desk.store.touchSession(session.idHash, now);
  if (session.device) await desk.store.touchDevice(session.device, now);
}
