/**
 * Whose calls the simulator accepts. It knows an app code and a key as QFPay does; the demo pair
 * below opens nothing anywhere else.
 */
import { COUNTER_PAY_TYPES } from './pay-types';

export type SignType = 'MD5' | 'SHA256';
export type Shape = 'flat' | 'envelope';

export type Account = {
  readonly appCode: string;
  readonly key: string;
  /** Which algorithms its channels take; null for both (protocol.md §3.1). */
  readonly signType: SignType | null;
  /** One per outlet; empty when none was assigned, and then none may be sent (§2.5). */
  readonly mchids: readonly string[];
  /** Pay types opened for it; any other answers "filter error". */
  readonly payTypes: readonly string[];
  readonly currencies: readonly string[];
  /** The URL registered with QFPay by e-mail, if any (§5.9). */
  readonly notifyUrl: string | null;
  /** Signs notifications when a separate key was issued; else null (§3.3). */
  readonly notifyKey: string | null;
  /** Null follows the setting for all. */
  readonly shape: Shape | null;
};

export const DEMO_APPCODE = '5C0A7E4D1B2F4E63A8D90F1C36B7E2D4';
export const DEMO_KEY = '9F3B61C2D84A4705B1E6F28D7C5A0E93';

/** A direct merchant with every counter pay type opened, unless told otherwise. */
export function makeAccount(given: Partial<Account> = {}): Account {
  return {
    appCode: DEMO_APPCODE,
    key: DEMO_KEY,
    signType: null,
    mchids: [],
    payTypes: COUNTER_PAY_TYPES,
    currencies: ['HKD'],
    notifyUrl: null,
    notifyKey: null,
    shape: null,
    ...given,
  };
}
