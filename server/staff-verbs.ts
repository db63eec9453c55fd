/**
 * People, devices, sessions and settings: who asks is asked for the PIN anew, with the call itself,
 * and the room of staff decides the rest.
 */
import type { Capability } from '@/lib/capabilities';
import { can } from '@/lib/capabilities';
import type { ProblemCode, TillSetting } from '@/lib/contract';
import type {
  ActsAnswer,
  DevicesAnswer,
  NewDevice,
  NewStaff,
  OwnPin,
  PairingAnswer,
  SessionAnswer,
  SettingsAnswer,
  Setup,
  StaffAnswer,
  StaffChange,
  StaffView,
} from '@/lib/contract-staff';
import { type SettingsChange, settingFrom } from '@/lib/settings';
import { isoWithOffset } from '@/lib/time';
import type { Asker, Parts, Refusal } from './answers';
import { choose, shopChoices } from './shop-choices';
import { settingsNow } from './staff/choices';
import { beginPairing, endSession, endSessionsOf, pair, revokeDevice } from './staff/devices';
import { addPerson, changeOwnPin, changePerson } from './staff/people';
import type { StaffRow } from './staff/ports';
import { acted, type Person, type Standing } from './staff/session';
import type { SetUp } from './staff/setup';
import { stepUp } from './staff/sign-in';

const ACTS = 50;

export type StaffParts = Pick<Parts, 'env' | 'opened' | 'desk' | 'hub'> & {
  readonly setUp: SetUp;
};
type Here = Asker & { readonly session: Standing };

export function createStaffVerbs(parts: StaffParts) {
  const { desk } = parts;
  const asked = withPin(parts);
  return {
    ...peopleVerbs(parts),
    ...deviceVerbs(parts),
    settings: async (): Promise<SettingsAnswer> => ({ settings: await settingsNow(desk) }),
    changeSettings: ({ pin, ...change }: SettingsChange, who: Here) =>
      asked(pin, who, (by) => choose(parts, change, { ...by, device: who.session.device })),
    /** What the shop's screens say where a browser has chosen nothing; null: the browser's wish. */
    staffLanguage: () => settingFrom(parts.opened.settings, 'staff-language'),
    needsSetUp: parts.setUp.isOpen,
    setUp: async ({ code, name, newPin }: Setup, address: string) =>
      refusalOr(await parts.setUp.finish({ code, name, newPin, address })),
    sessionNow: async ({ person, session }: Here): Promise<SessionAnswer> => ({
      staff: { code: person.code, name: person.name, role: person.role },
      locked: session.locked,
      locksInMs: session.locksInMs,
      ...(await shopChoices(parts)),
    }),
    acted: (session: Standing) => acted(desk, session),
    /** Whether people may agree in place to what somebody else's screen asks for. */
    lendsHands: async (): Promise<boolean> =>
      (await settingFrom(parts.opened.settings, 'pin-mode')) !== 'never',
    leave: (given: Leave) => leave(parts, given),
    till: (standing: Standing) => till(parts, standing),
  };
}

function peopleVerbs(parts: StaffParts) {
  const { desk } = parts;
  const asked = withPin(parts);
  const view = staffView(parts);
  return {
    people: async (): Promise<StaffAnswer> => ({ staff: (await desk.store.people()).map(view) }),
    addPerson: ({ pin, ...person }: NewStaff, who: Asker) =>
      asked(pin, who, async (by) => {
        const made = await addPerson(desk, person, by);
        return 'refused' in made ? made : { person: view(made) };
      }),
    changePerson: (code: string, { pin, ...change }: StaffChange, who: Asker) =>
      asked(pin, who, async (by) => {
        const made = await changePerson(desk, { code, change }, by);
        return 'refused' in made ? made : { person: view(made) };
      }),
    changeOwnPin: ({ pin, newPin }: OwnPin, who: Here) =>
      asked(pin, who, async () => {
        const { person, session } = who;
        const made = await changeOwnPin(desk, { person, newPin, here: session.idHash });
        return 'refused' in made ? made : { person: view(made) };
      }),
    acts: async (params: URLSearchParams): Promise<ActsAnswer | Refusal> => {
      const [person, cursor] = [params.get('person') || null, params.get('cursor') || null];
      if (cursor !== null && !/^\d{1,15}$/.test(cursor)) return { refused: 'invalid' };
      const before = cursor === null ? null : Number(cursor);
      const acts = await desk.store.acts({ person, before, limit: ACTS });
      const last = acts.at(-1)?.seq ?? 0;
      return {
        acts: acts.map((act) => ({ ...act, at: timeIn(parts, act.at) })),
        next: acts.length === ACTS && last > 1 ? last : null,
      };
    },
  };
}

function deviceVerbs(parts: StaffParts) {
  const { desk } = parts;
  const asked = withPin(parts);
  const done = async (ended: boolean) => (ended ? { ended } : ({ refused: 'not-found' } as const));
  return {
    devices: (who: Here) => devices(parts, who),
    beginPairing: ({ pin, name }: NewDevice, who: Asker) =>
      asked(pin, who, async (by): Promise<PairingAnswer> => {
        const { code, expiresAt } = await beginPairing(desk, name, by);
        return { code, expiresAt: timeIn(parts, expiresAt) };
      }),
    pair: async (code: string, address: string) => refusalOr(await pair(desk, { code, address })),
    revokeDevice: (id: string, pin: string, who: Asker) =>
      asked(pin, who, (by) => revokeDevice(desk, id, by)),
    endSession: (id: string, pin: string, who: Asker) =>
      asked(pin, who, async (by) => done(await endSession(desk, id, by))),
    endSessionsOf: (code: string, pin: string, who: Asker) =>
      asked(pin, who, async (by) => done(await endSessionsOf(desk, code, by))),
  };
}

async function devices(parts: StaffParts, { session }: Here): Promise<DevicesAnswer> {
  const { store, now } = parts.desk;
  const [known, displays, open, people] = await Promise.all([
    store.devices(),
    store.displays(),
    store.openSessions(now()),
    store.people(),
  ]);
  const nameOf = new Map(people.map(({ code, name }) => [code, name]));
  const deviceOf = new Map(known.map(({ id, name }) => [id, name]));
  const seen = (at: number) => timeIn(parts, at);
  return {
    devices: known.map(({ id, name, pairedAt, pairedBy, lastSeenAt }) => ({
      ...{ id, name, pairedBy, here: id === session.device },
      ...{ pairedAt: seen(pairedAt), lastSeenAt: seen(lastSeenAt) },
    })),
    displays: displays.map(({ id, counter, pairedAt, pairedBy, lastSeenAt }) => ({
      ...{ id, counter, pairedBy },
      ...{ pairedAt: seen(pairedAt), lastSeenAt: seen(lastSeenAt) },
    })),
    sessions: open.map(({ idHash, staffCode, device, createdAt, lastSeenAt }) => ({
      ...{ id: idHash, staff: staffCode, name: nameOf.get(staffCode) ?? staffCode },
      device: device ? (deviceOf.get(device) ?? null) : null,
      ...{ since: seen(createdAt), lastSeenAt: seen(lastSeenAt), here: idHash === session.idHash },
    })),
  };
}

const timeIn = ({ env }: StaffParts, at: number): string => isoWithOffset(at, env.shop.timeZone);

const staffView =
  (parts: StaffParts) =>
  ({ code, name, role, disabledAt, createdAt }: StaffRow): StaffView => ({
    ...{ code, name, role, disabled: disabledAt !== null },
    createdAt: timeIn(parts, createdAt),
  });

/** What a room refused, in the words of contract.ts. */
type Declined = { readonly refused: ProblemCode; readonly seconds?: number };
type Answer<T> = Exclude<T, { readonly refused: string }>;

function refusalOr<T extends object>(result: T | Declined): Answer<T> | Refusal {
  if (!('refused' in result)) return result as Answer<T>;
  const { refused, seconds } = result as Declined;
  return seconds === undefined ? { refused } : { refused, extra: { seconds } };
}

/** Asks the caller's own PIN anew before anything is done; it is kept nowhere. */
export const withPin =
  ({ desk }: Pick<StaffParts, 'desk'>) =>
  async <T extends object>(
    pin: string,
    { person, address, proven }: Asker,
    act: (by: { readonly by: string }) => Promise<T | Declined>,
  ): Promise<Answer<T> | Refusal> => {
    if (proven !== true) {
      const at = address === undefined ? {} : { address };
      const known = await stepUp(desk, { staffCode: person.code, pin, ...at });
      if ('refused' in known) return refusalOr<never>(known);
    }
    return refusalOr(await act({ by: person.code }));
  };

type Leave = {
  readonly may: Capability;
  readonly given: { readonly staffCode: string; readonly pin: string };
  readonly address: string;
  readonly asker: Person;
};

/** Somebody who may lends a hand for one call, where the owner lets people do so in place. */
async function leave({ desk }: StaffParts, given: Leave): Promise<Person | Refusal> {
  const { may, asker, address } = given;
  const known = await stepUp(desk, { ...given.given, address });
  // A wrong PIN and a person who may not either look the same to whoever tries.
  if ('refused' in known && known.refused === 'step-up-required')
    return { refused: 'leave-needed' };
  if ('refused' in known) return refusalOr<never>(known);
  const { person } = known;
  if (!can(person.role, may)) return { refused: 'leave-needed' };
  const detail = { did: 'leave-given', person: asker.code, may };
  await desk.store.change((rights) => rights.note({ at: desk.now(), actor: person.code, detail }));
  return person;
}

/** What the screens have to know of shop and person; handed over with the first picture. */
async function till(parts: StaffParts, standing: Standing): Promise<TillSetting> {
  const { env } = parts;
  const { code, name, role } = standing.person;
  return {
    shop: env.shop.name,
    environment: env.environment,
    currency: env.shop.currency,
    timeZone: env.shop.timeZone,
    staff: { code, name, role },
    walletPage: env.simulatorUrl === null ? null : `${env.simulatorUrl}/wallet`,
    locked: standing.locked,
    ...(await shopChoices(parts)),
  };
}
