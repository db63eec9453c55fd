import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** What a manager has to look at about this payment; whoever may be helped sees it at their own. */
export const GET = door({ may: 'decide', lent: 'see-sales' }, async (visit) => {
  const answer = await visit.app.matter(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer);
});
