/**
 * QFPay's three signatures (protocol.md §3): of what we send, of what is answered, of what is
 * notified. Nothing here logs, keeps or shows a key, and a signature that is absent, short, long
 * or not hex simply does not hold. MD5 stands where the vendor leaves no choice (security S41).
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export type SignType = 'SHA256' | 'MD5';
/** Name and value of every parameter. Null and the empty string are as good as not there. */
export type Parameters = Readonly<Record<string, string | number | null | undefined>>;
export type Pair = readonly [name: string, value: string];

const NEVER_SIGNED: ReadonlySet<string> = new Set(['sign', 'sign_type']);

/** The scheme escapes nothing, so what could move a boundary in a log or a parser is refused. */
export class Unsignable extends Error {
  constructor(readonly parameter: string) {
    super(`the parameter ${parameter} holds a character that cannot be signed`);
    this.name = 'Unsignable';
  }
}

/**
 * What is sent and what is signed, in signing order: by the bytes of the name, which differs from
 * the order of JavaScript strings beyond the basic plane. Zero is a value (protocol.md §3.1).
 */
function sortedPairs(parameters: Parameters): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (NEVER_SIGNED.has(name) || value === null || value === undefined || value === '') continue;
    pairs.push([name, String(value)]);
  }
  return pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Throws Unsignable for control characters and for text that has no UTF-8. */
export function signedPairs(parameters: Parameters): readonly Pair[] {
  const pairs = sortedPairs(parameters);
  const bad = pairs.find((pair) => /[\p{Cc}\p{Cs}]/u.test(pair.join('')));
  if (bad !== undefined) throw new Unsignable(bad[0]);
  return pairs;
}

/** The raw values, not percent-encoded, not trimmed. */
export const signString = (pairs: readonly Pair[]): string =>
  pairs.map(([name, value]) => `${name}=${value}`).join('&');

/** Upper-case hex for `X-QF-SIGN`. */
export const signRequest = (pairs: readonly Pair[], key: string, signType: SignType): string =>
  digest(signType, Buffer.from(signString(pairs) + key));

/**
 * True when another set of parameters with these names would sign alike: a value that contains
 * `&txamt=` reads like two parameters in the string that is hashed (security S42).
 */
export function isAmbiguous(pairs: readonly Pair[], names: ReadonlySet<string>): boolean {
  return pairs.some(([, value]) =>
    [...value.matchAll(/&([^&=]+)=/g)].some(([, name]) => name !== undefined && names.has(name)),
  );
}

export type ResponseRule = 'raw-body' | 'data-fields';

/**
 * Which of the two rules in circulation a response's signature follows, null when neither
 * (protocol.md §3.2): MD5 of the very bytes and the key, or the seed's sorted fields of `data`.
 * SHA256 over the same is taken as well: no source says that the answer's algorithm is fixed.
 */
export function responseRule(
  answer: { readonly body: Uint8Array; readonly data: unknown },
  presented: string,
  key: string,
): ResponseRule | null {
  const signType = presented.length === 64 ? 'SHA256' : 'MD5';
  if (sameHex(presented, digest(signType, answer.body, Buffer.from(key)))) return 'raw-body';
  const fields = scalarFields(answer.data);
  if (fields === null) return null;
  return sameHex(presented, signRequest(fields, key, signType)) ? 'data-fields' : null;
}

/** Upper-case MD5 of the bytes as they came and the key (protocol.md §3.3). */
export const notificationHolds = (raw: Uint8Array, presented: string, key: string): boolean =>
  sameHex(presented, digest('MD5', raw, Buffer.from(key)));

/** Hex of either case. The length is no secret; the comparison of the rest takes constant time. */
export function sameHex(presented: string, expected: string): boolean {
  if (presented.length !== expected.length || !/^[0-9a-f]+$/i.test(presented)) return false;
  return timingSafeEqual(Buffer.from(presented, 'hex'), Buffer.from(expected, 'hex'));
}

function scalarFields(data: unknown): readonly Pair[] | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const fields: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value !== 'string' && typeof value !== 'number' && value !== null) return null;
    fields[name] = value;
  }
  const pairs = sortedPairs(fields);
  // Of no fields at all the signature would always be the same.
  return pairs.length === 0 ? null : pairs;
}

function digest(signType: SignType, ...parts: readonly Uint8Array[]): string {
  const hash = createHash(signType === 'MD5' ? 'md5' : 'sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').toUpperCase();
}
