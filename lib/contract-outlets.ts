/** What crosses the wire about outlets; part of the contract, as `contract.ts`. */
import { z } from 'zod';
import type { Role } from './contract';

/** As QFPay writes it: String(16), opaque (protocol.md §2.5). */
export const MCHID = /^[A-Za-z0-9]{1,16}$/;

const name = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^\P{Cc}*$/u);
/** Null where QFPay assigned none. */
const mchid = z.string().trim().regex(MCHID).nullable();

export const newOutletSchema = z.strictObject({ name, mchid });
export type NewOutlet = z.infer<typeof newOutletSchema>;

/** What is left out stays as it is. */
export const changeOutletSchema = z.strictObject({
  name: name.optional(),
  mchid: mchid.optional(),
  active: z.boolean().optional(),
});
export type ChangeOutlet = z.infer<typeof changeOutletSchema>;

/** `outlet` null takes the counter out again. */
export const placeCounterSchema = z.strictObject({
  counter: z.string().regex(/^[\p{L}\p{N} _-]{1,24}$/u),
  outlet: z.string().max(32).nullable(),
});
export type PlaceCounter = z.infer<typeof placeCounterSchema>;

/** No outlet at all: everywhere. */
export const limitStaffSchema = z.strictObject({
  staffCode: z.string().min(1).max(16),
  outlets: z.array(z.string().max(32)).max(200),
});
export type LimitStaff = z.infer<typeof limitStaffSchema>;

export type OutletView = {
  readonly id: string;
  readonly name: string;
  readonly mchid: string | null;
  readonly active: boolean;
  /** Payments were taken with this mchid: it stays. */
  readonly used: boolean;
  readonly counters: readonly string[];
};
export type StaffLimitView = {
  readonly code: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of outlets; empty is everywhere. */
  readonly outlets: readonly string[];
};
/** `GET /api/outlets`, and the answer of every change. */
export type OutletList = {
  readonly outlets: readonly OutletView[];
  readonly staff: readonly StaffLimitView[];
};
