/**
 * Who is at the till. A wrong code and a wrong PIN look and cost the same; after five failures the
 * wait doubles, per account and per address, and survives a restart. Nobody is locked out for ever.
 */
import { randomBytes } from 'node:crypto';
import { settingFrom } from '@/lib/settings';
import { COST, type Cost, hashPin, isOldHash, Overloaded, verifyPin } from './pin';
import type { DeviceRow, SessionRow, StaffRow } from './ports';
import { type Desk, hashId, LOOK_BACK_MS, MOST_CARRIED, type Person, personOf } from './session';
import { countFailure, secondsBlocked } from './throttle';

export { type Desk, type Person, personOfSession, signOut } from './session';
export type SignedIn = { readonly person: Person; readonly sessionId: string };
export type SignInRefusal =
  | { readonly refused: 'wrong-pin' }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };
export type NotPaired = { readonly refused: 'not-paired' };

/** One shift. After it everybody signs in anew. */
const SESSION_MS = 12 * 3_600_000;

type Given = {
  readonly staffCode: string;
  readonly pin: string;
  readonly address: string;
  /** The secret of the paired device, as its cookie says it. */
  readonly device?: string | undefined;
  /** Who had the screen until now, and where: what runs there goes over to the next person. */
  readonly before?: { readonly sessionId: string; readonly counter: string } | undefined;
};

export async function signIn(
  desk: Desk,
  given: Given,
): Promise<SignedIn | SignInRefusal | NotPaired> {
  const device = await deviceOf(desk, given.device);
  // Before the PIN is looked at: from anywhere else not even guesses are answered.
  if (device === null && (await pairedOnly(desk))) return { refused: 'not-paired' };
  // A shop's tablets share one address; a paired one is known by itself.
  const address = device === null ? given.address : `device ${device.id}`;
  const known = await recognise(desk, { ...given, address });
  if ('refused' in known) return known;
  await renewHash(desk, known.row, given.pin);
  const sessionId = randomBytes(24).toString('base64url');
  const now = desk.now();
  const carries = await takeOver(desk, known.person, given.before);
  if (device !== null) await desk.store.touchDevice(device.id, now);
  await desk.store.insertSession({
    idHash: hashId(sessionId),
    staffCode: known.person.code,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + SESSION_MS,
    endedAt: null,
    device: device?.id ?? null,
    activeAt: now,
    carries,
  });
  return { person: known.person, sessionId };
}

export const deviceOf = async (
  desk: Desk,
  secret: string | undefined,
): Promise<DeviceRow | null> =>
  secret === undefined || secret === '' ? null : desk.store.deviceBySecret(hashId(secret));

const pairedOnly = async ({ settings }: Desk): Promise<boolean> =>
  settings !== undefined && (await settingFrom(settings, 'paired-devices-only'));

/** Ends the session before on the same screen; answers the payments that stay in front. */
async function takeOver(
  desk: Desk,
  next: Person,
  before: Given['before'],
): Promise<readonly string[]> {
  if (before === undefined) return [];
  const now = desk.now();
  const idHash = hashId(before.sessionId);
  const session = await desk.store.session(idHash);
  if (session === null || !isOpen(session, now)) return [];
  await desk.store.endSession(idHash, now);
  const own = await desk.store.awaitedPayments(session.staffCode, now - LOOK_BACK_MS, now);
  const here = own.filter(({ counter, open }) => open && counter === before.counter);
  const left = session.staffCode === next.code ? [] : here.map(({ id }) => id);
  return [...left, ...(session.carries ?? [])].slice(0, MOST_CARRIED);
}

const isOpen = ({ endedAt, expiresAt }: SessionRow, now: number): boolean =>
  endedAt === null && expiresAt > now;

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
  if (!('refused' in known)) return { person: known.person };
  return known.refused === 'wrong-pin' ? { refused: 'step-up-required' } : known;
}

async function recognise(
  desk: Desk,
  { staffCode, pin, address }: { staffCode: string; pin: string; address?: string },
): Promise<{ readonly person: Person; readonly row: StaffRow } | SignInRefusal> {
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
  return { person: personOf(staff), row: staff };
}

/** The one moment in which the PIN itself is there. A busy server does it the next time. */
async function renewHash(desk: Desk, { code, pinHash }: StaffRow, pin: string): Promise<void> {
  if (!isOldHash(pinHash, desk.pinCost)) return;
  try {
    const renewed = await hashPin(pin, desk.pinPepper, desk.pinCost);
    await desk.store.change(async (rights) => {
      const now = await rights.staffByCode(code);
      // Somebody may have got another PIN meanwhile.
      if (now?.pinHash === pinHash) await rights.updateStaff({ ...now, pinHash: renewed });
    });
  } catch (fault) {
    if (!(fault instanceof Overloaded)) throw fault;
  }
}

/** Whether somebody may see what is another outlet's; `mchid` as a payment bears it. */
export const maySeeOutlet = ({ outlets }: Pick<Person, 'outlets'>, mchid: string | null): boolean =>
  outlets === undefined || outlets.includes(mchid);

/** Adds a person; false when the code is taken. `pin` is six digits. */
export async function addStaff(desk: Desk, person: Person & { pin: string }): Promise<boolean> {
  const { pin, code, name, role } = person;
  if ((await desk.store.staffByCode(code)) !== null) return false;
  const pinHash = await hashPin(pin, desk.pinPepper, desk.pinCost);
  const createdAt = desk.now();
  return desk.store.insertStaff({ code, name, role, pinHash, disabledAt: null, createdAt });
}

const nobodys = new WeakMap<Cost, Promise<string>>();
/** An unknown code costs the same hashing as a known one. */
function nobodysHash({ pinPepper, pinCost = COST }: Desk): Promise<string> {
  const made = nobodys.get(pinCost) ?? hashPin(randomBytes(8).toString('hex'), pinPepper, pinCost);
  nobodys.set(pinCost, made);
  return made;
}
