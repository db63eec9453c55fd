/**
 * Signatures as QFPay computes them (protocol.md §3), written apart from the product's own so that
 * one mistake cannot sit on both sides of the wire.
 */
import { createHash } from 'node:crypto';
import type { SignType } from './accounts';

export type Params = ReadonlyMap<string, string>;
const LEFT_OUT: ReadonlySet<string> = new Set(['sign', 'sign_type']);

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** §3.1, steps 1 to 3: what the key is appended to. `keepEmpty` is the obsolete habit of §10.8. */
export function signString(params: Params, keepEmpty = false): string {
  return [...params]
    .filter(([name, value]) => !LEFT_OUT.has(name) && (keepEmpty || value !== ''))
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Upper-case hex. */
export const digest = (algorithm: SignType, text: string): string =>
  createHash(algorithm).update(text, 'utf8').digest('hex').toUpperCase();

/** §3.2 and §3.3: upper-case MD5 of the exact bytes followed by the key. */
export const bodySignature = (body: Uint8Array, key: string): string =>
  createHash('MD5').update(body).update(key, 'utf8').digest('hex').toUpperCase();

export type Presented = { readonly sign: string | null; readonly signType: string | null };
export type Strictness = { readonly guessByLength: boolean; readonly acceptEmpties: boolean };
export const STRICT: Strictness = { guessByLength: false, acceptEmpties: false };

function algorithmOf(presented: Presented, strictness: Strictness): SignType | null {
  if (presented.signType === 'SHA256') return 'SHA256';
  if (presented.signType === 'MD5') return 'MD5';
  if (presented.signType !== null) return null;
  return strictness.guessByLength && presented.sign?.length === 64 ? 'SHA256' : 'MD5';
}

/** `allowed` null means both algorithms; hex is compared without regard to case (§10.8c). */
export function verifies(
  params: Params,
  presented: Presented,
  rule: { key: string; allowed: SignType | null; strictness: Strictness },
): boolean {
  const algorithm = algorithmOf(presented, rule.strictness);
  if (algorithm === null || presented.sign === null) return false;
  if (rule.allowed !== null && rule.allowed !== algorithm) return false;
  const given = presented.sign.toUpperCase();
  const good = (keep: boolean) => digest(algorithm, signString(params, keep) + rule.key) === given;
  return good(false) || (rule.strictness.acceptEmpties && good(true));
}
