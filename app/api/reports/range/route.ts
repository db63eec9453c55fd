import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** Business days from one to another, both included; at most a year. */
export const GET = door({ may: 'see-reports' }, async (visit) => {
  const result = await visit.app.rangeReport(visit.request.nextUrl.searchParams, visit);
  if ('refused' in result) throw new Refused(result.refused, { fields: result.fields });
  return json(result);
});
