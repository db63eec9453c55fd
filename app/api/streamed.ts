/** Answers too large to be held: a file that is made while it is read. */
import { log } from '@/server/runtime';
import { HEADERS } from './http';

/** Piece by piece, as fast as it is read: who stops reading stops whoever makes the pieces. */
export function streamed(
  pieces: AsyncGenerator<Uint8Array>,
  headers: Readonly<Record<string, string>>,
): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (fault) {
        // The file ends in the middle, which the reader is told as a broken download.
        log.fault('door', fault, { operator: 'a download ended early; it can be asked for again' });
        controller.error(fault);
      }
    },
    cancel: async () => {
      await pieces.return(undefined);
    },
  });
  return new Response(body, { headers: { ...HEADERS, 'X-Accel-Buffering': 'no', ...headers } });
}
