import { door, json, Refused } from '../http';

export const dynamic = 'force-dynamic';

/** What a manager has to look at, or has settled. */
export const GET = door({ may: 'decide' }, async (visit) => {
  const result = await visit.app.inbox(visit.request.nextUrl.searchParams, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
