/** What a door refuses, thrown wherever it is found out; http.ts turns it into a status, once. */
import type { ProblemCode } from '@/lib/contract';

export type Extra = {
  paymentId?: string;
  refundableAmount?: number;
  counter?: string;
  /** How long to wait; also becomes `Retry-After`. */
  seconds?: number;
  fields?: readonly string[];
  /** Under which the log has what went wrong. */
  reference?: string;
};

export class Refused extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly extra: Extra = {},
  ) {
    super(code);
  }
}
