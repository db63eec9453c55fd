/** What backup and restore say of a copy. */
import type { Copied } from '@/server/store';

const MIB = 1024 * 1024;
const count = (number: number, one: string): string =>
  `${number.toLocaleString('en')} ${one}${number === 1 ? '' : 's'}`;

/** "1,204 payments, 12 refunds and 9,310 audit rows (5 MiB), the last of 2026-11-27T…" */
export function told({ payments, refunds, auditRows, lastAt, bytes }: Copied): string {
  const audit = auditRows === null ? 'a broken audit' : count(auditRows, 'audit row');
  const size = `${Math.ceil(bytes / MIB).toLocaleString('en')} MiB`;
  const what = `${count(payments, 'payment')}, ${count(refunds, 'refund')}`;
  const last = lastAt === null ? '' : `, the last of ${new Date(lastAt).toISOString()}`;
  return `${what} and ${audit} (${size})${last}`;
}
