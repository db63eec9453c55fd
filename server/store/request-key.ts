import type { RequestKey } from '@/server/payments/ports';
import { prepared, row, type Session, type Slots } from './prepared';
import type { RequestKeyRow } from './schema';

const COLUMNS = ['key', 'kind', 'body_fingerprint', 'target_id'] as const;

const byKey = prepared((words, slot: Slots<{ key: string }>) =>
  words.selectFrom('request_key').selectAll().where('key', '=', slot('key')),
);

const insert = prepared((words, slot: Slots<RequestKeyRow>) =>
  words.insertInto('request_key').values(row(slot, COLUMNS)),
);

export async function requestKey(session: Session, key: string): Promise<RequestKey | null> {
  const [found] = await byKey(session, { key });
  if (found === undefined) return null;
  return { kind: found.kind, bodyFingerprint: found.body_fingerprint, targetId: found.target_id };
}

/** A key that is known already is a fault: the whole transaction is undone. */
export async function insertRequestKey(
  session: Session,
  key: string,
  target: RequestKey,
): Promise<void> {
  const { kind, bodyFingerprint, targetId } = target;
  await insert(session, { key, kind, body_fingerprint: bodyFingerprint, target_id: targetId });
}
