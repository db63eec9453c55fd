/**
 * What happens to every request before Next.js sees it. Who it comes from is what its connection
 * says: headers in which a proxy would tell it are taken off, for whoever connects can write them
 * too; only the HTTPS front of `npm start` and a trusted proxy are believed. Taken off are also the
 * words that Next.js says to itself. A request that names a whole address is about its path here,
 * for this server is no proxy. What is too large or too slow is not waited for, as Next.js would
 * do. What Next.js answers by itself bears the headers of every answer.
 */
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { PROBLEM_CODES } from '@/lib/contract';
import { contentPolicy, FIXED_HEADERS } from '@/lib/fixed-headers';
import { problemText } from '@/lib/messages/problems';

const SAID_BY_PROXIES = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip)$/;
const SAID_WITHIN =
  /^x-(middleware-.*|invoke-.*|matched-path|now-.*|nextjs-data|prerender-revalidate.*)$/;

/** A notification may be as large; every other door takes less. */
const MAX_BODY = 64 * 1024;
/** What a door takes is there within it on any line that can carry a sale. */
const PATIENCE_MS = 15_000;

type Begun = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly server: Server;
};

type Setting = {
  readonly behindAFront: boolean;
  /** With the tools of those who work on the sources. */
  readonly dev: boolean;
};

/** From now on, in this process. */
export function lookFirst({ behindAFront, dev }: Setting): void {
  const guarded = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as Begun;
    if (!guarded.has(server)) guard(server);
    guarded.add(server);
    for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
    request.url = pathOf(request.url ?? '/');
    if (!isPage(request.url)) {
      const nonce = randomBytes(16).toString('base64');
      response.setHeader('Content-Security-Policy', contentPolicy(nonce, { dev }));
    }
    for (const name of Object.keys(request.headers)) {
      const isProxys = SAID_BY_PROXIES.test(name) && !behindAFront;
      if (isProxys || SAID_WITHIN.test(name)) delete request.headers[name];
    }
  });
}

/** Pages go through proxy.ts, as its matcher says, and get a nonce that their scripts know. */
const isPage = (url: string): boolean => !/^\/(api|_next\/static)\//.test(url);

function pathOf(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Stands before whoever answers; the request that is just beginning is the first it sees. */
function guard(server: Server): void {
  server.headersTimeout = PATIENCE_MS;
  const answering = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) {
      refuse(response, 'body-too-large');
      return;
    }
    const late = setTimeout(() => {
      if (!request.complete) refuse(response, 'body-too-slow');
    }, PATIENCE_MS);
    response.on('close', () => clearTimeout(late));
    for (const answer of answering) answer.call(server, request, response);
  });
}

/** The connection ends with it: what is still on its way is not read. */
function refuse(response: ServerResponse, code: 'body-too-large' | 'body-too-slow'): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = PROBLEM_CODES[code];
  const title = problemText(code, 'en');
  const told = { type: `urn:countertop:problem:${code}`, title, status, code, says: title };
  response.writeHead(status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(JSON.stringify({ ...told, next: 'try-again', moneyMayHaveMoved: false }));
}
