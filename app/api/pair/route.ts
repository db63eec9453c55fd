import { pairSchema } from '@/lib/contract-staff';
import { granted, json, openDoor, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** A tablet shows the owner's one-time code and becomes one of the shop's. */
export const POST = openDoor(async ({ app, request, address }) => {
  const { code } = await readBody(request, pairSchema);
  const { secret, name } = granted(await app.pair(code, address));
  const response = json({ name }, 201);
  const { name: cookie, maxAge, secure } = app.deviceCookie;
  const ends = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  response.headers.append('Set-Cookie', `${cookie}=${secret}; ${ends}`);
  return response;
});
