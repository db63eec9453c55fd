/** What crosses the wire about people, their devices and their sessions. Times are ISO 8601. */
import { z } from 'zod';
import type { Role } from './contract';
import { STAFF_ROLES } from './contract';
import type { PinMode, Settings } from './settings';
import type { CounterWallet } from './wallets';

/** Left out, a PIN is wrong, not malformed: whoever forgot it is asked for it (403). */
const pin = z.string().max(64).default('');
/** Lines and marks that no screen shows are no part of a name. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}]+$/u);
/** Up to eight digits, so that a log may name the person. */
const code = z.string().regex(/^[0-9]{3,8}$/);
const role = z.enum(STAFF_ROLES);
/** What is wrong with a new PIN is said by its own refusal. */
const newPin = z.string().max(64);

/** `POST /api/staff`. `pin` is the owner's own. */
export const newStaffSchema = z.strictObject({ code, name, role, newPin, pin });
export type NewStaff = z.infer<typeof newStaffSchema>;

/** `PUT /api/staff/{code}`: whatever is given changes. */
export const staffChangeSchema = z.strictObject({
  name: name.optional(),
  role: role.optional(),
  newPin: newPin.optional(),
  disabled: z.boolean().optional(),
  pin,
});
export type StaffChange = z.infer<typeof staffChangeSchema>;

/** `PUT /api/session/pin`: one's own. `pin` is the old one. */
export const ownPinSchema = z.strictObject({ newPin, pin });
export type OwnPin = z.infer<typeof ownPinSchema>;

/** A call that needs the caller's PIN and nothing else. */
export const withPinSchema = z.strictObject({ pin });

/** `POST /api/devices`: a name for the tablet that will enter the code. */
export const newDeviceSchema = z.strictObject({ name, pin });
export type NewDevice = z.infer<typeof newDeviceSchema>;

const oneTimeCode = z.string().trim().min(1).max(16);
/** `POST /api/pair` */
export const pairSchema = z.strictObject({ code: oneTimeCode });
/** `POST /api/setup` */
export const setupSchema = z.strictObject({ code: oneTimeCode, name, newPin });
export type Setup = z.infer<typeof setupSchema>;

export type StaffView = {
  readonly code: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly createdAt: string;
};
/** `GET /api/staff` */
export type StaffAnswer = { readonly staff: readonly StaffView[] };

export type DeviceView = {
  readonly id: string;
  readonly name: string;
  readonly pairedAt: string;
  readonly pairedBy: string;
  readonly lastSeenAt: string;
  /** The device on which this is read. */
  readonly here: boolean;
};
/** A customer's screen that is paired with a counter. */
type DisplayView = Omit<DeviceView, 'name' | 'here'> & { readonly counter: string };
export type SessionView = {
  readonly id: string;
  readonly staff: string;
  readonly name: string;
  /** Null: on a device that was not paired. */
  readonly device: string | null;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly here: boolean;
};
/** `GET /api/devices` */
export type DevicesAnswer = {
  readonly devices: readonly DeviceView[];
  readonly displays: readonly DisplayView[];
  readonly sessions: readonly SessionView[];
};
/** `POST /api/devices` */
export type PairingAnswer = { readonly code: string; readonly expiresAt: string };

export type ActView = {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly paymentId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};
/** `GET /api/staff/acts` */
export type ActsAnswer = { readonly acts: readonly ActView[]; readonly next: number | null };

/** `GET /api/settings` */
export type SettingsAnswer = { readonly settings: Settings };

/** `GET /api/session`: who is here, and what an open screen has to learn while it stays open. */
export type SessionAnswer = ShopChoices & {
  readonly staff: { readonly code: string; readonly name: string; readonly role: Role };
  readonly locked: boolean;
  /** How long until it locks if nobody touches it; null: never by itself. */
  readonly locksInMs: number | null;
};

/** What a till has to know of the owner's choices; part of the first picture. */
export type ShopChoices = {
  readonly pinMode: PinMode;
  /** The tiles, in their order. */
  readonly wallets: readonly CounterWallet[];
  /** By the name of a counter, where its outlet has a list of its own. */
  readonly counterWallets: Readonly<Record<string, readonly CounterWallet[]>>;
  /** Minor units of the shop's currency. */
  readonly quickAmounts: readonly number[];
};
