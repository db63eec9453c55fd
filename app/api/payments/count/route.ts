import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** How many payments an export of the same search would hold. */
export const GET = door({ may: 'export' }, async (visit) => {
  const { request, app } = visit;
  const isGone = () => request.signal.aborted;
  const counted = await app.count(request.nextUrl.searchParams, { ...visit, isGone });
  if ('refused' in counted) throw new Refused(counted.refused, { fields: counted.fields });
  return json(counted);
});
