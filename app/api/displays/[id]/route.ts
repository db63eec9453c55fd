import { withPinSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** The screen shows nothing of this shop any more. */
export const DELETE = door(
  { may: 'manage-devices', changes: true, asksPin: true },
  async (visit) => {
    const { pin } = await readBody(visit.request, withPinSchema);
    return json(granted(await visit.app.revokeDisplay(visit.params.id ?? '', pin, visit)));
  },
);
