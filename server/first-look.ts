/**
 * What happens to every request before Next.js sees it. Who it comes from is what its connection
 * says: headers in which a proxy would tell it are taken off, for whoever connects can write them
 * too; only the HTTPS front of `npm start` is believed, which takes them off itself. So are the
 * words that Next.js says to itself. A request that names a whole address is about its path here,
 * for this server is no proxy. What Next.js answers by itself bears the headers of every answer.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FIXED_HEADERS } from '@/lib/fixed-headers';

const SAID_BY_PROXIES = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip)$/;
const SAID_WITHIN =
  /^x-(middleware-.*|invoke-.*|matched-path|now-.*|nextjs-data|prerender-revalidate.*)$/;

type Begun = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** From now on, in this process. */
export function lookFirst({ behindOurFront }: { readonly behindOurFront: boolean }): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Begun;
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    request.url = pathOf(request.url ?? '/');
    for (const name of Object.keys(request.headers)) {
      const isProxys = SAID_BY_PROXIES.test(name) && !behindOurFront;
      if (isProxys || SAID_WITHIN.test(name)) delete request.headers[name];
    }
  });
}

function pathOf(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
