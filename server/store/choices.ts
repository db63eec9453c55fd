/** What a filter may offer: who sold and where, each found by one step along an index. */
import { sql } from 'kysely';
import type { Session } from './prepared';

export type Seen = { readonly code: string; readonly name: string | null };
/** More would be no help in a list to choose from. */
const MOST_SEEN = 200;

/** Staff codes of all payments with their names; a code that nobody bears any more has none. */
export async function staffSeen(session: Session): Promise<Seen[]> {
  const codes = await seen(session, 'staff');
  const names = await namesOf(session, codes);
  return codes.map((code) => ({ code, name: names.get(code) ?? null }));
}

export const countersSeen = (session: Session): Promise<string[]> => seen(session, 'counter');

/** From one value to the next, past all the payments that share it. */
async function seen(session: Session, column: 'staff' | 'counter'): Promise<string[]> {
  const found: string[] = [];
  for (let last = ''; found.length < MOST_SEEN; ) {
    const query = session.words
      .selectFrom('payment')
      .select(sql<string>`${sql.ref(column)}`.as('value'))
      .where(column, '>', last)
      .orderBy(column)
      .limit(1);
    const [next] = await session.run(query.compile());
    if (next === undefined) break;
    found.push(next.value);
    last = next.value;
  }
  return found;
}

export async function namesOf(
  session: Session,
  codes: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(codes)].slice(0, MOST_SEEN);
  if (wanted.length === 0) return new Map();
  const query = session.words.selectFrom('staff').select(['code', 'name']);
  const rows = await session.run(query.where('code', 'in', wanted).compile());
  return new Map(rows.map(({ code, name }) => [code, name]));
}
