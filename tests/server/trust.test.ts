/** What the page for new tablets is told of this server's certificate. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { certificateFiles } from '@/server/certificate-place';
import { issue, newAuthority } from '@/server/commands/authority';
import { authorityFile, trustOf } from '@/server/trust';
import { ONE } from '../support/certificates';

const folder = mkdtempSync(path.join(tmpdir(), 'countertop-trust-'));
const file = path.join(folder, 'countertop.db');
const files = certificateFiles(path.dirname(file));
const tls = { cert: files.certificate, key: files.key };
const place = {
  ...{ tls, host: '0.0.0.0', port: 3000 },
  database: { kind: 'sqlite', file, name: file } as const,
};
const names = {
  dns: ['localhost', 'shop-pc.local'],
  addresses: ['127.0.0.1', '::1', '172.17.0.1', '10.0.0.4', '192.168.1.20', 'fd12::7'],
};
let authority: X509Certificate;
beforeAll(() => {
  const now = new Date();
  const parent = newAuthority('of a test', names, now);
  authority = new X509Certificate(parent.certificate);
  mkdirSync(files.folder);
  writeFileSync(files.authority, parent.certificate);
  writeFileSync(files.certificate, issue(parent, names, { key: null, now }).certificate);
  writeFileSync(path.join(folder, 'elsewhere.crt'), ONE.cert);
});
afterAll(() => rmSync(folder, { recursive: true }));

const hostsOf = (given: Partial<typeof place>, asked: string | null = null) => {
  const trust = trustOf({ ...place, ...given }, asked);
  return trust.kind === 'ours' ? trust.hosts : trust.kind;
};

test('without HTTPS there is nothing to trust, and no authority is handed out', () => {
  expect(trustOf({ ...place, tls: null }, null)).toEqual({ kind: 'off' });
  expect(authorityFile({ ...place, tls: null })).toBeNull();
});

test('a certificate from elsewhere, or a file that is gone, is not ours', () => {
  for (const name of ['elsewhere.crt', 'absent.crt']) {
    const other = { ...place, tls: { ...tls, cert: path.join(folder, name) } };
    expect(trustOf(other, null)).toEqual({ kind: 'elsewhere' });
    expect(authorityFile(other)).toBeNull();
  }
});

test('ours is told with its fingerprints, and handed out as devices install it', () => {
  expect(trustOf(place, null)).toMatchObject({
    kind: 'ours',
    sha256: authority.fingerprint256,
    sha1: authority.fingerprint,
  });
  expect(authorityFile(place)?.equals(authority.raw)).toBe(true);
});

test('names where a tablet finds it, the likeliest first, and never the machine’s own names', () => {
  expect(hostsOf({})).toEqual([
    '192.168.1.20:3000',
    '10.0.0.4:3000',
    '172.17.0.1:3000',
    'shop-pc.local:3000',
    '[fd12::7]:3000',
  ]);
});

test('the address by which the reader came has proved itself', () => {
  expect(hostsOf({}, 'shop-pc.local:3000')[0]).toBe('shop-pc.local:3000');
  expect(hostsOf({}, 'evil.example:3000')[0]).toBe('192.168.1.20:3000');
});

test('it is found only where it listens', () => {
  expect(hostsOf({ host: '10.0.0.4' })).toEqual(['10.0.0.4:3000']);
  expect(hostsOf({ host: '127.0.0.1' })).toEqual([]);
});
