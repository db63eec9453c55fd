import { app } from '@/server/runtime';
import { json } from '../http';

export const dynamic = 'force-dynamic';

/** 200 when sales can be taken; 503 while starting or when the database fails. */
export async function GET(): Promise<Response> {
  const health = (await app()?.health()) ?? { status: 'starting' };
  return json(health, health.status === 'ok' ? 200 : 503);
}
