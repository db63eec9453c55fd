/**
 * What no door foresaw: it is logged once, under a reference that the person sees too, so that who
 * looks after the server finds the line that somebody at a till reads out.
 */
import type { NextRequest } from 'next/server';
import { log } from '@/server/runtime';

/** Where it happened. */
export type Place = {
  readonly request: Pick<NextRequest, 'method' | 'nextUrl'>;
  readonly params?: Readonly<Record<string, string>> | undefined;
};

const OPERATOR = 'look at the stack; no money was decided by this door';

/** Logs it and answers its reference. */
export function logFault(thrown: unknown, place: Place, operator = OPERATOR): string {
  const reference = crypto.randomUUID().slice(0, 8);
  const { method, nextUrl } = place.request;
  const route = routeOf(nextUrl.pathname, place.params ?? {});
  const id = place.params?.id;
  const isPayment = route.startsWith('/api/payments/[id]');
  const isRefund = route.startsWith('/api/refunds/[id]');
  log.fault('door', thrown, {
    ...{ reference, method, route, operator },
    paymentId: isPayment ? id : null,
    refundId: isRefund ? id : null,
  });
  return reference;
}

/** Names in place of values: the address of a receipt is its key, and a log opens nothing. */
function routeOf(pathname: string, params: Readonly<Record<string, string>>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, `[${name}]`]));
  const parts = pathname.split('/').map((part) => names.get(decoded(part)) ?? part);
  return parts.join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
