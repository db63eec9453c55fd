/**
 * `npm run audit [-- FILE]`: walks the audit chain of the shop's database, or of a copy, beside a
 * running server and without changing anything. Ends with 0 when every row is as it was written,
 * with 1 at the first that is not, with 2 when there is nothing to read.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { shopDatabase } from '@/server/env';
import { type AuditReading, readAudit, readPostgresAudit } from '@/server/store';
import { refuse } from './refusal';

function sentenceOf(reading: AuditReading): string {
  if (reading.ok) return `All ${reading.rows} rows of the audit are as they were written.`;
  const { brokenAt, row } = reading;
  const what =
    row === null
      ? 'it is missing'
      : `kind ${row.kind}, ${new Date(row.at).toISOString()}: it, or the one before it, was changed`;
  return (
    `The audit is broken at row ${brokenAt} (${what}). Everything before it is as it was ` +
    `written; compare from there on with a backup and with QFPay’s records.`
  );
}

function ofTheShop(): Promise<AuditReading> {
  const database = shopDatabase();
  return database.kind === 'sqlite' ? readAudit(database.file) : readPostgresAudit(database);
}

async function audit(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [named, ...more] = positionals;
  if (more.length > 0) throw new TypeError('npm run audit takes one file at most.');
  const reading = await (named === undefined ? ofTheShop() : readAudit(path.resolve(named)));
  console.log(sentenceOf(reading));
  return reading.ok ? 0 : 1;
}

try {
  process.exitCode = await audit();
} catch (error) {
  refuse(error);
}
