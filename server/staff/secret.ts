/**
 * The installation's one secret and the keys made of it. A copy of the database without it can
 * verify no PIN and forge no session.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Keys = {
  readonly pinPepper: Buffer;
  readonly sessionKey: string;
  readonly fingerprintKey: Buffer;
  readonly receiptKey: Buffer;
};

/**
 * Reads the secret kept beside the database, or makes it, mode 0600. Throws when the file cannot
 * be read or written: without it nobody could sign in.
 */
export function secretBeside(folder: string): string {
  const file = join(folder, 'auth-secret');
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 16) throw new Error(`${file} is damaged: it holds no secret`);
  return secret;
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
