import { decideSchema } from '@/lib/contract-refunds';
import { door, json, Refused, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** Settles what a manager was to look at; the payment's state stays what it is. */
export const POST = door({ may: 'decide', changes: true }, async (visit) => {
  const body = await readBody(visit.request, decideSchema);
  const result = await visit.app.decide({ id: visit.params.id ?? '', body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
