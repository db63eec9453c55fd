import { newStaffSchema } from '@/lib/contract-staff';
import { door, granted, json, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** Everybody who works here, and who has left. */
export const GET = door({ may: 'manage-staff' }, async ({ app }) => json(await app.people()));

/** Somebody new, under a code that was never given out before. */
export const POST = door({ may: 'manage-staff', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, newStaffSchema);
  return json(granted(await visit.app.addPerson(body, visit)), 201);
});
