import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** One business day, today where none is named; its totals equal the list to the cent. */
export const GET = door({ may: 'see-reports' }, async (visit) => {
  const result = await visit.app.dayReport(visit.request.nextUrl.searchParams, visit);
  if ('refused' in result) throw new Refused(result.refused, { fields: result.fields });
  return json(result);
});
