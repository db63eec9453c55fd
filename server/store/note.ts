/** What people write on a payment: added, sealed in the audit chain as well, and never changed. */
import { sql } from 'kysely';
import type { PaymentId } from '@/lib/payment';
import { appendAudit } from './audit';
import { paymentById } from './payment';
import { prepared, row, type Session, type Slots } from './prepared';
import type { PaymentNoteRow } from './schema-desk';

export type Note = {
  readonly number: number;
  /** Wall ms UTC. */
  readonly at: number;
  readonly staff: string;
  readonly says: string;
};
export type NewNote = Omit<Note, 'number'> & { readonly paymentId: PaymentId };

/** Beyond it a payment's story is no place for more. */
const MOST_NOTES = 100;

const insert = prepared((words, slot: Slots<PaymentNoteRow>) =>
  words
    .insertInto('payment_note')
    .values(row(slot, ['payment_id', 'number', 'at', 'staff', 'says'])),
);

const ofPayment = prepared((words, slot: Slots<{ id: PaymentId }>) =>
  words
    .selectFrom('payment_note')
    .select(['number', 'at', 'staff', 'says'])
    .where('payment_id', '=', slot('id'))
    .orderBy('number')
    .limit(sql<number>`${sql.lit(MOST_NOTES)}`),
);

type Transaction = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

export function createNotes(reader: Session, transaction: Transaction) {
  return {
    /** Oldest first. */
    ofPayment: (id: PaymentId): Promise<Note[]> => ofPayment(reader, { id }),
    /** The note as it is kept; null when the payment has as many as it may have. */
    add: (note: NewNote): Promise<Note | null> => transaction((session) => addNote(session, note)),
  };
}

async function addNote(session: Session, note: NewNote): Promise<Note | null> {
  const { paymentId, at, staff, says } = note;
  const payment = await paymentById(session, paymentId);
  if (payment === null) throw new Error(`there is no payment ${paymentId}`);
  const known = await ofPayment(session, { id: paymentId });
  if (known.length >= MOST_NOTES) return null;
  const number = (known.at(-1)?.number ?? 0) + 1;
  await insert(session, { payment_id: paymentId, number, at, staff, says });
  await appendAudit(session, {
    at,
    paymentId,
    saleId: payment.saleId,
    kind: 'person',
    actor: staff,
    state: payment.state,
    detail: { did: 'note', number, says },
  });
  return { number, at, staff, says };
}
