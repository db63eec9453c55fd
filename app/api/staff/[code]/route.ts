import { staffChangeSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** Another name, role or PIN, or an end; whoever loses a right is out at once. */
export const PUT = door({ may: 'manage-staff', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, staffChangeSchema);
  return json(granted(await visit.app.changePerson(visit.params.code ?? '', body, visit)));
});
