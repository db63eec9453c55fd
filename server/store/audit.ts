/**
 * What happened, in order, each row sealed with the hash of the one before. Rows are only ever
 * added, in the transaction of what they tell; a change to any of them shows in `verifyAudit`.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PaymentId } from '@/lib/payment';
import type { NewTimelineEntry, TimelineEntry } from '@/server/payments/ports';
import { clean, prepared, row, type Session, type Slots } from './prepared';
import type { AuditRow } from './schema';
import { lastNumber, nextNumber } from './tally';

const BEFORE_THE_FIRST = '0'.repeat(64);
const VERIFIED_AT_ONCE = 1_000;

const COLUMNS = [
  'seq',
  'at',
  'payment_id',
  'sale_id',
  'kind',
  'actor',
  'state',
  'detail',
  'prev_hash',
  'hash',
] as const;

const insert = prepared((words, slot: Slots<AuditRow>) =>
  words.insertInto('audit').values(row(slot, COLUMNS)),
);

const hashOf = prepared((words, slot: Slots<{ seq: number }>) =>
  words.selectFrom('audit').select('hash').where('seq', '=', slot('seq')),
);

const ofPayment = prepared((words, slot: Slots<{ id: PaymentId }>) =>
  words.selectFrom('audit').selectAll().where('payment_id', '=', slot('id')).orderBy('seq'),
);

const after = prepared((words, slot: Slots<{ seq: number; limit: number }>) =>
  words
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', slot('seq'))
    .orderBy('seq')
    .limit(sql<number>`${slot('limit')}`),
);

const last = prepared((words) =>
  words.selectFrom('audit').select('at').orderBy('seq', 'desc').limit(1),
);

export async function appendAudit(session: Session, entry: NewTimelineEntry): Promise<void> {
  const seq = await nextNumber(session, 'audit');
  const [previous] = seq === 1 ? [] : await hashOf(session, { seq: seq - 1 });
  if (seq > 1 && previous === undefined) throw new Error(`audit row ${seq - 1} is missing`);
  const unsealed = {
    seq,
    at: entry.at,
    payment_id: clean(entry.paymentId),
    sale_id: clean(entry.saleId),
    kind: entry.kind,
    actor: clean(entry.actor),
    state: entry.state,
    detail: JSON.stringify(entry.detail),
    prev_hash: previous?.hash ?? BEFORE_THE_FIRST,
  };
  await insert(session, { ...unsealed, hash: seal(unsealed) });
}

export async function timelineOf(session: Session, id: PaymentId): Promise<TimelineEntry[]> {
  return (await ofPayment(session, { id })).map(toEntry);
}

/** Wall ms of the last row; null when there is none. */
export async function lastNoteAt(session: Session): Promise<number | null> {
  const [found] = await last(session, {});
  return found?.at ?? null;
}

/** `brokenAt` is the number of the first row that is missing, changed or out of the chain. */
export type AuditVerdict =
  | { readonly ok: true; readonly rows: number }
  | { readonly ok: false; readonly brokenAt: number };

export async function verifyAudit(session: Session): Promise<AuditVerdict> {
  let seq = 0;
  let hash = BEFORE_THE_FIRST;
  // Rows added meanwhile are left to the next time.
  const rows = await lastNumber(session, 'audit');
  while (seq < rows) {
    const limit = Math.min(VERIFIED_AT_ONCE, rows - seq);
    const batch = await after(session, { seq, limit });
    if (batch.length === 0) return { ok: false, brokenAt: seq + 1 };
    for (const { hash: sealed, ...unsealed } of batch) {
      const inChain = unsealed.seq === seq + 1 && unsealed.prev_hash === hash;
      if (!inChain || seal(unsealed) !== sealed) return { ok: false, brokenAt: seq + 1 };
      seq += 1;
      hash = sealed;
    }
  }
  return { ok: true, rows };
}

/** What stands at a place of the chain, sound or not; null when nothing does. */
export async function rowAt(
  session: Session,
  seq: number,
): Promise<{ readonly at: number; readonly kind: string } | null> {
  const [found] = await after(session, { seq: seq - 1, limit: 1 });
  return found?.seq === seq ? { at: found.at, kind: found.kind } : null;
}

/** SHA-256 over the previous hash and every column, in one fixed order. */
function seal(unsealed: Omit<AuditRow, 'hash'>): string {
  const { seq, at, payment_id, sale_id, kind, actor, state, detail, prev_hash } = unsealed;
  const canonical = JSON.stringify([seq, at, payment_id, sale_id, kind, actor, state, detail]);
  return createHash('sha256').update(`${prev_hash}\n${canonical}`).digest('hex');
}

function toEntry(found: AuditRow): TimelineEntry {
  return {
    seq: found.seq,
    at: found.at,
    paymentId: found.payment_id,
    saleId: found.sale_id,
    kind: found.kind,
    actor: found.actor,
    state: found.state,
    detail: JSON.parse(found.detail),
  };
}
