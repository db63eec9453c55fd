/**
 * The fifth migration: shifts, and which payment and which refund belongs to which. It is a table
 * of its own, so that the money's rows know nothing of it, and a number can be in it only once.
 */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Words } from './sqlite';

type Db = Kysely<unknown>;

const must = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const key = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
  column.notNull().primaryKey();

export async function shiftTables(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('shift')
    .addColumn('id', words.whole, key)
    .addColumn('counter', 'text', must)
    .addColumn('opened_at', words.whole, must)
    .addColumn('opened_by', 'text', must)
    .addColumn('opened_itself', words.whole, (it) => must(it).check(sql`opened_itself in (0, 1)`))
    .addColumn('closed_at', words.whole)
    .addColumn('closed_by', 'text')
    .addColumn('number', words.whole, (it) => it.unique())
    .addColumn('sealed', 'text')
    /** Of the call that closed it: the same key again closes nothing else. */
    .addColumn('close_key', 'text', (it) => it.unique())
    .addCheckConstraint(
      'shift_whole',
      sql`(closed_at is null) = (number is null) and (closed_at is null) = (closed_by is null)
        and (closed_at is null) = (sealed is null) and (closed_at is null) = (close_key is null)`,
    )
    .modifyEnd(words.endOfTable)
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('shift');
  await index('shift_one_open')
    .unique()
    .column('counter')
    .where(sql.ref('closed_at'), 'is', null)
    .execute();
  await index('shift_time').columns(['opened_at', 'id']).execute();
  await index('shift_of_counter').columns(['counter', 'opened_at', 'id']).execute();
  await takingTable(db, words);
  await correctionTable(db, words);
  await db
    .withTables<{ tally: { name: string; value: number } }>()
    .insertInto('tally')
    .values(['shift', 'z'].map((name) => ({ name, value: 0 })))
    .execute();
  await takeOver(db);
}

async function takingTable(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('taking')
    .addColumn('shift', words.whole, must)
    /** Of the payment or of the refund: they share their number space. */
    .addColumn('number', 'text', (it) => must(it).unique())
    .addColumn('what', 'text', (it) => must(it).check(sql`what in ('payment', 'refund')`))
    .addColumn('at', words.whole, must)
    // The shift first, so that its takings lie side by side.
    .addPrimaryKeyConstraint('taking_of_shift', ['shift', 'number'])
    .addForeignKeyConstraint('taking_shift', ['shift'], 'shift', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
}

async function correctionTable(db: Db, words: Words): Promise<void> {
  await db.schema
    .createTable('shift_correction')
    .addColumn('shift', words.whole, must)
    .addColumn('seq', words.whole, must)
    .addColumn('at', words.whole, must)
    .addColumn('staff', 'text', must)
    .addColumn('reason', 'text', must)
    .addPrimaryKeyConstraint('shift_correction_once', ['shift', 'seq'])
    .addForeignKeyConstraint('shift_correction_shift', ['shift'], 'shift', ['id'])
    .modifyEnd(words.endOfKeyedTable)
    .execute();
}

/** A shop that has traded already: what it took is in one open shift of each counter. */
async function takeOver(db: Db): Promise<void> {
  await sql`
    insert into shift (id, counter, opened_at, opened_by, opened_itself)
    select row_number() over (order by counter), counter, min(created_at), 'server', 1
    from payment group by counter`.execute(db);
  await sql`
    insert into taking (shift, number, what, at)
    select shift.id, payment.id, 'payment', coalesce(payment.paid_at, payment.created_at)
    from payment join shift on shift.counter = payment.counter
    where payment.state = 'paid'`.execute(db);
  await sql`
    insert into taking (shift, number, what, at)
    select shift.id, refund.id, 'refund', coalesce(refund.done_at, refund.created_at)
    from refund join payment on payment.id = refund.payment_id
    join shift on shift.counter = payment.counter
    where refund.state = 'done'`.execute(db);
  await sql`
    update tally set value = (select count(*) from shift) where name = 'shift'`.execute(db);
}

/** A day's report reads that day's rows alone: payments by when they were paid, refunds by done. */
export async function reportIndexes(db: Db): Promise<void> {
  await db.schema
    .createIndex('payment_paid')
    .on('payment')
    .column('paid_at')
    .where(sql.ref('paid_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('refund_done')
    .on('refund')
    .column('done_at')
    .where(sql.ref('done_at'), 'is not', null)
    .execute();
}
