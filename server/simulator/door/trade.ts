/** The door that QFPay's clients knock at: `/trade/v1/*`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerBytes, readBody } from './answering';
import type { Works } from './works';

const pause = (ms: number): Promise<void> =>
  ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

/** A caller who hangs up early changes nothing: what was sent is processed. */
export async function handleTrade(
  works: Works,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    response.destroy();
    return;
  }
  const url = new URL(request.url ?? '/', 'http://simulator');
  const raw = {
    method: request.method ?? 'GET',
    path: url.pathname,
    search: url.search.slice(1),
    headers: headersOf(request),
    body,
  };
  const opened = works.gateway.open(raw, works.times().now);
  await pause(opened.beforeMs);
  if (opened.run === null) {
    response.destroy();
    return;
  }
  const ran = opened.run(works.times());
  await works.notifier.sendDue('before-answer');
  works.moved();
  await pause(ran.afterMs);
  ran.done();
  if (ran.answer === null) response.destroy();
  else answerBytes(response, ran.answer);
}
