/**
 * A private authority and the certificate that it signs, made without OpenSSL. The authority may
 * speak for this shop's own network alone (name constraints, RFC 5280 §4.2.1.10): whoever steals
 * its key still cannot play a bank to a tablet that trusts it.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import forge from 'node-forge';

/** PEM. */
export type Pair = { readonly certificate: string; readonly key: string };
/** What a certificate speaks for: names without a dot at the end, addresses without brackets. */
export type Names = { readonly dns: readonly string[]; readonly addresses: readonly string[] };

const { asn1, pki } = forge;
const NAME_CONSTRAINTS = '2.5.29.30';
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Apple's devices take no server certificate that lasts longer than 398 days. */
const CERTIFICATE_DAYS = 397;
/** A tablet whose clock is a little slow must not find it too young. */
const BEFORE_MS = DAY_MS;

/** What never leaves a shop: RFC 1918, 3927, 4193, 4291, 6598, 6762, 6761, 8375. */
const OWN_ZONES = ['localhost', 'local', 'lan', 'internal', 'home.arpa'];
const OWN_NETWORKS: readonly Network[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
];

const newKey = (bits: number): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

/** An authority for the shop's own network, and for `names` where they lie outside of it. */
export function newAuthority(title: string, names: Names, now: Date): Pair {
  const key = newKey(3072);
  const certificate = begun(key, now, AUTHORITY_DAYS);
  const subject = nameOf(title);
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
    { id: NAME_CONSTRAINTS, critical: true, value: constraints(names) },
  ]);
  return signed(certificate, key, key);
}

/** A certificate for `names`. With `key` it goes on with that key; else it gets one. */
export function issue(authority: Pair, names: Names, own: { key: string | null; now: Date }): Pair {
  const { now } = own;
  const key = own.key ?? newKey(2048);
  const parent = pki.certificateFromPem(authority.certificate);
  const certificate = begun(key, now, CERTIFICATE_DAYS);
  if (certificate.validity.notAfter > parent.validity.notAfter) {
    certificate.validity.notAfter = parent.validity.notAfter;
  }
  certificate.setSubject(nameOf(names.dns.find((name) => name !== 'localhost') ?? 'localhost'));
  certificate.setIssuer(parent.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: parent.generateSubjectKeyIdentifier().getBytes(),
    },
    {
      name: 'subjectAltName',
      altNames: [
        ...names.dns.map((value) => ({ type: 2, value })),
        ...names.addresses.map((ip) => ({ type: 7, ip })),
      ],
    },
  ]);
  return signed(certificate, key, authority.key);
}

/** Which of the names this authority may speak for. */
export function vouched(certificate: string, { dns, addresses }: Names): Names {
  const may = permittedBy(certificate);
  return { dns: dns.filter(may.name), addresses: addresses.filter(may.address) };
}

type Network = readonly [network: string, bits: number];
type Permission = {
  readonly name: (name: string) => boolean;
  readonly address: (address: string) => boolean;
};

function permission(zones: readonly string[], networks: readonly Network[]): Permission {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, familyOf(network));
  return {
    name: (name) => zones.some((zone) => name === zone || name.endsWith(`.${zone}`)),
    address: (address) => list.check(address, familyOf(address)),
  };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const attribute = (shortName: string, value: string) => ({ shortName, value });
const nameOf = (common: string) => [
  attribute('O', 'Countertop'),
  attribute('CN', common.slice(0, 64)),
];

function begun(key: string, now: Date, days: number): forge.pki.Certificate {
  const certificate = pki.createCertificate();
  const { n, e } = pki.privateKeyFromPem(pkcs1(key));
  certificate.publicKey = pki.setRsaPublicKey(n, e);
  const serial = randomBytes(16);
  // Positive, and never shorter than it looks (RFC 5280 §4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = serial.toString('hex');
  certificate.validity.notBefore = new Date(now.getTime() - BEFORE_MS);
  certificate.validity.notAfter = new Date(now.getTime() - BEFORE_MS + days * DAY_MS);
  return certificate;
}

const pkcs1 = (key: string): string =>
  createPrivateKey(key).export({ type: 'pkcs1', format: 'pem' }).toString();

function signed(certificate: forge.pki.Certificate, key: string, by: string): Pair {
  certificate.sign(pki.privateKeyFromPem(pkcs1(by)), forge.md.sha256.create());
  return { certificate: pki.certificateToPem(certificate), key };
}

/** GeneralName's choices: dNSName and iPAddress. */
const [DNS, ADDRESS] = [2, 7];

function constraints(names: Names): forge.asn1.Asn1 {
  const { Class, Type, create } = asn1;
  const subtree = (choice: number, value: string) =>
    create(Class.UNIVERSAL, Type.SEQUENCE, true, [
      create(Class.CONTEXT_SPECIFIC, choice, false, value),
    ]);
  const own = permission(OWN_ZONES, OWN_NETWORKS);
  const zones = [...OWN_ZONES, ...names.dns.filter((name) => !own.name(name))];
  const networks = [
    ...OWN_NETWORKS,
    ...names.addresses
      .filter((address) => !own.address(address))
      .map((address): Network => [address, bytesOf(address).length * 8]),
  ];
  const permitted = [
    ...zones.map((zone) => subtree(DNS, zone)),
    ...networks.map((network) => subtree(ADDRESS, withMask(network))),
  ];
  return create(Class.UNIVERSAL, Type.SEQUENCE, true, [
    create(Class.CONTEXT_SPECIFIC, 0, true, permitted),
  ]);
}

/** Its bytes, and as many ones as count of them. */
function withMask([network, bits]: Network): string {
  const address = bytesOf(network);
  const mask = address.map((_, index) => {
    const ones = Math.min(Math.max(bits - index * 8, 0), 8);
    return (0xff << (8 - ones)) & 0xff;
  });
  return String.fromCharCode(...address, ...mask);
}

function bytesOf(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number);
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}

function permittedBy(pem: string): Permission {
  const zones: string[] = [];
  const networks: Network[] = [];
  const extensions: readonly { id?: string; value?: string }[] =
    pki.certificateFromPem(pem).extensions;
  const value = extensions.find(({ id }) => id === NAME_CONSTRAINTS)?.value;
  const [permitted] = value === undefined ? [] : inside(asn1.fromDer(value));
  for (const subtree of permitted === undefined ? [] : inside(permitted)) {
    const [base] = inside(subtree);
    const said = String(base?.value ?? '');
    if (base?.type === DNS) zones.push(said);
    else if (base?.type === ADDRESS) networks.push(networkOf(said));
  }
  return permission(zones, networks);
}

const inside = ({ value }: forge.asn1.Asn1): forge.asn1.Asn1[] =>
  typeof value === 'string' ? [] : value;

/** Address and mask, four or sixteen bytes of each. */
function networkOf(said: string): Network {
  const bytes = Array.from(said, (byte) => byte.charCodeAt(0));
  const half = bytes.length / 2;
  const address = bytes.slice(0, half);
  const mask = bytes.slice(half).map((byte) => byte.toString(2));
  const bits = mask.join('').replaceAll('0', '').length;
  if (half === 4) return [address.join('.'), bits];
  return [
    Buffer.from(address)
      .toString('hex')
      .replace(/.{4}(?=.)/g, '$&:'),
    bits,
  ];
}
