import { withPinSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** The tablet no longer belongs to the shop, and whoever is signed in on it is out. */
export const DELETE = door(
  { may: 'manage-devices', changes: true, asksPin: true },
  async (visit) => {
    const { pin } = await readBody(visit.request, withPinSchema);
    return json(granted(await visit.app.revokeDevice(visit.params.id ?? '', pin, visit)));
  },
);
