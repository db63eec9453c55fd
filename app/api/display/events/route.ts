import { displayDoor } from '../../display-door';
import { eventStream } from '../../stream';

export const dynamic = 'force-dynamic';

/** The same as it changes: each `picture` is all there is to show. */
export const GET = displayDoor({ may: 'open-display' }, async (visit) => {
  const { app, request, watch, holds } = visit;
  return eventStream({
    ...{ signal: request.signal, holds },
    listen: ({ send, end }) =>
      app.watchDisplay(watch, {
        send: (picture) => send(`event: picture\ndata: ${JSON.stringify(picture)}\n\n`),
        end,
      }),
  });
});
