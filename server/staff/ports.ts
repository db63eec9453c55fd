/** What this room needs remembered. Times are wall ms UTC. */
import type { Role } from '@/lib/contract';

export interface StaffStore {
  staffByCode(code: string): Promise<StaffRow | null>;
  /** False when the code is taken. */
  insertStaff(row: StaffRow): Promise<boolean>;
  staffCount(): Promise<number>;
  /** By code; those who have left as well. */
  people(): Promise<StaffRow[]>;
  insertSession(row: SessionRow): Promise<void>;
  session(idHash: string): Promise<SessionRow | null>;
  touchSession(idHash: string, lastSeenAt: number): Promise<void>;
  endSession(idHash: string, endedAt: number): Promise<void>;
  openSessions(now: number): Promise<SessionRow[]>;
  /** Somebody touched the screen of this session. */
  activate(idHash: string, at: number): Promise<void>;
  /** True once in the life of a session. */
  spendSession(idHash: string, at: number): Promise<boolean>;
  /** A person's payments since then that can still be paid, or were paid just now. */
  awaitedPayments(staff: string, since: number, paidSince: number): Promise<AwaitedPayment[]>;
  /** The same of one payment. */
  isAwaited(paymentId: string, paidSince: number): Promise<boolean>;
  deviceBySecret(hash: string): Promise<DeviceRow | null>;
  devices(): Promise<DeviceRow[]>;
  touchDevice(id: string, at: number): Promise<void>;
  displayBySecret(hash: string): Promise<DisplayRow | null>;
  displays(): Promise<DisplayRow[]>;
  touchDisplay(id: string, at: number): Promise<void>;
  throttle(key: string): Promise<ThrottleRow | null>;
  clearThrottle(key: string): Promise<void>;
  /** Newest first. */
  acts(filter: ActFilter): Promise<Act[]>;
  /** All of it, its audit rows included, or nothing. */
  change<T>(work: (rights: RightsRecords) => Promise<T>): Promise<T>;
}

/** Rights as they are now, while nobody else changes them. */
export interface RightsRecords {
  staffByCode(code: string): Promise<StaffRow | null>;
  people(): Promise<StaffRow[]>;
  insertStaff(row: StaffRow): Promise<boolean>;
  updateStaff(row: StaffRow): Promise<boolean>;
  session(idHash: string): Promise<SessionRow | null>;
  endSession(idHash: string, endedAt: number): Promise<void>;
  /** The payments of others with which this session goes on, in place of those before. */
  carry(idHash: string, payments: readonly string[]): Promise<void>;
  endSessionsOf(staffCode: string, endedAt: number): Promise<void>;
  endSessionsOn(device: string, endedAt: number): Promise<void>;
  endUnpairedSessions(endedAt: number): Promise<void>;
  openSessions(now: number): Promise<SessionRow[]>;
  devices(): Promise<DeviceRow[]>;
  insertDevice(row: DeviceRow): Promise<void>;
  /** Its name; null when it is unknown or was revoked before. */
  revokeDevice(id: string, at: number): Promise<string | null>;
  /** The newest code alone counts. */
  putPairing(row: PairingRow): Promise<void>;
  /** Whoever takes it first has it, and it is gone. */
  takePairing(codeHash: string): Promise<PairingRow | null>;
  /** False when another screen shows this code just now. */
  putDisplayCode(row: DisplayCodeRow): Promise<boolean>;
  /** Those that ran out, this screen's own, and the oldest of more than `keep`. */
  tidyDisplayCodes(wish: { at: number; secretHash: string; keep: number }): Promise<void>;
  /** Whoever takes it first has it, and it is gone. */
  takeDisplayCode(codeHash: string): Promise<DisplayCodeRow | null>;
  insertDisplay(row: DisplayRow): Promise<void>;
  /** Its counter; null when it is unknown or was revoked before. */
  revokeDisplay(id: string, at: number): Promise<string | null>;
  throttle(key: string): Promise<ThrottleRow | null>;
  putThrottle(row: ThrottleRow): Promise<void>;
  setting(key: string): Promise<string | null>;
  putSetting(setting: { key: string; value: string; at: number; by: string }): Promise<void>;
  note(act: Omit<Act, 'seq' | 'paymentId'>): Promise<void>;
}

export type StaffRow = {
  readonly code: string;
  readonly name: string;
  readonly role: Role;
  readonly pinHash: string;
  readonly disabledAt: number | null;
  readonly createdAt: number;
};
/** A person, and the outlets (their mchid) to which they are limited; left out: everywhere. */
export type Placed = Pick<StaffRow, 'code' | 'name' | 'role'> & {
  readonly outlets?: readonly (string | null)[];
};
export type SessionRow = {
  readonly idHash: string;
  readonly staffCode: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  /** The paired device on which it was opened; null on any other. */
  readonly device?: string | null | undefined;
  /** When somebody last touched the screen. Null: not since `createdAt`. */
  readonly activeAt?: number | null | undefined;
  /** Payments of whoever had the screen before, which this session goes on with. */
  readonly carries?: readonly string[] | undefined;
};
export type DeviceRow = {
  readonly id: string;
  readonly name: string;
  readonly secretHash: string;
  readonly pairedAt: number;
  readonly pairedBy: string;
  readonly lastSeenAt: number;
  readonly revokedAt: number | null;
};
/** A customer's screen, of one counter. */
export type DisplayRow = {
  readonly id: string;
  readonly counter: string;
  readonly secretHash: string;
  readonly pairedAt: number;
  readonly pairedBy: string;
  readonly lastSeenAt: number;
  readonly revokedAt: number | null;
};
type DisplayCodeRow = {
  readonly codeHash: string;
  readonly secretHash: string;
  readonly expiresAt: number;
};
type PairingRow = {
  readonly codeHash: string;
  readonly name: string;
  readonly madeBy: string;
  readonly expiresAt: number;
};
type AwaitedPayment = {
  readonly id: string;
  readonly counter: string;
  /** It can still be paid. */
  readonly open: boolean;
};
type ThrottleRow = {
  readonly key: string;
  readonly failures: number;
  readonly blockedUntil: number;
  readonly updatedAt: number;
};
/** What somebody did. `detail` is flat and never holds a PIN, a code or a secret. */
export type Act = {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly paymentId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};
export type ActFilter = {
  /** Null: whatever changed rights, devices and settings, whoever did it. */
  readonly person: string | null;
  /** Rows before this one. */
  readonly before: number | null;
  readonly limit: number;
};
