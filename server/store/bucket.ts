import type { Bucket } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { BucketRow } from './schema';

const COLUMNS = ['name', 'arrival', 'questions', 'held_until', 'slowed', 'hold_ms'] as const;

const byName = prepared((words, slot: Slots<{ name: string }>) =>
  words.selectFrom('bucket').selectAll().where('name', '=', slot('name')),
);

const put = prepared((words, slot: Slots<BucketRow>) =>
  words
    .insertInto('bucket')
    .values(row(slot, COLUMNS))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((it) => ({
        arrival: it.ref('excluded.arrival'),
        questions: it.ref('excluded.questions'),
        held_until: it.ref('excluded.held_until'),
        slowed: it.ref('excluded.slowed'),
        hold_ms: it.ref('excluded.hold_ms'),
      })),
    ),
);

export async function bucketByName(session: Session, name: string): Promise<Bucket | null> {
  const [found] = await byName(session, { name });
  if (found === undefined) return null;
  const { arrival, questions, slowed } = found;
  return { arrival, questions, heldUntil: found.held_until, slowed, holdMs: found.hold_ms };
}

export async function putBucket(session: Session, name: string, bucket: Bucket): Promise<void> {
  const { arrival, questions, heldUntil, slowed, holdMs } = bucket;
  await put(session, { name, arrival, questions, held_until: heldUntil, slowed, hold_ms: holdMs });
}
