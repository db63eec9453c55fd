import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** Asks to stop. What comes of it arrives by the event stream. */
export const POST = door({ may: 'charge', changes: true }, async (visit) => {
  const answer = await visit.app.cancel(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer, 202);
});
