import { door, json, Refused } from '../http';

export const dynamic = 'force-dynamic';

/** `open=1`: what nobody has settled, of every day. `comparison`: what that one found. */
export const GET = door({ may: 'compare' }, async (visit) => {
  const page = await visit.app.differences(visit.request.nextUrl.searchParams, visit);
  if ('fields' in page) throw new Refused(page.refused, { fields: page.fields });
  if ('refused' in page) throw new Refused(page.refused);
  return json(page);
});
