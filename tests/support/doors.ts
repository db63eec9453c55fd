/**
 * Every door of the server and who may go through it. A door that is not listed here fails a test,
 * and so does one whose source says something else: write the line when you hang the door.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CAPABILITIES, type Capability } from '@/lib/capabilities';
import { skeleton, withoutComments } from './house/source';
import { ROOT } from './processes';

/** `open`: no session. These say for themselves who may knock. */
export type Keeper = Capability | 'open';

export const DOORS: Readonly<Record<string, Keeper>> = {
  'GET /api/auth/[...nextauth]': 'open',
  'POST /api/auth/[...nextauth]': 'open',
  'GET /api/health': 'open',
  // For a program that watches, with the token that the operator has set.
  'GET /api/metrics': 'open',
  'POST /api/qfpay/notify': 'open',
  'POST /api/setup': 'open',
  'POST /api/pair': 'open',
  // For the customer, who has an address that nobody can guess.
  'GET /api/receipts/[token]': 'open',
  'POST /api/display/code': 'open',
  // For a tablet that does not trust this server yet: a certificate, which is no secret.
  'GET /api/trust/countertop-authority.crt': 'open',

  'GET /api/display': 'open-display',
  'GET /api/display/events': 'open-display',
  'POST /api/displays': 'open-display',
  'DELETE /api/displays/[id]': 'manage-devices',

  'GET /api/wallets': 'charge',

  'GET /api/events': 'see-sales',
  'GET /api/payments': 'see-sales',
  'POST /api/payments': 'charge',
  'GET /api/payments/live': 'charge',
  'POST /api/payments/[id]/pick-up': 'charge',
  'PUT /api/display/amount': 'charge',
  'GET /api/payments/[id]': 'see-sales',
  'GET /api/quick-amounts': 'charge',
  'GET /api/practice': 'charge',
  'POST /api/payments/[id]/check': 'charge',
  'POST /api/payments/[id]/cancel': 'charge',
  // A manager's code and PIN come with the call.
  'POST /api/payments/[id]/override': 'charge',
  'GET /api/payments/[id]/receipt': 'see-sales',
  'POST /api/payments/[id]/receipt': 'see-sales',
  'POST /api/payments/[id]/refunds': 'refund',
  'GET /api/payments/[id]/refunds': 'refund',
  'GET /api/payments/[id]/matter': 'decide',
  'POST /api/payments/[id]/settlements': 'refund',
  'GET /api/refunds': 'refund',
  'GET /api/refunds/[id]': 'refund',
  'POST /api/refunds/[id]/check': 'refund',
  'POST /api/refunds/[id]/withdraw': 'refund',
  'GET /api/test-money': 'refund',

  'GET /api/inbox': 'decide',
  'GET /api/inbox/count': 'decide',
  'POST /api/payments/[id]/decide': 'decide',

  'GET /api/payments/choices': 'see-sales',
  'GET /api/payments/count': 'export',
  'GET /api/payments/export': 'export',
  'POST /api/payments/[id]/notes': 'write-notes',
  'GET /api/views': 'see-sales',
  'POST /api/views': 'see-sales',
  'PUT /api/views/[id]': 'see-sales',
  'DELETE /api/views/[id]': 'see-sales',

  'GET /api/shifts': 'keep-shift',
  'POST /api/shifts': 'keep-shift',
  'GET /api/shifts/[id]': 'keep-shift',
  'POST /api/shifts/[id]/close': 'keep-shift',
  'POST /api/shifts/[id]/correct': 'see-all-shifts',
  'GET /api/reports/day': 'see-reports',
  'GET /api/reports/range': 'see-reports',

  'GET /api/compare': 'compare',
  'POST /api/compare': 'compare',
  'GET /api/compare/[id]': 'compare',
  'POST /api/compare/[id]/stop': 'compare',
  'GET /api/differences': 'compare',
  'POST /api/differences/[id]/settle': 'decide',
  'GET /api/outlets': 'manage-outlets',
  'POST /api/outlets': 'manage-outlets',
  'POST /api/outlets/[id]': 'manage-outlets',
  'POST /api/outlets/counters': 'manage-outlets',
  'POST /api/outlets/staff': 'manage-outlets',

  'GET /api/session': 'be-here',
  'POST /api/session/active': 'be-here',
  'PUT /api/session/pin': 'be-here',

  'GET /api/staff': 'manage-staff',
  'POST /api/staff': 'manage-staff',
  'PUT /api/staff/[code]': 'manage-staff',
  'GET /api/staff/acts': 'manage-staff',
  'DELETE /api/staff/[code]/sessions': 'manage-devices',
  'DELETE /api/sessions/[id]': 'manage-devices',
  'GET /api/devices': 'manage-devices',
  'POST /api/devices': 'manage-devices',
  'DELETE /api/devices/[id]': 'manage-devices',
  'GET /api/settings': 'change-settings',
  'PUT /api/settings': 'change-settings',
};

/** What the cookie of a customer's screen opens: these, and not one more. */
export const DISPLAY_DOORS: readonly string[] = ['GET /api/display', 'GET /api/display/events'];
/** They never end, so that a test cannot wait for their last word. */
export const STREAMS: readonly string[] = ['GET /api/events', 'GET /api/display/events'];

export type Door = {
  readonly method: string;
  /** With its holes: `/api/payments/[id]`. */
  readonly path: string;
  /** What the source says; null when it says nothing that is understood. */
  readonly keeper: Keeper | null;
  /** It wants our own pages as the origin. */
  readonly guarded: boolean;
  /** A customer's screen comes in as well. */
  readonly forDisplays: boolean;
};

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** As the source files hang them. */
export function doorsInSource(): Door[] {
  const api = path.join(ROOT, 'app/api');
  const files = readdirSync(api, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .flatMap((file) => {
      const where = path.posix.dirname(`/api/${file}`);
      return doorsOf(where, readFileSync(path.join(api, file), 'utf8'));
    });
}

/** The doors that one file hangs. */
export function doorsOf(where: string, text: string): Door[] {
  const code = withoutComments(text);
  const bare = skeleton(text);
  const found = METHODS.filter((method) => exportsIt(bare, method));
  return found.map((method) => {
    const rule = ruleOf(code, method);
    const may = /\bmay:\s*'([\w-]+)'/.exec(rule ?? '')?.[1];
    const known = CAPABILITIES.find((capability) => capability === may) ?? null;
    const guarded = /\bchanges:\s*true\b/.test(rule ?? '');
    const forDisplays = new RegExp(`\\bconst ${method} = displayDoor\\(`).test(code);
    return { method, path: where, keeper: rule === null ? 'open' : known, guarded, forDisplays };
  });
}

const exportsIt = (bare: string, method: string): boolean =>
  new RegExp(
    `\\bexport\\s+(?:async\\s+)?(?:const|function|let|var)\\s+${method}\\b` +
      `|\\bexport\\s*\\{[^}]*\\b${method}\\b[^}]*\\}`,
  ).test(bare);

/** The first words that a door is given; null for what is no door of the staff. */
function ruleOf(code: string, method: string): string | null {
  const made = new RegExp(
    `\\bexport\\s+const\\s+${method}\\s*=\\s*(?:door|displayDoor)\\(\\s*(\\{[^}]*\\})`,
  );
  return made.exec(code)?.[1] ?? null;
}

export const nameOf = ({ method, path: where }: Pick<Door, 'method' | 'path'>): string =>
  `${method} ${where}`;

/** Where a knock goes: holes filled with what nobody has. */
export const knockAt = ({ path: where }: Pick<Door, 'path'>): string =>
  where.replace('[...nextauth]', 'providers').replace(/\[\w+\]/g, 'nobody');
