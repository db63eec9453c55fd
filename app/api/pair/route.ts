import { pairSchema } from '@/lib/contract-staff';
import { granted, json, keepCookie, openDoor, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** A tablet shows the owner's one-time code and becomes one of the shop's. */
export const POST = openDoor(async ({ app, request, address }) => {
  const { code } = await readBody(request, pairSchema);
  const { secret, name } = granted(await app.pair(code, address));
  return keepCookie(json({ name }, 201), app.deviceCookie, secret);
});
