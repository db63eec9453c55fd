import type { Instrumentation } from 'next';

/** Next.js calls this once, before any traffic: the watch over open payments begins here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./server/runtime');
  await start();
}

/** A screen that broke while it was drawn: the person sees the digest. Doors log their own. */
export const onRequestError: Instrumentation.onRequestError = async (thrown, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('./server/runtime');
  const digest = Reflect.get(Object(thrown), 'digest');
  log.fault('screen', thrown, {
    reference: typeof digest === 'string' ? digest : null,
    method: request.method,
    // Folders in brackets are no part of an address.
    route: context.routePath.replace(/\/\([^)]*\)/g, '') || '/',
    operator: 'look at the stack; payments go on at the server',
  });
};
