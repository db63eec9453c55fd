/**
 * `npm run certificate [-- NAME…]`: a certificate for this machine's names and addresses, signed
 * by a private authority of its own, and what to do with both. Run again it renews the
 * certificate and keeps the authority, so that tablets which trust it need nothing new.
 */
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import QRCode from 'qrcode';
import { type CertificateFiles, certificateFiles } from '@/server/certificate-place';
import { ConfigurationMistake, placeOfServer } from '@/server/env';
import { issue, type Names, newAuthority, type Pair, vouched } from './authority';
import { instructions } from './certificate-words';
import { isName, machineNames } from './machine-names';

/** With less than this left it could not sign a certificate that is worth having. */
const AUTHORITY_LEFT_MS = 60 * 86_400_000;

async function certificate(): Promise<void> {
  const { folder, host, port, named } = placeOfServer();
  const files = certificateFiles(folder);
  const asked = askedFor();
  const machine = machineNames();
  const wanted = together(machine, asked);
  const now = new Date();
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const kept = keptAuthority(files, now);
  const authority = kept ?? newAuthority(titleOf(machine), wanted, now);
  const speaksFor = vouched(authority.certificate, wanted);
  const left = without(wanted, speaksFor);
  // What the machine is called by itself may change; what somebody typed they meant.
  const refused = [...asked.dns, ...asked.addresses].filter((one) => left.includes(one));
  if (refused.length > 0) {
    throw new TypeError(
      `The authority in ${files.folder} may not speak for ${refused.join(', ')}. Remove that ` +
        'folder to make a new authority, which every tablet must then be given again.',
    );
  }
  const key = kept !== null && existsSync(files.key) ? readFileSync(files.key, 'utf8') : null;
  const made = issue(authority, speaksFor, { key, now });
  if (kept === null) keep({ certificate: files.authority, key: files.authorityKey }, authority);
  keep(files, made);
  const outside = speaksFor.addresses.filter((one) => isIP(one) === 4 && !one.startsWith('127.'));
  const lines = instructions({
    ...{ files, speaksFor, left, host, port, named, outside },
    authority: new X509Certificate(authority.certificate),
    ends: new Date(new X509Certificate(made.certificate).validTo),
    isNew: kept === null,
    qr: (text) => QRCode.toString(text, { type: 'utf8', errorCorrectionLevel: 'M' }),
  });
  console.log(await lines);
}

/** Further names and addresses, as typed. */
function askedFor(): Names {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const given = positionals.map((one) => one.toLowerCase());
  // Zones (%) and IPv4 within IPv6 are no addresses that a browser is given.
  const wrong = given.find((one) => (isIP(one) === 0 ? !isName(one) : /[%]|:.*\./.test(one)));
  if (wrong !== undefined) {
    throw new TypeError(`${wrong} is neither a name such as till.example.hk nor an address.`);
  }
  return {
    dns: given.filter((one) => isIP(one) === 0),
    addresses: given.filter((one) => isIP(one) !== 0),
  };
}

const together = (a: Names, b: Names): Names => ({
  dns: [...new Set([...a.dns, ...b.dns])],
  addresses: [...new Set([...a.addresses, ...b.addresses])],
});

const without = (all: Names, some: Names): string[] => [
  ...all.dns.filter((one) => !some.dns.includes(one)),
  ...all.addresses.filter((one) => !some.addresses.includes(one)),
];

/** On a tablet it stands in a list beside those of other shops. */
const titleOf = ({ dns }: Names): string =>
  `Countertop authority ${dns.find((name) => name !== 'localhost') ?? ''}`.trim();

/** The one that tablets trust already; null when there is none, or not for much longer. */
function keptAuthority(files: CertificateFiles, now: Date): Pair | null {
  if (!existsSync(files.authority) || !existsSync(files.authorityKey)) return null;
  const pair = {
    certificate: readFileSync(files.authority, 'utf8'),
    key: readFileSync(files.authorityKey, 'utf8'),
  };
  const ends = Date.parse(new X509Certificate(pair.certificate).validTo);
  return ends - now.getTime() < AUTHORITY_LEFT_MS ? null : pair;
}

/** The key first, so that a certificate never stands beside a key that is not its own. */
function keep(at: Pick<CertificateFiles, 'certificate' | 'key'>, made: Pair): void {
  write(at.key, made.key, 0o600);
  write(at.certificate, made.certificate, 0o644);
}

/** Whole or not at all. */
function write(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  // An older one of that name keeps its mode when it is written to.
  chmodSync(`${file}.new`, mode);
  renameSync(`${file}.new`, file);
}

try {
  await certificate();
} catch (error) {
  if (!(error instanceof ConfigurationMistake || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
