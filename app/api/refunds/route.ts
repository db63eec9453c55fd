import { door, json, Refused } from '../http';

export const dynamic = 'force-dynamic';

/** Every refund, newest first, with the payment that it gives back. */
export const GET = door({ may: 'refund' }, async (visit) => {
  const result = await visit.app.refundList(visit.request.nextUrl.searchParams, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
