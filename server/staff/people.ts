/**
 * Who works here and what they may. It promises that no code is ever given out twice, that a shop
 * is never without an owner, that whoever loses a right is out at once, and that every change is in
 * the audit with what was before; a PIN never is.
 */
import type { Role } from '@/lib/contract';
import { type PinFault, pinFault } from '@/lib/pin-rules';
import { hashPin, Overloaded } from './pin';
import type { RightsRecords, StaffRow } from './ports';
import type { Desk, Person } from './session';

export type PinRefusal =
  | { readonly refused: 'pin-too-simple'; readonly fault: PinFault }
  | { readonly refused: 'too-many-tries'; readonly seconds: number };
export type PeopleRefusal =
  | PinRefusal
  | { readonly refused: 'staff-code-taken' | 'last-owner' | 'not-found' };

type NewPerson = { code: string; name: string; role: Role; newPin: string };
export type PersonChange = {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly newPin?: string | undefined;
  readonly disabled?: boolean | undefined;
};
type By = { readonly by: string };

export async function addPerson(
  desk: Desk,
  { code, name, role, newPin }: NewPerson,
  { by }: By,
): Promise<StaffRow | PeopleRefusal> {
  const hashed = await hashedPin(desk, newPin, code);
  if ('refused' in hashed) return hashed;
  const at = desk.now();
  const row = { code, name, role, pinHash: hashed.pinHash, disabledAt: null, createdAt: at };
  return desk.store.change(async (rights) => {
    if (!(await rights.insertStaff(row))) return { refused: 'staff-code-taken' } as const;
    await rights.note({ at, actor: by, detail: { did: 'staff-added', person: code, name, role } });
    return row;
  });
}

/** What is left out stays as it is. */
export async function changePerson(
  desk: Desk,
  { code, change }: { code: string; change: PersonChange },
  { by }: By,
): Promise<StaffRow | PeopleRefusal> {
  const { newPin } = change;
  const hashed = newPin === undefined ? null : await hashedPin(desk, newPin, code);
  if (hashed !== null && 'refused' in hashed) return hashed;
  const at = desk.now();
  return desk.store.change(async (rights) => {
    const before = await rights.staffByCode(code);
    if (before === null) return { refused: 'not-found' } as const;
    const after = changed(before, { change, pinHash: hashed?.pinHash ?? null, at });
    if (await leavesNoOwner(rights, before, after)) return { refused: 'last-owner' } as const;
    await rights.updateStaff(after);
    const notes = notesOf(before, after);
    for (const detail of notes) {
      await rights.note({
        at,
        actor: by,
        detail: { did: 'staff-changed', person: code, ...detail },
      });
    }
    // A new name takes no right away; everything else does, or may have been meant to.
    if (notes.some(({ what }) => what !== 'name')) await rights.endSessionsOf(code, at);
    return after;
  });
}

/** One's own PIN; the caller has asked for the old one. Other sessions of the person end. */
export async function changeOwnPin(
  desk: Desk,
  { person, newPin, here }: { person: Person; newPin: string; here: string },
): Promise<StaffRow | PeopleRefusal> {
  const hashed = await hashedPin(desk, newPin, person.code);
  if ('refused' in hashed) return hashed;
  const at = desk.now();
  return desk.store.change(async (rights) => {
    const before = await rights.staffByCode(person.code);
    if (before === null) return { refused: 'not-found' } as const;
    const after = { ...before, pinHash: hashed.pinHash };
    await rights.updateStaff(after);
    for (const { idHash, staffCode } of await rights.openSessions(at)) {
      if (staffCode === person.code && idHash !== here) await rights.endSession(idHash, at);
    }
    const detail = { did: 'staff-changed', person: person.code, what: 'own-pin' };
    await rights.note({ at, actor: person.code, detail });
    return after;
  });
}

export async function hashedPin(
  desk: Desk,
  pin: string,
  code: string,
): Promise<{ readonly pinHash: string } | PinRefusal> {
  const fault = pinFault(pin, code);
  if (fault !== null) return { refused: 'pin-too-simple', fault };
  try {
    return { pinHash: await hashPin(pin, desk.pinPepper, desk.pinCost) };
  } catch (thrown) {
    if (thrown instanceof Overloaded) return { refused: 'too-many-tries', seconds: 5 };
    throw thrown;
  }
}

type Making = { change: PersonChange; pinHash: string | null; at: number };

function changed(before: StaffRow, { change, pinHash, at }: Making): StaffRow {
  const { name, role, disabled } = change;
  const disabledAt = disabled === true ? (before.disabledAt ?? at) : null;
  return {
    ...before,
    name: name ?? before.name,
    role: role ?? before.role,
    pinHash: pinHash ?? before.pinHash,
    disabledAt: disabled === undefined ? before.disabledAt : disabledAt,
  };
}

const isActiveOwner = ({ role, disabledAt }: StaffRow): boolean =>
  role === 'owner' && disabledAt === null;

async function leavesNoOwner(
  rights: RightsRecords,
  before: StaffRow,
  after: StaffRow,
): Promise<boolean> {
  if (!isActiveOwner(before) || isActiveOwner(after)) return false;
  const others = (await rights.people()).filter(({ code }) => code !== before.code);
  return !others.some(isActiveOwner);
}

type Note = { what: string; before?: string; after?: string };

function notesOf(before: StaffRow, after: StaffRow): Note[] {
  const notes: Note[] = [];
  for (const what of ['name', 'role'] as const) {
    if (before[what] !== after[what])
      notes.push({ what, before: before[what], after: after[what] });
  }
  if (before.pinHash !== after.pinHash) notes.push({ what: 'pin' });
  if ((before.disabledAt === null) !== (after.disabledAt === null)) {
    notes.push({ what: after.disabledAt === null ? 'enabled' : 'disabled' });
  }
  return notes;
}
