/** What this room needs remembered. Times are wall ms UTC. */
import type { Role } from '@/lib/contract';

export interface StaffStore {
  staffByCode(code: string): Promise<StaffRow | null>;
  /** False when the code is taken. */
  insertStaff(row: StaffRow): Promise<boolean>;
  staffCount(): Promise<number>;
  insertSession(row: SessionRow): Promise<void>;
  session(idHash: string): Promise<SessionRow | null>;
  touchSession(idHash: string, lastSeenAt: number): Promise<void>;
  endSession(idHash: string, endedAt: number): Promise<void>;
  throttle(key: string): Promise<ThrottleRow | null>;
  putThrottle(row: ThrottleRow): Promise<void>;
  clearThrottle(key: string): Promise<void>;
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
};
export type ThrottleRow = {
  readonly key: string;
  readonly failures: number;
  readonly blockedUntil: number;
  readonly updatedAt: number;
};
