/**
 * QFPay's notifications (protocol.md §5.9, §3.3). The signature is checked on the bytes as they
 * came, before anything reads them; only then are they read. What does not hold, or cannot be read
 * in exactly one way, is null: nothing about it may be told to whoever sent it. A notice is a
 * hint, and this file only says what it hints at.
 */
import type { ReadNotification, VerifiedNotice } from '@/server/payments/ports';
import type { UnitOf } from './amount';
import { isObject, readJson } from './json';
import { notificationHolds } from './sign';
import { factsOf } from './translate';
import { wireRecord } from './wire';

/** security S47 */
const LARGEST_NOTICE = 64 * 1024;

export type NotificationOptions = {
  /** The key for notifications: the client key, unless QFPay issued another one. */
  readonly key: string;
  readonly unitOf: UnitOf;
};

export const createNotificationReader =
  (options: NotificationOptions): ReadNotification =>
  (raw, signature) =>
    readNotice(options, raw, signature);

export function readNotice(
  options: NotificationOptions,
  raw: Uint8Array,
  signature: string | null,
): VerifiedNotice | null {
  if (signature === null || raw.length > LARGEST_NOTICE) return null;
  if (!notificationHolds(raw, signature, options.key)) return null;
  const json = readJson(raw);
  const record = isObject(json) ? wireRecord.safeParse(json) : null;
  if (!record?.success) return null;
  const notice = record.data;
  const facts = factsOf(notice, { unitOf: options.unitOf, currency: null });
  const respcd = notice.respcd ?? '';
  if (facts === null) return null;
  // Seen in the field; the vendor's own table does not have it (§11.14).
  return { kind: kindOf(notice, respcd), respcd, facts, payment: notice.orig };
}

type Named = {
  readonly notify_type: string | null;
  readonly order_type: string | null;
  readonly status: string | null;
};

/** Cards are told by `order_type` alone; kinds that nobody explained are politely ignored. */
function kindOf(notice: Named, respcd: string): VerifiedNotice['kind'] {
  const type = notice.notify_type ?? notice.order_type;
  if (respcd === '' || (notice.status !== null && notice.status !== '1')) return 'other';
  return type === 'payment' || type === 'refund' ? type : 'other';
}
