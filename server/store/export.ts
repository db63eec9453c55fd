/**
 * A payment as an export takes it along: without what only the workers need. The database hands
 * each over as one text, because twenty values one by one cost three times as much to fetch.
 */
import { type RawBuilder, sql } from 'kysely';
import type { KeyRow } from './history-search';
import type { Rows } from './history-wishes';
import { postgresWords } from './postgres';
import type { Session } from './prepared';
import type { PaymentRow } from './schema';

const COLUMNS = [
  'sale_id',
  'paid_at',
  'amount',
  'refunded',
  'currency',
  'state',
  'mode',
  'pay_type',
  'used_pay_type',
  'counter',
  'staff',
  'confirmed',
  'late',
  'review',
  'qfpay_number',
  'wallet_number',
] as const;
type ColumnName = (typeof COLUMNS)[number];

export type ExportRow = Pick<PaymentRow, ColumnName | 'id' | 'created_at'> & {
  /** What the cashier wrote on the sale. */
  readonly note: string | null;
  /** What was written on the payment later, one line each. */
  readonly notes: string | null;
};

export type PackedRow = KeyRow & { readonly cells: string };

const NOTE = sql`(select note from sale where sale.id = payment.sale_id)`;
/** The two words for which the databases have no common one. */
const onSqlite = {
  notes: sql`(select group_concat(says, char(10)) from payment_note
    where payment_note.payment_id = payment.id)`,
  list: (cells: RawBuilder<unknown>) => sql<string>`json_array(${cells})`,
};
const onPostgres: typeof onSqlite = {
  notes: sql`(select string_agg(says, chr(10) order by number) from payment_note
    where payment_note.payment_id = payment.id)`,
  list: (cells) => sql<string>`json_build_array(${cells})::text`,
};

export const packedRows = (session: Session): Rows<PackedRow> => {
  const { notes, list } = session.words === postgresWords ? onPostgres : onSqlite;
  const cells = sql.join([...COLUMNS.map((name) => sql.ref(name)), NOTE, notes]);
  return session.words.selectFrom('payment').select(['created_at', 'id', list(cells).as('cells')]);
};

export function unpacked({ created_at, id, cells }: PackedRow): ExportRow {
  const [
    sale_id,
    paid_at,
    amount,
    refunded,
    currency,
    state,
    mode,
    pay_type,
    used_pay_type,
    counter,
    staff,
    confirmed,
    late,
    review,
    qfpay_number,
    wallet_number,
    note,
    notes,
  ] = JSON.parse(cells);
  return {
    id,
    sale_id,
    created_at,
    paid_at,
    amount,
    refunded,
    currency,
    state,
    mode,
    pay_type,
    used_pay_type,
    counter,
    staff,
    confirmed,
    late,
    review,
    qfpay_number,
    wallet_number,
    note,
    notes,
  };
}
