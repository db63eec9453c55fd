import { setupSchema } from '@/lib/contract-staff';
import { granted, json, openDoor, Refused, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** The first owner, against the one-time code on the console. Closed for good afterwards. */
export const POST = openDoor(async ({ app, request, address }) => {
  if (!app.needsSetUp()) throw new Refused('not-found');
  const body = await readBody(request, setupSchema);
  return json(granted(await app.setUp(body, address)), 201);
});
