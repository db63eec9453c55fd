/** Where the shop's records are: one file of SQLite, or a PostgreSQL that several servers share. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopback, type Notes } from './env-address';

/** `name` is what a sentence calls it; it holds no password. */
export type Database =
  | { readonly kind: 'sqlite'; readonly file: string; readonly name: string }
  | { readonly kind: 'postgresql'; readonly url: string; readonly name: string };

/** Where a server keeps what is its own: beside its file, or in `data` where that is elsewhere. */
export const ownFolder = (database: Database): string =>
  database.kind === 'sqlite' ? path.dirname(database.file) : path.resolve('data');

const FORM = 'postgres://user:password@host:5432/database';

/** The sentences repeat nothing of the value: it may hold a password. */
export function readDatabase({ text, mistakes, warnings }: Notes): Database {
  const given = text('DATABASE_URL') ?? 'file:./data/countertop.db';
  if (/^postgres(ql)?:/i.test(given)) return readPostgres(given, { mistakes, warnings });
  const file = given.startsWith('file:') ? fileOf(given) : null;
  if (file === null) {
    mistakes.push(
      `DATABASE_URL must be file:/path/to/countertop.db, the path of one file, or ${FORM}.`,
    );
  } else if (`${file}/`.startsWith(`${path.resolve('public')}/`)) {
    mistakes.push('DATABASE_URL lies in public/, which is served to everybody: move it out.');
  }
  return { kind: 'sqlite', file: file ?? '', name: file ?? '' };
}

function readPostgres(given: string, { mistakes, warnings }: Omit<Notes, 'text'>): Database {
  const url = /^\w+:\/\//.test(given) && URL.canParse(given) ? new URL(given) : null;
  const database = url === null ? '' : decoded(url.pathname.slice(1));
  if (url === null || database === '' || database.includes('/')) {
    mistakes.push(`DATABASE_URL must be ${FORM}, with the name of the database at its end.`);
    return { kind: 'postgresql', url: given, name: 'PostgreSQL' };
  }
  // A socket of this machine stands in the question, and no host before it.
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  const mode = url.searchParams.get('sslmode');
  const isHere = host.startsWith('/') || isLoopback(host.replace(/^\[|\]$/g, ''));
  if (!isHere && (mode === null || mode === 'disable' || mode === 'no-verify')) {
    warnings.push(
      'DATABASE_URL leaves this machine without sslmode=verify-full: the network can read and ' +
        'change what the shop keeps.',
    );
  }
  return { kind: 'postgresql', url: given, name: `PostgreSQL ${database} at ${host}` };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** An absolute path; null when the address names no file. */
export function fileOf(url: string): string | null {
  const named = url.slice('file:'.length);
  if (named === '' || /[/?#\0]$|[?#]|:memory:/.test(named)) return null;
  if (!named.startsWith('//')) return path.resolve(named);
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
