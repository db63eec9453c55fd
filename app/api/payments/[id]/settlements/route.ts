import { newSettlementSchema } from '@/lib/contract-refunds';
import { door, json, Refused, readBody, readKey } from '../../../http';

export const dynamic = 'force-dynamic';

/** Records what went back by other means, or answers what the key already recorded. */
export const POST = door({ may: 'refund', changes: true }, async (visit) => {
  const key = readKey(visit.request);
  const body = await readBody(visit.request, newSettlementSchema);
  const result = await visit.app.settle({ id: visit.params.id ?? '', key, body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
