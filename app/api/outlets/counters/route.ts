import { placeCounterSchema } from '@/lib/contract-outlets';
import { door, json, Refused, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** In which outlet a counter stands. */
export const POST = door({ may: 'manage-outlets', changes: true }, async (visit) => {
  const body = await readBody(visit.request, placeCounterSchema);
  const result = await visit.app.placeCounter(body, visit);
  if ('refused' in result) throw new Refused(result.refused);
  return json(result);
});
