import { sql } from 'kysely';
import type { CallIntent, CallOutcome } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { GatewayCallRow } from './schema';
import { nextNumber } from './tally';

type Intent = Pick<GatewayCallRow, 'id' | 'kind' | 'number' | 'seq' | 'at'>;
type Answer = { id: number; says: string; respcd: string | null; ms: number };

const insert = prepared((words, slot: Slots<Intent>) =>
  words.insertInto('gateway_call').values(row(slot, ['id', 'kind', 'number', 'seq', 'at'])),
);

const answer = prepared((words, slot: Slots<Answer>) =>
  words
    .updateTable('gateway_call')
    .set({ says: slot('says'), respcd: slot('respcd'), ms: slot('ms') })
    .where('id', '=', slot('id'))
    .where('says', 'is', null)
    .returning('id'),
);

const byId = prepared((words, slot: Slots<{ id: number }>) =>
  words.selectFrom('gateway_call').select('id').where('id', '=', slot('id')),
);

const ofNumber = prepared((words, slot: Slots<{ number: string }>) =>
  words
    .selectFrom('gateway_call')
    .select(['kind', 'number', 'seq', 'at'])
    .where('number', '=', slot('number'))
    .orderBy('at')
    .orderBy(sql.ref('id')),
);

/** A second call of the same kind, number and seq is a fault: somebody else sends already. */
export async function insertCall(session: Session, call: CallIntent): Promise<number> {
  const id = await nextNumber(session, 'call');
  const { kind, number, seq, at } = call;
  await insert(session, { id, kind, number, seq, at });
  return id;
}

/** The first answer stays; a call that was never made is a fault. */
export async function answerCall(
  session: Session,
  id: number,
  outcome: CallOutcome,
): Promise<void> {
  const { says, respcd, ms } = outcome;
  const [answered] = await answer(session, { id, says, respcd, ms });
  if (answered !== undefined) return;
  const [made] = await byId(session, { id });
  if (made === undefined) throw new Error(`gateway call ${id} was answered but never made`);
}

export async function callsOf(session: Session, number: string): Promise<CallIntent[]> {
  return (await ofNumber(session, { number })).map((call) => ({ ...call }));
}

/** Everything that was asked about these numbers, with what came of it. */
export async function callsWithAnswers(session: Session, numbers: readonly string[]) {
  if (numbers.length === 0) return [];
  const query = session.words
    .selectFrom('gateway_call')
    .select(['kind', 'number', 'seq', 'says', 'respcd', 'ms'])
    .where('number', 'in', numbers);
  return session.run(query.compile());
}
