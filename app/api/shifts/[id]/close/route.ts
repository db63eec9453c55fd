import { closeShiftSchema } from '@/lib/contract-shift';
import { door, json, Refused, readBody, readKey } from '../../../http';

export const dynamic = 'force-dynamic';

/** Seals the shift, or answers the Z that somebody has sealed already. */
export const POST = door({ may: 'keep-shift', changes: true }, async (visit) => {
  const key = readKey(visit.request);
  const body = await readBody(visit.request, closeShiftSchema);
  const result = await visit.app.closeShift({ id: visit.params.id ?? '', key, body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
