/**
 * The installation's one secret and the keys made of it. A copy of the database without it can
 * verify no PIN and forge no session.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStamp } from '@/lib/time';

export type Keys = {
  readonly pinPepper: Buffer;
  readonly sessionKey: string;
  readonly fingerprintKey: Buffer;
  readonly receiptKey: Buffer;
};

const NAME = 'auth-secret';

/**
 * Reads the secret kept beside the database, or makes it, mode 0600. Throws when the file cannot
 * be read or written: without it nobody could sign in.
 */
export function secretBeside(folder: string): string {
  const file = join(folder, NAME);
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 16) throw new Error(`${file} is damaged: it holds no secret`);
  return secret;
}

/** A copy of the database was to be restored without the secret that its PINs need. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
}

const besideCopy = (copy: string): string => `${copy}.auth-secret`;

/** Copies the secret of a folder beside a copy of its database; null when there is none. */
export function copySecret(folder: string, copy: string): string | null {
  const from = join(folder, NAME);
  if (!existsSync(from)) return null;
  const to = besideCopy(copy);
  writeFileSync(to, readFileSync(from), { mode: 0o600, flag: 'wx' });
  return to;
}

/**
 * The file of the secret that belongs to a copy; null when the one in `folder` is all there is and
 * will do. Throws SecretMissing when there is neither.
 */
export function secretOfCopy(copy: string, folder: string): string | null {
  const file = besideCopy(copy);
  if (existsSync(file)) return file;
  if (existsSync(join(folder, NAME))) return null;
  throw new SecretMissing(
    `${file} is missing: without it nobody could sign in. Copy it there, or set AUTH_SECRET.`,
  );
}

/** Answers under which name the secret is kept that was there before; null when it was the same. */
export function putSecretBack(from: string, folder: string, now: number): string | null {
  const to = join(folder, NAME);
  const known = existsSync(to) ? readFileSync(to, 'utf8') : null;
  if (known === readFileSync(from, 'utf8')) return null;
  const aside = `${to}.before-${fileStamp(now)}`;
  if (known !== null) renameSync(to, aside);
  writeFileSync(to, readFileSync(from), { mode: 0o600, flag: 'wx' });
  return known === null ? null : aside;
}

export function keysOf(secret: string): Keys {
  const derive = (use: string) => createHmac('sha256', secret).update(`countertop ${use}`).digest();
  return {
    pinPepper: derive('pin'),
    sessionKey: derive('session').toString('hex'),
    fingerprintKey: derive('fingerprint'),
    receiptKey: derive('receipt'),
  };
}
