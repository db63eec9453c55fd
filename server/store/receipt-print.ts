/**
 * Each time a receipt was printed: counted, sealed in the audit chain as well, and never changed.
 * What is no paid payment any more is refused here too, whoever asks.
 */
import { sql } from 'kysely';
import type { PaymentId } from '@/lib/payment';
import { hasReceipt, type Paper, type PrintWay } from '@/lib/receipt-paper';
import { appendAudit } from './audit';
import { paymentById } from './payment';
import { prepared, row, type Session, type Slots, type Transact } from './prepared';
import type { ReceiptPrintRow } from './schema-desk';

export type ReceiptPrint = {
  /** 1 is the receipt itself, 2 its first copy. */
  readonly number: number;
  /** Wall ms UTC. */
  readonly at: number;
  readonly staff: string;
  readonly way: PrintWay;
  readonly paper: Paper;
};
export type NewReceiptPrint = Omit<ReceiptPrint, 'number'> & {
  readonly paymentId: PaymentId;
  /** Of the press on the button: the same one again is no other print. */
  readonly key: string;
};
export type PrintRefusal = 'key-reused' | 'not-paid' | 'too-many';

/** Nobody needs more paper of one sale; a stuck key stops here. */
const MOST_PRINTS = 50;

const COLUMNS = ['payment_id', 'number', 'at', 'staff', 'way', 'paper', 'press_key'] as const;
const insert = prepared((words, slot: Slots<ReceiptPrintRow>) =>
  words.insertInto('receipt_print').values(row(slot, COLUMNS)),
);
const ofPayment = prepared((words, slot: Slots<{ id: PaymentId }>) =>
  words
    .selectFrom('receipt_print')
    .selectAll()
    .where('payment_id', '=', slot('id'))
    .orderBy('number')
    .limit(sql<number>`${sql.lit(MOST_PRINTS)}`),
);
const byKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('receipt_print').selectAll().where('press_key', '=', slot('key')),
);

export function createReceiptPrints(reader: Session, transact: Transact) {
  return {
    /** Oldest first. */
    ofPayment: async (id: PaymentId): Promise<ReceiptPrint[]> =>
      (await ofPayment(reader, { id })).map(toPrint),
    /** The print as it is kept, or as it was kept when its press was heard before. */
    add: (print: NewReceiptPrint): Promise<ReceiptPrint | PrintRefusal> =>
      transact((session) => add(session, print)),
  };
}

async function add(
  session: Session,
  { paymentId, at, staff, way, paper, key }: NewReceiptPrint,
): Promise<ReceiptPrint | PrintRefusal> {
  const [before] = await byKey(session, { key });
  if (before !== undefined) {
    return before.payment_id === paymentId ? toPrint(before) : 'key-reused';
  }
  const payment = await paymentById(session, paymentId);
  if (payment === null || !hasReceipt(payment)) return 'not-paid';
  const known = await ofPayment(session, { id: paymentId });
  if (known.length >= MOST_PRINTS) return 'too-many';
  const number = known.length + 1;
  const kept = { payment_id: paymentId, number, at, staff, way, paper, press_key: key };
  await insert(session, kept);
  await appendAudit(session, {
    ...{ at, paymentId, saleId: payment.saleId, state: payment.state },
    ...{ kind: 'person', actor: staff, detail: { did: 'receipt', number, way, paper } },
  });
  return toPrint(kept);
}

const toPrint = ({ number, at, staff, way, paper }: ReceiptPrintRow): ReceiptPrint => ({
  ...{ number, at, staff, way, paper },
});
