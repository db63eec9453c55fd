import { newNoteSchema } from '@/lib/contract-history';
import { door, json, Refused, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** Writes a note on a payment, for good. */
export const POST = door({ may: 'write-notes', changes: true }, async (visit) => {
  const body = await readBody(visit.request, newNoteSchema);
  const result = await visit.app.addNote({ id: visit.params.id ?? '', body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
