/** Why a database is not opened, in one sentence for the person who starts the server. */
export const REFUSAL_CODES = [
  'locked',
  'damaged',
  'read-only',
  'newer-schema',
  'missing',
  'exists',
  'unreachable',
  'not-let-in',
  'unsuitable',
  'not-empty',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
/** What is said of copies beside that. */
type Sentence = RefusalCode | 'bad-copy' | 'same-file';

export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';

  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** For the person: the sentence, and the word under which docs/errors.md explains it. */
  get told(): string {
    return `${this.message} [${this.code}]`;
  }
}

/** What PostgreSQL, or the line to it, answered. `code` is its SQLSTATE, or one of Node's. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';

  constructor(
    readonly code: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** True for faults of the database itself: full disk, lost permission, damage, a closed handle. */
export function isDatabaseFault(error: unknown): boolean {
  const code = property(error, 'code');
  if (error instanceof StoreRefused || error instanceof DatabaseFault) return true;
  return code === 'ERR_SQLITE_ERROR' || code === CLOSED;
}

const CLOSED = 'ERR_INVALID_STATE';

/** Names of SQLite's result codes: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const READ_ONLY = 8;
const CORRUPT = 11;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const MEANING: Readonly<Record<number, RefusalCode>> = {
  [BUSY]: 'locked',
  [READ_ONLY]: 'read-only',
  [CORRUPT]: 'damaged',
  [CANNOT_OPEN]: 'read-only',
  [NOT_A_DATABASE]: 'damaged',
};

/** The engines drop the number from some errors, but never the text. */
const WORDS: readonly (readonly [RegExp, RefusalCode])[] = [
  [/database is locked/, 'locked'],
  [/readonly database|unable to open database file/, 'read-only'],
  [/malformed|not a database/, 'damaged'],
];

const FILE_ERRORS = new Set(['EACCES', 'EPERM', 'EROFS']);

/** What a fault while opening means for the person; the fault itself when it means nothing. */
export function refusalOf(error: unknown, file: string): unknown {
  if (error instanceof StoreRefused) return error;
  const code = meaningOf(error);
  if (code === null) return error;
  const detail = error instanceof DatabaseFault ? ` (${error.message})` : '';
  return new StoreRefused(code, sentence(code, file, detail), { cause: error });
}

/** https://www.postgresql.org/docs/15/errcodes-appendix.html; by the whole code or its class. */
const POSTGRES_MEANING: Readonly<Record<string, RefusalCode>> = {
  '28': 'not-let-in',
  '3D': 'not-let-in',
  '42501': 'not-let-in',
  '25006': 'read-only',
  '53300': 'unreachable',
  '57P03': 'unreachable',
  XX001: 'damaged',
  XX002: 'damaged',
};

function meaningInPostgres({ code }: DatabaseFault): RefusalCode | null {
  // No SQLSTATE: the line, the name or the port, and not the database, has said no.
  if (code === null || !/^[0-9A-Z]{5}$/.test(code)) return 'unreachable';
  return POSTGRES_MEANING[code] ?? POSTGRES_MEANING[code.slice(0, 2)] ?? null;
}

function meaningOf(error: unknown): RefusalCode | null {
  if (error instanceof DatabaseFault) return meaningInPostgres(error);
  const code = property(error, 'code');
  if (typeof code === 'string' && FILE_ERRORS.has(code)) return 'read-only';
  if (code !== 'ERR_SQLITE_ERROR') return null;
  const number = property(error, 'errcode');
  // The low byte is the primary code; the others say more of the same.
  const known = typeof number === 'number' ? MEANING[number & 0xff] : undefined;
  const text = error instanceof Error ? error.message : '';
  return known ?? WORDS.find(([words]) => words.test(text))?.[1] ?? null;
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

export function sentence(code: Sentence, file: string, detail = ''): string {
  switch (code) {
    case 'locked':
      return `Another Countertop server is using ${file}. Stop that one first.`;
    case 'damaged':
      return `The database ${file} is damaged${detail}. Restore a backup: npm run restore -- FILE`;
    case 'read-only':
      return `This user may not write ${file} or its folder. Give it back the permission.`;
    case 'missing':
      return `There is no database of a shop at ${file}. Set DATABASE_URL, or name the file.`;
    case 'exists':
      return `${file} is there already, and nothing is overwritten. Name another file.`;
    case 'same-file':
      return `${file} is the shop’s database itself. Name the backup to restore.`;
    case 'bad-copy':
      return `The copy ${file} is not whole${detail}. Take another one.`;
    case 'newer-schema':
      return `A newer Countertop has written ${file}${detail}. Start that version again.`;
    case 'unreachable':
      return `The database ${file} cannot be reached${detail}. Start it, or mend DATABASE_URL.`;
    case 'not-let-in':
      return `The database ${file} does not let this user in${detail}. See DATABASE_URL.`;
    case 'unsuitable':
      return `The database ${file} cannot be used${detail}.`;
    case 'not-empty':
      return `The database ${file} holds a shop already${detail}. Move into an empty one.`;
  }
}
