import type { NoticeRow } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { NoticeTableRow } from './schema';

const COLUMNS = ['sha256', 'raw', 'at', 'verdict', 'number'] as const;

const insert = prepared((words, slot: Slots<NoticeTableRow>) =>
  words
    .insertInto('notice')
    .values(row(slot, COLUMNS))
    .onConflict((conflict) => conflict.doNothing())
    .returning('sha256'),
);

/** False when the very same body was kept before. */
export async function insertNotice(session: Session, notice: NoticeRow): Promise<boolean> {
  const { sha256, raw, at, verdict, number } = notice;
  return (await insert(session, { sha256, raw, at, verdict, number })).length === 1;
}
