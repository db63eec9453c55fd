import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** Asks QFPay now and answers what it said; never an override. */
export const POST = door({ may: 'charge', changes: true }, async (visit) => {
  const answer = await visit.app.check(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer);
});
