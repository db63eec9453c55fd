/**
 * Puts the security headers on every page, which can only be read. It lets nobody in and keeps
 * nobody out of a door: that is each door's own work, so that skipping this file opens none.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy, FIXED_HEADERS } from './lib/fixed-headers';

/** What is no page has its headers from server/first-look.ts, and is spared this detour. */
export const config = { matcher: '/((?!api/|_next/static/).*)' };

/** The address of a receipt is its key: it is told to nobody, and found by nobody. */
const RECEIPT = {
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'Cache-Control': 'no-store',
};

export function proxy(request: NextRequest): NextResponse {
  const dev = process.env.NODE_ENV === 'development';
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, { dev });
  const headers = new Headers(request.headers);
  // Whatever a client sends under these names must not reach the renderer.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = isSentToAPage(request)
    ? new NextResponse(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
    : NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of Object.entries(FIXED_HEADERS)) response.headers.set(name, value);
  if (request.nextUrl.pathname.startsWith('/r/')) {
    for (const [name, value] of Object.entries(RECEIPT)) response.headers.set(name, value);
  }
  return response;
}

/** There are no server actions: nothing is decoded of what somebody sends to a page (S71). */
const isSentToAPage = ({ method, nextUrl }: NextRequest): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(method) && !/^\/api(\/|$)/.test(nextUrl.pathname);
