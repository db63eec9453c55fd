/** Next.js calls this once, before any traffic: the watch over open payments begins here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./server/runtime');
  await start();
}
