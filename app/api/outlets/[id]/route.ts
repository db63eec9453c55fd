import { changeOutletSchema } from '@/lib/contract-outlets';
import { door, json, Refused, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** A new name or mchid, or whether it is in business; what is left out stays. */
export const POST = door({ may: 'manage-outlets', changes: true }, async (visit) => {
  const body = await readBody(visit.request, changeOutletSchema);
  const result = await visit.app.changeOutlet({ id: visit.params.id ?? '', body }, visit);
  if ('refused' in result) throw new Refused(result.refused);
  return json(result);
});
