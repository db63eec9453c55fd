import type { SaleId } from '@/lib/payment';
import type { Sale } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { SaleRow } from './schema';

const COLUMNS = ['id', 'amount', 'currency', 'note', 'counter', 'staff', 'created_at'] as const;

const byId = prepared((words, slot: Slots<{ id: SaleId }>) =>
  words.selectFrom('sale').selectAll().where('id', '=', slot('id')),
);

const insert = prepared((words, slot: Slots<SaleRow>) =>
  words.insertInto('sale').values(row(slot, COLUMNS)),
);

export async function saleById(session: Session, id: SaleId): Promise<Sale | null> {
  const [found] = await byId(session, { id });
  return found === undefined ? null : toSale(found);
}

export async function insertSale(session: Session, sale: Sale): Promise<void> {
  const { createdAt, id, amount, currency, note, counter, staff } = sale;
  await insert(session, { id, amount, currency, note, counter, staff, created_at: createdAt });
}

export async function salesByIds(session: Session, ids: readonly SaleId[]): Promise<Sale[]> {
  if (ids.length === 0) return [];
  const query = session.words.selectFrom('sale').selectAll().where('id', 'in', ids).compile();
  return (await session.run(query)).map(toSale);
}

const toSale = ({ created_at, ...same }: SaleRow): Sale => ({ ...same, createdAt: created_at });
