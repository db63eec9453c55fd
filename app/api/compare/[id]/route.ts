import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** How far it is, or what it came to. */
export const GET = door({ may: 'compare' }, async (visit) => {
  const found = await visit.app.comparison(visit.params.id ?? '', visit);
  if (found === null) throw new Refused('not-found');
  return json(found);
});
