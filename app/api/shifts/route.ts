import { openShiftSchema } from '@/lib/contract-shift';
import { door, json, Refused, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** Newest first; a cashier says at which counter they stand and sees that one's. */
export const GET = door({ may: 'keep-shift' }, async (visit) => {
  const page = await visit.app.shifts(visit.request.nextUrl.searchParams, visit);
  if ('refused' in page) throw new Refused(page.refused, { fields: page.fields });
  return json(page);
});

/** Opens a shift at a counter, or answers the one that is open there. */
export const POST = door({ may: 'keep-shift', changes: true }, async (visit) => {
  const body = await readBody(visit.request, openShiftSchema);
  return json(await visit.app.openShift(body, visit), 201);
});
