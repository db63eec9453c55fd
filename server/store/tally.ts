import { sql } from 'kysely';
import { prepared, type Session, type Slots } from './prepared';
import type { TallyRow } from './schema';

type Name = Pick<TallyRow, 'name'>;

const next = prepared((words, slot: Slots<Name>) =>
  words
    .updateTable('tally')
    .set({ value: sql<number>`value + 1` })
    .where('name', '=', slot('name'))
    .returning('value'),
);

const current = prepared((words, slot: Slots<Name>) =>
  words.selectFrom('tally').select('value').where('name', '=', slot('name')),
);

/**
 * The next number, from 1. The row stays locked until the transaction ends, so that numbers come
 * in the order of the commits and nobody ever sees a later one before an earlier one.
 */
export async function nextNumber(session: Session, name: TallyRow['name']): Promise<number> {
  return only(await next(session, { name })).value;
}

export async function lastNumber(session: Session, name: TallyRow['name']): Promise<number> {
  return only(await current(session, { name })).value;
}

function only<T>([row]: T[]): T {
  if (row === undefined) throw new Error('the database has lost one of its tallies');
  return row;
}
