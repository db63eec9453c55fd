/**
 * `npm run restore -- FILE`: puts a checked copy where the shop's database is, while no server has
 * it. What was there stays under another name. The next start asks QFPay for everything that the
 * copy has forgotten. Ends with 0 when it is done, with 2 when nothing was changed.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { databaseFile, hasOwnSecret } from '@/server/env';
import { putSecretBack, SecretMissing, secretOfCopy } from '@/server/staff/secret';
import { restore } from '@/server/store';
import { told } from './copies';
import { refuse } from './refusal';

async function restoreCopy(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [named, ...more] = positionals;
  if (named === undefined || more.length > 0) {
    throw new TypeError('Say which copy: npm run restore -- /media/usb/countertop.db');
  }
  const [copy, to] = [path.resolve(named), databaseFile()];
  const folder = path.dirname(to);
  // Asked before anything is touched: without it nobody could sign in to what was restored.
  const secret = hasOwnSecret() ? null : secretOfCopy(copy, folder);
  const now = Date.now();
  const { aside, ...restored } = await restore(copy, to, now);
  console.log(`${to} now holds ${told(restored)}.`);
  if (aside !== null) console.log(`What was there before is ${aside}.`);
  const old = secret === null ? null : putSecretBack(secret, folder, now);
  if (old !== null) console.log(`The secret that was there before is ${old}.`);
  console.log(
    'Start the server: it asks QFPay for everything since then, and a manager finds in the inbox ' +
      'what the copy did not know.',
  );
}

try {
  await restoreCopy();
} catch (error) {
  refuse(error, SecretMissing);
}
