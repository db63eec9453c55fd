import { overrideSchema } from '@/lib/contract';
import { door, json, Refused, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** A manager lets the customer pay another way; the payment stays watched (money.md T24). */
export const POST = door({ may: 'charge', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, overrideSchema);
  const result = await visit.app.override({ id: visit.params.id ?? '', body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
