import { openDoor, Refused } from '../http';

export const dynamic = 'force-dynamic';

/** For a program that watches the server. Its token is the only key; without one set, no door. */
export const GET = openDoor(async ({ app, request }) => {
  const answer = await app.metrics(request.headers.get('authorization'));
  if (answer === 'no-door') throw new Refused('not-found');
  const headers = { 'Cache-Control': 'no-store' };
  if (answer === 'wrong-token') {
    return new Response(null, {
      status: 401,
      headers: { ...headers, 'WWW-Authenticate': 'Bearer' },
    });
  }
  return new Response(answer.text, { headers: { ...headers, 'Content-Type': answer.type } });
});
