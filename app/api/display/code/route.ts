import { granted, json, keepCookie, openDoor } from '../../http';

export const dynamic = 'force-dynamic';

/** A screen that belongs to no counter gets a code to show; somebody types it at a till. */
export const POST = openDoor(async ({ app, request }) => {
  const before = request.cookies.get(app.displayCookie.name)?.value;
  const { secret, ...made } = granted(await app.beginDisplay(before));
  return keepCookie(json(made, 201), app.displayCookie, secret);
});
