import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** The X of an open shift, the Z of a closed one. */
export const GET = door({ may: 'keep-shift' }, async (visit) => {
  const counter = visit.request.nextUrl.searchParams.get('counter');
  const result = await visit.app.shift({ id: visit.params.id ?? '', counter }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
