/** What people did, read from the audit, and what they still have to wait for at their counter. */
import { sql } from 'kysely';
import type { Act, ActFilter } from '@/server/staff/ports';
import { appendAudit } from './audit';
import { prepared, type Session, type Slots } from './prepared';
import type { AuditRow } from './schema';

type Window = { before: number; limit: number };

const ofRights = prepared((words, slot: Slots<Window>) =>
  words
    .selectFrom('audit')
    .selectAll()
    .where('payment_id', 'is', null)
    .where('seq', '<', slot('before'))
    .orderBy('seq', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);
const ofPerson = prepared((words, slot: Slots<Window & { actor: string }>) =>
  words
    .selectFrom('audit')
    .selectAll()
    // The index knows the word itself, and a value that is filled in later is no word.
    .where('kind', '=', sql.lit('person'))
    .where('actor', '=', slot('actor'))
    .where('seq', '<', slot('before'))
    .orderBy('seq', 'desc')
    .limit(sql<number>`${slot('limit')}`),
);
type Awaited = { staff: string; since: number; paidSince: number };
const awaited = prepared((words, slot: Slots<Awaited>) =>
  words
    .selectFrom('payment')
    .select(['id', 'counter', 'rank'])
    .where('staff', '=', slot('staff'))
    .where('created_at', '>', slot('since'))
    .where((it) =>
      it.or([
        it.and([it('rank', '<', 3), it('abandoned_by', 'is', null)]),
        it('paid_at', '>', slot('paidSince')),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(20),
);

const awaitedById = prepared((words, slot: Slots<{ id: string; paidSince: number }>) =>
  words
    .selectFrom('payment')
    .select('id')
    .where(sql<string>`id`, '=', slot('id'))
    .where((it) =>
      it.or([
        it.and([it('rank', '<', 3), it('abandoned_by', 'is', null)]),
        it('paid_at', '>', slot('paidSince')),
      ]),
    ),
);

const NEVER = Number.MAX_SAFE_INTEGER;

export function createActs(reader: Session) {
  return {
    /** Newest first. A person's own acts, or what changed rights, devices and settings. */
    acts: async ({ person, before, limit }: ActFilter): Promise<Act[]> => {
      const window = { before: before ?? NEVER, limit };
      const found =
        person === null
          ? await ofRights(reader, window)
          : await ofPerson(reader, { ...window, actor: person });
      return found.filter(({ kind }) => kind === 'person').map(toAct);
    },
    /** A person's payments since then that can still be paid, or were paid just now. */
    awaitedPayments: async (staff: string, since: number, paidSince: number) =>
      (await awaited(reader, { staff, since, paidSince })).map(({ id, counter, rank }) => ({
        ...{ id, counter },
        open: rank < 3,
      })),
    /** The same of one payment. */
    isAwaited: async (id: string, paidSince: number): Promise<boolean> =>
      (await awaitedById(reader, { id, paidSince })).length === 1,
  };
}

export const noteAct = (session: Session, act: Omit<Act, 'seq' | 'paymentId'>): Promise<void> =>
  appendAudit(session, { ...act, paymentId: null, saleId: null, kind: 'person', state: null });

const toAct = (found: AuditRow): Act => ({
  seq: found.seq,
  at: found.at,
  actor: found.actor,
  paymentId: found.payment_id,
  detail: JSON.parse(found.detail),
});
