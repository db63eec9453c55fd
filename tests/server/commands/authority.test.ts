import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { issue, type Names, newAuthority, type Pair, vouched } from '@/server/commands/authority';
import { machineNames } from '@/server/commands/machine-names';

const NOW = new Date();
const DAY_MS = 86_400_000;
const NONE: Names = { dns: [], addresses: [] };
const SHOP: Names = {
  dns: ['localhost', 'shop-pc', 'shop-pc.local'],
  addresses: ['127.0.0.1', '::1', '192.168.1.20'],
};
let authority: Pair;
let server: Pair;
let stranger: Pair;
beforeAll(() => {
  authority = newAuthority('Countertop authority shop-pc', SHOP, NOW);
  server = issue(authority, SHOP, { key: null, now: NOW });
  stranger = newAuthority('Countertop authority shop-pc', SHOP, NOW);
});

const open: https.Server[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

/** What a browser that trusts `ca` alone gets from a server with that certificate. */
async function visit(pair: Pair, ca: string, name: string): Promise<string> {
  const listening = https.createServer({ cert: pair.certificate, key: pair.key }, (_, answer) =>
    answer.end('hello'),
  );
  open.push(listening.listen(0, '127.0.0.1'));
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const request = https.get({
    ...{ host: '127.0.0.1', port, ca, agent: false },
    // What the address bar says, which the certificate has to bear.
    ...(/^[\d.:]+$/.test(name) ? { headers: { host: name } } : { servername: name }),
  });
  const [answer] = await once(request, 'response');
  answer.resume();
  return `${answer.statusCode}`;
}

describe('a certificate of the authority', () => {
  test.each(['127.0.0.1', 'localhost', 'shop-pc', 'shop-pc.local'])(
    'lets in whoever trusts the authority, at %s',
    async (name) => {
      expect(await visit(server, authority.certificate, name)).toBe('200');
    },
  );

  test('lets in nobody who trusts another authority of the same name', async () => {
    await expect(visit(server, stranger.certificate, 'localhost')).rejects.toThrow(
      /signature|verify|certificate/,
    );
  });

  test('counts for no name that it does not bear', async () => {
    await expect(visit(server, authority.certificate, 'other.local')).rejects.toThrow(
      /does not match/,
    );
  });

  test('is what iPadOS, Android and Windows ask for', () => {
    const read = new X509Certificate(server.certificate);
    const parent = new X509Certificate(authority.certificate);
    expect(read.subjectAltName).toBe(
      'DNS:localhost, DNS:shop-pc, DNS:shop-pc.local, IP Address:127.0.0.1, ' +
        'IP Address:0:0:0:0:0:0:0:1, IP Address:192.168.1.20',
    );
    // serverAuth, without which Apple's devices refuse it.
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(read.ca).toBe(false);
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(2048);
    expect(read.checkIssued(parent)).toBe(true);
    expect(read.verify(parent.publicKey)).toBe(true);
    const days = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / DAY_MS;
    expect(days).toBeGreaterThan(390);
    expect(days).toBeLessThanOrEqual(398);
    expect(Date.parse(read.validFrom)).toBeLessThan(NOW.getTime() - DAY_MS / 2);
  });

  test('is renewed with the same key, another number and a later end', () => {
    const later = new Date(NOW.getTime() + 300 * DAY_MS);
    const renewed = issue(authority, SHOP, { key: server.key, now: later });
    const [before, after] = [
      new X509Certificate(server.certificate),
      new X509Certificate(renewed.certificate),
    ];
    expect(renewed.key).toBe(server.key);
    expect(after.publicKey.equals(before.publicKey)).toBe(true);
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(Date.parse(after.validTo) - Date.parse(before.validTo)).toBe(300 * DAY_MS);
  });

  test('never outlives the authority', () => {
    const late = new Date(NOW.getTime() + 3_500 * DAY_MS);
    const last = new X509Certificate(issue(authority, SHOP, { key: null, now: late }).certificate);
    expect(last.validTo).toBe(new X509Certificate(authority.certificate).validTo);
  });
});

describe('the authority', () => {
  test('is one, for ten years', () => {
    const read = new X509Certificate(authority.certificate);
    expect(read.ca).toBe(true);
    expect(read.subject).toBe('O=Countertop\nCN=Countertop authority shop-pc');
    expect(read.verify(read.publicKey)).toBe(true);
    const years = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / DAY_MS / 365;
    expect(years).toBeCloseTo(10, 1);
  });

  test('is believed for nothing outside the shop, even with its key', async () => {
    const forged = issue(
      authority,
      { dns: ['bank.example.com'], addresses: [] },
      {
        ...{ key: null, now: NOW },
      },
    );
    await expect(visit(forged, authority.certificate, 'bank.example.com')).rejects.toThrow(
      /subtree/,
    );
  });

  test('knows for what it may speak', () => {
    const asked = {
      dns: ['localhost', 'shop-pc', 'till.lan', 'example.com', 'notlocal'],
      addresses: ['10.1.2.3', '172.31.0.1', '172.32.0.1', '8.8.8.8', 'fd00::5', '2001:db8::1'],
    };
    expect(vouched(authority.certificate, asked)).toEqual({
      dns: ['localhost', 'shop-pc', 'till.lan'],
      addresses: ['10.1.2.3', '172.31.0.1', 'fd00::5'],
    });
  });

  test('speaks for a name and addresses elsewhere only where it was made for them', async () => {
    const far = { dns: ['till.example.hk'], addresses: ['203.0.113.9', '2001:db8::1'] };
    expect(vouched(authority.certificate, far)).toEqual(NONE);
    const made = newAuthority('of a far shop', far, NOW);
    expect(vouched(made.certificate, far)).toEqual(far);
    expect(vouched(made.certificate, { dns: [], addresses: ['203.0.113.8'] })).toEqual(NONE);
    const certificate = issue(made, far, { key: null, now: NOW });
    expect(await visit(certificate, made.certificate, 'till.example.hk')).toBe('200');
  });
});

test('a machine is called by its name, Bonjour’s name for it and its steady addresses', () => {
  const card = (address: string, family: 'IPv4' | 'IPv6', internal = false) => ({
    ...{ address, internal, netmask: '', mac: '', cidr: null },
    ...(family === 'IPv6' ? { family, scopeid: 0 } : { family }),
  });
  const interfaces = {
    lo: [card('127.0.0.1', 'IPv4', true)],
    eth0: [card('192.168.1.20', 'IPv4'), card('2001:db8::7', 'IPv6'), card('fe80::7', 'IPv6')],
    wlan0: [card('192.168.1.20', 'IPv4'), card('fd12::7', 'IPv6')],
  };
  expect(machineNames(interfaces, 'Shop-PC')).toEqual({
    dns: ['localhost', 'shop-pc', 'shop-pc.local'],
    addresses: ['127.0.0.1', '::1', '192.168.1.20', 'fd12::7'],
  });
  expect(machineNames({}, 'till.shop.lan').dns).toEqual(['localhost', 'till.shop.lan']);
  expect(machineNames({}, 'Mei’s Mac').dns).toEqual(['localhost']);
});
