/**
 * Who may what, as a table: each capability and the least role that has it. Roles add up, so that
 * an owner may all that a manager may. A door, a verb and a screen ask here and nowhere else.
 */
import type { Role } from './contract';

const LEAST = {
  /** One's own session and PIN. */
  'be-here': 'cashier',
  charge: 'cashier',
  /** One's own sales; `see-all-sales` shows everybody's. */
  'see-sales': 'cashier',
  'see-all-sales': 'manager',
  /** On a payment that one may see. */
  'write-notes': 'cashier',
  refund: 'manager',
  /** Settles what the inbox shows, with a name and a reason. */
  decide: 'manager',
  /** Lets a customer pay another way while the first payment is still watched. */
  override: 'manager',
  /** The customer's screen of a counter: opened beside the till, or paired with it. */
  'open-display': 'cashier',
  'keep-shift': 'cashier',
  'see-all-shifts': 'manager',
  'see-reports': 'manager',
  export: 'manager',
  /** Compares a day with what QFPay has. */
  compare: 'manager',
  'manage-staff': 'owner',
  'manage-devices': 'owner',
  'manage-outlets': 'owner',
  'change-settings': 'owner',
} as const satisfies Record<string, Role>;

export type Capability = keyof typeof LEAST;
export const CAPABILITIES = Object.keys(LEAST) as readonly Capability[];

const RANK: Record<Role, number> = { cashier: 1, manager: 2, owner: 3 };

export const can = (role: Role, capability: Capability): boolean =>
  RANK[role] >= RANK[LEAST[capability]];
