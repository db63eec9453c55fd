import { ownPinSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** One's own PIN; the old one comes with the call. */
export const PUT = door({ may: 'be-here', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, ownPinSchema);
  return json(granted(await visit.app.changeOwnPin(body, visit)));
});
