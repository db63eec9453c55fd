/**
 * What this server may be trusted by: whether it speaks HTTPS, and whether by the certificate that
 * `npm run certificate` made. It reads the files anew each time, and never a key.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Trust } from '@/lib/contract-trust';
import { certificateFiles } from './certificate-place';
import type { Environment } from './env';
import { isLoopback, isWildcard } from './env-address';
import { ownFolder } from './env-database';

type Place = Pick<Environment, 'tls' | 'host' | 'port' | 'database'>;

/** `asked`: the host by which the reader came, which therefore works for them. */
export function trustOf({ tls, host, port, database }: Place, asked: string | null): Trust {
  if (tls === null) return { kind: 'off' };
  const own = certificateIn(tls.cert);
  const authority = certificateIn(certificateFiles(ownFolder(database)).authority);
  const ours = own !== null && authority !== null && own.verify(authority.publicKey);
  if (!ours) return { kind: 'elsewhere' };
  const near = namesIn(own).filter((name) => !isLoopback(name));
  // Only where it listens can it be found.
  const found = isWildcard(host) ? near : near.filter((name) => name === host);
  const hosts = found.sort(byUse).map((name) => `${isIP(name) === 6 ? `[${name}]` : name}:${port}`);
  const first = hosts.filter((one) => one === asked);
  return {
    kind: 'ours',
    sha256: authority.fingerprint256,
    sha1: authority.fingerprint,
    ends: new Date(own.validTo).toISOString(),
    hosts: [...first, ...hosts.filter((one) => one !== asked)],
  };
}

/** The authority as a tablet installs it; null where there is none of ours in use. */
export function authorityFile(place: Place): Buffer | null {
  if (trustOf(place, null).kind !== 'ours') return null;
  return certificateIn(certificateFiles(ownFolder(place.database)).authority)?.raw ?? null;
}

function certificateIn(file: string): X509Certificate | null {
  try {
    return new X509Certificate(readFileSync(file));
  } catch {
    return null;
  }
}

/** `DNS:localhost, IP Address:192.168.1.20`, as Node.js writes them. */
const namesIn = ({ subjectAltName = '' }: X509Certificate): string[] =>
  subjectAltName
    .split(/,\s*/)
    .map((one) => one.replace(/^(DNS|IP Address):/, '').toLowerCase())
    // It writes an IPv6 address out; browsers shorten it.
    .map((one) => (isIP(one) === 6 ? new URL(`http://[${one}]`).hostname.slice(1, -1) : one))
    .filter((one) => one !== '');

/** Most shops have these networks; programs make others up, and few routers know names. */
const LIKELY = [/^192\.168\./, /^10\./, /^\d/, /./];
const rank = (name: string): number => LIKELY.findIndex((pattern) => pattern.test(name));
const byUse = (a: string, b: string): number => rank(a) - rank(b);
