import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

/** One refund and its payment: what the customer's slip says. */
export const GET = door({ may: 'refund' }, async (visit) => {
  const answer = await visit.app.refundRecord(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer);
});
