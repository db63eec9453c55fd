import { withPinSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../../../http';

export const dynamic = 'force-dynamic';

/** Signs one person out everywhere. */
export const DELETE = door(
  { may: 'manage-devices', changes: true, asksPin: true },
  async (visit) => {
    const { pin } = await readBody(visit.request, withPinSchema);
    return json(granted(await visit.app.endSessionsOf(visit.params.code ?? '', pin, visit)));
  },
);
