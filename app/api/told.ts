/**
 * What a door tells the log (security.md S68): every act that not everybody may do, and everybody
 * who was turned away. Never what a request held.
 */
import type { NextRequest } from 'next/server';
import { type Capability, can } from '@/lib/capabilities';
import type { ProblemCode } from '@/lib/contract';
import { log } from '@/server/runtime';
import { Refused } from './refused';

type Rule = { readonly may: Capability; readonly changes?: true; readonly asksPin?: true };
type Done = { readonly staff: string; readonly status: number };

/** Sales are told by their calls to QFPay; this is of rights, settings and money that goes back. */
export const isTold = ({ may, changes, asksPin }: Rule): boolean =>
  changes === true && (asksPin === true || !can('cashier', may));

export function tellAct(request: NextRequest, { staff, status }: Done): void {
  log.info('act', { ...whoAndWhere(request), staff, status });
}

const DENIED: readonly ProblemCode[] = [
  ...(['not-signed-in', 'not-allowed', 'leave-needed', 'foreign-origin', 'not-paired'] as const),
  ...(['step-up-required', 'second-manager-required', 'too-many-tries'] as const),
  ...(['setup-code-wrong', 'pairing-code-wrong', 'display-code-wrong'] as const),
];

export function tellDenied(thrown: unknown, request: NextRequest, staff?: string): void {
  if (!(thrown instanceof Refused) || !DENIED.includes(thrown.code)) return;
  log.warning('denied', { ...whoAndWhere(request), staff, code: thrown.code });
}

/** Where a request comes from, as tries are counted. */
export const addressOf = ({ headers }: Pick<Request, 'headers'>): string =>
  (headers.get('x-forwarded-for') ?? 'here').slice(0, 64);

function whoAndWhere(request: NextRequest) {
  const { method, nextUrl } = request;
  return { method, route: withoutSecrets(nextUrl.pathname), address: addressOf(request) };
}

/** The address of a receipt is its key. */
const withoutSecrets = (path: string): string => path.replace(/^(\/api\/receipts)\/.*$/, '$1/-');
