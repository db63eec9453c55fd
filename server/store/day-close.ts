import type { DayClose } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { DayCloseRow } from './schema';

const COLUMNS = ['outlet', 'day', 'at', 'ours', 'theirs', 'differences'] as const;
const NO_OUTLET = '';

const last = prepared((words, slot: Slots<{ outlet: string }>) =>
  words
    .selectFrom('day_close')
    .selectAll()
    .where('outlet', '=', slot('outlet'))
    .orderBy('day', 'desc')
    .limit(1),
);

const put = prepared((words, slot: Slots<DayCloseRow>) =>
  words
    .insertInto('day_close')
    .values(row(slot, COLUMNS))
    .onConflict((conflict) =>
      conflict.columns(['outlet', 'day']).doUpdateSet((it) => ({
        at: it.ref('excluded.at'),
        ours: it.ref('excluded.ours'),
        theirs: it.ref('excluded.theirs'),
        differences: it.ref('excluded.differences'),
      })),
    ),
);

export async function lastDayClose(
  session: Session,
  outlet: string | null,
): Promise<DayClose | null> {
  const [found] = await last(session, { outlet: outlet ?? NO_OUTLET });
  if (found === undefined) return null;
  return {
    day: found.day,
    outlet,
    at: found.at,
    ours: JSON.parse(found.ours),
    theirs: JSON.parse(found.theirs),
    differences: countOf(JSON.parse(found.differences)),
  };
}

/** An older version kept the numbers themselves. */
const countOf = (kept: number | readonly unknown[]): number =>
  typeof kept === 'number' ? kept : kept.length;

/** A day that is closed again is counted anew. */
export async function putDayClose(session: Session, close: DayClose): Promise<void> {
  await put(session, {
    outlet: close.outlet ?? NO_OUTLET,
    day: close.day,
    at: close.at,
    ours: JSON.stringify(close.ours),
    theirs: JSON.stringify(close.theirs),
    differences: JSON.stringify(close.differences),
  });
}
