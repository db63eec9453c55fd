import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** Answers when it has stopped; one that has ended stays as it is. */
export const POST = door({ may: 'compare', changes: true }, async (visit) => {
  const found = await visit.app.stopComparison(visit.params.id ?? '', visit);
  if (found === null) throw new Refused('not-found');
  return json(found);
});
