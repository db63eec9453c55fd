/** One Server-Sent-Events answer: it beats, looks again whether it may, and ends cleanly. */
import { app } from '@/server/runtime';

const HEARTBEAT_MS = 4_000;
/** How often a running stream looks again whether its session still holds (security.md S19). */
const BEATS_PER_CHECK = 5;

/** A screen that was loaded with another build is out of date. It is the same as long as we run. */
function buildEvent(): string {
  const build = app()?.build ?? null;
  return build === null ? '' : `event: build\ndata: {"build":"${build}"}\n\n`;
}

type Stream = {
  readonly signal: AbortSignal;
  /** Whether the one who listens may still do so. A fault is no "no". */
  readonly holds: () => Promise<boolean>;
  /** Begins to tell; answers how to stop it. */
  readonly listen: (to: {
    readonly send: (text: string) => void;
    readonly end: () => void;
  }) => Promise<() => void>;
};

export function eventStream({ signal, holds, listen }: Stream): Response {
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
        if (due && !(await holds().catch(() => true))) end();
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
      signal.addEventListener('abort', end);
      beat();
      send(buildEvent());
      stopListening = await listen({ send, end: () => end() });
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
}
