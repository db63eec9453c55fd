/**
 * The only place that calls the gateway. One send is one request: no retry, no redirect, no
 * decompression. It never rejects, and it says `not-sent` only when not one byte of the request
 * can have left; whatever happened after that is `lost`, because money may have moved.
 */
import http from 'node:http';
import https from 'node:https';

export type Transport = { send(request: TransportRequest): Promise<TransportOutcome> };
export type TransportRequest = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Percent-encoded, without the question mark. */
  readonly query?: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number;
};
export type TransportOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Names in lower case; a header that came twice is joined with a comma. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
    }
  /** `why` is a word for the log, such as ECONNREFUSED. */
  | { readonly kind: 'not-sent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: 'timeout' | 'connection' };

export type HttpTransport = Transport & {
  /** Drops idle connections; calls under way end as `lost`. */
  close(): void;
};
export type HttpTransportOptions = {
  /** Scheme, host, port and perhaps a path: chosen by the configuration, never by a request. */
  readonly baseUrl: string;
  /** Until the connection stands, TLS included. money.md §2.9: 3 s. */
  readonly connectTimeoutMs?: number;
};

const LARGEST_ANSWER = 1024 * 1024;
/** Shorter than servers keep theirs: a charge must not be written to a socket that just closed. */
const IDLE_MS = 4_000;

/** Throws a TypeError when `baseUrl` is not an http(s) address. */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const base = new URL(options.baseUrl);
  const secure = base.protocol === 'https:';
  if (!secure && base.protocol !== 'http:') throw new TypeError('baseUrl must be http or https');
  // Ten are kept for the next calls; a slow gateway may hold more without making a charge queue.
  const pool = { keepAlive: true, maxFreeSockets: 10, maxSockets: 128, timeout: IDLE_MS };
  const agent = secure
    ? // Said here so that NODE_TLS_REJECT_UNAUTHORIZED cannot take it back.
      new https.Agent({ ...pool, rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    : new http.Agent(pool);
  const connectTimeoutMs = options.connectTimeoutMs ?? 3_000;
  return {
    send: (request) => send({ base, secure, agent, connectTimeoutMs }, request),
    close: () => agent.destroy(),
  };
}

type Line = {
  readonly base: URL;
  readonly secure: boolean;
  readonly agent: http.Agent;
  readonly connectTimeoutMs: number;
};

function send(line: Line, request: TransportRequest): Promise<TransportOutcome> {
  return new Promise((resolve) => {
    let sent: http.ClientRequest;
    try {
      sent = open(line, request);
    } catch (error) {
      resolve({ kind: 'not-sent', why: codeOf(error) });
      return;
    }
    /** From then on the request may be written: Node holds it back until the line stands. */
    let ready = false;
    let ended = false;
    let connecting: NodeJS.Timeout | undefined;
    const whole = setTimeout(() => end({ kind: 'lost', why: 'timeout' }), request.timeoutMs);
    const end = (outcome: TransportOutcome) => {
      if (ended) return;
      ended = true;
      clearTimeout(whole);
      clearTimeout(connecting);
      if (outcome.kind !== 'answer') sent.destroy();
      const unsent = outcome.kind === 'lost' && !ready;
      resolve(unsent ? { kind: 'not-sent', why: `${outcome.why} before writing` } : outcome);
    };
    sent.on('error', (error) => {
      end(ready ? { kind: 'lost', why: 'connection' } : { kind: 'not-sent', why: codeOf(error) });
    });
    sent.on('close', () => end({ kind: 'lost', why: 'connection' }));
    sent.on('socket', (socket) => {
      if (ended) return;
      ready = !socket.connecting;
      if (ready) return;
      socket.once(line.secure ? 'secureConnect' : 'connect', () => {
        ready = true;
        clearTimeout(connecting);
      });
      connecting = setTimeout(() => {
        end({ kind: 'not-sent', why: 'connect-timeout' });
      }, line.connectTimeoutMs);
    });
    sent.on('response', (response) => receive(response, end));
    sent.end(request.body);
  });
}

function open(line: Line, request: TransportRequest): http.ClientRequest {
  const { base, agent } = line;
  const path = base.pathname.replace(/\/$/, '') + request.path;
  return (line.secure ? https : http).request({
    protocol: base.protocol,
    // An IPv6 address wears brackets in a URL and none here.
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port === '' ? undefined : base.port,
    path: request.query === undefined ? path : `${path}?${request.query}`,
    method: request.method,
    headers: {
      ...request.headers,
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }),
    },
    agent,
  });
}

function receive(response: http.IncomingMessage, end: (outcome: TransportOutcome) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > LARGEST_ANSWER) end({ kind: 'lost', why: 'connection' });
  });
  // Without a listener a reset in mid-body would be thrown.
  response.on('error', () => end({ kind: 'lost', why: 'connection' }));
  response.on('close', () => end({ kind: 'lost', why: 'connection' }));
  response.on('end', () => {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    end({
      kind: 'answer',
      status: response.statusCode ?? 0,
      headers,
      body: Buffer.concat(chunks),
    });
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'refused-locally';
