/** What `npm run certificate` tells the person at the console. */
import type { X509Certificate } from 'node:crypto';
import type { CertificateFiles } from '@/server/certificate-place';
import { isLoopback, isWildcard } from '@/server/env-address';
import type { Names } from './authority';

type Told = {
  readonly files: CertificateFiles;
  readonly speaksFor: Names;
  /** What this machine is called too, and the authority may not speak for. */
  readonly left: readonly string[];
  readonly host: string;
  readonly port: number;
  /** What TLS_CERT and TLS_KEY name now. */
  readonly named: { readonly cert: string | null; readonly key: string | null };
  /** Addresses by which a tablet may find this machine. */
  readonly outside: readonly string[];
  readonly authority: X509Certificate;
  readonly ends: Date;
  readonly isNew: boolean;
  readonly qr: (text: string) => Promise<string>;
};

export async function instructions(told: Told): Promise<string> {
  const { files, speaksFor, left, authority, ends, isNew } = told;
  return [
    isNew
      ? 'Made a private authority and a certificate for this machine.'
      : 'Renewed the certificate. The authority is the old one: tablets need nothing new.',
    '',
    `  Names         ${speaksFor.dns.join(', ')}`,
    `  Addresses     ${speaksFor.addresses.join(', ')}`,
    `  Good until    ${day(ends)}; run npm run certificate again before that`,
    `  Authority     good until ${day(new Date(authority.validTo))}, for this shop's network only`,
    ...left.map((one) => `  Left out      ${one}: the authority may not speak for it`),
    '',
    ...settings(told),
    ...(await tablets(told)),
    'The tablet shows the fingerprint of what it is about to trust. It must be this one:',
    `  SHA-256  ${authority.fingerprint256}`,
    `  SHA-1    ${authority.fingerprint}`,
    '',
    `Keep ${files.authorityKey} to yourself.`,
  ].join('\n');
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function settings({ files, host, named }: Told): string[] {
  const names = [
    ...(isLoopback(host) ? ['HOST=0.0.0.0'] : []),
    ...(named.cert === files.certificate ? [] : [`TLS_CERT=${files.certificate}`]),
    ...(named.key === files.key ? [] : [`TLS_KEY=${files.key}`]),
  ];
  const near = `HOST is ${host}: no tablet can reach this machine until it is 0.0.0.0.`;
  const what =
    names.length === 0
      ? ['1. Start anew with npm start, so that it takes the new certificate.']
      : [
          '1. Set this, for instance in the file .env beside package.json, and run npm start:',
          '',
          ...names.map((line) => `     ${line}`),
          ...(isLoopback(host) ? ['', `   ${near}`] : []),
        ];
  return [...what, ''];
}

async function tablets({ port, outside, host, qr }: Told): Promise<string[]> {
  const far = isWildcard(host) || isLoopback(host) ? outside[0] : host;
  if (far === undefined) {
    return ['2. This machine is on no network now, so there is no tablet to set up.', ''];
  }
  const page = `http://${far.includes(':') ? `[${far}]` : far}:${port}/trust`;
  const code = (await qr(page)).trimEnd().split('\n');
  return [
    `2. Then open this page on each tablet and do what it says: ${page}`,
    ...(outside.length > 1 ? [`   (or at ${outside.slice(1).join(', ')})`] : []),
    '',
    ...code.map((line) => `   ${line}`),
    '',
    `3. From then on the till is at ${page.replace('http:', 'https:').replace(/\/trust$/, '')}`,
    '',
  ];
}
