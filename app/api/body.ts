/**
 * What comes with a request: small, in time, JSON where there is any, and nothing that was not
 * asked for. All of it is refused before anybody looks at what it says.
 */
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { IDEMPOTENCY_KEY } from '@/lib/contract';
import { Refused } from './refused';

const MAX_BODY = 16 * 1024;
/** Sixteen kilobytes are there within it on any line that can carry a sale. */
const PATIENCE_MS = 15_000;
const JSON_BODY = /^application\/json\s*(;|$)/i;

/** Whatever a door asks for, a form or a text of somebody else's page is none of it. */
export function refuseOtherBodies({ headers }: NextRequest): void {
  const length = headers.get('content-length') ?? '0';
  const hasBody = length !== '0' || headers.has('transfer-encoding');
  if (hasBody && !JSON_BODY.test(headers.get('content-type') ?? '')) throw new Refused('not-json');
  if (Number(length) > MAX_BODY) throw new Refused('body-too-large');
}

/** The JSON body, unchecked. What is too large, too slow, of another type or broken is refused. */
export async function readJson(request: NextRequest): Promise<unknown> {
  if (!JSON_BODY.test(request.headers.get('content-type') ?? '')) throw new Refused('not-json');
  const raw = await readBytes(request, MAX_BODY);
  if (raw === 'too-large') throw new Refused('body-too-large');
  if (raw === 'too-slow') throw new Refused('body-too-slow');
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

/** The raw bytes; or why they were not waited for: more than `limit`, or slower than anybody is. */
export async function readBytes(
  request: Request,
  limit: number,
  patienceMs = PATIENCE_MS,
): Promise<Uint8Array | 'too-large' | 'too-slow'> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return 'too-large';
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, patienceMs);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) return 'too-slow';
      if (done) return Buffer.concat(pieces);
      length += value.byteLength;
      if (length > limit) {
        await reader.cancel();
        return 'too-large';
      }
      pieces.push(value);
    }
  } finally {
    clearTimeout(late);
  }
}
