/**
 * The only reader of process.env. It promises settings in which every value is checked, or one
 * sentence for each mistake that says what to do; it never guesses where real money could move,
 * and no sentence repeats a key, a secret or an address that may hold a password.
 */
import path from 'node:path';
import { CURRENCIES, type Currency } from '@/lib/money';
import {
  isWildcard,
  type Notes,
  reachable,
  readCertificate,
  readListening,
  readProxy,
  readPublicUrl,
} from './env-address';
import { type Database, fileOf, ownFolder, readDatabase } from './env-database';
import { type GatewayEnvironment, readGateway } from './env-gateway';
import type { Network } from './notify-from';

export type { Database };

export type Environment = {
  readonly environment: GatewayEnvironment;
  readonly appCode: string;
  readonly key: string;
  /** What QFPay may sign notifications with: today's key, and the one before if there is one. */
  readonly notifyKeys: readonly string[];
  /** From where notifications may come; empty: from anywhere. */
  readonly notifyFrom: readonly Network[];
  readonly mchid: string | null;
  readonly signType: 'SHA256' | 'MD5';
  /** QFPay said that this merchant may give FPS payments back (protocol.md §10.13). */
  readonly fpsRefunds: boolean;
  /** Without a slash at the end. `https:`, or the machine itself, or our own simulator. */
  readonly baseUrl: string;
  /** Without a slash at the end; null when nobody outside reaches this server. */
  readonly publicUrl: string | null;
  /** What goes out as `notify_url`; null when none is sent. */
  readonly notifyUrl: string | null;
  readonly shop: { readonly name: string; readonly timeZone: string; readonly currency: Currency };
  /** How many `txamt` units make one yen, rupiah or kyat; null where QFPay confirmed nothing. */
  readonly unitOf: Readonly<Record<Currency, 1 | 100 | null>>;
  readonly database: Database;
  /** Null: one is made at first start and kept beside the file. */
  readonly authSecret: string | null;
  readonly setupOwnerPin: string | null;
  /** Opens `GET /api/metrics`; null: there is no such door. */
  readonly metricsToken: string | null;
  readonly port: number;
  readonly host: string;
  /** Which build runs, as whoever started it says; null in `npm run dev`. */
  readonly build: string | null;
  /** Paths of the certificate and its key; null when the app is served in the clear. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** A proxy in front serves HTTPS, and the address that it writes for a client is the client's. */
  readonly trustedProxy: boolean;
  /** Where `npm start` puts its own simulator; null when the gateway is somebody else's. */
  readonly simulator: { readonly port: number; readonly host: string } | null;
  /** Where a browser finds the simulator (its wallet page is `/wallet`); else null. */
  readonly simulatorUrl: string | null;
  /** One sentence each: worth reading, and no reason not to start. */
  readonly warnings: readonly string[];
};

export type Source = Readonly<Record<string, string | undefined>>;
export type EnvironmentReading =
  | { readonly ok: true; readonly env: Environment }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Thrown where there is nobody to hand the sentences to. Its message is the sentences. */
export class ConfigurationMistake extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ConfigurationMistake';
  }
}

const NEEDS_UNIT: readonly Currency[] = ['JPY', 'IDR', 'MMK'];
const NOTIFY_PATH = '/api/qfpay/notify';

/** Reads no file but those that TLS_CERT and TLS_KEY name. */
export function readEnvironment(source: Source): EnvironmentReading {
  const notes: Notes = {
    text: (name) => source[name]?.trim() || null,
    mistakes: [],
    warnings: [],
  };
  const { ownSimulator, baseUrl: given, ...gateway } = readGateway(notes);
  const { innerPort, simulator, ...listening } = readListening(notes, ownSimulator);
  const tls = readCertificate(notes);
  const publicUrl = readPublicUrl(notes, gateway.environment === 'simulator');
  const shop = readShop(notes);
  const unitOf = readUnits(notes, shop.currency);
  const database = readDatabase(notes);
  const secrets = readSecrets(notes, database);
  const trustedProxy = readProxy(notes, { host: listening.host, tls });
  if (notes.mistakes.length > 0) return { ok: false, mistakes: notes.mistakes };
  const inSimulator = gateway.environment === 'simulator';
  const baseUrl = given ?? `http://${reachable(simulator.host)}:${simulator.port}`;
  const inner = inSimulator ? `http://${reachable(listening.host)}:${innerPort}` : null;
  const notified = publicUrl ?? inner;
  // Listening everywhere says nothing about the name by which a tablet knows this machine.
  const everywhere = ownSimulator && isWildcard(simulator.host) && publicUrl !== null;
  const outside = everywhere ? `http://${new URL(publicUrl).hostname}:${simulator.port}` : null;
  return {
    ok: true,
    env: {
      ...gateway,
      baseUrl,
      publicUrl,
      notifyUrl: notified === null ? null : notified + NOTIFY_PATH,
      shop,
      unitOf,
      database,
      ...secrets,
      ...listening,
      tls,
      trustedProxy,
      build: readBuild(notes),
      simulator: ownSimulator ? simulator : null,
      simulatorUrl: inSimulator ? (outside ?? baseUrl) : null,
      warnings: notes.warnings,
    },
  };
}

const PRACTICE = { QFPAY_ENV: 'simulator', QFPAY_APPCODE: 'PRACTICE', QFPAY_KEY: 'PRACTICE' };

/** For whoever only looks: without credentials there is no gateway to ask, and the rest is read. */
export function settingsToLookAt(source: Source = process.env) {
  const given = (name: string) => source[name]?.trim() ?? '';
  const named = given('QFPAY_APPCODE') + given('QFPAY_SIMULATOR_APPCODE');
  const practice = ['', 'simulator'].includes(given('QFPAY_ENV')) && named === '';
  return { reading: readEnvironment(practice ? { ...source, ...PRACTICE } : source), practice };
}

let read: Environment | null = null;

/** The settings of this process, read once. Throws ConfigurationMistake. */
export function environment(): Environment {
  if (read === null) {
    const reading = readEnvironment(process.env);
    if (!reading.ok) throw new ConfigurationMistake(reading.mistakes);
    read = reading.env;
  }
  return read;
}

function readShop({ text, mistakes }: Notes): Environment['shop'] {
  const name = text('SHOP_NAME') ?? 'Countertop';
  if (name.length > 64 || /\p{Cc}/u.test(name)) {
    mistakes.push('SHOP_NAME must be one line of at most 64 characters.');
  }
  const timeZone = zoneOf(text('SHOP_TIME_ZONE') ?? 'Asia/Hong_Kong');
  if (timeZone === null) {
    mistakes.push('SHOP_TIME_ZONE must be the name of a time zone, such as Asia/Hong_Kong.');
  }
  const given = text('SHOP_CURRENCY') ?? 'HKD';
  const currency = CURRENCIES.find((code) => code === given);
  if (currency === undefined) {
    mistakes.push(`SHOP_CURRENCY must be one of ${CURRENCIES.join(', ')}.`);
  }
  return { name, timeZone: timeZone ?? 'Asia/Hong_Kong', currency: currency ?? 'HKD' };
}

/** It goes into addresses and file names, so what looks like anything else is none. */
const readBuild = ({ text }: Notes): string | null =>
  /^[\w-]{1,64}$/.exec(text('COUNTERTOP_BUILD') ?? '')?.[0] ?? null;

/** The zone's own spelling; null when this Node.js does not know it. */
function zoneOf(given: string): string | null {
  // Newer Node.js takes offsets such as +08:00 here; a shop's day needs the zone itself.
  if (!/^[a-z]/i.test(given)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** A wrong unit is a hundredfold error (protocol.md §7.2), so these three need QFPay's own word. */
function readUnits({ text, mistakes }: Notes, shops: Currency): Environment['unitOf'] {
  const unitOf: [Currency, 1 | 100 | null][] = CURRENCIES.map((currency) => {
    if (!NEEDS_UNIT.includes(currency)) return [currency, null];
    const given = text(`QFPAY_UNIT_${currency}`);
    if (given === '1' || given === '100') return [currency, given === '1' ? 1 : 100];
    if (given !== null) {
      mistakes.push(`QFPAY_UNIT_${currency} must be 1 or 100, whichever QFPay confirmed.`);
    } else if (currency === shops) {
      mistakes.push(
        `SHOP_CURRENCY=${currency} needs QFPAY_UNIT_${currency}: ask QFPay in writing whether ` +
          `txamt counts ${currency} in units of 1 or of 1/100, then set 1 or 100.`,
      );
    }
    return [currency, null];
  });
  return Object.fromEntries(unitOf) as Record<Currency, 1 | 100 | null>;
}

/**
 * Where the shop's records are, for commands that need no gateway. Throws ConfigurationMistake.
 */
export function shopDatabase(source: Source = process.env): Database {
  const notes: Notes = { text: (name) => source[name]?.trim() || null, mistakes: [], warnings: [] };
  const database = readDatabase(notes);
  if (notes.mistakes.length > 0) throw new ConfigurationMistake(notes.mistakes);
  return database;
}

/**
 * The file of the shop, for commands that copy it: PostgreSQL has tools of its own. Throws
 * ConfigurationMistake.
 */
export function databaseFile(source: Source = process.env): string {
  const database = shopDatabase(source);
  if (database.kind === 'sqlite') return database.file;
  throw new ConfigurationMistake([
    'DATABASE_URL names PostgreSQL, which is copied by its own tools: use pg_dump and pg_restore, ' +
      'and keep AUTH_SECRET with the copies.',
  ]);
}

/** Somebody works on the sources, and reads what is logged with their own eyes. */
export const isDevelopment = (source: Source = process.env): boolean =>
  source.NODE_ENV === 'development';

/** Whether the secret stands in the settings and not beside the database. */
export const hasOwnSecret = (source: Source = process.env): boolean =>
  [source.AUTH_SECRET, source.NEXTAUTH_SECRET].some((text) => (text?.trim() ?? '') !== '');

/**
 * Where this server keeps its records and is found, for the command that makes its certificate:
 * TLS_CERT and TLS_KEY may name files that are not there yet. Throws ConfigurationMistake.
 */
export function placeOfServer(source: Source = process.env) {
  const notes: Notes = { text: (name) => source[name]?.trim() || null, mistakes: [], warnings: [] };
  const database = readDatabase(notes);
  const { host, port } = readListening(notes, false);
  if (notes.mistakes.length > 0) throw new ConfigurationMistake(notes.mistakes);
  const absolute = (name: string) => {
    const given = notes.text(name);
    return given === null ? null : path.resolve(given);
  };
  const named = { cert: absolute('TLS_CERT'), key: absolute('TLS_KEY') };
  return { folder: ownFolder(database), host, port, named };
}

/** The file of a `file:` address; null when it names none. */
export const fileNamed = (address: string): string | null =>
  address.startsWith('file:') ? fileOf(address) : null;

function readSecrets({ text, mistakes }: Notes, { kind }: Database) {
  const authSecret = text('AUTH_SECRET') ?? text('NEXTAUTH_SECRET');
  if (authSecret === null && kind === 'postgresql') {
    mistakes.push(
      'AUTH_SECRET must be set when DATABASE_URL names PostgreSQL: the same on every server, at ' +
        'least 16 characters, and kept with the backups.',
    );
  }
  if (authSecret !== null && authSecret.length < 16) {
    mistakes.push(
      'AUTH_SECRET must have at least 16 characters; leave it out and one is made at first start.',
    );
  }
  const setupOwnerPin = text('SETUP_OWNER_PIN');
  if (setupOwnerPin !== null && !/^\d{6}$/.test(setupOwnerPin)) {
    mistakes.push('SETUP_OWNER_PIN must be six digits.');
  }
  const metricsToken = text('METRICS_TOKEN');
  if (metricsToken !== null && !/^[\w.~+/=-]{16,256}$/.test(metricsToken)) {
    mistakes.push(
      'METRICS_TOKEN must have 16 to 256 letters, digits or - . _ ~ + / =, as a bearer token may.',
    );
  }
  return { authSecret, setupOwnerPin, metricsToken };
}
