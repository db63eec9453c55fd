/**
 * The part of the settings that says where this server listens and how others reach it. It
 * promises ports that exist, files that are a certificate and its key, and addresses that parse;
 * whether anybody can really reach them is for `npm run doctor` to find out.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

/** What one reading carries along. `text` answers without surrounding blanks, empty as null. */
export type Notes = {
  readonly text: (name: string) => string | null;
  readonly mistakes: string[];
  readonly warnings: string[];
};

export function readListening({ text, mistakes }: Notes, ownSimulator: boolean) {
  const portOf = (name: string): number | null => {
    const given = text(name);
    if (given === null) return null;
    const port = /^\d{1,5}$/.test(given) ? Number(given) : 0;
    if (port >= 1 && port <= 65_535) return port;
    mistakes.push(`${name} must be a whole number from 1 to 65535.`);
    return null;
  };
  const hostOf = (name: string): string | null => {
    const given = text(name);
    if (given === null || isIP(given) !== 0 || /^[a-z0-9-]+(\.[a-z0-9-]*[a-z-])*$/i.test(given)) {
      return given;
    }
    mistakes.push(`${name} must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`);
    return null;
  };
  const innerPort = portOf('PORT') ?? 3000;
  // Behind the HTTPS front of npm start the app itself listens elsewhere, and Next.js insists on
  // telling it so in PORT.
  const port = portOf('COUNTERTOP_PORT') ?? innerPort;
  const host = hostOf('HOST') ?? '127.0.0.1';
  const simulatorPort = portOf('SIMULATOR_PORT') ?? port + 1;
  const simulatorHost = hostOf('SIMULATOR_HOST') ?? host;
  if (ownSimulator && simulatorPort === port) {
    mistakes.push('SIMULATOR_PORT and PORT are the same: give the simulator a port of its own.');
  }
  if (ownSimulator && simulatorPort > 65_535) {
    mistakes.push('SIMULATOR_PORT must be set, because there is no port after PORT 65535.');
  }
  return { port, host, innerPort, simulator: { port: simulatorPort, host: simulatorHost } };
}

type Listening = { readonly host: string; readonly tls: object | null };

/**
 * Whether a proxy in front serves HTTPS and says who comes, and what to know of those who come
 * without either.
 */
export function readProxy({ text, mistakes, warnings }: Notes, { host, tls }: Listening): boolean {
  const given = text('TRUSTED_PROXY') ?? 'no';
  const trusted = given === 'yes';
  if (!trusted && given !== 'no') {
    mistakes.push(
      'TRUSTED_PROXY must be yes or no; set yes only behind a proxy that serves HTTPS and writes ' +
        'X-Forwarded-For itself.',
    );
  }
  if (trusted && tls !== null) {
    mistakes.push(
      'TRUSTED_PROXY=yes and TLS_CERT are both set: either the proxy serves HTTPS or this server ' +
        'does, so leave one out.',
    );
  }
  if (isLoopback(host)) return trusted;
  if (trusted) {
    warnings.push(
      'HOST lets other devices in round the proxy, where they may claim any address: let a ' +
        'firewall pass the proxy alone.',
    );
  } else if (tls === null) {
    warnings.push(
      'HOST lets other devices in without HTTPS: their cameras stay off and the network can ' +
        'listen, so make a certificate and set TLS_CERT and TLS_KEY.',
    );
  }
  return trusted;
}

export function readPublicUrl({ text, mistakes, warnings }: Notes, inSimulator: boolean) {
  const given = text('PUBLIC_URL');
  if (given === null) {
    if (!inSimulator) {
      warnings.push(
        'PUBLIC_URL is not set, so QFPay cannot notify this server and every payment is found ' +
          'by asking, which takes a few seconds longer.',
      );
    }
    return null;
  }
  const url = plainUrl(given);
  if (url === null) {
    mistakes.push(
      'PUBLIC_URL must be an http:// or https:// address without user, query or fragment, such ' +
        'as https://till.example.hk.',
    );
    return null;
  }
  // WHATWG URLs drop the port when it is the scheme's own.
  if (!['', '80', '443'].includes(url.port) || isPrivate(url.hostname)) {
    warnings.push(
      'QFPay cannot reach PUBLIC_URL: it only calls ports 80 and 443 of addresses on the open ' +
        'internet, so payments are found by asking.',
    );
  }
  return withoutSlash(url);
}

/** A certificate of `npm run certificate` lasts a year: a month is time enough to make it anew. */
const NEARLY_OVER_MS = 30 * 86_400_000;

/** Both files or neither; the key must be the certificate's own. */
export function readCertificate({ text, mistakes, warnings }: Notes, now = Date.now()) {
  const [cert, key] = [text('TLS_CERT'), text('TLS_KEY')];
  if (cert === null && key === null) return null;
  if (cert === null || key === null) {
    const [there, missing] = cert === null ? ['KEY', 'CERT'] : ['CERT', 'KEY'];
    mistakes.push(`TLS_${there} is set without TLS_${missing}: set both for HTTPS, or neither.`);
    return null;
  }
  const certificate = parsed(cert, (pem) => new X509Certificate(pem));
  const privateKey = parsed(key, (pem) => createPrivateKey(pem));
  if (certificate === null) {
    mistakes.push('TLS_CERT must name a readable file with a certificate in PEM form.');
  }
  if (privateKey === null) {
    mistakes.push(
      'TLS_KEY must name a readable file with a private key in PEM form, without a pass phrase.',
    );
  }
  if (certificate !== null && privateKey !== null && !certificate.checkPrivateKey(privateKey)) {
    mistakes.push('TLS_KEY is not the key of TLS_CERT: name the two files that belong together.');
  }
  // An old certificate stops nobody from selling on this machine itself, so it is no mistake.
  const ends = certificate === null ? Number.NaN : Date.parse(certificate.validTo);
  if (ends - now < NEARLY_OVER_MS) {
    const day = new Date(ends).toISOString().slice(0, 10);
    warnings.push(
      `The certificate in TLS_CERT ${ends < now ? 'ended' : 'ends'} on ${day}: run npm run ` +
        'certificate again if that made it, or put in a newer one, and start anew.',
    );
  }
  return { cert, key };
}

/** Null when the file cannot be read or is not what it should be; which of both is no secret. */
function parsed<T>(file: string, parse: (pem: Buffer) => T): T | null {
  try {
    return parse(readFileSync(file));
  } catch {
    return null;
  }
}

/** An http or https URL that says where, and nothing else. */
export function plainUrl(given: string): URL | null {
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  const plain =
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    !/[?#]/.test(given);
  return plain ? url : null;
}

export const withoutSlash = (url: URL): string =>
  `${url.origin}${url.pathname}`.replace(/\/+$/, '');

/** Takes a host as people write it or as URLs do, `::1` and `[::1]`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost' || bare.endsWith('.localhost');
}

/** Addresses that mean something only inside the shop (RFC 1918, RFC 4193, RFC 3927, mDNS). */
function isPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  const inside = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.)/;
  if (isIP(bare) === 4) return isLoopback(bare) || inside.test(bare);
  if (isIP(bare) === 6) return bare === '::' || isLoopback(bare) || /^f([cd]|e[89ab])/.test(bare);
  return isLoopback(bare) || bare.endsWith('.local') || !bare.includes('.');
}

export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** The host to put in a URL in order to reach something that listens on `host`, from here. */
export function reachable(host: string): string {
  if (isWildcard(host)) return '127.0.0.1';
  return isIP(host) === 6 ? `[${host}]` : host;
}
