/** The eighth migration: each time a receipt was printed, so that a copy is known for a copy. */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

export async function receiptTables(db: Kysely<unknown>, words: Words): Promise<void> {
  await db.schema
    .createTable('receipt_print')
    .addColumn('payment_id', 'text', must)
    .addColumn('number', words.whole, (it) => must(it).check(sql`number > 0`))
    .addColumn('at', words.whole, must)
    .addColumn('staff', 'text', must)
    .addColumn('way', 'text', (it) => must(it).check(sql`way in ('browser', 'usb', 'serial')`))
    .addColumn('paper', words.whole, (it) => must(it).check(sql`paper in (58, 80)`))
    // One press on the button, however often it was sent.
    .addColumn('press_key', 'text', (it) => must(it).unique())
    .addPrimaryKeyConstraint('receipt_print_once', ['payment_id', 'number'])
    .addForeignKeyConstraint('receipt_print_payment', ['payment_id'], 'payment', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
  for (const guard of words.receiptGuards) await sql.raw(guard).execute(db);
}
