/**
 * `npm run backup -- FILE`: one whole copy of the shop's database, taken while the server sells and
 * checked to the last row, and beside it the secret without which no PIN of it can be verified.
 * Ends with 0 when both are there, with 1 when the audit was broken before it was copied, with 2
 * when nothing was written.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { databaseFile, hasOwnSecret } from '@/server/env';
import { copySecret } from '@/server/staff/secret';
import { backUp } from '@/server/store';
import { told } from './copies';
import { noteBackup } from './look-at-database';
import { refuse } from './refusal';

async function backup(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0) {
    throw new TypeError('Say where the copy goes: npm run backup -- /media/usb/countertop.db');
  }
  const [from, to] = [databaseFile(), path.resolve(named)];
  const copied = await backUp(from, to);
  noteBackup(from, to, Date.now());
  const isSound = copied.auditRows !== null;
  console.log(`${to} holds ${told(copied)}. All of it was read again.`);
  if (!isSound) console.error('The audit of the shop is broken: npm run audit names the row.');
  if (hasOwnSecret()) {
    console.log('AUTH_SECRET is set by hand: keep it as safe as the copy, PINs need it.');
    return isSound ? 0 : 1;
  }
  const secret = copySecret(path.dirname(from), to);
  if (secret !== null) {
    console.log(`${secret} holds the secret that PINs need: keep both, and let nobody read them.`);
  }
  return isSound ? 0 : 1;
}

try {
  process.exitCode = await backup();
} catch (error) {
  refuse(error);
}
