import { limitStaffSchema } from '@/lib/contract-outlets';
import { door, json, Refused, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** To which outlets somebody is limited. */
export const POST = door({ may: 'manage-outlets', changes: true }, async (visit) => {
  const body = await readBody(visit.request, limitStaffSchema);
  const result = await visit.app.limitStaff(body, visit);
  if ('refused' in result) throw new Refused(result.refused);
  return json(result);
});
