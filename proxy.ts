/**
 * Puts the security headers on every page. It lets nobody in and keeps nobody out: that is each
 * door's own work, so that skipping this file opens nothing.
 */
import { type NextRequest, NextResponse } from 'next/server';

const FIXED = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(self), screen-wake-lock=(self), usb=(self), serial=(self), microphone=(), geolocation=()',
};

/** The address of a receipt is its key: it is told to nobody, and found by nobody. */
const RECEIPT = {
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'Cache-Control': 'no-store',
};

export function proxy(request: NextRequest): NextResponse {
  const dev = process.env.NODE_ENV === 'development';
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyWith(nonce, dev);
  const headers = new Headers(request.headers);
  // Whatever a client sends under these names must not reach the renderer.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of Object.entries(FIXED)) response.headers.set(name, value);
  if (request.nextUrl.pathname.startsWith('/r/')) {
    for (const [name, value] of Object.entries(RECEIPT)) response.headers.set(name, value);
  }
  return response;
}

function policyWith(nonce: string, dev: boolean): string {
  const evaluation = dev ? "'unsafe-eval'" : "'wasm-unsafe-eval'";
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' ${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
