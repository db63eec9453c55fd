/**
 * What comes with a request: small, JSON where there is any, and nothing that was not
 * asked for. All of it is refused before anybody looks at what it says.
 */
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { IDEMPOTENCY_KEY } from '@/lib/contract';
import { Refused } from './refused';

const MAX_BODY = 16 * 1024;
const JSON_BODY = /^application\/json\s*(;|$)/i;

/** Whatever a door asks for, a form or a text of somebody else's page is none of it. */
export function refuseOtherBodies({ headers }: NextRequest): void {
  const length = headers.get('content-length') ?? '0';
  const hasBody = length !== '0' || headers.has('transfer-encoding');
  if (hasBody && !JSON_BODY.test(headers.get('content-type') ?? '')) throw new Refused('not-json');
  if (Number(length) > MAX_BODY) throw new Refused('body-too-large');
}

/** The JSON body, unchecked. What is too large, of another type or broken is refused. */
async function readJson(request: NextRequest): Promise<unknown> {
  if (!JSON_BODY.test(request.headers.get('content-type') ?? '')) throw new Refused('not-json');
  const raw = await readBytes(request, MAX_BODY);
  if (raw === null) throw new Refused('body-too-large');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new Refused('malformed');
  }
}

/** The body as `schema` reads it; what it does not accept is refused by its name. */
export async function readBody<T>(request: NextRequest, schema: z.ZodType<T>): Promise<T> {
  const body = schema.safeParse(await readJson(request));
  if (body.success) return body.data;
  const fields = body.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
  );
  throw new Refused('invalid', { fields });
}

/** The key of a call that must not happen twice. */
export function readKey(request: NextRequest): string {
  const key = request.headers.get('idempotency-key') ?? '';
  if (!IDEMPOTENCY_KEY.test(key)) throw new Refused('key-missing');
  return key;
}

/**
 * The raw bytes, or null as soon as there are more than `limit`. Nobody waits for slow ones here:
 * server/first-look.ts has sent them away.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
  const reader = request.body?.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
  return Buffer.concat(pieces);
}
