import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { app } from '@/server/runtime';
import { languageOf, problem, readBytes, refusal } from '../../http';

export const dynamic = 'force-dynamic';

/** What our pages and programs of the shop need of next-auth; it has more doors than these. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  GET: ['csrf', 'session', 'providers', 'signin', 'error'],
  POST: ['callback', 'signin', 'signout'],
};
/** A code, a PIN, a counter and a token. */
const MAX_FORM = 4 * 1024;

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const running = app();
  if (running === null) return problem('starting', await languageOf(request));
  const [what = ''] = (await context.params).nextauth;
  const isOpen = OPEN[request.method]?.includes(what) ?? false;
  if (!isOpen) return problem('not-found', await languageOf(request));
  // next-auth reads whatever comes, to its end.
  const form = request.method === 'GET' ? undefined : await readBytes(request, MAX_FORM);
  if (form === null) return problem('body-too-large', await languageOf(request));
  const small = form === undefined ? request : withBody(request, form);
  try {
    return typed(await NextAuth(small, context, running.authOptions), what);
  } catch (thrown) {
    return refusal(thrown, await languageOf(request), { request });
  }
}

function typed(response: Response, what: string): Response {
  response.headers.set('Cache-Control', 'no-store');
  if (response.headers.get('content-type') === 'application/json') {
    response.headers.set('Content-Type', 'application/json; charset=utf-8');
  }
  // The pairing of the tablet and the keys of live payments stay.
  if (what === 'signout') response.headers.set('Clear-Site-Data', '"cache"');
  return response;
}

function withBody({ url, method, headers }: NextRequest, form: Uint8Array): NextRequest {
  return new NextRequest(url, { method, headers, body: Buffer.from(form) });
}

export { handler as GET, handler as POST };
