import { newPaymentSchema } from '@/lib/contract';
import { door, json, Refused, readBody, readKey } from '../http';

export const dynamic = 'force-dynamic';

/** Starts a payment, or answers the one that the key already made. */
export const POST = door({ may: 'charge', changes: true }, async (visit) => {
  const key = readKey(visit.request);
  const body = await readBody(visit.request, newPaymentSchema);
  const result = await visit.app.charge({ key, body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});

/** Newest first; a cashier sees their own. */
export const GET = door({ may: 'see-sales', evenLocked: true }, async (visit) => {
  const page = await visit.app.list(visit.request.nextUrl.searchParams, visit);
  if ('refused' in page) throw new Refused(page.refused, { fields: page.fields });
  return json(page);
});
