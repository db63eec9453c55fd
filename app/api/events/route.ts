import { door } from '../http';
import { eventStream } from '../stream';

export const dynamic = 'force-dynamic';

/** What changed, as it changes. `Last-Event-ID` takes up where a lost stream ended. */
export const GET = door({ may: 'see-sales', evenLocked: true }, async (visit) => {
  const { app, request } = visit;
  const cookie = request.cookies.get(app.cookieName)?.value;
  const lastId = Number(request.headers.get('last-event-id') ?? Number.NaN);
  const since = Number.isSafeInteger(lastId) ? lastId : null;
  return eventStream({
    signal: request.signal,
    holds: async () => (await app.sessionOf(cookie)) !== null,
    listen: (to) => app.listen({ since, ...to }, visit),
  });
});
