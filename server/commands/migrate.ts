/**
 * `npm run migrate`: brings the schema of a PostgreSQL database up to date, beside the servers that
 * use it. `npm run migrate -- --from file:/path/to/countertop.db` moves a shop's file into an empty
 * one, once. Ends with 0 when it is done, with 2 when it cannot be; then nothing has changed.
 */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationMistake, type Database, fileNamed, shopDatabase } from '@/server/env';
import { isDatabaseFault, migratePostgres, moveToPostgres } from '@/server/store';

const say = (text: string) => console.log(text);

async function bringUpToDate(database: Database): Promise<void> {
  if (database.kind === 'sqlite') {
    say('A file is brought up to date by the server that opens it: npm start is enough.');
    return;
  }
  const made = await migratePostgres({ ...database, log: say });
  say(made.length === 0 ? `${database.name} is up to date.` : `${made.length} steps were made.`);
}

async function move(from: string, to: Database): Promise<void> {
  const file = fileNamed(from);
  if (file === null) throw new TypeError('--from must be file:/path/to/countertop.db.');
  if (to.kind === 'sqlite') throw new TypeError('DATABASE_URL must name PostgreSQL to move there.');
  const { rows, audit } = await moveToPostgres({ file, to, log: say });
  for (const [table, count] of Object.entries(rows)) if (count > 0) say(`${table}: ${count}`);
  say(`All of it is in ${to.name}; counts, sums and the ${audit.rows} rows of the audit agree.`);
  say(
    `Give every server the AUTH_SECRET of this shop, or no PIN is right any more: it is in ` +
      `${join(dirname(file), 'auth-secret')} unless it was set. The file ${file} is as it was; ` +
      'start nothing on it again.',
  );
}

try {
  const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
  const database = shopDatabase();
  await (from === undefined ? bringUpToDate(database) : move(from, database));
} catch (error) {
  const expected =
    isDatabaseFault(error) || error instanceof ConfigurationMistake || error instanceof TypeError;
  if (!expected) throw error;
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
