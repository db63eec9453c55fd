import { correctShiftSchema } from '@/lib/contract-shift';
import { door, json, Refused, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** Adds a correction to a sealed shift; the Z itself stays as it is. */
export const POST = door({ may: 'see-all-shifts', changes: true }, async (visit) => {
  const { reason } = await readBody(visit.request, correctShiftSchema);
  const result = await visit.app.correctShift({ id: visit.params.id ?? '', reason }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
