import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { app } from '@/server/runtime';
import { languageOf, problem, refusal } from '../../http';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const running = app();
  if (running === null) return problem('starting', await languageOf(request));
  try {
    return typed(await NextAuth(request, context, running.authOptions));
  } catch (thrown) {
    return refusal(thrown, await languageOf(request), { request });
  }
}

function typed(response: Response): Response {
  response.headers.set('Cache-Control', 'no-store');
  if (response.headers.get('content-type') === 'application/json') {
    response.headers.set('Content-Type', 'application/json; charset=utf-8');
  }
  return response;
}

export { handler as GET, handler as POST };
