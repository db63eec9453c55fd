/** Reading and answering HTTP, in the few ways that the simulator needs. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const LARGEST_BODY = 65_536;

/** Null when it is larger than anybody needs. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > LARGEST_BODY) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

export function answerBytes(
  response: ServerResponse,
  given: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  },
): void {
  if (response.destroyed) return;
  response.writeHead(given.status, {
    ...given.headers,
    'Content-Length': String(given.body.length),
  });
  response.end(given.body);
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answerBytes(response, {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: Buffer.from(JSON.stringify(value)),
  });
}

/** Refuses pages of other sites that make a browser on this machine talk to the simulator. */
export function isForeign(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

export type Parsed =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly why: string };

/** A JSON object; an empty body counts as an empty one. */
export async function readJson(request: IncomingMessage): Promise<Parsed> {
  const body = await readBody(request);
  if (body === null) return { ok: false, why: 'body too large' };
  if (body.length === 0) return { ok: true, value: {} };
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { ok: false, why: 'not a JSON object' };
    }
    return { ok: true, value: { ...value } };
  } catch {
    return { ok: false, why: 'not JSON' };
  }
}
