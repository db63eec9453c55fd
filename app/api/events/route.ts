import { door } from '../http';

export const dynamic = 'force-dynamic';

const HEARTBEAT_MS = 4_000;
/** How often a running stream looks again whether its session still holds (security.md S19). */
const BEATS_PER_CHECK = 5;

/** What changed, as it changes. `Last-Event-ID` takes up where a lost stream ended. */
export const GET = door({ may: 'see-sales', evenLocked: true }, async (visit) => {
  const { app, request, session } = visit;
  const cookie = request.cookies.get(app.cookieName)?.value;
  const lastId = Number(request.headers.get('last-event-id') ?? Number.NaN);
  const encoder = new TextEncoder();
  let end = () => {};
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let ended = false;
      const send = (text: string) => {
        if (ended) return;
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          end();
        }
      };
      const beat = () => send(`event: heartbeat\ndata: {"now":"${new Date().toISOString()}"}\n\n`);
      let beats = 0;
      const timer = setInterval(async () => {
        beats += 1;
        const due = beats % BEATS_PER_CHECK === 0;
        const gone = due && (await app.sessionOf(cookie).catch(() => session)) === null;
        if (gone) end();
        else beat();
      }, HEARTBEAT_MS);
      let stopListening = () => {};
      end = () => {
        if (ended) return;
        ended = true;
        clearInterval(timer);
        stopListening();
        try {
          controller.close();
        } catch {
          // The tablet has already gone.
        }
      };
      request.signal.addEventListener('abort', end);
      beat();
      const since = Number.isSafeInteger(lastId) ? lastId : null;
      stopListening = await app.listen({ since, send, end: () => end() }, visit);
      if (ended) stopListening();
    },
    cancel: () => end(),
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-store, no-transform',
      'X-Accel-Buffering': 'no',
      // Kept alive, the ended stream's connection would hold up a stopping server for seconds.
      Connection: 'close',
    },
  });
});
