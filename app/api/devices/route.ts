import { newDeviceSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** The paired tablets, and who is signed in where. */
export const GET = door({ may: 'manage-devices' }, async (visit) =>
  json(await visit.app.devices(visit)),
);

/** A one-time code for the tablet that is to be paired. */
export const POST = door({ may: 'manage-devices', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, newDeviceSchema);
  return json(granted(await visit.app.beginPairing(body, visit)), 201);
});
