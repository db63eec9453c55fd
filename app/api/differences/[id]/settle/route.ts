import { settleSchema } from '@/lib/contract-compare';
import { door, json, Refused, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** A manager has looked at it: who and why is kept for good. It changes no payment. */
export const POST = door({ may: 'decide', changes: true }, async (visit) => {
  const body = await readBody(visit.request, settleSchema);
  const result = await visit.app.settleDifference({ id: visit.params.id ?? '', body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
